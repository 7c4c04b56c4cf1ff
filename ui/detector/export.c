#include "ui/detector/export.h"

#include "model/detect/report.h"
#include "viz/detector/detector-picture.h"

typedef struct {
  LimenExperiment *experiment;
  LimenDetector *detector;
  LimenHistogramView view;
} Shown;

static void
shown_free (Shown *shown)
{
  limen_experiment_free (shown->experiment);
  limen_detector_free (shown->detector);
  g_free (shown);
}

static LimenReport
report_of (const Shown *shown)
{
  return (LimenReport){
      .detector = shown->detector,
      .nice = shown->experiment->flow,
      .normal = {shown->experiment->set[LIMEN_SET_NORMAL], NULL},
      .anomaly = {shown->experiment->set[LIMEN_SET_ANOMALY], NULL},
      .n_not_finite = {0, shown->experiment->n_not_finite[LIMEN_SET_NORMAL],
                       shown->experiment->n_not_finite[LIMEN_SET_ANOMALY]},
  };
}

static void
draw_cb (cairo_t *cr, LimenScheme scheme, double width, double height, gpointer data)
{
  const Shown *shown = data;
  LimenDetectorPicture drawing = {shown->detector, shown->view, scheme};
  limen_detector_picture_draw (cr, width, height, &drawing);
}

static char **
text_cb (gpointer data, GCancellable *cancellable, GError **error)
{
  const LimenOrigin *from = ((const Shown *)data)->experiment->flow_from;
  LimenReport report = report_of (data);
  g_autoptr (GHashTable) hashes = from->sha256
                                      ? g_hash_table_ref (from->sha256)
                                      : limen_report_hash_files (&report, cancellable, error);
  report.sha256 = hashes;
  return hashes ? limen_report_picture_text (&report) : NULL;
}

static gboolean
write_cb (const char *path, gpointer data, GError **error)
{
  LimenReport report = report_of (data);
  return limen_report_save_scores (&report, path, error);
}

LimenExport
limen_detector_export (LimenDetectorSession *session)
{
  g_return_val_if_fail (LIMEN_IS_DETECTOR_SESSION (session), (LimenExport){0});
  const LimenAnalysis *analysis = limen_detector_session_analysis (session);
  Shown *shown = g_new (Shown, 1);
  *shown = (Shown){limen_experiment_copy (limen_detector_session_experiment (session)),
                   limen_detector_with_rule (analysis->detector, analysis->detector->rule),
                   limen_detector_session_view (session)};
  return (LimenExport){.name = "limen-detector",
                       .draw = draw_cb,
                       .text = text_cb,
                       .write = write_cb,
                       .data = shown,
                       .free_data = (GDestroyNotify)shown_free};
}
