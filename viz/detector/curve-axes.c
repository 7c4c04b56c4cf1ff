/* The axes of curves: even ones in percent, and those of normal deviates. */
#include "viz/detector/curve-plot-private.h"

#include <math.h>

/* --- Normal deviates --- */

static double
probit_map (double value, double origin, double width)
{
  return limen_probit (value / 100);
}

static double
probit_unmap (double u, double origin, double width)
{
  return 100 * limen_probit_inverse (u);
}

static gboolean
has_room (const LimenAxis *axis, const GArray *values, double value, double spacing)
{
  double pixel = limen_axis_to_pixel (axis, value);
  for (guint i = 0; i < values->len; i++) {
    double other = limen_axis_to_pixel (axis, g_array_index (values, double, i));
    if (fabs (other - pixel) < spacing)
      return FALSE;
  }
  return TRUE;
}

static int
ascending (gconstpointer a, gconstpointer b)
{
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* The middle, powers of ten towards both ends, and what is round between them: each, and as much
 * below 100 as above 0, where it has room. */
static void
probit_candidates (const LimenAxis *axis, double spacing, GArray *values)
{
  static const double round_ones[] = {50, 1, 10, 0.1, 0.01, 0.001, 0.0001, 20, 5, 0.5, 2, 30, 40};
  double apart = axis->end < axis->start ? 0.6 * spacing : fmin (spacing, 72); /* lines are low */
  for (guint i = 0; i < G_N_ELEMENTS (round_ones); i++) {
    const double both[] = {round_ones[i], 100 - round_ones[i]};
    for (guint k = 0; k < 2; k++)
      if (both[k] > axis->low && both[k] < axis->high && both[k] < 100 &&
          has_room (axis, values, both[k], apart))
        g_array_append_val (values, both[k]);
  }
  g_array_sort (values, ascending);
}

const LimenScale limen_scale_probit = {probit_map, probit_unmap, probit_candidates, FALSE};

/* --- Axes --- */

/* So much wider at both ends, in parts of its length */
static LimenAxis
widened (const LimenScale *scale, const double end[2], double part)
{
  double low = scale->map (end[0], 0, 1), high = scale->map (end[1], 0, 1);
  double more = part * (high - low);
  return (LimenAxis){scale, .low = scale->unmap (low - more, 0, 1),
                     .high = scale->unmap (high + more, 0, 1)};
}

/* Normal deviates: from half an image to all but half an image; of one alone from a quarter. */
void
limen_curve_plot_axes (LimenCurvePlot *plot, const LimenRect *outer, LimenAxis *x, LimenAxis *y)
{
  const LimenCurve *curve = plot->curve;
  gboolean even = plot->kind != LIMEN_CURVE_DET || !curve;
  const LimenScale *scale = even ? &limen_scale_linear : &limen_scale_probit;
  double em = plot->style.font_size, room = 0.95 * em;
  for (int i = 0; i < 2; i++) {
    plot->end[i][0] = even ? 0 : 50.0 / MAX (i ? curve->n2 : curve->n1, 2);
    plot->end[i][1] = 100 - plot->end[i][0];
  }
  *x = widened (scale, plot->end[0], room / fmax (outer->width - 3 * em - 2 * room, 8 * em));
  *y = widened (scale, plot->end[1], room / fmax (outer->height - 2 * em - 2 * room, 6 * em));
}

static double
label_size (const LimenCurvePlot *plot, const char *label, gboolean upright)
{
  LimenText text = {.size = 1};
  LimenRect rect = limen_text_rect (&plot->style, &text, label, 0, 0);
  return upright ? rect.height : rect.width;
}

/* Labels that are too close to it give way. */
static void
add_end (const LimenCurvePlot *plot, const LimenAxis *axis, GArray *ticks, double value,
         const char *label, gboolean upright)
{
  LimenTick end = {value, limen_axis_to_pixel (axis, value), ""};
  double gap = upright ? 0.3 * plot->style.font_size : plot->style.font_size;
  g_strlcpy (end.label, label, sizeof end.label);
  for (guint i = ticks->len; i-- > 0;) {
    const LimenTick *tick = &g_array_index (ticks, LimenTick, i);
    double room =
        (label_size (plot, tick->label, upright) + label_size (plot, label, upright)) / 2 + gap;
    if (fabs (tick->pixel - end.pixel) < room)
      g_array_remove_index (ticks, i);
  }
  if (value < 50)
    g_array_prepend_val (ticks, end);
  else
    g_array_append_val (ticks, end);
}

void
limen_curve_plot_end_ticks (LimenCurvePlot *plot)
{
  LimenFrame *frame = &plot->frame;
  if (frame->x.scale != &limen_scale_probit)
    return;
  for (int i = 0; i < 2; i++) {
    const char *label = i ? "100" : "0";
    add_end (plot, &frame->x, frame->x_ticks, plot->end[0][i], label, FALSE);
    add_end (plot, &frame->y, frame->y_ticks, plot->end[1][i], label, TRUE);
  }
}
