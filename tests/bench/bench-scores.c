/* What the scores of the bench that need no VAE cost beside the log-likelihood alone: 20,000
 * images, one after the other, in processor time too, because others may work on the same cores. */
#include "model/base/parallel.h"
#include "model/bench/scorer.h"

#include <stdio.h>
#include <time.h>

#define ROUNDS 3
#define N_FIT  3334 /* a third of the normal images of a test set */

typedef struct {
  double wall, cpu;
} Cost;

static Cost
now (void)
{
  struct timespec cpu;
  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &cpu);
  return (Cost){(double)g_get_monotonic_time () / G_USEC_PER_SEC,
                (double)cpu.tv_sec + 1e-9 * (double)cpu.tv_nsec};
}

static Cost
since (Cost start)
{
  Cost end = now ();
  return (Cost){end.wall - start.wall, end.cpu - start.cpu};
}

static LimenImageSet *
load (const char *shared, const char *const *names)
{
  g_autofree char *first =
      g_build_filename (shared, "data", names[0], "t10k-images-idx3-ubyte.gz", NULL);
  g_autofree char *second =
      names[1] ? g_build_filename (shared, "data", names[1], "t10k-images-idx3-ubyte.gz", NULL)
               : NULL;
  const char *paths[] = {first, second, NULL};
  LimenImageSetOptions options = {28, 28, names[1] ? 0 : N_FIT};
  return limen_image_set_load (paths, &options, NULL, NULL, NULL);
}

static Cost
score (const LimenScorer *scorer, const LimenImageSet *set)
{
  LimenScores *scores[LIMEN_N_SCORES];
  Cost start = now ();
  limen_scorer_score (scorer, set, NULL, NULL, scores, NULL, NULL);
  Cost cost = since (start);
  for (guint k = 0; k < LIMEN_N_SCORES; k++)
    g_clear_pointer (&scores[k], limen_scores_unref);
  return cost;
}

/* Of each score alone, and of all together */
static gboolean
measure (LimenNice *flow, LimenImageSet *fit, const LimenImageSet *set)
{
  guint n = limen_image_set_n_images (set);
  LimenScorerOptions options = {.models = {.flow = flow}};
  g_autofree double *out = g_new (double, n);
  Cost alone = {1e9, 1e9}, all = {1e9, 1e9};
  g_autoptr (LimenScorer) everything = limen_scorer_new (&options, fit, NULL, NULL);
  for (guint round = 0; round < ROUNDS; round++) {
    Cost start = now ();
    limen_nice_log_likelihood (flow, set, out, NULL, NULL, NULL, NULL);
    Cost likelihood = since (start), bench = score (everything, set);
    printf ("log-likelihood %.2f s (%.2f s of processors), all scores %.2f s (%.2f s)\n",
            likelihood.wall, likelihood.cpu, bench.wall, bench.cpu);
    alone = (Cost){MIN (alone.wall, likelihood.wall), MIN (alone.cpu, likelihood.cpu)};
    all = (Cost){MIN (all.wall, bench.wall), MIN (all.cpu, bench.cpu)};
  }
  for (guint k = 0; k < LIMEN_N_SCORES; k++) {
    options.kinds = LIMEN_SCORE_BIT (k);
    g_autoptr (LimenScorer) one = limen_scorer_new (&options, fit, NULL, NULL);
    if (one)
      printf ("  %-16s%.2f s of processors\n", limen_score_name ((LimenScoreKind)k),
              score (one, set).cpu);
  }
  printf ("%u images, %u to fit to: all scores cost %.2f times the log-likelihood, %.2f in time of "
          "processors (at most 1.3)\n",
          n, limen_image_set_n_images (fit), all.wall / alone.wall, all.cpu / alone.cpu);
  return all.cpu <= 1.3 * alone.cpu;
}

int
main (void)
{
  const char *shared = g_getenv ("LIMEN_SHARED_DIR");
  g_autofree char *path =
      g_build_filename (shared ? shared : "", "reference/nice/full/nice.pt", NULL);
  g_autoptr (LimenNice) flow = limen_nice_load (path, NULL, NULL);
  g_autoptr (LimenImageSet) fit = flow ? load (shared, (const char *const[]){"mnist", NULL}) : NULL;
  g_autoptr (LimenImageSet) set =
      fit ? load (shared, (const char *const[]){"mnist", "kmnist"}) : NULL;
  if (!set) {
    puts ("skipped: the full flow and its images are not beside the project");
    return 77;
  }
  return measure (flow, fit, set) ? 0 : 1;
}
