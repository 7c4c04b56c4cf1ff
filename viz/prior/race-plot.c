#include "viz/prior/race-plot-private.h"

#include "model/prior/sentences.h"

#include <math.h>

#define HEIGHT 0.22 /* of the plot, for what is between the best and what bounds were of late */
#define ROOM   0.04 /* of the plot, above the best */

LimenColour
limen_race_colour (guint index)
{
  static const LimenColour colours[LIMEN_RACE_MOST] = {LIMEN_COLOUR_FIRST, LIMEN_COLOUR_SECOND,
                                                       LIMEN_COLOUR_THIRD};
  return colours[MIN (index, LIMEN_RACE_MOST - 1)];
}

/* --- The axis of the bound --- */

typedef struct {
  double low, high; /* of all bounds */
  double late;      /* their mean in the second half of what is recorded */
} Range;

static Range
range_of (const LimenRacePlot *plot)
{
  Range range = {INFINITY, -INFINITY, 0};
  double n = 0;
  for (guint r = 0; r < MIN (plot->n_runners, LIMEN_RACE_MOST); r++) {
    const LimenRaceRunner *runner = &plot->runner[r];
    for (guint i = 0; i < runner->n; i++) {
      double bound = runner->bound[i];
      if (!isfinite (bound))
        continue;
      range.low = fmin (range.low, bound);
      range.high = fmax (range.high, bound);
      if (i >= runner->n / 2) {
        range.late += bound;
        n++;
      }
    }
  }
  range.late = n > 0 ? range.late / n : NAN;
  return range;
}

/* The least of 1, 2, 5 times a power of ten that is not below @value. */
static double
round_up (double value)
{
  double power = pow (10, floor (log10 (value) + 1e-9));
  return value <= power * (1 + 1e-9) ? power
         : value <= 2 * power        ? 2 * power
         : value <= 5 * power        ? 5 * power
                                     : 10 * power;
}

/* The width of the spread scale at which a distance of @late of the whole @distance takes its part
 * of the height; INFINITY where it does on a linear one. In steps: the axis does not crawl while
 * the bounds rise. */
static double
width_for (double late, double distance)
{
  double low = log (1e-6 * distance), high = log (100 * distance);
  if (!(late < 0.7 * HEIGHT * distance))
    return INFINITY;
  for (int i = 0; i < 60; i++) {
    double width = exp ((low + high) / 2);
    if (log1p (late / width) > HEIGHT * log1p (distance / width))
      low = log (width);
    else
      high = log (width);
  }
  return round_up (exp (low));
}

/* Where nothing above is known, the best so far, rounded so that it stays for a while. */
static double
best_of (const LimenRacePlot *plot, const Range *range)
{
  if (isfinite (plot->best))
    return plot->best;
  double unit = round_up (fmax (0.01 * (range->high - range->low), 1e-6));
  return unit * ceil (range->high / unit);
}

static LimenAxis
bound_axis (const LimenRacePlot *plot)
{
  Range range = range_of (plot);
  if (!(range.low <= range.high)) {
    double best = isfinite (plot->best) ? plot->best : 0;
    return (LimenAxis){&limen_scale_linear, .low = best - 1, .high = best + 0.06};
  }
  if (!isfinite (plot->best) && range.high - range.low < 1e-6 * fmax (fabs (range.high), 1)) {
    double room = fmax (0.1 * fabs (range.high), 1); /* a first bound, with nothing to compare */
    return (LimenAxis){&limen_scale_linear, .low = range.high - room, .high = range.high + room};
  }
  double best = best_of (plot, &range);
  double least = fmax (1e-6 * fabs (best), 1e-9);
  double distance = fmax (best - range.low, least);
  double width = width_for (fmax (best - range.late, 1e-4 * distance), distance);
  LimenAxis axis = {&limen_scale_linear, best, 1, best - 1.04 * distance, best + ROOM * distance};
  if (isfinite (width)) {
    double height = log1p (distance / width);
    axis.scale = &limen_scale_spread;
    axis.width = width;
    axis.low = best - width * expm1 (1.03 * height);
    axis.high = best + width * expm1 (ROOM * height);
  }
  /* what is not to be is drawn where it is */
  axis.high = fmax (axis.high, range.high);
  return axis;
}

/* --- The plot --- */

static double
last_step (const LimenRacePlot *plot)
{
  double last = isfinite (plot->n_steps) ? plot->n_steps : 0;
  for (guint r = 0; r < MIN (plot->n_runners, LIMEN_RACE_MOST); r++)
    if (plot->runner[r].n > 0)
      last = fmax (last, plot->runner[r].step[plot->runner[r].n - 1]);
  return fmax (last, 1);
}

LimenLinePlot
limen_race_line_plot (const LimenRacePlot *plot, const LimenChartStyle *style, double width,
                      LimenRaceLines *lines)
{
  static const LimenDotShape shapes[LIMEN_RACE_MOST] = {LIMEN_DOT_SQUARE, LIMEN_DOT_DISC,
                                                        LIMEN_DOT_TRIANGLE};
  const LimenRaceState state = {.hidden = plot->hidden, .best = plot->best};
  g_autofree char *level =
      limen_claim_say (limen_race_level_claims, LIMEN_RACE_LEVEL_N_CLAIMS, &state);
  const char *const level_names[] = {level ? level : "", "maximum likelihood", "best", NULL};
  const LimenText bold = {.bold = TRUE, .size = 1.04};
  const char *name = limen_chart_fitting (style, &bold, level_names, width - 7 * style->font_size);
  guint n = MIN (plot->n_runners, LIMEN_RACE_MOST);
  for (guint r = 0; r < n; r++) {
    const LimenRaceRunner *runner = &plot->runner[r];
    LimenColour colour = limen_race_colour (r);
    guint last = runner->n > 0 ? runner->n - 1 : 0;
    lines->line[r] =
        (LimenLine){runner->name, colour, LIMEN_LINE_EXACT, runner->step, runner->bound, runner->n};
    /* where it is now */
    lines->dots[r] = (LimenDots){
        colour, shapes[r], runner->step + last, runner->bound + last, NULL, runner->n > 0 ? 1 : 0};
  }
  g_strlcpy (lines->level, name ? name : "", sizeof lines->level);
  lines->best =
      (LimenLevel){plot->best, name ? lines->level : NULL, LIMEN_COLOUR_INK, LIMEN_LINE_EXACT};
  return (LimenLinePlot){.title = plot->title,
                         .note = plot->note,
                         .x_caption = "step",
                         .x = {&limen_scale_linear, .low = 0, .high = last_step (plot)},
                         .y = bound_axis (plot),
                         .level = &lines->best,
                         .n_levels = isfinite (plot->best) ? 1 : 0,
                         .line = lines->line,
                         .n_lines = n,
                         .dots = lines->dots,
                         .n_dots = n,
                         .legend = TRUE};
}

void
limen_race_plot_draw (const LimenRacePlot *plot, cairo_t *cr, const LimenChartStyle *style,
                      double width, double height)
{
  LimenRaceLines lines;
  LimenLinePlot lines_plot = limen_race_line_plot (plot, style, width, &lines);
  limen_line_plot_draw (&lines_plot, cr, style, width, height);
}
