/* The newest wish wins. */
#include "ui/study/ending.h"
#include "ui/study/latest.h"

#include <stdlib.h>

/* A piece of work that ends when its gate is opened, or when it is cancelled. */
typedef struct {
  int number;
  gboolean heeds; /* whether it ends when it is cancelled */
} Input;

static GMutex lock;
static GCond changed;
static gboolean gate_is_open;
static int n_inputs, n_results; /* that were not freed yet */
static GArray *begun;           /* (element-type int): numbers of work that ran */

static gpointer
run_cb (gpointer data, const LimenRun *run, GError **error)
{
  Input *input = data;
  g_mutex_lock (&lock);
  g_array_append_val (begun, input->number);
  g_cond_broadcast (&changed);
  while (!gate_is_open && !(input->heeds && g_cancellable_is_cancelled (run->cancellable)))
    g_cond_wait_until (&changed, &lock, g_get_monotonic_time () + G_TIME_SPAN_MILLISECOND);
  g_mutex_unlock (&lock);
  run->progress (0.5, run->progress_data);
  if (input->heeds && g_cancellable_set_error_if_cancelled (run->cancellable, error))
    return NULL;
  g_atomic_int_inc (&n_results);
  int *result = g_new (int, 1);
  *result = input->number;
  return result;
}

static void
free_input (gpointer input)
{
  g_atomic_int_add (&n_inputs, -1);
  g_free (input);
}

static void
free_result (gpointer result)
{
  g_atomic_int_add (&n_results, -1);
  g_free (result);
}

static Input *
input_new (int number, gboolean heeds)
{
  Input *input = g_new (Input, 1);
  *input = (Input){number, heeds};
  g_atomic_int_inc (&n_inputs);
  return input;
}

/* What was told: numbers of results, and −1 for each that was cancelled */
typedef struct {
  LimenLatest *latest;
  GArray *told;
  int wishes_again; /* how often the end of one makes the next wish */
} Owner;

static void
done_cb (gpointer result, const GError *error, gpointer data)
{
  Owner *owner = data;
  int number = result ? *(int *)result : -1;
  g_assert_true (result || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED));
  g_array_append_val (owner->told, number);
  if (result)
    free_result (result);
  if (owner->wishes_again-- > 0)
    limen_latest_wish (owner->latest, input_new (number + 1, TRUE));
}

static void
owner_begin (Owner *owner, LimenOvertaken overtaken)
{
  *owner = (Owner){.told = g_array_new (FALSE, FALSE, sizeof (int))};
  owner->latest = limen_latest_new (run_cb, free_input, free_result, overtaken, done_cb, owner);
  gate_is_open = FALSE;
  begun = g_array_new (FALSE, FALSE, sizeof (int));
}

/* A thread lets go of its input a moment after its end was told. */
static void
wait_until_all_is_freed (void)
{
  for (int i = 0; i < 10000 && g_atomic_int_get (&n_inputs) + g_atomic_int_get (&n_results) > 0;
       i++) {
    g_main_context_iteration (NULL, FALSE);
    g_usleep (1000);
  }
}

static void
owner_end (Owner *owner)
{
  if (owner->latest)
    limen_latest_free (owner->latest);
  limen_ending_wait ();
  wait_until_all_is_freed ();
  g_assert_cmpint (g_atomic_int_get (&n_inputs), ==, 0);
  g_assert_cmpint (g_atomic_int_get (&n_results), ==, 0);
  g_array_unref (owner->told);
  g_array_unref (begun);
}

static void
open_gate (void)
{
  g_mutex_lock (&lock);
  gate_is_open = TRUE;
  g_cond_broadcast (&changed);
  g_mutex_unlock (&lock);
}

static void
wait_until_begun (guint n)
{
  g_mutex_lock (&lock);
  while (begun->len < n)
    g_cond_wait (&changed, &lock);
  g_mutex_unlock (&lock);
}

static void
wait_until_idle (Owner *owner)
{
  while (limen_latest_busy (owner->latest, NULL))
    g_main_context_iteration (NULL, TRUE);
}

static void
assert_numbers (const GArray *numbers, guint n, const int *expected)
{
  g_assert_cmpuint (numbers->len, ==, n);
  for (guint i = 0; i < n; i++)
    g_assert_cmpint (g_array_index (numbers, int, i), ==, expected[i]);
}

#define ASSERT_NUMBERS(numbers, ...)                                                               \
  assert_numbers (numbers, sizeof ((int[]){__VA_ARGS__}) / sizeof (int), (int[]){__VA_ARGS__})

static void
test_one_wish_runs_at_once (void)
{
  Owner owner;
  double fraction = 0;
  owner_begin (&owner, LIMEN_OVERTAKEN_IS_CANCELLED);
  g_assert_false (limen_latest_busy (owner.latest, &fraction));
  g_assert_cmpfloat (fraction, ==, 1);
  limen_latest_wish (owner.latest, input_new (7, TRUE));
  g_assert_true (limen_latest_busy (owner.latest, &fraction));
  g_assert_cmpfloat (fraction, <, 1);
  g_assert_false (limen_latest_waits (owner.latest));
  open_gate ();
  wait_until_idle (&owner);
  ASSERT_NUMBERS (owner.told, 7);
  owner_end (&owner);
}

/* Of four wishes the first is cancelled, untold; two that waited never begin. */
static void
test_newest_wish_runs_next (void)
{
  Owner owner;
  owner_begin (&owner, LIMEN_OVERTAKEN_IS_CANCELLED);
  limen_latest_wish (owner.latest, input_new (1, TRUE));
  wait_until_begun (1);
  for (int i = 2; i <= 4; i++)
    limen_latest_wish (owner.latest, input_new (i, TRUE));
  g_assert_true (limen_latest_waits (owner.latest));
  while (begun->len < 2)
    g_main_context_iteration (NULL, FALSE);
  g_assert_false (limen_latest_waits (owner.latest));
  open_gate ();
  wait_until_idle (&owner);
  ASSERT_NUMBERS (begun, 1, 4);
  ASSERT_NUMBERS (owner.told, 4);
  owner_end (&owner);
}

/* Work that does not look whether it was cancelled brings a result: it is stale all the same. */
static void
test_stale_result_is_not_told (void)
{
  Owner owner;
  owner_begin (&owner, LIMEN_OVERTAKEN_IS_CANCELLED);
  limen_latest_wish (owner.latest, input_new (1, FALSE));
  wait_until_begun (1);
  limen_latest_wish (owner.latest, input_new (2, FALSE));
  open_gate ();
  wait_until_idle (&owner);
  ASSERT_NUMBERS (owner.told, 2);
  owner_end (&owner);
}

static void
test_shown_work_ends (void)
{
  Owner owner;
  owner_begin (&owner, LIMEN_OVERTAKEN_IS_SHOWN);
  limen_latest_wish (owner.latest, input_new (1, TRUE));
  wait_until_begun (1);
  limen_latest_wish (owner.latest, input_new (2, TRUE));
  limen_latest_wish (owner.latest, input_new (3, TRUE));
  open_gate ();
  wait_until_idle (&owner);
  ASSERT_NUMBERS (owner.told, 1, 3);
  owner_end (&owner);
}

static void
test_cancel_is_told (void)
{
  Owner owner;
  owner_begin (&owner, LIMEN_OVERTAKEN_IS_CANCELLED);
  limen_latest_cancel (owner.latest);
  limen_latest_wish (owner.latest, input_new (1, TRUE));
  wait_until_begun (1);
  limen_latest_wish (owner.latest, input_new (2, TRUE));
  limen_latest_cancel (owner.latest);
  g_assert_false (limen_latest_waits (owner.latest));
  wait_until_idle (&owner);
  ASSERT_NUMBERS (begun, 1);
  ASSERT_NUMBERS (owner.told, -1);
  owner_end (&owner);
}

static void
test_end_may_wish_again (void)
{
  Owner owner;
  owner_begin (&owner, LIMEN_OVERTAKEN_IS_CANCELLED);
  owner.wishes_again = 3;
  limen_latest_wish (owner.latest, input_new (1, TRUE));
  open_gate ();
  while (owner.told->len < 4)
    g_main_context_iteration (NULL, TRUE);
  ASSERT_NUMBERS (owner.told, 1, 2, 3, 4);
  owner_end (&owner);
}

/* A page that is closed hears nothing more, and nothing leaks. */
static void
test_freed_while_it_runs (void)
{
  Owner owner;
  owner_begin (&owner, LIMEN_OVERTAKEN_IS_SHOWN);
  limen_latest_wish (owner.latest, input_new (1, FALSE));
  wait_until_begun (1);
  limen_latest_wish (owner.latest, input_new (2, FALSE));
  limen_latest_free (g_steal_pointer (&owner.latest));
  open_gate ();
  wait_until_all_is_freed ();
  g_assert_cmpuint (owner.told->len, ==, 0);
  owner_end (&owner);
}

static gpointer
run_until_cancelled (gpointer begun_flag, const LimenRun *run, GError **error)
{
  g_atomic_int_set ((gint *)begun_flag, TRUE);
  while (!g_cancellable_is_cancelled (run->cancellable))
    g_usleep (1000);
  g_usleep (50000); /* that it takes a while to notice */
  g_printerr ("the work has ended\n");
  g_cancellable_set_error_if_cancelled (run->cancellable, error);
  return NULL;
}

static void
ignore_cb (gpointer result, const GError *error, gpointer owner)
{
}

/* Libraries go when the program ends: nobody may work with them then. */
static void
test_program_ends_after_its_work (void)
{
  gint has_begun = FALSE;
  if (g_test_subprocess ()) {
    g_autoptr (LimenJob) job =
        limen_job_start (run_until_cancelled, &has_begun, NULL, NULL, ignore_cb, NULL);
    while (!g_atomic_int_get (&has_begun))
      g_usleep (100);
    exit (0);
  }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stderr ("*the work has ended*");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/latest/one-wish-runs-at-once", test_one_wish_runs_at_once);
  g_test_add_func ("/latest/newest-wish-runs-next", test_newest_wish_runs_next);
  g_test_add_func ("/latest/stale-result-is-not-told", test_stale_result_is_not_told);
  g_test_add_func ("/latest/shown-work-ends", test_shown_work_ends);
  g_test_add_func ("/latest/cancel-is-told", test_cancel_is_told);
  g_test_add_func ("/latest/end-may-wish-again", test_end_may_wish_again);
  g_test_add_func ("/latest/freed-while-it-runs", test_freed_while_it_runs);
  g_test_add_func ("/latest/program-ends-after-its-work", test_program_ends_after_its_work);
  return g_test_run ();
}
