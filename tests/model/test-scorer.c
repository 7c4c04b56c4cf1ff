/* The scorer: what it is fitted on, what it gives while it works and in the end. */
#include "model/bench/combination.h"
#include "model/bench/complexity.h"
#include "model/bench/latent-fit.h"
#include "model/bench/scorer.h"
#include "model/bound/vae-bound.h"
#include "model/flow/nice-inverse.h"
#include "tests/model/near-asserts.h"
#include "tests/model/random-vae.h"

#include <string.h>

enum { SIDE = 8, D = SIDE * SIDE, N_FIT = 120, N = 700 };

static const LimenNiceShape flow_shape = {D, 16, 2, 3};
static const LimenVaeShape vae_shape = {D, 12, 14, 3};

typedef struct {
  LimenScorerOptions options;
  LimenImageSet *fit, *set;
} World;

static World
world_new (gboolean has_vae)
{
  World world = {.fit = random_images (N_FIT, SIDE, SIDE, 1),
                 .set = random_images (N, SIDE, SIDE, 2)};
  world.options = (LimenScorerOptions){.models = {random_nice (flow_shape, 3),
                                                  has_vae ? random_vae (vae_shape, 0, 4) : NULL,
                                                  random_nice (flow_shape, 5)},
                                       .k = 7,
                                       .seed = 9};
  return world;
}

static void
world_clear (World *world)
{
  limen_nice_unref (world->options.models.flow);
  limen_nice_unref (world->options.models.reference);
  g_clear_pointer (&world->options.models.vae, limen_vae_unref);
  limen_image_set_unref (world->fit);
  limen_image_set_unref (world->set);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (World, world_clear)

static void
free_scores (LimenScores **scores)
{
  for (guint k = 0; k < LIMEN_N_SCORES; k++)
    g_clear_pointer (&scores[k], limen_scores_unref);
}

static LimenScorer *
fit (const World *world)
{
  g_autoptr (GError) error = NULL;
  LimenScorer *scorer = limen_scorer_new (&world->options, world->fit, NULL, &error);
  g_assert_no_error (error);
  return scorer;
}

static void
score (const LimenScorer *scorer, const LimenImageSet *set, LimenScores **out)
{
  g_autoptr (GError) error = NULL;
  g_assert_true (limen_scorer_score (scorer, set, NULL, NULL, out, NULL, &error));
  g_assert_no_error (error);
}

/* Each beside the functions that are tested on their own, called one after the other */

static double *
log_likelihoods (const LimenNice *nice, const LimenImageSet *set)
{
  double *value = g_new (double, limen_image_set_n_images (set));
  g_assert_true (limen_nice_log_likelihood (nice, set, value, NULL, NULL, NULL, NULL));
  return value;
}

static void
test_flow_scores (void)
{
  g_auto (World) world = world_new (FALSE);
  g_autoptr (LimenScorer) scorer = fit (&world);
  LimenScores *found[LIMEN_N_SCORES];
  score (scorer, world.set, found);
  g_autofree double *of_fit = log_likelihoods (world.options.models.flow, world.fit);
  g_autofree double *first = log_likelihoods (world.options.models.flow, world.set);
  g_autofree double *second = log_likelihoods (world.options.models.reference, world.set);
  g_autofree float *x = g_new (float, N *D), *z = g_new (float, N *D);
  g_autoptr (LimenCompressor) compressor = limen_compressor_new (SIDE, SIDE);
  double mean = 0;
  float room[2 * D];
  for (guint i = 0; i < N_FIT; i++)
    mean += of_fit[i] / N_FIT;
  limen_image_set_copy_rows (world.set, 0, N, x);
  limen_nice_to_latent (world.options.models.flow, x, N, z, NULL, NULL);
  for (guint i = 0; i < N; i++) {
    g_assert_cmpfloat (found[LIMEN_SCORE_LOG_LIKELIHOOD]->value[i], ==, first[i]);
    assert_near (found[LIMEN_SCORE_TYPICALITY]->value[i], fabs (first[i] - mean), 1e-9);
    assert_near (found[LIMEN_SCORE_LIKELIHOOD_RATIO]->value[i], first[i] - second[i], 0);
    assert_near (found[LIMEN_SCORE_LATENT_FIT]->value[i], limen_latent_fit (z + i * D, D, room), 0);
    assert_near (found[LIMEN_SCORE_COMPLEXITY]->value[i],
                 -first[i] / log (2) + 8 * D - limen_compressor_bits (compressor, x + i * D), 1e-8);
  }
  g_assert_null (found[LIMEN_SCORE_IWAE]);
  g_assert_null (found[LIMEN_SCORE_VAE_STATISTICS]);
  free_scores (found);
}

/* The combination of columns that are made here, in the order of the kinds */
static void
test_combined_and_nearest (void)
{
  g_auto (World) world = world_new (FALSE);
  world.options.parts =
      LIMEN_SCORE_BIT (LIMEN_SCORE_TYPICALITY) | LIMEN_SCORE_BIT (LIMEN_SCORE_NEAREST);
  g_autoptr (LimenScorer) scorer = fit (&world);
  g_autoptr (LimenNeighbours) neighbours = limen_neighbours_new (world.fit);
  g_autofree float *room = g_new (float, limen_neighbours_room (neighbours)),
                   *x = g_new (float, N *D);
  g_autofree double *of_fit = log_likelihoods (world.options.models.flow, world.fit);
  double nearest[N_FIT];
  guint itself[N_FIT];
  LimenScores *found[LIMEN_N_SCORES];
  for (guint i = 0; i < N_FIT; i++) {
    itself[i] = i;
    of_fit[i] = fabs (of_fit[i] - limen_scorer_typical (scorer));
  }
  limen_image_set_copy_rows (world.fit, 0, N_FIT, x);
  limen_neighbours_distances (neighbours, x, N_FIT, itself, room, nearest);
  const double *const column[2] = {of_fit, nearest};
  g_autoptr (LimenCombination) combination = limen_combination_new (column, 2, N_FIT);
  score (scorer, world.set, found);
  for (guint i = 0; i < N; i++) {
    double distance,
        row[2] = {found[LIMEN_SCORE_TYPICALITY]->value[i], found[LIMEN_SCORE_NEAREST]->value[i]};
    limen_image_set_copy_rows (world.set, i, 1, x);
    limen_neighbours_distances (neighbours, x, 1, NULL, room, &distance);
    g_assert_cmpfloat (row[1], ==, distance);
    assert_near (found[LIMEN_SCORE_COMBINED]->value[i],
                 limen_combination_distance (combination, row), 1e-9);
  }
  free_scores (found);
}

static void
test_vae_scores (void)
{
  g_auto (World) world = world_new (TRUE);
  g_autoptr (LimenScorer) scorer = fit (&world);
  LimenScores *found[LIMEN_N_SCORES];
  LimenVaeSetBound table;
  score (scorer, world.set, found);
  LimenVaeSetPlan plan = {.vae = world.options.models.vae,
                          .set = world.set,
                          .n = N,
                          .k = &world.options.k,
                          .n_k = 1,
                          .seed = world.options.seed,
                          .greys = TRUE};
  g_assert_true (limen_vae_set_bound (&plan, &table, NULL, NULL));
  assert_near (limen_scores_mean (found[LIMEN_SCORE_IWAE]), -table.bound.mean, 1e-9);
  for (guint i = 0; i < N; i += 97) { /* the Bound page's number of one image */
    plan.first = i;
    plan.n = 1;
    g_assert_true (limen_vae_set_bound (&plan, &table, NULL, NULL));
    g_assert_cmpfloat (found[LIMEN_SCORE_IWAE]->value[i], ==, -table.bound.mean);
  }
  g_assert_nonnull (found[LIMEN_SCORE_VAE_STATISTICS]);
  g_assert_true (isfinite (limen_scores_mean (found[LIMEN_SCORE_VAE_STATISTICS])));
  free_scores (found);
}

/* The distance of the fit images themselves is that of k independent normal numbers, about √k */
static void
test_fit_images_are_near_the_middle (void)
{
  g_auto (World) world = world_new (TRUE);
  g_autoptr (LimenScorer) scorer = fit (&world);
  LimenScores *found[LIMEN_N_SCORES];
  score (scorer, world.fit, found);
  double mean = limen_scores_mean (found[LIMEN_SCORE_VAE_STATISTICS]);
  g_assert_cmpfloat (mean, >, 0.5 * sqrt (LIMEN_N_VAE_STATISTICS));
  g_assert_cmpfloat (mean, <, 1.5 * sqrt (LIMEN_N_VAE_STATISTICS));
  free_scores (found);
}

static void
test_threads_do_not_matter (void)
{
  g_auto (World) world = world_new (TRUE);
  LimenScores *one[LIMEN_N_SCORES], *many[LIMEN_N_SCORES];
  g_setenv ("LIMEN_THREADS", "1", TRUE);
  g_autoptr (LimenScorer) alone = fit (&world);
  score (alone, world.set, one);
  g_setenv ("LIMEN_THREADS", "5", TRUE);
  g_autoptr (LimenScorer) crew = fit (&world);
  score (crew, world.set, many);
  g_unsetenv ("LIMEN_THREADS");
  for (guint k = 0; k < LIMEN_N_SCORES; k++)
    g_assert_cmpmem (one[k]->value, N * sizeof (double), many[k]->value, N * sizeof (double));
  free_scores (one);
  free_scores (many);
}

/* Partial results */

typedef struct {
  guint n[LIMEN_N_SCORES], calls;
  double value[LIMEN_N_SCORES][N], progress;
  GCancellable *cancellable;
} Told;

static void
partial_cb (LimenScoreKind kind, const double *value, guint n, gpointer data)
{
  Told *told = data;
  g_assert_cmpuint (n, >, told->n[kind]);
  memcpy (told->value[kind], value, n * sizeof (double));
  told->n[kind] = n;
  told->calls++;
}

static void
progress_cb (double fraction, gpointer data)
{
  Told *told = data;
  g_assert_cmpfloat (fraction, >=, told->progress - 1e-12);
  g_assert_cmpfloat (fraction, <=, 1 + 1e-12);
  told->progress = fraction;
}

static void
test_tells_beginnings (void)
{
  g_auto (World) world = world_new (TRUE);
  g_autoptr (LimenScorer) scorer = fit (&world);
  g_autofree Told *told = g_new0 (Told, 1);
  LimenScores *found[LIMEN_N_SCORES];
  LimenRun run = {progress_cb, told, NULL};
  g_assert_true (limen_scorer_score (scorer, world.set, partial_cb, told, found, &run, NULL));
  for (guint k = 0; k < LIMEN_N_SCORES; k++) {
    g_assert_cmpuint (told->n[k], ==, N);
    g_assert_cmpmem (told->value[k], N * sizeof (double), found[k]->value, N * sizeof (double));
  }
  g_assert_cmpuint (told->calls, >, LIMEN_N_SCORES); /* not only of the whole */
  assert_near (told->progress, 1, 1e-9);
  free_scores (found);
}

static void
cancel_cb (LimenScoreKind kind, const double *value, guint n, gpointer data)
{
  g_cancellable_cancel (data);
}

static void
test_is_cancelled (void)
{
  g_auto (World) world = world_new (TRUE);
  g_autoptr (LimenScorer) scorer = fit (&world);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  LimenScores *found[LIMEN_N_SCORES];
  LimenRun run = {.cancellable = cancellable};
  g_assert_false (
      limen_scorer_score (scorer, world.set, cancel_cb, cancellable, found, &run, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  for (guint k = 0; k < LIMEN_N_SCORES; k++)
    g_assert_null (found[k]);
  g_clear_error (&error);
  g_assert_null (limen_scorer_new (&world.options, world.fit, &run, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* A part of the images has the scores that it has among all of them. */
static void
test_parts_score_as_the_whole (void)
{
  enum { FROM = 300, TO = 437 };
  g_auto (World) world = world_new (TRUE);
  g_autoptr (LimenScorer) scorer = fit (&world);
  gboolean left_out[N];
  for (guint i = 0; i < N; i++)
    left_out[i] = i < FROM || i >= TO;
  g_autoptr (LimenImageSet) part = limen_image_set_without (world.set, left_out);
  LimenScores *all[LIMEN_N_SCORES], *some[LIMEN_N_SCORES];
  score (scorer, world.set, all);
  g_assert_true (limen_scorer_score_part (scorer, part, FROM, some, NULL, NULL));
  for (guint k = 0; k < LIMEN_N_SCORES; k++)
    for (guint i = FROM; i < TO; i++)
      g_assert_cmpfloat (some[k]->value[i - FROM], ==, all[k]->value[i]);
  free_scores (all);
  free_scores (some);
}

/* What is not fitted needs nothing to be fitted to. */
static void
test_scores_without_fit_images (void)
{
  g_auto (World) world = world_new (TRUE);
  g_autoptr (LimenScorer) fitted = fit (&world);
  LimenScorerOptions options = world.options;
  for (guint k = 0; k < LIMEN_N_SCORES; k++)
    if (!limen_score_is_fitted ((LimenScoreKind)k))
      options.kinds |= LIMEN_SCORE_BIT (k);
  g_autoptr (LimenScorer) plain = limen_scorer_new (&options, NULL, NULL, NULL);
  g_assert_nonnull (plain);
  g_assert_cmpuint (limen_scorer_n_fit (plain), ==, 0);
  LimenScores *all[LIMEN_N_SCORES], *some[LIMEN_N_SCORES];
  score (fitted, world.set, all);
  score (plain, world.set, some);
  for (guint k = 0; k < LIMEN_N_SCORES; k++) {
    g_assert_true ((some[k] == NULL) == limen_score_is_fitted ((LimenScoreKind)k));
    for (guint i = 0; some[k] && i < N; i++)
      g_assert_cmpfloat (some[k]->value[i], ==, all[k]->value[i]);
  }
  free_scores (all);
  free_scores (some);
}

/* What is lacking */

static void
assert_refused (const LimenScorerOptions *options, LimenImageSet *set, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (limen_scorer_new (options, set, NULL, &error));
  g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_MISMATCH);
  if (!strstr (error->message, words))
    g_error ("\"%s\" does not say \"%s\"", error->message, words);
}

static void
test_refuses_what_it_cannot_give (void)
{
  g_auto (World) world = world_new (FALSE);
  g_autoptr (LimenImageSet) small = random_images (10, 4, 4, 1);
  g_autoptr (LimenImageSet) one = random_images (1, SIDE, SIDE, 1);
  LimenScorerOptions options = world.options;
  assert_refused (&options, small, "choose a flow and images that fit each other");
  assert_refused (&options, one, "choose other normal images");
  options.kinds = LIMEN_SCORE_BIT (LIMEN_SCORE_IWAE);
  assert_refused (&options, world.fit, "iwae cannot be computed: This score needs a VAE");
}

static void
test_needs_are_told (void)
{
  g_autoptr (LimenNice) flow = random_nice (flow_shape, 3);
  g_autoptr (LimenVae) black = random_vae (vae_shape, 0, 4);
  g_autoptr (LimenVae) grey = random_vae (vae_shape, 0.3, 4);
  g_autoptr (LimenVae) other = random_vae ((LimenVaeShape){16, 5, 5, 2}, 0, 4);
  const struct {
    LimenScoreKind kind;
    LimenBenchModels models;
    const char *words;
  } table[] = {
      {LIMEN_SCORE_COMPLEXITY, {flow, black, NULL}, NULL},
      {LIMEN_SCORE_COMPLEXITY, {NULL, black, NULL}, "no code length"},
      {LIMEN_SCORE_COMPLEXITY, {NULL, grey, NULL}, "needs a flow; open"},
      {LIMEN_SCORE_LOG_LIKELIHOOD, {NULL, black, NULL}, "needs a flow"},
      {LIMEN_SCORE_LATENT_FIT, {flow, NULL, NULL}, NULL},
      {LIMEN_SCORE_IWAE, {flow, NULL, NULL}, "needs a VAE"},
      {LIMEN_SCORE_IWAE, {flow, other, NULL}, "made for 16 pixels"},
      {LIMEN_SCORE_IWAE, {NULL, other, NULL}, NULL},
      {LIMEN_SCORE_COMBINED, {NULL, NULL, NULL}, "a flow or a VAE"},
      {LIMEN_SCORE_COMBINED, {NULL, black, NULL}, NULL},
      {LIMEN_SCORE_NEAREST, {NULL, NULL, NULL}, NULL},
      {LIMEN_SCORE_LIKELIHOOD_RATIO, {flow, NULL, NULL}, "second flow"},
      {LIMEN_SCORE_LIKELIHOOD_RATIO, {flow, NULL, flow}, NULL},
  };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autofree char *told = limen_bench_needs (table[i].kind, &table[i].models);
    g_assert_true (limen_bench_has (table[i].kind, &table[i].models) == !table[i].words);
    g_assert_true (!told == !table[i].words);
    g_assert_true (!told || strstr (told, table[i].words));
  }
}

/* Whatever there is to score with, the recommended score can be had, and what is combined, too */
static void
test_recommends_what_there_is (void)
{
  g_autoptr (LimenNice) flow = random_nice (flow_shape, 3);
  g_autoptr (LimenVae) vae = random_vae (vae_shape, 0, 4);
  for (guint has = 0; has < 8; has++) {
    LimenBenchModels models = {has & 1 ? flow : NULL, has & 2 ? vae : NULL, has & 4 ? flow : NULL};
    guint kinds = limen_bench_kinds (&models), parts = limen_bench_parts (&models);
    for (guint p = 0; p < LIMEN_N_COMBINED_PARTS; p++) {
      g_autofree char *lack = limen_part_needs (p, &models);
      g_assert_true (!lack || !(parts & LIMEN_SCORE_BIT (p)));
    }
    g_assert_true (kinds & LIMEN_SCORE_BIT (limen_bench_recommended (&models)));
    g_assert_cmpuint (parts & LIMEN_SCORE_BIT (LIMEN_SCORE_COMBINED), ==, 0);
  }
}

static void
test_names (void)
{
  for (guint k = 0; k < LIMEN_N_SCORES; k++) {
    LimenScoreKind found;
    g_assert_true (limen_score_find (limen_score_name ((LimenScoreKind)k), &found));
    g_assert_cmpint (found, ==, k);
    g_assert_cmpstr (limen_score_measure (found)->name, ==, limen_score_name (found));
  }
  LimenScoreKind kind;
  g_assert_false (limen_score_find ("likelihood", &kind));
  g_assert_true (limen_score_measure (LIMEN_SCORE_LOG_LIKELIHOOD) ==
                 limen_measure_log_likelihood ());
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scorer/flow-scores", test_flow_scores);
  g_test_add_func ("/scorer/combined-and-nearest", test_combined_and_nearest);
  g_test_add_func ("/scorer/vae-scores", test_vae_scores);
  g_test_add_func ("/scorer/fit-images-are-near", test_fit_images_are_near_the_middle);
  g_test_add_func ("/scorer/threads-do-not-matter", test_threads_do_not_matter);
  g_test_add_func ("/scorer/tells-beginnings", test_tells_beginnings);
  g_test_add_func ("/scorer/is-cancelled", test_is_cancelled);
  g_test_add_func ("/scorer/parts-score-as-the-whole", test_parts_score_as_the_whole);
  g_test_add_func ("/scorer/scores-without-fit-images", test_scores_without_fit_images);
  g_test_add_func ("/scorer/refuses", test_refuses_what_it_cannot_give);
  g_test_add_func ("/scorer/needs-are-told", test_needs_are_told);
  g_test_add_func ("/scorer/recommends-what-there-is", test_recommends_what_there_is);
  g_test_add_func ("/scorer/names", test_names);
  return g_test_run ();
}
