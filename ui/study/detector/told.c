#include "ui/study/detector/told.h"

#include "ui/study/detector/picture-marks.h"
#include "viz/detector/curve-picture.h"
#include "viz/detector/detector-picture.h"

/* @curve: (nullable): what is drawn instead of the histogram, as @kind and @share say
 * @experiment, @detector, @judged, @pictures, @single: (nullable): what @report borrows, where
 * nobody else keeps it */
typedef struct {
  LimenReport report;
  LimenHistogramView view;
  LimenCurve *curve;
  LimenCurveKind kind;
  double share;
  LimenExperiment *experiment;
  LimenDetector *detector;
  LimenUnsorted *judged;
  LimenPictures *pictures;
  LimenReportSingle *single;
  char *corrected; /* nullable: what was done to the sets by hand */
} Shown;

static void
shown_free (Shown *shown)
{
  g_clear_pointer (&shown->curve, limen_curve_unref);
  g_clear_pointer (&shown->experiment, limen_experiment_free);
  g_clear_pointer (&shown->detector, limen_detector_free);
  g_clear_pointer (&shown->judged, limen_unsorted_unref);
  g_clear_pointer (&shown->pictures, limen_pictures_free);
  g_free (shown->single);
  g_free (shown->corrected);
  g_free (shown);
}

static void
draw_curve (const Shown *shown, cairo_t *cr, LimenScheme scheme, double width, double height)
{
  LimenCurvePicture drawing = {shown->report.detector, shown->curve, shown->kind, shown->share,
                               scheme};
  limen_curve_picture_draw (cr, width, height, &drawing);
}

static void
draw_cb (cairo_t *cr, LimenScheme scheme, double width, double height, gpointer data)
{
  const Shown *shown = data;
  LimenPictureMarks marks = {0};
  if (shown->curve) {
    draw_curve (shown, cr, scheme, width, height);
    return;
  }
  if (shown->pictures)
    limen_picture_marks_fill (&marks, shown->pictures, shown->report.detector);
  LimenDetectorPicture drawing = {shown->report.detector, shown->view, scheme, marks.mark, marks.n};
  limen_detector_picture_draw (cr, width, height, &drawing);
  limen_picture_marks_clear (&marks);
}

/* The curve in the title; takes and returns pairs of key and value */
static char **
say_curve (const Shown *shown, char **pairs)
{
  static const char *const names[LIMEN_N_CURVE_KINDS] = {[LIMEN_CURVE_ROC] = "ROC curve",
                                                         [LIMEN_CURVE_DET] = "DET curve",
                                                         [LIMEN_CURVE_PRECISION_RECALL] =
                                                             "Precision over recall"};
  g_auto (GStrv) plain = pairs;
  g_autoptr (GStrvBuilder) told = g_strv_builder_new ();
  for (char **pair = plain; *pair; pair += 2)
    limen_text_add (told, pair[0],
                    g_str_equal (pair[0], "Title")
                        ? g_strdup_printf ("%s: %s", names[shown->kind], pair[1])
                        : g_strdup (pair[1]));
  if (shown->kind == LIMEN_CURVE_PRECISION_RECALL)
    limen_text_add (told, "Anomalies to expect", limen_decimal (shown->share, "%.8g"));
  return g_strv_builder_end (told);
}

/* That numbers are not those of the files alone; takes and returns pairs of key and value */
static char **
say_corrected (const Shown *shown, char **pairs)
{
  g_auto (GStrv) plain = pairs;
  g_autoptr (GStrvBuilder) told = g_strv_builder_new ();
  g_strv_builder_addv (told, (const char **)plain);
  limen_text_add (told, "Corrected by hand", g_strdup (shown->corrected));
  return g_strv_builder_end (told);
}

/* Hashes that are still being computed for the page are computed here, too. */
static char **
tell_cb (gpointer data, GCancellable *cancellable, GError **error)
{
  const Shown *shown = data;
  LimenReport report = shown->report;
  g_autoptr (GHashTable) hashes =
      report.sha256 ? g_hash_table_ref (report.sha256)
                    : limen_experiment_hash (shown->experiment, cancellable, error);
  report.sha256 = hashes;
  char **pairs = hashes ? limen_report_picture_text (&report) : NULL;
  pairs = pairs && shown->curve ? say_curve (shown, pairs) : pairs;
  return pairs && shown->corrected ? say_corrected (shown, pairs) : pairs;
}

static gboolean
write_cb (const char *path, gpointer data, GError **error)
{
  return limen_report_save_scores (&((const Shown *)data)->report, path, error);
}

/* @experiment, @detector: (transfer full) (nullable) */
static LimenTold
told_of (const LimenReport *report, LimenHistogramView view, LimenExperiment *experiment,
         LimenDetector *detector)
{
  Shown *shown = g_new (Shown, 1);
  *shown = (Shown){.report = *report, .view = view, .experiment = experiment, .detector = detector};
  return (LimenTold){.name = "limen-detector",
                     .draw = draw_cb,
                     .tell = tell_cb,
                     .write = write_cb,
                     .data = shown,
                     .free_data = (GDestroyNotify)shown_free};
}

LimenTold
limen_detector_told (const LimenReport *report)
{
  g_return_val_if_fail (report != NULL, (LimenTold){0});
  LimenHistogramView view = limen_histogram_view_new (report->detector, LIMEN_HISTOGRAM_SPREAD);
  return told_of (report, view, NULL, NULL);
}

/* Where there is one */
static void
see_curve (Shown *shown, LimenDetectorSession *session)
{
  const LimenDetectorPageState *state = limen_detector_session_state (session);
  LimenCurve *curve = limen_detector_session_curve (session);
  shown->curve = curve ? limen_curve_ref (curve) : NULL;
  shown->kind = state->curve;
  shown->share = state->share;
}

LimenTold
limen_detector_session_told (LimenDetectorSession *session, LimenDetectorSeen seen)
{
  g_return_val_if_fail (LIMEN_IS_DETECTOR_SESSION (session), (LimenTold){0});
  const LimenAnalysis *analysis = limen_detector_session_analysis (session);
  const LimenDetector *now = analysis->detector;
  LimenExperiment *all = limen_experiment_copy (limen_detector_session_experiment (session));
  LimenDetector *detector = limen_detector_with_promise (now, now->promise);
  const LimenReport report = {
      .detector = detector,
      .nice = all->flow,
      .table = all->table,
      .normal = {all->set[LIMEN_SET_NORMAL], NULL},
      .anomaly = {all->set[LIMEN_SET_ANOMALY], NULL},
      .unsorted = {all->set[LIMEN_SET_UNSORTED], NULL},
      .judged = analysis->unsorted,
      .n_not_finite = {0, all->n_not_finite[LIMEN_SET_NORMAL], all->n_not_finite[LIMEN_SET_ANOMALY],
                       all->n_not_finite[LIMEN_SET_UNSORTED]},
      .learned = all->learned,
      .sha256 = all->table ? all->table_from->sha256 : all->flow_from->sha256,
  };
  LimenTold told = told_of (&report, limen_detector_session_view (session), all, detector);
  ((Shown *)told.data)->corrected =
      limen_corrections_words (limen_detector_session_state (session)->corrections);
  if (report.judged)
    ((Shown *)told.data)->judged = limen_unsorted_ref (analysis->unsorted);
  if (seen == LIMEN_DETECTOR_SEEN_CURVE)
    see_curve (told.data, session);
  return told;
}

LimenTold
limen_pictures_session_told (LimenPicturesSession *session, LimenDetectorSeen seen)
{
  g_return_val_if_fail (LIMEN_IS_PICTURES_SESSION (session), (LimenTold){0});
  LimenTold told = limen_detector_session_told (limen_pictures_session_detector (session), seen);
  Shown *shown = told.data;
  shown->pictures = limen_pictures_copy (limen_pictures_session_pictures (session));
  guint n = limen_pictures_n (shown->pictures);
  shown->single = g_new (LimenReportSingle, n);
  shown->report.single = shown->single;
  for (guint i = 0; i < n; i++) {
    const LimenSinglePicture *one = limen_pictures_at (shown->pictures, i);
    if (limen_picture_is_among (one, shown->report.detector))
      shown->single[shown->report.n_singles++] = (LimenReportSingle){one->name, one->score};
  }
  return told;
}
