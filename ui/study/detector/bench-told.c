#include "ui/study/detector/bench-told.h"

#include "viz/detector/bench-picture.h"

/* @title, @lacks, @sentence: what @row and @picture borrow */
typedef struct {
  LimenBenchReport report;
  LimenBenchPicture picture;
  LimenBenchPictureRow row[LIMEN_N_SCORES];
  char *title[LIMEN_N_SCORES], *lacks[LIMEN_N_SCORES], *sentence;
} Shown;

static void
shown_free (Shown *shown)
{
  for (guint k = 0; k < LIMEN_N_SCORES; k++) {
    g_free (shown->title[k]);
    g_free (shown->lacks[k]);
  }
  g_free (shown->sentence);
  g_free (shown);
}

static void
draw_cb (cairo_t *cr, LimenScheme scheme, double width, double height, gpointer data)
{
  LimenBenchPicture picture = ((const Shown *)data)->picture;
  picture.scheme = scheme;
  limen_bench_picture_draw (cr, width, height, &picture);
}

static char **
tell_cb (gpointer data, GCancellable *cancellable, GError **error)
{
  return limen_bench_report_picture_text (&((const Shown *)data)->report);
}

/* (transfer full): "Negative bound of the VAE (nats)" */
static char *
title_of (LimenMeasure *measure)
{
  g_autofree char *heading = limen_measure_heading (measure);
  return *measure->unit ? g_strdup_printf ("%s (%s)", heading, measure->unit)
                        : g_steal_pointer (&heading);
}

static void
fill_row (Shown *shown, const LimenBenchResult *result, LimenScoreKind kind)
{
  const LimenBenchRow *row = &shown->report.row[kind];
  const LimenSeparation *separation = &row->separation;
  LimenMeasure *measure = limen_score_measure (kind);
  shown->title[kind] = title_of (measure);
  shown->row[kind] = (LimenBenchPictureRow){
      .title = shown->title[kind],
      .recommended = kind == limen_scorer_recommended (result->scorer),
  };
  if (!limen_bench_result_has (result, kind)) {
    shown->lacks[kind] = limen_bench_needs (kind, limen_scorer_models (result->scorer));
    shown->row[kind].lacks = shown->lacks[kind];
    return;
  }
  shown->row[kind].histogram =
      (LimenScoreRow){result->test[kind], result->anomaly[kind],
                      limen_lines_new (measure->side, row->mean, row->threshold)};
  shown->row[kind].numbers =
      (LimenBenchNumbers){separation->auroc, separation->auroc_low, separation->auroc_high,
                          separation->aupr, separation->fpr_at_95_tpr};
}

LimenTold
limen_bench_told (const LimenBenchResult *result, const LimenBenchReport *report)
{
  g_return_val_if_fail (result != NULL && report != NULL, (LimenTold){0});
  Shown *shown = g_new0 (Shown, 1);
  shown->report = *report;
  shown->sentence = limen_bench_report_recommended (report);
  for (guint k = 0; k < LIMEN_N_SCORES; k++)
    fill_row (shown, result, (LimenScoreKind)k);
  shown->picture = (LimenBenchPicture){.sentence = shown->sentence,
                                       .normal = limen_image_set_name (result->normal),
                                       .anomaly = limen_image_set_name (result->anomalies),
                                       .row = shown->row,
                                       .n = LIMEN_N_SCORES};
  return (LimenTold){.name = "limen-scores",
                     .draw = draw_cb,
                     .tell = tell_cb,
                     .data = shown,
                     .free_data = (GDestroyNotify)shown_free};
}
