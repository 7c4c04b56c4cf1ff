/* Rows of a bench, made up: some keep the sets apart, some do not, and one lacks something. */
#pragma once

#include "scatter-draw.h"
#include "viz/detector/bench-picture.h"

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"

#define BENCH_ROWS 6

typedef struct {
  LimenScores *normal[2], *anomaly[2];
  LimenMeasure *both;
  LimenScores *two_sided[2];
  LimenBenchPictureRow row[BENCH_ROWS];
  LimenBenchPicture picture;
} MadeBench;

/* As far from the mean as the likelihood is: a score that is unusual on both sides. */
static LimenScores *
two_sided_of (LimenMeasure *measure, const LimenScores *scores)
{
  g_autofree double *value = g_new (double, scores->n + 1);
  for (guint i = 0; i < scores->n; i++)
    value[i] = scores->value[i] / 784;
  return limen_scores_new_of (measure, scores->name, value, scores->n);
}

static void
make_bench (MadeBench *bench, guint n)
{
  make_scores (LIMEN_SCATTER_NORMAL, n, 1, bench->normal);
  make_scores (LIMEN_SCATTER_ANOMALY, n, 1, bench->anomaly);
  bench->both = limen_measure_new ("two", "two-sided", "nats", LIMEN_SIDE_BOTH);
  bench->two_sided[0] = two_sided_of (bench->both, bench->normal[0]);
  bench->two_sided[1] = two_sided_of (bench->both, bench->anomaly[0]);
  LimenScoreRow low = {bench->normal[0], bench->anomaly[0], usual_cuts[0]};
  LimenScoreRow high = {bench->normal[1], bench->anomaly[1], usual_cuts[1]};
  LimenScoreRow two = {bench->two_sided[0], bench->two_sided[1], {1.3, 2.9}};
  LimenBenchPictureRow rows[BENCH_ROWS] = {
      {"log-likelihood (nats)", NULL, low, {0.2987, 0.2914, 0.3061, 0.381, 0.9872}, FALSE},
      {"typicality (nats)", NULL, two, {0.5421, 0.5338, 0.5504, 0.502, 0.8312}, FALSE},
      {"complexity-corrected (bits)",
       NULL,
       high,
       {0.99932, 0.99903, 0.99952, 0.9994, 0.0021},
       FALSE},
      {"combined", NULL, high, {0.99997, 0.99991, 1, 0.99996, 0.00004}, TRUE},
      {"IWAE, K = 50 (nats)", "needs a VAE", {NULL, NULL, {NAN, NAN}}, {NAN, NAN, NAN, NAN, NAN}},
      {"distance to the nearest normal image (pixels)", NULL, high, {0.987, NAN, NAN, 0.98, 0.03}},
  };
  memcpy (bench->row, rows, sizeof rows);
  bench->picture = (LimenBenchPicture){
      "Of six scores, combined keeps MNIST test apart from Fashion-MNIST test best; the "
      "log-likelihood calls anomalies more normal than normal images.",
      "Fashion-MNIST test",
      "MNIST test",
      bench->row,
      BENCH_ROWS,
      LIMEN_SCHEME_LIGHT};
}

static void
drop_bench (MadeBench *bench)
{
  drop_scores (bench->normal);
  drop_scores (bench->anomaly);
  drop_scores (bench->two_sided);
  limen_measure_unref (bench->both);
}

#pragma GCC diagnostic pop
