/* Which normal images do what, what is said of it, and what a row of the bench counts. */
#include "model/base/random.h"
#include "model/bench/bench.h"
#include "model/bench/division.h"
#include "model/bench/row.h"
#include "tests/model/near-asserts.h"
#include "tests/model/random-vae.h"

#include <string.h>

/* Images that can be told apart: the pixels of image i are the digits of @number[i] */
static LimenImageSet *
numbered (const guint *number, guint n)
{
  g_autofree guint8 *pixels = g_new0 (guint8, n * 4);
  for (guint i = 0; i < n; i++)
    for (guint d = 0; d < 4; d++)
      pixels[4 * i + d] = (guint8)(number[i] >> (8 * d));
  return limen_image_set_new_from_u8 ("numbered", pixels, n, 2, 2);
}

static LimenImageSet *
numbered_from (guint first, guint n)
{
  g_autofree guint *number = g_new (guint, n);
  for (guint i = 0; i < n; i++)
    number[i] = first + i;
  return numbered (number, n);
}

static guint
number_of (const LimenImageSet *set, guint index)
{
  float x[4];
  guint number = 0;
  limen_image_set_copy_rows (set, index, 1, x);
  for (guint d = 0; d < 4; d++)
    number |= (guint)lroundf (255 * x[d]) << (8 * d);
  return number;
}

static LimenBenchDivision *
divide (LimenImageSet *normal, LimenImageSet *fit, LimenImageSet *validation, LimenSplit split)
{
  g_autoptr (GError) error = NULL;
  LimenBenchDivision *division =
      limen_bench_division_new (normal, fit, validation, split, NULL, &error);
  g_assert_no_error (error);
  return division;
}

/* Each image of the normal set is in exactly one part, where its index says */
static void
assert_divided (const LimenBenchDivision *division, const LimenImageSet *normal)
{
  guint n = limen_image_set_n_images (normal);
  g_autofree guint *seen = g_new0 (guint, n);
  for (guint p = 0; p < LIMEN_BENCH_N_PARTS; p++) {
    if (!division->index[p])
      continue;
    g_assert_cmpuint (limen_image_set_n_images (division->set[p]), ==, division->counts.n[p]);
    for (guint i = 0; i < division->counts.n[p]; i++) {
      guint at = division->index[p][i];
      g_assert_cmpuint (number_of (division->set[p], i), ==, number_of (normal, at));
      g_assert_true (i == 0 || division->index[p][i - 1] < at);
      seen[at]++;
    }
  }
  for (guint i = 0; i < n; i++)
    g_assert_cmpuint (seen[i], ==, 1);
}

static void
test_three_parts (void)
{
  g_autoptr (LimenImageSet) normal = numbered_from (0, 100);
  g_autoptr (LimenBenchDivision) ordered =
      divide (normal, NULL, NULL, (LimenSplit){LIMEN_SPLIT_ORDERED, 0});
  g_autoptr (LimenBenchDivision) random =
      divide (normal, NULL, NULL, (LimenSplit){LIMEN_SPLIT_RANDOM, 7});
  g_autoptr (LimenBenchDivision) again =
      divide (normal, NULL, NULL, (LimenSplit){LIMEN_SPLIT_RANDOM, 7});
  g_autoptr (LimenBenchDivision) other =
      divide (normal, NULL, NULL, (LimenSplit){LIMEN_SPLIT_RANDOM, 8});
  assert_divided (ordered, normal);
  assert_divided (random, normal);
  g_assert_cmpuint (ordered->index[LIMEN_BENCH_TEST][0], ==, 0);
  g_assert_cmpuint (ordered->index[LIMEN_BENCH_VALIDATION][0], ==, 33);
  g_assert_cmpuint (ordered->index[LIMEN_BENCH_FIT][0], ==, 66);
  g_assert_cmpuint (ordered->counts.n[LIMEN_BENCH_FIT], ==, 34);
  gsize size = 33 * sizeof (guint32);
  g_assert_cmpmem (random->index[LIMEN_BENCH_TEST], size, again->index[LIMEN_BENCH_TEST], size);
  g_assert_true (memcmp (random->index[LIMEN_BENCH_TEST], other->index[LIMEN_BENCH_TEST], size));
  g_assert_true (limen_bench_counts_are_honest (&random->counts));
}

static void
test_sets_of_their_own (void)
{
  g_autoptr (LimenImageSet) normal = numbered_from (0, 9), own = numbered_from (100, 5);
  g_autoptr (LimenImageSet) third = numbered_from (200, 4);
  LimenSplit split = {LIMEN_SPLIT_RANDOM, 1};
  g_autoptr (LimenBenchDivision) fitted = divide (normal, own, NULL, split);
  g_autoptr (LimenBenchDivision) validated = divide (normal, NULL, own, split);
  g_autoptr (LimenBenchDivision) both = divide (normal, own, third, split);
  assert_divided (fitted, normal);
  assert_divided (validated, normal);
  g_assert_true (fitted->set[LIMEN_BENCH_FIT] == own);
  g_assert_cmpuint (fitted->counts.n[LIMEN_BENCH_TEST], ==, 4);
  g_assert_cmpuint (fitted->counts.n[LIMEN_BENCH_VALIDATION], ==, 5);
  g_assert_true (validated->set[LIMEN_BENCH_VALIDATION] == own);
  g_assert_true (both->set[LIMEN_BENCH_TEST] == normal && both->set[LIMEN_BENCH_FIT] == own);
  g_assert_true (limen_bench_counts_are_honest (&both->counts));
}

static void
test_two_jobs_are_seen (void)
{
  const guint numbers[6] = {50, 3, 51, 7, 8, 52};
  g_autoptr (LimenImageSet) normal = numbered_from (0, 40), fit = numbered (numbers, 6);
  LimenSplit split = {LIMEN_SPLIT_ORDERED, 0};
  g_autoptr (LimenBenchDivision) some = divide (normal, fit, NULL, split);
  g_autoptr (LimenBenchDivision) all = divide (normal, normal, normal, split);
  g_auto (GStrv) told = limen_bench_optimism (&some->counts);
  g_auto (GStrv) told_of_all = limen_bench_optimism (&all->counts);
  g_assert_cmpuint (some->counts.n_test_fitted, ==, 3);
  g_assert_cmpuint (g_strv_length (told), ==, 1);
  g_assert_cmpstr (told[0], ==,
                   "Optimistic: the scores were fitted to 3 of the 20 normal images whose errors "
                   "are counted.");
  g_assert_cmpuint (g_strv_length (told_of_all), ==, 3);
  g_assert_nonnull (strstr (told_of_all[0], "all 40 "));
}

static void
test_too_few (void)
{
  g_autoptr (LimenImageSet) two = numbered_from (0, 2);
  g_autoptr (GError) error = NULL;
  g_assert_null (limen_bench_division_new (two, NULL, NULL, (LimenSplit){LIMEN_SPLIT_ORDERED, 0},
                                           NULL, &error));
  g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_MISMATCH);
  g_assert_nonnull (strstr (error->message, "2 images, too few"));
}

/* Sentences of any counts */

static gboolean
is_number (const char *text, guint n)
{
  g_autofree char *expected = g_strdup_printf ("%u ", n);
  return g_str_has_prefix (text, expected);
}

/* "Optimistic: … to 3 of the 20 …": which images it speaks of by its words, and that the numbers
 * are those of the counts, of which there must be some */
static gboolean
is_true (const char *sentence, const LimenBenchCounts *counts)
{
  gboolean fitted = strstr (sentence, "fitted to ") != NULL;
  gboolean test = strstr (sentence, "whose errors are counted") != NULL;
  const char *some = strstr (sentence, fitted ? "fitted to " : "set by ");
  guint all = counts->n[test ? LIMEN_BENCH_TEST : LIMEN_BENCH_VALIDATION];
  guint n = !test    ? counts->n_validation_fitted
            : fitted ? counts->n_test_fitted
                     : counts->n_test_validated;
  g_assert_nonnull (some);
  some = strchr (some, fitted ? 'o' : 'y') + 2;
  if (g_str_has_prefix (some, "all "))
    return n > 0 && n == all && is_number (some + 4, all);
  const char *of = strstr (some, " of the ");
  return n > 0 && n < all && is_number (some, n) && of && is_number (of + 8, all);
}

static void
test_sentences_are_true_of_any_counts (void)
{
  LimenRandom random = limen_random_stream (3, "counts", 0);
  guint n_claims, seen[3] = {0};
  gboolean caught[3] = {FALSE};
  const LimenClaim *claims = limen_bench_optimism_claims (&n_claims);
  g_assert_cmpuint (n_claims, ==, 3);
  for (guint state = 0; state < 10000; state++) {
    LimenBenchCounts counts = {.n = {1 + limen_random_below (&random, 9),
                                     1 + limen_random_below (&random, 9),
                                     1 + limen_random_below (&random, 9)}};
    counts.n_validation_fitted = limen_random_below (&random, counts.n[LIMEN_BENCH_VALIDATION] + 1);
    counts.n_test_fitted = limen_random_below (&random, counts.n[LIMEN_BENCH_TEST] + 1);
    counts.n_test_validated = limen_random_below (&random, counts.n[LIMEN_BENCH_TEST] + 1);
    guint n_shared = (counts.n_validation_fitted > 0) + (counts.n_test_fitted > 0) +
                     (counts.n_test_validated > 0);
    g_auto (GStrv) told = limen_bench_optimism (&counts);
    g_assert_cmpuint (g_strv_length (told), ==, n_shared);
    g_assert_true (limen_bench_counts_are_honest (&counts) == (n_shared == 0));
    for (char **line = told; *line; line++)
      if (!is_true (*line, &counts))
        g_error ("not so: %s", *line);
    for (guint c = 0; c < n_claims; c++) { /* said whether it holds or not */
      g_autofree char *line = limen_claim_words (&claims[c], &counts);
      seen[c] += claims[c].holds (&counts) != 0;
      caught[c] = caught[c] || !is_true (line, &counts);
    }
  }
  for (guint c = 0; c < n_claims; c++)
    g_assert_true (seen[c] > 0 && caught[c]);
}

/* What is said to be lacking is: by the models alone, whatever the claims ask */

static gboolean
is_lacking (const char *sentence, const LimenBenchModels *models)
{
  guint flow = models->flow ? limen_nice_shape (models->flow).dimension : 0,
        vae = models->vae ? limen_vae_shape (models->vae).observed : 0,
        reference = models->reference ? limen_nice_shape (models->reference).dimension : 0;
  if (strstr (sentence, "black and white pixels"))
    return !flow && vae && models->vae->sigma == 0;
  if (strstr (sentence, "needs a flow or a VAE"))
    return !flow && !vae;
  if (strstr (sentence, "needs a second flow"))
    return !reference;
  if (strstr (sentence, "needs a flow") || strstr (sentence, "needs two flows"))
    return !flow;
  if (strstr (sentence, "needs a VAE"))
    return !vae;
  if (strstr (sentence, "The VAE was made for"))
    return flow && vae && flow != vae;
  g_assert_nonnull (strstr (sentence, "The second flow was made for"));
  return flow && reference && flow != reference;
}

/* The models that a score is computed with */
static gboolean
can_score (LimenScoreKind kind, const LimenBenchModels *models)
{
  gboolean has_vae = models->vae && (!models->flow ||
                                     models->vae->shape.observed == models->flow->shape.dimension);
  switch (kind) {
  case LIMEN_SCORE_NEAREST:
    return TRUE;
  case LIMEN_SCORE_IWAE:
  case LIMEN_SCORE_VAE_STATISTICS:
    return has_vae;
  case LIMEN_SCORE_COMBINED:
    return models->flow || has_vae;
  case LIMEN_SCORE_LIKELIHOOD_RATIO:
    return models->flow && models->reference &&
           models->flow->shape.dimension == models->reference->shape.dimension;
  default:
    return models->flow != NULL;
  }
}

static void
test_needs_are_true_of_any_models (void)
{
  LimenNice *flows[] = {NULL, random_nice ((LimenNiceShape){16, 3, 1, 2}, 1),
                        random_nice ((LimenNiceShape){36, 3, 1, 2}, 2)};
  LimenVae *vaes[] = {NULL, random_vae ((LimenVaeShape){16, 3, 3, 2}, 0, 3),
                      random_vae ((LimenVaeShape){36, 3, 3, 2}, 0.2, 4)};
  gboolean caught[LIMEN_N_SCORES][4] = {{FALSE}};
  for (guint state = 0; state < 27; state++) {
    LimenBenchModels models = {flows[state % 3], vaes[state / 3 % 3], flows[state / 9]};
    for (guint k = 0; k < LIMEN_N_SCORES; k++) {
      guint n;
      const LimenClaim *claims = limen_bench_claims ((LimenScoreKind)k, &n);
      g_autofree char *told = limen_bench_needs ((LimenScoreKind)k, &models);
      g_assert_true ((told == NULL) == can_score ((LimenScoreKind)k, &models));
      g_assert_true (!told || is_lacking (told, &models));
      for (guint c = 0; c < n; c++) {
        gboolean can_say = claims[c].words || (models.flow && models.vae && models.reference);
        g_autofree char *line = can_say ? limen_claim_words (&claims[c], &models) : NULL;
        caught[k][c] = caught[k][c] || (line && !is_lacking (line, &models));
      }
    }
  }
  for (guint k = 0; k < LIMEN_N_SCORES; k++) {
    guint n;
    limen_bench_claims ((LimenScoreKind)k, &n);
    for (guint c = 0; c < n; c++)
      g_assert_true (caught[k][c]);
  }
  for (guint i = 1; i < 3; i++) {
    limen_nice_unref (flows[i]);
    limen_vae_unref (vaes[i]);
  }
}

/* Rows */

static LimenScores *
draw_scores (LimenMeasure *measure, double mean, guint n, guint64 seed)
{
  LimenRandom random = limen_random_stream (seed, "scores", 0);
  g_autofree double *value = g_new (double, n);
  for (guint i = 0; i < n; i++)
    value[i] = mean + limen_random_normal (&random);
  return limen_scores_new_of (measure, "set", value, n);
}

static guint
n_beyond (const LimenScores *scores, double low, double high)
{
  guint n = 0;
  for (guint i = 0; i < scores->n; i++)
    n += scores->value[i] < low || scores->value[i] > high;
  return n;
}

static void
test_row_flags_the_unusual_side (void)
{
  for (guint side = 0; side < 3; side++) {
    g_autoptr (LimenMeasure) measure = limen_measure_new ("m", "m", "nats", (LimenSide)side);
    g_autoptr (LimenScores) validation = draw_scores (measure, 5, 300, 1);
    g_autoptr (LimenScores) normal = draw_scores (measure, 5, 400, 2);
    g_autoptr (LimenScores) anomaly = draw_scores (measure, side == LIMEN_SIDE_LOW ? 3 : 7, 200, 3);
    LimenBenchRow row = limen_bench_row (validation, normal, anomaly, 1.5);
    double reach = 1.5 * limen_scores_std (validation), mean = limen_scores_mean (validation);
    double low = side == LIMEN_SIDE_HIGH ? -INFINITY : mean - reach;
    double high = side == LIMEN_SIDE_LOW ? INFINITY : mean + reach;
    assert_near (row.threshold, side == LIMEN_SIDE_LOW ? low : high, 1e-12);
    g_assert_cmpuint (row.type_1.errors, ==, n_beyond (normal, low, high));
    g_assert_cmpuint (row.type_2.errors, ==, 200 - n_beyond (anomaly, low, high));
    g_assert_cmpuint (row.type_1.n, ==, 400);
    assert_near (row.separation.auroc, limen_separation (normal, anomaly, mean).auroc, 0);
    g_assert_cmpfloat (row.separation.auroc, >, 0.75);
  }
}

/* The page's own detector says the same of log-likelihoods */
static void
test_row_is_the_detector (void)
{
  LimenMeasure *measure = limen_measure_log_likelihood ();
  g_autoptr (LimenScores) validation = draw_scores (measure, 5, 300, 1);
  g_autoptr (LimenScores) normal = draw_scores (measure, 5, 400, 2);
  g_autoptr (LimenScores) anomaly = draw_scores (measure, 3, 200, 3);
  g_autoptr (LimenDetector) detector = limen_detector_new_with_validation (
      validation, normal, anomaly, (LimenRule){LIMEN_RULE_SIGMAS, 2});
  LimenBenchRow row = limen_bench_row (validation, normal, anomaly, 2);
  LimenErrorRate type_1 = limen_detector_type_1 (detector),
                 type_2 = limen_detector_type_2 (detector);
  g_assert_cmpfloat (row.threshold, ==, detector->threshold);
  g_assert_cmpfloat (row.separation.auroc, ==, detector->auroc);
  g_assert_cmpuint (row.type_1.errors, ==, type_1.errors);
  g_assert_cmpuint (row.type_2.errors, ==, type_2.errors);
}

static void
test_row_without_a_spread_has_no_threshold (void)
{
  const double same[3] = {1, 1, 1};
  g_autoptr (LimenScores) scores = limen_scores_new ("s", same, 3);
  LimenBenchRow row = limen_bench_row (scores, scores, scores, 3);
  g_assert_true (isnan (row.threshold));
  g_assert_cmpuint (row.type_1.n, ==, 0);
  g_assert_cmpfloat (row.separation.auroc, ==, 0.5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/division/three-parts", test_three_parts);
  g_test_add_func ("/division/sets-of-their-own", test_sets_of_their_own);
  g_test_add_func ("/division/two-jobs-are-seen", test_two_jobs_are_seen);
  g_test_add_func ("/division/too-few", test_too_few);
  g_test_add_func ("/bench-sentences/optimism", test_sentences_are_true_of_any_counts);
  g_test_add_func ("/bench-sentences/needs", test_needs_are_true_of_any_models);
  g_test_add_func ("/row/flags-the-unusual-side", test_row_flags_the_unusual_side);
  g_test_add_func ("/row/is-the-detector", test_row_is_the_detector);
  g_test_add_func ("/row/without-a-spread", test_row_without_a_spread_has_no_threshold);
  return g_test_run ();
}
