/* Files of the Prior page: cases, points, images; the newest wins, and nothing is lost silently. */
#include "ui/study/ending.h"
#include "tests/study/heard.h"
#include "ui/study/job.h"
#include "ui/study/prior/session.h"

#include <string.h>

static const char *const signals[] = {"state-changed", "duel-changed", "race-changed", NULL};

#define CASE(q)                                                                                    \
  "{\"lambda1\": [0.5, -0.25], \"lambda2\": [1.5, 0.6], \"A\": [[1, 0.8], [0.8, 1]], "             \
  "\"b\": [0.1, -0.2], \"sigma2\": 0.5, \"x\": [1.2, 0.9], "                                       \
  "\"proposal\": {\"mean\": [0.9, 0.1], \"covariance\": " q "}}"

typedef struct {
  LimenPriorSession *session;
  Heard heard;
} Study;

static void
begin (Study *study)
{
  study->session = limen_prior_session_new ();
  heard_begin (&study->heard, study->session, signals);
}

static void
end (Study *study)
{
  g_object_unref (study->session);
  heard_end (&study->heard);
  limen_ending_wait ();
}

static void
open_one (Study *study, const char *path)
{
  limen_prior_session_open (study->session, (const char *[]){path, NULL});
}

/* Until something was taken or refused: either way "state-changed" is the end of it. */
static void
wait_for_state (Study *study)
{
  heard_wait (&study->heard, "state-changed");
}

static const LimenPriorState *
state_of (Study *study)
{
  return limen_prior_session_state (study->session);
}

/* 30 images of 28 × 28 as NumPy writes them */
static char *
write_images (void)
{
  const char header[] = "{'descr': '|u1', 'fortran_order': False, 'shape': (30, 28, 28), }";
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree char *padded = g_strdup_printf ("%-117s\n", header);
  g_byte_array_append (bytes, (const guint8 *)"\x93NUMPY\x01\x00\x76\x00", 10);
  g_byte_array_append (bytes, (const guint8 *)padded, 118);
  for (guint i = 0; i < 30 * 28 * 28; i++) {
    guint8 pixel = (guint8)(i * 7 % 256);
    g_byte_array_append (bytes, &pixel, 1);
  }
  return write_lone_file ("images.npy", bytes->data, bytes->len);
}

static void
test_points_are_opened (void)
{
  const char text[] = "x,y,z\n1,2,3\n4,5,6\n7,8,10\n";
  char *path = write_lone_file ("points.csv", text, -1);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  Study study;
  begin (&study);
  open_one (&study, path);
  g_assert_cmpstr (state_of (&study)->points->name, ==, "two-moons"); /* until it is read */
  wait_for_state (&study);
  heard_assert (&study.heard, "race-changed state-changed");
  const LimenPoints *points = limen_prior_session_points (study.session);
  g_assert_cmpuint (points->n, ==, 3);
  g_assert_cmpuint (points->d, ==, 3);
  g_assert_cmpfloat (points->x[8], ==, 10);
  g_assert_cmpstr (state_of (&study)->points->paths[0], ==, path);
  g_assert_cmpstr (g_hash_table_lookup (state_of (&study)->points->sha256, path), ==, hash);
  g_assert_cmpuint (limen_prior_session_image_side (study.session), ==, 0);
  heard_assert_no_notice (&study.heard);
  while (!limen_prior_session_look (study.session))
    g_usleep (1000);
  const LimenRaceRunner *runner = limen_prior_session_view (study.session)->runner;
  g_assert_cmpuint (runner->n_points, ==, 3); /* no more than there are */
  g_assert_cmpuint (runner->n_samples, ==, LIMEN_RACE_POINTS);
  end (&study);
  remove_lone_file (path);
}

static void
test_what_was_guessed_of_points_is_told (void)
{
  char *path = write_lone_file ("index.csv", ",x,y\n0,1.5,2\n1,3,4.5\n2,5,7\n", -1);
  Study study;
  begin (&study);
  open_one (&study, path);
  wait_for_state (&study);
  heard_assert_notice (&study.heard, (const char *[]){"index.csv", "index column", NULL});
  g_assert_cmpuint (limen_prior_session_points (study.session)->d, ==, 2);
  end (&study);
  remove_lone_file (path);
}

static void
test_images_are_known_to_be_images (void)
{
  char *path = write_images ();
  Study study;
  begin (&study);
  open_one (&study, path);
  wait_for_state (&study);
  heard_assert_no_notice (&study.heard);
  g_assert_cmpuint (limen_prior_session_image_side (study.session), ==, 14);
  g_assert_cmpuint (limen_prior_session_points (study.session)->d, ==, 14 * 14);
  g_assert_cmpuint (limen_prior_session_points (study.session)->n, ==, 30);
  /* and what comes after them is none */
  g_autoptr (LimenOrigin) ring = limen_origin_new (NULL, "ring");
  g_auto (LimenPriorState) next = limen_prior_state_with_points (state_of (&study), ring);
  limen_prior_session_set (study.session, &next);
  g_assert_cmpuint (limen_prior_session_image_side (study.session), ==, 0);
  end (&study);
  remove_lone_file (path);
}

static void
test_a_wide_table_is_one_of_images (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint row = 0; row < 20; row++)
    for (guint i = 0; i < 196; i++)
      g_string_append_printf (text, "%u%c", (row * 31 + i * 17) % 256, i < 195 ? ',' : '\n');
  char *path = write_lone_file ("wide.csv", text->str, -1);
  Study study;
  begin (&study);
  open_one (&study, path);
  wait_for_state (&study);
  g_assert_cmpuint (limen_prior_session_image_side (study.session), ==, 14);
  g_assert_cmpuint (limen_prior_session_points (study.session)->n, ==, 20);
  end (&study);
  remove_lone_file (path);
}

static void
test_a_case_is_opened (void)
{
  char *path = write_lone_file ("case.json", CASE ("[[0.5, 0], [0, 0.4]]"), -1);
  Study study;
  begin (&study);
  LimenPriorState next = *state_of (&study);
  next.duel.dimension = 5;
  limen_prior_session_set (study.session, &next);
  g_string_truncate (study.heard.said, 0);
  open_one (&study, path);
  wait_for_state (&study);
  heard_assert (&study.heard, "duel-changed state-changed");
  g_assert_cmpuint (state_of (&study)->duel.dimension, ==, 0);
  g_assert_cmpstr (state_of (&study)->gaussian_case->name, ==, "case.json");
  g_assert_nonnull (state_of (&study)->gaussian_case->sha256);
  const LimenGaussianCase *shown = limen_prior_session_case (study.session);
  g_assert_cmpfloat (shown->x[1], ==, 0.9);
  g_assert_cmpuint (limen_prior_session_duel (study.session)->d, ==, 2);
  end (&study);
  remove_lone_file (path);
}

/* Whatever they are called, and in any order */
static void
test_a_case_and_points_come_together (void)
{
  char *points = write_lone_file ("points.json", "1,2\n3,4\n5,7\n6,6\n", -1);
  char *gaussian_case = write_lone_file ("case.CSV", CASE ("[[0.5, 0], [0, 0.4]]"), -1);
  const char *orders[][3] = {{points, gaussian_case, NULL}, {gaussian_case, points, NULL}};
  for (guint i = 0; i < G_N_ELEMENTS (orders); i++) {
    Study study;
    begin (&study);
    limen_prior_session_open (study.session, orders[i]);
    wait_for_state (&study);
    heard_assert (&study.heard, "race-changed duel-changed state-changed");
    heard_assert_no_notice (&study.heard);
    g_assert_cmpstr (state_of (&study)->gaussian_case->paths[0], ==, gaussian_case);
    g_assert_cmpstr (state_of (&study)->points->paths[0], ==, points);
    g_assert_null (state_of (&study)->points->paths[1]);
    g_assert_cmpuint (limen_prior_session_points (study.session)->n, ==, 4);
    g_assert_cmpfloat (limen_prior_session_case (study.session)->x[1], ==, 0.9);
    end (&study);
  }
  remove_lone_file (points);
  remove_lone_file (gaussian_case);
}

static void
test_refused_files_leave_what_was (void)
{
  const struct {
    const char *name, *text, *told;
  } cases[] = {{"turned.json", CASE ("[[0.5, 0.1], [0.1, 0.4]]"), "diagonal"},
               {"broken.json", "{\"lambda1\": [", "broken.json"},
               {"words.csv", "x,y\n1,2\n3,four\n", "words.csv"},
               {"one.csv", "x,y\n1,2\n", "one.csv"},
               {"no-image.png", "this is text", "no-image.png"}};
  Study study;
  begin (&study);
  const LimenPriorState before = *state_of (&study);
  const LimenDuel *duel = limen_prior_session_duel (study.session);
  const LimenPoints *points = limen_prior_session_points (study.session);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    char *path = write_lone_file (cases[i].name, cases[i].text, -1);
    open_one (&study, path);
    wait_for_state (&study);
    heard_assert (&study.heard, "state-changed");
    heard_assert_notice (&study.heard, (const char *[]){cases[i].told, NULL});
    remove_lone_file (path);
  }
  g_assert_true (limen_prior_state_equal (state_of (&study), &before));
  g_assert_true (limen_prior_session_duel (study.session) == duel);
  g_assert_true (limen_prior_session_points (study.session) == points);
  end (&study);
}

static void
test_the_second_wins_and_that_is_told (void)
{
  char *first = write_lone_file ("first.csv", "1,2\n3,4\n5,7\n", -1);
  char *second = write_lone_file ("second.csv", "1,2,3\n3,4,5\n5,7,8\n", -1);
  Study study;
  begin (&study);
  open_one (&study, first);
  open_one (&study, second);
  heard_assert_notice (&study.heard, (const char *[]){"“first.csv”", "“second.csv”", NULL});
  wait_for_state (&study);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  heard_assert (&study.heard, "race-changed state-changed"); /* once */
  heard_assert_no_notice (&study.heard);
  g_assert_cmpstr (state_of (&study)->points->paths[0], ==, second);
  g_assert_cmpuint (limen_prior_session_points (study.session)->d, ==, 3);
  end (&study);
  remove_lone_file (first);
  remove_lone_file (second);
}

/* A file dropped twice gives way to nothing. */
static void
test_the_same_file_twice_is_not_told (void)
{
  char *path = write_lone_file ("same.csv", "1,2\n3,4\n5,7\n", -1);
  Study study;
  begin (&study);
  open_one (&study, path);
  open_one (&study, path);
  wait_for_state (&study);
  heard_assert_no_notice (&study.heard);
  g_assert_cmpstr (state_of (&study)->points->paths[0], ==, path);
  end (&study);
  remove_lone_file (path);
}

/* What is refused does not bring back what gave way to it, and the next is not told of either. */
static void
test_after_a_refusal_the_next_is_opened (void)
{
  char *first = write_lone_file ("first.csv", "1,2\n3,4\n5,7\n", -1);
  char *broken = write_lone_file ("broken.csv", "1,2\n3\n", -1);
  Study study;
  begin (&study);
  open_one (&study, first);
  open_one (&study, broken);
  heard_assert_notice (&study.heard, (const char *[]){"“first.csv”", NULL});
  wait_for_state (&study);
  heard_assert_notice (&study.heard, (const char *[]){"broken.csv", NULL});
  g_assert_cmpstr (state_of (&study)->points->name, ==, "two-moons");
  g_string_truncate (study.heard.said, 0);
  open_one (&study, first);
  wait_for_state (&study);
  heard_assert_no_notice (&study.heard);
  g_assert_cmpstr (state_of (&study)->points->name, ==, "first.csv");
  end (&study);
  remove_lone_file (first);
  remove_lone_file (broken);
}

/* What changes while a file is read stays changed. */
static void
test_settings_beside_a_file_stay (void)
{
  char *path = write_lone_file ("points.csv", "1,2\n3,4\n5,7\n", -1);
  Study study;
  begin (&study);
  open_one (&study, path);
  LimenPriorState next = *state_of (&study);
  next.duel.seed = 42;
  next.race.common.batch = 2;
  limen_prior_session_set (study.session, &next);
  g_string_truncate (study.heard.said, 0);
  wait_for_state (&study);
  g_assert_cmpstr (state_of (&study)->points->name, ==, "points.csv");
  g_assert_cmpuint (state_of (&study)->duel.seed, ==, 42);
  g_assert_cmpuint (state_of (&study)->race.common.batch, ==, 2);
  end (&study);
  remove_lone_file (path);
}

/* A state is enough to come back to what was: files and all. */
static void
test_a_state_brings_its_files_back (void)
{
  char *points = write_lone_file ("points.csv", "1,2\n3,4\n5,7\n", -1);
  char *gaussian_case = write_lone_file ("case.json", CASE ("[[0.5, 0], [0, 0.4]]"), -1);
  Study study, other;
  begin (&study);
  open_one (&study, points);
  wait_for_state (&study);
  g_string_truncate (study.heard.said, 0);
  open_one (&study, gaussian_case);
  wait_for_state (&study);
  g_auto (LimenPriorState) kept = limen_prior_state_copy (state_of (&study));
  kept.duel.dimension = 4;
  kept.view.decoded = TRUE;
  begin (&other);
  g_assert_true (limen_prior_session_set (other.session, &kept));
  g_assert_cmpstr (state_of (&other)->points->name, ==, "two-moons");
  wait_for_state (&other);
  heard_assert_no_notice (&other.heard);
  g_assert_true (limen_prior_state_equal (state_of (&other), &kept));
  g_assert_cmpuint (limen_prior_session_points (other.session)->n, ==, 3);
  g_assert_cmpuint (limen_prior_session_duel (other.session)->k, ==, 4);
  g_auto (LimenPriorState) new = limen_prior_state_new (); /* and back, without any file */
  g_assert_true (limen_prior_session_set (other.session, &new));
  g_assert_true (limen_prior_state_equal (state_of (&other), &new));
  g_assert_cmpuint (limen_prior_session_points (other.session)->n, ==, 2000);
  g_assert_cmpuint (limen_prior_session_case (other.session)->model->observed, ==, 3);
  end (&study);
  end (&other);
  remove_lone_file (points);
  remove_lone_file (gaussian_case);
}

static void
test_a_state_whose_file_is_gone_is_refused (void)
{
  g_autoptr (LimenOrigin) gone = limen_origin_new_path ("/nowhere/gone.csv");
  Study study;
  begin (&study);
  const LimenPriorState before = *state_of (&study);
  g_auto (LimenPriorState) next = limen_prior_state_with_points (&before, gone);
  next.duel.seed = 7;
  limen_prior_session_set (study.session, &next);
  wait_for_state (&study);
  heard_assert_notice (&study.heard, (const char *[]){"gone.csv", NULL});
  g_assert_true (limen_prior_state_equal (state_of (&study), &before));
  end (&study);
}

static void
test_a_session_may_end_while_it_reads (void)
{
  char *path = write_images ();
  LimenPriorSession *session = limen_prior_session_new ();
  limen_prior_session_open (session, (const char *[]){path, NULL});
  g_object_add_weak_pointer (G_OBJECT (session), (gpointer *)&session);
  g_object_unref (session);
  g_assert_null (session);
  limen_ending_wait ();
  while (g_main_context_iteration (NULL, FALSE))
    ;
  remove_lone_file (path);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST(name, function) g_test_add_func ("/prior-files/" name, function)
  TEST ("points", test_points_are_opened);
  TEST ("what-was-guessed-is-told", test_what_was_guessed_of_points_is_told);
  TEST ("images", test_images_are_known_to_be_images);
  TEST ("a-wide-table", test_a_wide_table_is_one_of_images);
  TEST ("case", test_a_case_is_opened);
  TEST ("case-and-points-together", test_a_case_and_points_come_together);
  TEST ("refused-files", test_refused_files_leave_what_was);
  TEST ("second-wins-and-that-is-told", test_the_second_wins_and_that_is_told);
  TEST ("same-file-twice", test_the_same_file_twice_is_not_told);
  TEST ("after-a-refusal", test_after_a_refusal_the_next_is_opened);
  TEST ("settings-beside-a-file", test_settings_beside_a_file_stay);
  TEST ("a-state-brings-its-files-back", test_a_state_brings_its_files_back);
  TEST ("a-file-that-is-gone", test_a_state_whose_file_is_gone_is_refused);
  TEST ("ends-while-it-reads", test_a_session_may_end_while_it_reads);
  return g_test_run ();
}
