/* What is said of the images that scores are fitted on, thresholds set by and errors counted among.
 */
#include "model/base/number.h"
#include "model/bench/division.h"

/* Some images of the test part were fitted to. */
static gboolean
is_test_fitted (gconstpointer data)
{
  const LimenBenchCounts *counts = data;
  return counts->n_test_fitted > 0;
}

/* Some images of the test part set the thresholds. */
static gboolean
is_test_validated (gconstpointer data)
{
  const LimenBenchCounts *counts = data;
  return counts->n_test_validated > 0;
}

/* Some images that set the thresholds were fitted to. */
static gboolean
is_validation_fitted (gconstpointer data)
{
  const LimenBenchCounts *counts = data;
  return counts->n_validation_fitted > 0;
}

/* "12 of the 3 000" */
static char *
some_of (guint n, guint all)
{
  g_autofree char *some = limen_format_number (n, 0), *of = limen_format_number (all, 0);
  return n == all ? g_strdup_printf ("all %s", of) : g_strdup_printf ("%s of the %s", some, of);
}

static char *
say_test_fitted (gconstpointer data)
{
  const LimenBenchCounts *counts = data;
  g_autofree char *some = some_of (counts->n_test_fitted, counts->n[LIMEN_BENCH_TEST]);
  return g_strdup_printf ("Optimistic: the scores were fitted to %s normal images whose errors are "
                          "counted.",
                          some);
}

static char *
say_test_validated (gconstpointer data)
{
  const LimenBenchCounts *counts = data;
  g_autofree char *some = some_of (counts->n_test_validated, counts->n[LIMEN_BENCH_TEST]);
  return g_strdup_printf (
      "Optimistic: the thresholds were set by %s normal images whose errors are "
      "counted.",
      some);
}

static char *
say_validation_fitted (gconstpointer data)
{
  const LimenBenchCounts *counts = data;
  g_autofree char *some = some_of (counts->n_validation_fitted, counts->n[LIMEN_BENCH_VALIDATION]);
  return g_strdup_printf (
      "Optimistic: the scores were fitted to %s images that set the thresholds.", some);
}

static const LimenClaim optimism[] = {
    {"fitted and tested", is_test_fitted, say_test_fitted},
    {"validated and tested", is_test_validated, say_test_validated},
    {"fitted and validated", is_validation_fitted, say_validation_fitted},
};

const LimenClaim *
limen_bench_optimism_claims (guint *n)
{
  *n = G_N_ELEMENTS (optimism);
  return optimism;
}

char **
limen_bench_optimism (const LimenBenchCounts *counts)
{
  g_autoptr (GStrvBuilder) lines = g_strv_builder_new ();
  for (guint i = 0; i < G_N_ELEMENTS (optimism); i++) {
    g_autofree char *line =
        optimism[i].holds (counts) ? limen_claim_words (&optimism[i], counts) : NULL;
    if (line)
      g_strv_builder_add (lines, line);
  }
  return g_strv_builder_end (lines);
}

gboolean
limen_bench_counts_are_honest (const LimenBenchCounts *counts)
{
  return limen_claim_first (optimism, G_N_ELEMENTS (optimism), counts) == G_N_ELEMENTS (optimism);
}

char *
limen_bench_division_sentence (const LimenBenchCounts *counts)
{
  g_autofree char *fit = limen_format_number (counts->n[LIMEN_BENCH_FIT], 0);
  g_autofree char *validation = limen_format_number (counts->n[LIMEN_BENCH_VALIDATION], 0);
  g_autofree char *test = limen_format_number (counts->n[LIMEN_BENCH_TEST], 0);
  return g_strdup_printf (
      "Scores are fitted to %s normal images%s, thresholds set by %s%s, errors counted among %s.",
      fit, counts->own[LIMEN_BENCH_FIT] ? " of a set of their own" : "", validation,
      counts->own[LIMEN_BENCH_VALIDATION] ? " of a set of their own" : "", test);
}
