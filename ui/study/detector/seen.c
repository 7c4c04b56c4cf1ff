#include "ui/study/detector/seen.h"

#include "model/report/provenance.h"
#include "viz/detector/curve-picture.h"
#include "viz/detector/scatter-picture.h"

void
limen_seen_free (LimenDetectorSeen *seen)
{
  g_return_if_fail (seen != NULL);
  g_free (seen->what);
  g_free (seen->title);
  seen->free_data (seen->data);
  g_free (seen);
}

/* -- the curve -- */

typedef struct {
  LimenCurve *curve;
  LimenCurveKind kind;
  double share;
} Curve;

static void
curve_free (gpointer data)
{
  Curve *curve = data;
  limen_curve_unref (curve->curve);
  g_free (curve);
}

static void
draw_curve (cairo_t *cr, const LimenDetector *detector, LimenScheme scheme, double width,
            double height, gconstpointer data)
{
  const Curve *curve = data;
  LimenCurvePicture drawing = {detector, curve->curve, curve->kind, curve->share, scheme};
  limen_curve_picture_draw (cr, width, height, &drawing);
}

static void
say_curve (GStrvBuilder *pairs, gconstpointer data)
{
  const Curve *curve = data;
  if (curve->kind == LIMEN_CURVE_PRECISION_RECALL)
    limen_text_add (pairs, "Anomalies to expect", limen_decimal (curve->share, "%.8g"));
}

LimenDetectorSeen *
limen_seen_curve (LimenDetectorSession *session)
{
  g_return_val_if_fail (LIMEN_IS_DETECTOR_SESSION (session), NULL);
  static const char *const names[LIMEN_N_CURVE_KINDS] = {"ROC curve", "DET curve",
                                                         "Precision over recall"};
  static const char *const whats[LIMEN_N_CURVE_KINDS] = {"the ROC curve", "the DET curve",
                                                         "the precision–recall curve"};
  const LimenDetectorPageState *state = limen_detector_session_state (session);
  LimenCurve *now = limen_detector_session_curve (session);
  if (!now)
    return NULL;
  Curve *curve = g_new (Curve, 1);
  *curve = (Curve){limen_curve_ref (now), state->curve, state->share};
  LimenDetectorSeen *seen = g_new (LimenDetectorSeen, 1);
  *seen = (LimenDetectorSeen){g_strdup (whats[state->curve]),
                              g_strdup (names[state->curve]),
                              say_curve,
                              draw_curve,
                              curve,
                              curve_free};
  return seen;
}

/* -- scores side by side -- */

typedef struct {
  LimenBenchPictureRow *row;
  guint n;
  char *division; /* nullable */
} Scores;

static void
scores_free (gpointer data)
{
  Scores *scores = data;
  for (guint i = 0; i < scores->n; i++) {
    LimenBenchPictureRow *row = &scores->row[i];
    g_free ((char *)row->title);
    g_free ((char *)row->lacks);
    if (row->histogram.normal)
      limen_scores_unref ((LimenScores *)row->histogram.normal);
    if (row->histogram.anomaly)
      limen_scores_unref ((LimenScores *)row->histogram.anomaly);
  }
  g_free (scores->division);
  g_free (scores->row);
  g_free (scores);
}

static Scores *
scores_copy (const LimenBenchPictureRow *row, guint n, const char *division)
{
  Scores *copy = g_new (Scores, 1);
  *copy = (Scores){g_memdup2 (row, n * sizeof *row), n, g_strdup (division)};
  for (guint i = 0; i < n; i++) {
    copy->row[i].title = g_strdup (row[i].title);
    copy->row[i].lacks = g_strdup (row[i].lacks);
    if (row[i].histogram.normal)
      limen_scores_ref ((LimenScores *)row[i].histogram.normal);
    if (row[i].histogram.anomaly)
      limen_scores_ref ((LimenScores *)row[i].histogram.anomaly);
  }
  return copy;
}

static void
draw_scores (cairo_t *cr, const LimenDetector *detector, LimenScheme scheme, double width,
             double height, gconstpointer data)
{
  const Scores *scores = data;
  g_autofree char *sentence = limen_detector_sentence (detector);
  LimenBenchPicture drawing = {.sentence = sentence,
                               .normal = detector->normal->name,
                               .anomaly = detector->anomaly ? detector->anomaly->name : NULL,
                               .row = scores->row,
                               .n = scores->n,
                               .scheme = scheme};
  limen_bench_picture_draw (cr, width, height, &drawing);
}

static void
say_scores (GStrvBuilder *pairs, gconstpointer data)
{
  const Scores *scores = data;
  g_autoptr (GString) lines = g_string_new (NULL);
  for (guint i = 0; i < scores->n; i++) {
    const LimenBenchPictureRow *row = &scores->row[i];
    g_autofree char *told =
        row->lacks ? g_strdup (row->lacks) : limen_bench_interval_text (&row->numbers);
    g_string_append_printf (lines, "%s%s: %s", i > 0 ? "\n" : "", row->title, told);
  }
  limen_text_add (pairs, "AUROC of each score", g_strdup (lines->str));
  if (scores->division && *scores->division)
    limen_text_add (pairs, "Division", g_strdup (scores->division));
}

LimenDetectorSeen *
limen_seen_scores (const LimenBenchPictureRow *row, guint n, const char *division)
{
  g_return_val_if_fail (row != NULL || n == 0, NULL);
  LimenDetectorSeen *seen = g_new (LimenDetectorSeen, 1);
  *seen = (LimenDetectorSeen){g_strdup ("the scores side by side"),
                              g_strdup ("Scores side by side"),
                              say_scores,
                              draw_scores,
                              scores_copy (row, n, division),
                              scores_free};
  return seen;
}

/* -- two scores against each other -- */

typedef struct {
  LimenScatterPoints *points;
  LimenLines cut[2];
  LimenSelection *selection; /* nullable */
} Scatter;

static void
scatter_free (gpointer data)
{
  Scatter *scatter = data;
  limen_scatter_points_unref (scatter->points);
  g_clear_pointer (&scatter->selection, limen_selection_free);
  g_free (scatter);
}

static void
draw_scatter (cairo_t *cr, const LimenDetector *detector, LimenScheme scheme, double width,
              double height, gconstpointer data)
{
  const Scatter *scatter = data;
  g_autofree char *sentence = limen_detector_sentence (detector);
  LimenScatterPicture drawing = {
      .sentence = sentence,
      .points = scatter->points,
      .cut = {scatter->cut[0], scatter->cut[1]},
      .selected = scatter->selection ? limen_selection_bits (scatter->selection) : NULL,
      .scheme = scheme};
  limen_scatter_picture_draw (cr, width, height, &drawing);
}

/* In one pass over all images */
static void
say_scatter (GStrvBuilder *pairs, gconstpointer data)
{
  const Scatter *scatter = data;
  limen_text_add (pairs, "Scatter", limen_scatter_points_sentence (scatter->points, scatter->cut));
  if (scatter->selection)
    limen_text_add (pairs, "Selected", limen_selection_words (scatter->selection));
}

/* "log-likelihood and complexity"; the empty frame has no scores */
static char *
names_of (const LimenScatterPoints *points)
{
  const LimenMeasure *across = points->measure[0], *up = points->measure[1];
  return across && up ? g_strdup_printf ("%s and %s", across->title, up->title)
                      : g_strdup ("two scores");
}

LimenDetectorSeen *
limen_seen_scatter (LimenScatterPoints *points, const LimenLines cut[2],
                    const LimenSelection *selection)
{
  g_return_val_if_fail (points != NULL && cut != NULL, NULL);
  g_autofree char *names = names_of (points);
  Scatter *scatter = g_new (Scatter, 1);
  *scatter = (Scatter){limen_scatter_points_ref (points),
                       {cut[0], cut[1]},
                       selection ? limen_selection_copy (selection) : NULL};
  LimenDetectorSeen *seen = g_new (LimenDetectorSeen, 1);
  *seen = (LimenDetectorSeen){g_strdup_printf ("the scatter of %s", names),
                              g_strdup_printf ("Scatter of %s", names),
                              say_scatter,
                              draw_scatter,
                              scatter,
                              scatter_free};
  return seen;
}
