/* A single image among normal ones: its rank, its p-value, and what is said of them. */
#include "model/base/number.h"
#include "model/base/random.h"
#include "model/detect/single.h"
#include "sides.h"

#include <math.h>
#include <string.h>

/* Five normal scores: 1 and 4 of the test half, 2, 3 and 3 of the validation half. */
static LimenDetector *
five_of (LimenSide side, guint n_normal, double threshold)
{
  static const double validation[] = {3, 2, 3}, normal[] = {4, 1};
  LimenMeasure *measure = measure_of_side (side);
  g_autoptr (LimenScores) v = limen_scores_new_of (measure, "validation", validation, 3);
  g_autoptr (LimenScores) n = limen_scores_new_of (measure, "normal", normal, n_normal);
  return limen_detector_new_with_validation (v, n, NULL, (LimenRule){LIMEN_RULE_VALUE, threshold});
}

static LimenDetector *
five (double threshold)
{
  return five_of (LIMEN_SIDE_LOW, 2, threshold);
}

static void
test_ranks_by_hand (void)
{
  static const struct {
    double score;
    guint as_low;
  } cases[] = {{0, 0},          {1, 1}, {1.5, 1},          {2, 2},         {3, 4},        {3.5, 4},
               {4, 5},          {5, 5}, {-G_MAXDOUBLE, 0}, {-INFINITY, 0}, {INFINITY, 5}, {2.5, 2},
               {G_MAXDOUBLE, 5}};
  g_autoptr (LimenDetector) detector = five (2);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    LimenSingle single = {detector, cases[i].score};
    guint n;
    g_assert_cmpuint (limen_single_n_as_unusual (&single, &n), ==, cases[i].as_low);
    g_assert_cmpuint (n, ==, 5);
    g_assert_cmpfloat (limen_single_p_value (&single), ==, (1.0 + cases[i].as_low) / 6);
  }
}

/* The same five where high scores are unusual, and where both sides are: there the mean, 8/3, is
 * that of the validation half, which therefore isn't ranked. */
static void
test_ranks_of_other_sides_by_hand (void)
{
  static const struct {
    double score;
    guint as_high, as_far;
  } cases[] = {{0, 5, 0},   {1, 5, 1},   {1.5, 4, 2},      {2, 4, 2},      {3, 3, 2},
               {3.5, 1, 2}, {4, 1, 2},   {4.25, 0, 1},     {5, 0, 0},      {-INFINITY, 5, 0},
               {1.3, 4, 1}, {4.5, 0, 0}, {INFINITY, 0, 0}, {8.0 / 3, 3, 2}};
  g_autoptr (LimenDetector) high = five_of (LIMEN_SIDE_HIGH, 2, 2);
  g_autoptr (LimenDetector) both = five_of (LIMEN_SIDE_BOTH, 2, 2);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    LimenSingle one = {high, cases[i].score, NULL}, other = {both, cases[i].score, NULL};
    guint n;
    g_assert_cmpuint (limen_single_n_as_unusual (&one, &n), ==, cases[i].as_high);
    g_assert_cmpuint (n, ==, 5);
    g_assert_cmpuint (limen_single_n_as_unusual (&other, &n), ==, cases[i].as_far);
    g_assert_cmpuint (n, ==, 2);
    g_assert_cmpfloat (limen_single_p_value (&other), ==, (1.0 + cases[i].as_far) / 3);
  }
}

static void
test_says_unit_and_side (void)
{
  static const struct {
    LimenSide side;
    double score;
    const char *said, *rank;
  } cases[] = {{LIMEN_SIDE_LOW, 1, "1.0 nats · flagged · p = 0.33",
                "One of 5 normal images scores as low: p = 2/6"},
               {LIMEN_SIDE_HIGH, 4, "4.000 · flagged · p = 0.33",
                "One of 5 normal images scores as high: p = 2/6"},
               {LIMEN_SIDE_BOTH, 1, "1.000 bits · flagged · p = 0.67",
                "One of 2 normal images scores as far from the mean: p = 2/3"}};
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (LimenDetector) detector = five_of (cases[i].side, 2, 2.25);
    LimenSingle single = {detector, cases[i].score, NULL};
    g_autofree char *said = limen_single_sentence (&single), *rank = limen_single_rank (&single);
    g_assert_cmpstr (said, ==, cases[i].said);
    g_assert_cmpstr (rank, ==, cases[i].rank);
  }
}

/* A log-likelihood is no distance. */
static void
test_another_measure_is_not_judged (void)
{
  g_autoptr (LimenDetector) detector = five_of (LIMEN_SIDE_HIGH, 2, 2);
  LimenSingle single = {detector, -30, limen_measure_log_likelihood ()};
  guint n;
  g_autofree char *said = limen_single_sentence (&single);
  g_assert_cmpstr (said, ==,
                   "−30.0 nats · not judged, as the normal images are by their distance to the "
                   "nearest");
  g_assert_cmpuint (limen_single_n_as_unusual (&single, &n), ==, 0);
  g_assert_cmpuint (n, ==, 0);
  g_assert_true (isnan (limen_single_p_value (&single)));
  g_assert_false (limen_single_is_flagged (&single));
}

static void
test_without_normal_images_there_is_no_rank (void)
{
  LimenSingle single = {NULL, -30};
  guint n = 1;
  g_assert_cmpuint (limen_single_n_as_unusual (&single, &n), ==, 0);
  g_assert_cmpuint (n, ==, 0);
  g_assert_true (isnan (limen_single_p_value (&single)));
  g_autofree char *said = limen_single_sentence (&single), *rank = limen_single_rank (&single);
  g_assert_cmpstr (said, ==, "−30.0 nats · no normal images yet to judge it by");
  g_assert_cmpstr (rank, ==, "There are no normal images yet to rank it among");
}

/* What makes it a p-value: each of n + 1 different scores left out in turn, the p-values are 1/(n +
 * 1), 2/(n + 1), … 1, each once. */
static void
test_p_values_of_exchangeable_images_are_uniform (void)
{
  enum { N = 200 };
  double all[N + 1], rest[N];
  gboolean seen[N + 2] = {FALSE};
  LimenRandom random = limen_random_stream (1, "single", 0);
  for (guint i = 0; i <= N; i++)
    all[i] = limen_random_normal (&random);
  for (guint left = 0; left <= N; left++) {
    for (guint i = 0; i < N; i++)
      rest[i] = all[i + (i >= left)];
    g_autoptr (LimenScores) scores = limen_scores_new ("normal", rest, N);
    g_autoptr (LimenDetector) detector = limen_detector_new (
        scores, NULL, (LimenSplit){LIMEN_SPLIT_RANDOM, left}, (LimenRule){LIMEN_RULE_SIGMAS, 3});
    double p = limen_single_p_value (&(LimenSingle){detector, all[left]});
    guint rank = (guint)lround (p * (N + 1));
    g_assert_cmpfloat_with_epsilon (p * (N + 1), rank, 1e-9);
    g_assert_false (seen[rank]);
    seen[rank] = TRUE;
  }
  for (guint rank = 1; rank <= N + 1; rank++)
    g_assert_true (seen[rank]);
}

static void
test_p_values_are_written_with_two_digits (void)
{
  static const struct {
    double p;
    const char *text;
  } cases[] = {{1, "1"},
               {0.5, "0.50"},
               {1.0 / 3, "0.33"},
               {0.012345, "0.012"},
               {1.0 / 2001, "0.00050"},
               {0.9996, "0.9996"},
               {0.99, "0.99"},
               {1e-6, "0.0000010"}};
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = limen_p_value_text (cases[i].p);
    g_assert_cmpstr (text, ==, cases[i].text);
  }
}

/* -- what is said -- */

/* Of all five, or where both sides are unusual of the test half; by the words of the side */
static gboolean
is_true_rank (const char *text, const LimenDetector *d, double score)
{
  static const char *const as[N_SIDES] = {"low", "high", "far from the mean"};
  static const double all[] = {4, 1, 3, 2, 3};
  static const char *const who[] = {"None", "One", "2", "3", "4", "5"};
  LimenSide side = d->validation->measure->side;
  guint n = d->normal->n + (side == LIMEN_SIDE_BOTH ? 0 : 3), as_unusual = 0;
  for (guint i = 2 - d->normal->n, end = i + n; i < end; i++)
    as_unusual += side == LIMEN_SIDE_LOW    ? all[i] <= score
                  : side == LIMEN_SIDE_HIGH ? all[i] >= score
                                            : fabs (all[i] - 8.0 / 3) >= fabs (score - 8.0 / 3);
  if (n == 0)
    return g_str_has_prefix (text, "All normal images are those of the mean");
  g_autofree char *said =
      g_strdup_printf ("%s of %u normal images score%s as %s: p = %u/%u", who[as_unusual], n,
                       as_unusual < 2 ? "s" : "", as[side], 1 + as_unusual, 1 + n);
  return g_str_equal (text, said);
}

/* Judged by counting: nothing here asks the functions above. */
static gboolean
is_true (guint table, const char *text, const LimenSingle *single)
{
  const LimenDetector *d = single->detector;
  if (d && single->measure && single->measure != d->validation->measure)
    return g_str_has_prefix (text,
                             table == LIMEN_SINGLE_VERDICT ? "not judged" : "It has no rank among");
  if (!d)
    return g_str_has_prefix (text,
                             table == LIMEN_SINGLE_VERDICT ? "no normal" : "There are no normal");
  gboolean flagged =
      is_flagged_by (d->validation->measure->side, 8.0 / 3, d->threshold, single->score);
  if (table == LIMEN_SINGLE_VERDICT)
    return g_str_has_prefix (text, "no threshold") ? isnan (d->threshold)
           : g_str_equal (text, "flagged")         ? !isnan (d->threshold) && flagged
           : g_str_equal (text, "kept")            ? !isnan (d->threshold) && !flagged
                                                   : FALSE;
  return is_true_rank (text, d, single->score);
}

typedef void (*Visit) (guint table, const LimenSingle *single, gpointer data);

/* All that a single image can be: without normal images, without a threshold, by another measure,
 * at each rank on either side of the line. */
static void
visit_states (guint table, Visit visit, gpointer data)
{
  static const double threshold[] = {NAN, -1, 2, 2.5, 9}, score[] = {-INFINITY, 0, 1, 2, 3, 4, 5};
  for (guint i = 0; i < G_N_ELEMENTS (score); i++)
    for (LimenSide side = 0; side < N_SIDES; side++) {
      LimenMeasure *own = measure_of_side (side), *other = measure_of_side ((side + 1) % N_SIDES);
      visit (table, &(LimenSingle){NULL, score[i], own}, data);
      for (guint t = 0; t < 2 * G_N_ELEMENTS (threshold); t++) {
        g_autoptr (LimenDetector) detector = five_of (side, t % 2 ? 2 : 0, threshold[t / 2]);
        visit (table, &(LimenSingle){detector, score[i], NULL}, data);
        visit (table, &(LimenSingle){detector, score[i], own}, data);
        visit (table, &(LimenSingle){detector, score[i], other}, data);
      }
    }
}

static void
assert_true_cb (guint table, const LimenSingle *single, gpointer data)
{
  guint n, *said = data;
  const LimenClaim *claims = limen_single_claims (table, &n);
  guint first = limen_claim_first (claims, n, single);
  g_assert_cmpuint (first, <, n);
  g_autofree char *text = limen_claim_words (&claims[first], single);
  g_autofree char *sentence = limen_single_sentence (single), *rank = limen_single_rank (single);
  g_assert_true (is_true (table, text, single));
  g_assert_nonnull (strstr (table == LIMEN_SINGLE_VERDICT ? sentence : rank, text));
  limen_single_n_as_unusual (single, &n);
  g_assert_true ((strstr (sentence, "p = ") != NULL) == (n > 0));
  g_assert_true ((strstr (sentence, "· flagged") != NULL) == limen_single_is_flagged (single));
  said[first]++;
}

typedef struct {
  LimenClaim claim;
  gboolean caught;
} Loose;

static void
catch_cb (guint table, const LimenSingle *single, gpointer data)
{
  Loose *loose = data;
  g_autofree char *text = limen_claim_words (&loose->claim, single);
  loose->caught = loose->caught || !is_true (table, text, single);
}

static void
test_all_that_is_said_is_true (void)
{
  for (guint table = 0; table < LIMEN_N_SINGLE_CLAIMS; table++) {
    guint n, said[8] = {0};
    const LimenClaim *claims = limen_single_claims (table, &n);
    visit_states (table, assert_true_cb, said);
    for (guint i = 0; i < n; i++) {
      Loose loose = {claims[i], FALSE};
      loose.claim.holds = limen_claim_always;
      visit_states (table, catch_cb, &loose);
      g_assert_cmpuint (said[i], >, 0);
      g_assert_true (loose.caught);
    }
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add_func ("/single/" #name, test_##name)
  ADD (ranks_by_hand);
  ADD (ranks_of_other_sides_by_hand);
  ADD (says_unit_and_side);
  ADD (another_measure_is_not_judged);
  ADD (without_normal_images_there_is_no_rank);
  ADD (p_values_of_exchangeable_images_are_uniform);
  ADD (p_values_are_written_with_two_digits);
  ADD (all_that_is_said_is_true);
  return g_test_run ();
}
