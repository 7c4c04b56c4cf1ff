/* What is said of other validation sets is true of what was counted. */
#include "ui/study/detector/redraw-words.h"

#include <string.h>

#define N_STATES 2000

static LimenRedrawn
random_state (void)
{
  LimenRedrawn redrawn = {.n_sets = (guint)g_test_rand_int_range (0, 300),
                          .n = (guint)g_test_rand_int_range (1, 3000),
                          .n_population = (guint)g_test_rand_int_range (1, 6000),
                          .truth = g_test_rand_double ()};
  int most = (int)redrawn.n_sets + 1;
  redrawn.n_fixed_missed = (guint)g_test_rand_int_range (0, most);
  redrawn.n_somewhere_missed = /* the fixed line is one of all lines */
      (guint)g_test_rand_int_range ((int)redrawn.n_fixed_missed, most);
  redrawn.n_band_left = (guint)g_test_rand_int_range (0, most);
  return redrawn;
}

/* The number that group @group of @match holds */
static guint
count_of (const GMatchInfo *match, int group)
{
  g_autofree char *text = g_match_info_fetch (match, group);
  return g_str_equal (text, "none") ? 0 : (guint)g_ascii_strtoull (text, NULL, 10);
}

static gboolean
says_counts (const LimenRedrawn *redrawn, const char *said)
{
  g_autoptr (GRegex) pattern = g_regex_new (
      "in (\\w+) of (\\d+) sets at .*, and in (\\w+) at some line.*; the band is left in "
      "(\\w+)\\. With 95 % confidence about (\\d+) of",
      0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  return g_regex_match (pattern, said, 0, &match) &&
         count_of (match, 1) == redrawn->n_fixed_missed && count_of (match, 2) == redrawn->n_sets &&
         count_of (match, 3) == redrawn->n_somewhere_missed &&
         count_of (match, 4) == redrawn->n_band_left &&
         ABS (20 * (int)count_of (match, 5) - (int)redrawn->n_sets) <= 10;
}

/* Whether @said is true of @redrawn */
static gboolean
is_true (const LimenRedrawn *redrawn, const char *said)
{
  if (g_str_equal (said, "Nothing is drawn yet."))
    return redrawn->n_sets == 0;
  gboolean costs = strstr (said, "chosen by looking") != NULL;
  return redrawn->n_sets > 0 && says_counts (redrawn, said) &&
         costs == (redrawn->n_somewhere_missed > redrawn->n_fixed_missed);
}

static void
test_counts_are_said (void)
{
  for (int i = 0; i < N_STATES; i++) {
    LimenRedrawn redrawn = random_state ();
    g_autofree char *said = limen_redrawn_sentence (&redrawn);
    if (!is_true (&redrawn, said))
      g_test_message ("%s", said);
    g_assert_true (is_true (&redrawn, said));
  }
}

/* Without its condition, each claim but the last is contradicted by some state. */
static void
test_conditions_are_needed (void)
{
  guint n;
  const LimenClaim *claims = limen_redrawn_claims (&n);
  for (guint i = 0; i + 1 < n; i++) {
    g_autofree LimenClaim *wrong = g_memdup2 (claims, n * sizeof *claims);
    guint contradicted = 0;
    wrong[i].holds = limen_claim_always;
    for (int k = 0; k < N_STATES; k++) {
      LimenRedrawn redrawn = random_state ();
      if (k % 4 == 0) /* else it is seldom so */
        redrawn = (LimenRedrawn){.n_sets = 0};
      else if (k % 4 == 1)
        redrawn.n_somewhere_missed = redrawn.n_fixed_missed;
      g_autofree char *said = limen_claim_say (wrong, n, &redrawn);
      contradicted += !is_true (&redrawn, said);
    }
    g_assert_cmpuint (contradicted, >, 0);
  }
}

static void
test_the_truth_is_told (void)
{
  LimenRedrawn redrawn = {.n_sets = 200, .n = 2000, .n_population = 4000, .truth = 0.0185};
  g_autofree char *said = limen_redrawn_truth (&redrawn);
  g_assert_nonnull (strstr (said, "2\u2009000 images drawn from all 4\u2009000"));
  g_assert_nonnull (strstr (said, "1.9 %"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/redraw-words/counts-are-said", test_counts_are_said);
  g_test_add_func ("/redraw-words/conditions-are-needed", test_conditions_are_needed);
  g_test_add_func ("/redraw-words/the-truth-is-told", test_the_truth_is_told);
  return g_test_run ();
}
