#include "ui/study/detector/bench-told.h"

#include "viz/detector/bench-picture.h"

/* @title, @sentence: what @row and @picture borrow */
typedef struct {
  LimenBenchReport report;
  LimenBenchPicture picture;
  LimenBenchPictureRow row[LIMEN_N_SCORES];
  char *title[LIMEN_N_SCORES], *sentence;
} Shown;

static void
shown_free (Shown *shown)
{
  for (guint k = 0; k < LIMEN_N_SCORES; k++)
    g_free (shown->title[k]);
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

/* (transfer full): "iwae (nats)": by the names that the sentence and the files have */
static char *
title_of (LimenMeasure *measure)
{
  return *measure->unit ? g_strdup_printf ("%s (%s)", measure->name, measure->unit)
                        : g_strdup (measure->name);
}

static void
add_row (Shown *shown, const LimenBenchResult *result, LimenScoreKind kind)
{
  const LimenBenchRow *row = &shown->report.row[kind];
  const LimenSeparation *separation = &row->separation;
  LimenMeasure *measure = limen_score_measure (kind);
  guint n = shown->picture.n++;
  shown->title[n] = title_of (measure);
  shown->row[n] = (LimenBenchPictureRow){
      .title = shown->title[n],
      .histogram = {result->test[kind], result->anomaly[kind],
                    limen_lines_new (measure->side, row->mean, row->threshold)},
      .numbers = {separation->auroc, separation->auroc_low, separation->auroc_high,
                  separation->aupr, separation->fpr_at_95_tpr},
      .recommended = kind == limen_scorer_recommended (result->scorer)};
}

LimenTold
limen_bench_told (const LimenBenchResult *result, const LimenBenchReport *report)
{
  g_return_val_if_fail (result != NULL && report != NULL, (LimenTold){0});
  Shown *shown = g_new0 (Shown, 1);
  shown->report = *report;
  shown->sentence = limen_bench_report_recommended (report);
  shown->picture = (LimenBenchPicture){.sentence = shown->sentence,
                                       .normal = limen_image_set_name (result->normal),
                                       .anomaly = limen_image_set_name (result->anomalies),
                                       .row = shown->row};
  for (guint k = 0; k < LIMEN_N_SCORES; k++)
    if (limen_bench_result_has (result, (LimenScoreKind)k))
      add_row (shown, result, (LimenScoreKind)k);
  return (LimenTold){.name = "limen-scores",
                     .draw = draw_cb,
                     .tell = tell_cb,
                     .data = shown,
                     .free_data = (GDestroyNotify)shown_free};
}
