/* The words of a curve plot: what is on its axes, over it, on its lines and beside its point. */
#include "viz/detector/curve-plot-private.h"

#include "model/detect/sentences.h"

#include <math.h>

#define ROW 1.5 /* em from row to row of the header */

typedef struct {
  const char *title, *x[3], *y[3];
  LimenColour x_colour, y_colour;
} Words;

/* The axes have the colour of the set that they tell of. */
static const Words words[LIMEN_N_CURVE_KINDS] = {
    [LIMEN_CURVE_ROC] = {"ROC",
                         {"False alarms (% of normal images flagged)", "False alarms (%)"},
                         {"Hits (% of anomalies flagged)", "Hits (%)"},
                         LIMEN_COLOUR_FIRST,
                         LIMEN_COLOUR_SECOND},
    [LIMEN_CURVE_DET] = {"DET",
                         {"False alarms (% of normal images flagged)", "False alarms (%)"},
                         {"Misses (% of anomalies not flagged)", "Misses (%)"},
                         LIMEN_COLOUR_FIRST,
                         LIMEN_COLOUR_SECOND},
    [LIMEN_CURVE_PRECISION_RECALL] = {"Precision and recall",
                                      {"Recall (% of anomalies flagged)", "Recall (%)"},
                                      {"Precision (% of flagged images that are anomalies)",
                                       "Precision (%)"},
                                      LIMEN_COLOUR_SECOND,
                                      LIMEN_COLOUR_DIM},
};

/* --- Over the plot --- */

/* What a reader has to know besides the axes; the longest that fits. */
static char *
note_of (const LimenCurvePlot *plot)
{
  const LimenCurve *curve = plot->curve;
  LimenText text = {.size = 1};
  double room = plot->width - 2.4 * plot->style.font_size;
  g_autofree char *auroc = limen_format_number (curve->auroc, 5);
  g_autofree char *share = limen_format_significant (100 * plot->share, 3);
  g_autofree char *n1 = limen_format_number (curve->n1, 0);
  g_autofree char *n2 = limen_format_number (curve->n2, 0);
  g_autofree char *first = NULL, *second = NULL;
  switch (plot->kind) {
  case LIMEN_CURVE_ROC:
    first = g_strdup_printf ("AUROC\u00a0%s, of %s normal images and %s anomalies", auroc, n1, n2);
    second = g_strdup_printf ("AUROC\u00a0%s", auroc);
    break;
  case LIMEN_CURVE_DET:
    first = g_strdup ("normal deviates; 0 and 100 are drawn at half an image");
    second = g_strdup ("0 and 100: at half an image");
    break;
  default:
    first = g_strdup_printf ("if %s\u00a0%% of the images to come are anomalies", share);
    second = g_strdup_printf ("%s\u00a0%% anomalies to come", share);
  }
  const char *variants[] = {first, second, NULL};
  return g_strdup (limen_chart_fitting (&plot->style, &text, variants, room));
}

LimenChartHeader
limen_curve_plot_header (const LimenCurvePlot *plot, char **note)
{
  LimenText text = {.size = 1};
  const Words *say = &words[plot->kind];
  double room = plot->width - 2.4 * plot->style.font_size;
  const char *y_title = limen_chart_fitting (&plot->style, &text, say->y, room);
  *note = plot->curve ? note_of (plot) : NULL;
  return limen_chart_header (&plot->style, say->title, *note, y_title, plot->width, plot->height);
}

static void
place_header (LimenCurvePlot *plot, const LimenChartHeader *header)
{
  const Words *say = &words[plot->kind];
  const LimenRect *area = &plot->frame.plot;
  double em = plot->style.font_size;
  LimenChartHeader over = *header;
  over.caption = NULL;
  limen_chart_header_place (&over, plot->places, &plot->style, plot->width);
  if (!header->caption)
    return;
  LimenText y_text = {.colour = say->y_colour, .size = 1};
  LimenText x_text = {.colour = say->x_colour, .size = 1, .align_x = 1, .align_y = 1};
  limen_places_add_text (plot->places, &y_text, header->caption, 1.2 * em,
                         header->bottom - (ROW + 0.35) * em);
  const char *x_title =
      limen_chart_fitting (&plot->style, &x_text, say->x, area->x + area->width - em);
  if (x_title)
    limen_places_add_text (plot->places, &x_text, x_title, area->x + area->width,
                           plot->height - 0.5 * em);
}

/* --- On the lines --- */

/* Labels of ticks are in nobody's way, but a word that is moved there would be in theirs. */
static gboolean
has_room (LimenCurvePlot *plot, const LimenRect *rect)
{
  const LimenRect *area = &plot->frame.plot;
  return rect->x >= area->x + 3 && rect->x + rect->width <= area->x + area->width - 3 &&
         rect->y >= area->y + 2 && rect->y + rect->height <= area->y + area->height - 2 &&
         limen_places_is_free (plot->places, rect) && limen_places_cover (plot->places, rect) == 0;
}

/* Whether a path that is closed goes around a pixel. */
static gboolean
goes_around (const GArray *path, double x, double y)
{
  const double *at = (const double *)(gpointer)path->data;
  guint n = path->len / 2;
  gboolean inside = FALSE;
  for (guint i = 0; i < n; i++) {
    const double *a = at + 2 * i, *b = at + 2 * ((i + 1) % n);
    if ((a[1] <= y) != (b[1] <= y) && x < a[0] + (y - a[1]) / (b[1] - a[1]) * (b[0] - a[0]))
      inside = !inside;
  }
  return inside;
}

static gboolean
is_in_band (const LimenCurvePlot *plot, const LimenRect *rect)
{
  return goes_around (plot->band, rect->x, rect->y + rect->height / 2) &&
         goes_around (plot->band, rect->x + rect->width, rect->y + rect->height / 2);
}

/* Beside one of the pixels (@n, 2) of a line, from its middle on outwards, where it is over
 * nothing. @in_band: within the band. Returns: whether there is such a place */
static gboolean
place_beside (LimenCurvePlot *plot, const LimenText *text, const char *string, const double *at,
              guint n, gboolean in_band)
{
  static const double side[4][2] = {{1, 1}, {1, -1}, {-1, 1}, {-1, -1}};
  double em = plot->style.font_size;
  LimenRect rect = limen_text_rect (&plot->style, text, string, 0, 0);
  for (double away = 0.5; away < 2; away += 0.5)
    for (guint step = 0; step < n; step++) {
      guint i = n / 2 + (step % 2 ? (step + 1) / 2 : n - step / 2);
      for (int k = 0; k < 4; k++) {
        double x = at[2 * (i % n)] + side[k][0] * away * em;
        double y = at[2 * (i % n) + 1] + side[k][1] * away * 0.7 * em;
        rect.x = side[k][0] > 0 ? x : x - rect.width;
        rect.y = side[k][1] > 0 ? y : y - rect.height;
        if (has_room (plot, &rect) && (!in_band || is_in_band (plot, &rect))) {
          limen_places_add_label (plot->places, text, string, &rect);
          return TRUE;
        }
      }
    }
  return FALSE;
}

#define TRIED 24 /* places along a line */

/* So many pixels of @path, evenly along it. @at: (out): (TRIED, 2) */
static void
sample (const GArray *path, double at[2 * TRIED])
{
  const double *pixel = (const double *)(gpointer)path->data;
  guint n = path->len / 2, i = 0;
  double length = 0, gone = 0;
  for (guint k = 1; k < n; k++)
    length += hypot (pixel[2 * k] - pixel[2 * k - 2], pixel[2 * k + 1] - pixel[2 * k - 1]);
  for (guint t = 0; t < TRIED; t++) {
    double to = length * (t + 0.5) / TRIED, step = 0;
    for (; i + 1 < n; i++, gone += step) {
      step = hypot (pixel[2 * i + 2] - pixel[2 * i], pixel[2 * i + 3] - pixel[2 * i + 1]);
      if (gone + step >= to)
        break;
    }
    double part = i + 1 < n && step > 0 ? (to - gone) / step : 0;
    guint next = MIN (i + 1, n - 1);
    for (int c = 0; c < 2; c++)
      at[2 * t + c] = pixel[2 * i + c] + part * (pixel[2 * next + c] - pixel[2 * i + c]);
  }
}

static void
add_ink (LimenCurvePlot *plot, const GArray *path)
{
  const double *at = (const double *)(gpointer)path->data;
  for (guint i = 1; i < path->len / 2; i++)
    limen_places_add_segment (plot->places, at[2 * i - 2], at[2 * i - 1], at[2 * i], at[2 * i + 1]);
}

/* In it where it is wide enough, else beside it. */
static void
place_band_name (LimenCurvePlot *plot, const LimenText *text, const double *at)
{
  static const char *const names[] = {"95\u00a0% band, all thresholds at once", "95\u00a0% band"};
  guint first = plot->frame.plot.width < 36 * plot->style.font_size;
  for (int in_band = 1; in_band >= 0; in_band--)
    for (guint i = first; i < G_N_ELEMENTS (names); i++)
      if (place_beside (plot, text, names[i], at, TRIED, in_band))
        return;
}

static void
place_names (LimenCurvePlot *plot)
{
  LimenText text = {.colour = LIMEN_COLOUR_DIM, .size = 1};
  g_autoptr (GArray) chance = g_array_new (FALSE, FALSE, sizeof (double));
  double at[2 * TRIED];
  limen_curve_plot_trace_chance (plot, chance);
  add_ink (plot, plot->line);
  add_ink (plot, plot->band);
  add_ink (plot, chance);
  sample (plot->band, at);
  place_band_name (plot, &text, at);
  sample (chance, at);
  place_beside (plot, &text, "chance", at, TRIED, FALSE);
}

void
limen_curve_plot_place_words (LimenCurvePlot *plot, const LimenChartHeader *header)
{
  place_header (plot, header);
  if (plot->curve && plot->frame.plot.width > 10 * plot->style.font_size)
    place_names (plot);
}

/* --- The point --- */

/* (transfer full) (nullable): the rates in words, or, @brief, as numbers alone */
static char *
rates_text (const LimenCurvePlot *plot, double threshold, gboolean brief)
{
  const LimenCurve *curve = plot->curve;
  guint k1, k2;
  if (!curve || !limen_curve_at (curve, threshold, &k1, &k2))
    return NULL;
  double type_1 = (double)k1 / curve->n1, hits = (double)k2 / curve->n2;
  double precision = limen_curve_precision (plot->share, type_1, hits);
  gboolean is_det = plot->kind == LIMEN_CURVE_DET;
  gboolean is_precision = plot->kind == LIMEN_CURVE_PRECISION_RECALL;
  if (is_precision && isnan (precision))
    return NULL;
  g_autofree char *first = limen_percent_text (is_precision ? precision : type_1);
  g_autofree char *second =
      limen_percent_text (is_det ? (double)(curve->n2 - k2) / curve->n2 : hits);
  if (brief)
    return g_strdup_printf ("%s\u00a0%% · %s\u00a0%%", first, second);
  return g_strdup_printf ("%s\u00a0%% %s · %s\u00a0%% %s", first,
                          is_precision ? "precision" : "false alarms", second,
                          is_precision ? "recall"
                          : is_det     ? "misses"
                                       : "hits");
}

char *
limen_curve_plot_text (const LimenCurvePlot *plot, double threshold)
{
  char *text = rates_text (plot, threshold, FALSE);
  return text ? text : g_strdup ("");
}

/* Where a pill of this size goes beside the point: to the side where the curve is not, and else
 * where there is room. */
static gboolean
find_pill (const LimenCurvePlot *plot, double x, double y, LimenRect *pill)
{
  static const double sides[LIMEN_N_CURVE_KINDS][4][2] = {
      [LIMEN_CURVE_ROC] = {{1, 1}, {-1, 1}, {1, -1}, {-1, -1}},
      [LIMEN_CURVE_DET] = {{1, -1}, {-1, -1}, {1, 1}, {-1, 1}},
      [LIMEN_CURVE_PRECISION_RECALL] = {{-1, 1}, {-1, -1}, {1, 1}, {1, -1}},
  };
  const LimenRect *area = &plot->frame.plot;
  double em = plot->style.font_size, width = pill->width, height = pill->height;
  if (width > area->width || height > area->height)
    return FALSE;
  for (int free = 0; free < 2; free++) /* at first over no line */
    for (double away = 1.3; away < 8; away += 0.8)
      for (int k = 0; k < 4; k++) {
        const double *side = sides[plot->kind][k];
        double left = x + side[0] * 1.0 * em - (side[0] < 0 ? width : 0);
        double top = y + side[1] * away * em - (side[1] < 0 ? height : 0);
        *pill =
            (LimenRect){CLAMP (left, area->x, area->x + area->width - width), top, width, height};
        if (top >= area->y && top + height <= area->y + area->height &&
            limen_places_is_free (plot->places, pill) &&
            (free || limen_places_cover (plot->places, pill) == 0))
          return TRUE;
      }
  return FALSE;
}

char *
limen_curve_plot_pill (const LimenCurvePlot *plot, double threshold, double x, double y,
                       LimenRect *pill)
{
  for (int brief = 0; brief < 2; brief++) {
    g_autofree char *text = rates_text (plot, threshold, brief);
    if (!text)
      return NULL;
    *pill = limen_chart_pill_rect (&plot->style, text, 0, 0, NULL);
    if (find_pill (plot, x, y, pill))
      return g_steal_pointer (&text);
  }
  return NULL;
}
