#include "viz/prior/duel-plot-private.h"

#include "model/prior/sentences.h"

#include <math.h>

#define DECADES 12    /* that the axis shows at most */
#define NOTHING 1e-24 /* of the largest variance: what has a number and no bar */

static const LimenText label_text = {.colour = LIMEN_COLOUR_INK, .size = 1, .align_y = 0.5};
static const LimenText foot_text = {.colour = LIMEN_COLOUR_DIM, .size = 1, .align_y = 1};

/**
 * Row: of one estimator
 * @exact, @measured: variance of one draw; @error: standard error of @measured, NaN: not known
 * @needed: draws for one more correct decimal, as a text
 * @nothing: (nullable): the variance, where it is too little for a bar
 */
typedef struct {
  LimenGradientEstimator estimator;
  double exact, measured, error, y;
  char *needed, *nothing;
} Row;

typedef struct {
  const LimenVariancePlot *plot;
  const LimenChartStyle *style;
  double width, height;
  Row row[LIMEN_N_ESTIMATORS];
  guint n_rows;
  double labels, numbers; /* widths of the columns left and right */
  gboolean foot;
  LimenFrame frame;
  LimenPlaces *places;
} Layout;

/* --- Numbers --- */

/* Of the variance of n draws: √((m4 − σ⁴ (n − 3)/(n − 1)) / n), m4 their fourth central moment
 * (Mood, Graybill and Boes, 1974, page 229). Not σ²√(2/(n − 1)) of a normal distribution: a
 * log-derivative has far heavier tails. m4 is that of the cloud, which may be a part of the draws
 * only. @place: in its pair */
static double
error_of_variance (const LimenDuelCloud *cloud, guint index, int place, double variance)
{
  double shown = cloud->n, n = (double)cloud->measured[index].n, mean = 0, fourth = 0;
  if (place < 0 || cloud->n < 4)
    return NAN;
  for (guint i = 0; i < cloud->n; i++)
    mean += cloud->draw[2 * i + (guint)place] / shown;
  for (guint i = 0; i < cloud->n; i++) {
    double square = pow (cloud->draw[2 * i + (guint)place] - mean, 2);
    fourth += square * square / shown;
  }
  return sqrt (fmax (fourth - variance * variance * (n - 3) / (n - 1), 0) / n);
}

static void
fill_rows (Layout *layout)
{
  const LimenVariancePlot *plot = layout->plot;
  double largest = 0;
  for (guint e = 0; e < LIMEN_N_ESTIMATORS && plot->duel; e++) {
    const LimenDuelCloud *cloud = &plot->duel->cloud[e];
    if (!(plot->shown >> e & 1) || plot->index >= plot->duel->n_parameters)
      continue;
    const LimenRunningMean *measured = &cloud->measured[plot->index];
    Row *row = &layout->row[layout->n_rows++];
    row->estimator = e;
    row->exact = cloud->variance[plot->index];
    row->measured = limen_running_mean_variance (measured);
    row->error = error_of_variance (cloud, plot->index, limen_duel_place (plot->duel, plot->index),
                                    row->measured);
    if (isfinite (row->exact))
      largest = fmax (largest, row->exact);
  }
  for (guint i = 0; i < layout->n_rows; i++) {
    Row *row = &layout->row[i];
    double error = plot->duel->cloud[row->estimator].variance_error[plot->index];
    if (row->exact <= NOTHING * largest) {
      row->nothing = limen_format_digits ((LimenNumber){row->exact, error}, 2);
      row->exact = 0;
    }
    if (row->measured <= NOTHING * largest)
      row->measured = 0;
    row->needed = limen_duel_needed_text (plot->duel, row->estimator, plot->index);
  }
}

static void
take (double value, double *low, double *high)
{
  if (!isfinite (value) || value <= 0)
    return;
  *low = fmin (*low, value);
  *high = fmax (*high, value);
}

/* Whole decades to the left, so that each bar has some length; 1, 2 or 5 of one to the right. */
static LimenAxis
axis_of (const Layout *layout)
{
  double low = INFINITY, high = 0;
  for (guint i = 0; i < layout->n_rows; i++) {
    const Row *row = &layout->row[i];
    take (row->exact, &low, &high);
    take (row->measured, &low, &high);
    take (row->measured + 2 * row->error, &low, &high);
  }
  if (!(low <= high))
    low = high = 1;
  double power = pow (10, floor (log10 (1.02 * high))), digits = 1.02 * high / power;
  high = power * (digits <= 2 ? 2 : digits <= 5 ? 5 : 10);
  low = pow (10, floor (log10 (0.6 * low)));
  return (LimenAxis){&limen_scale_log, .low = fmax (low, high * pow (10, -DECADES)), .high = high};
}

/* --- Layout --- */

static double
indent_of (const Layout *layout, const Row *row)
{
  return limen_estimator_is_variant (row->estimator) ? 0.9 * layout->style->font_size : 0;
}

static LimenText
needed_style (const Row *row)
{
  LimenText text = label_text;
  text.align_x = 1;
  text.bold = !limen_estimator_is_variant (row->estimator);
  if (text.bold)
    text.colour = limen_estimator_colour (row->estimator);
  return text;
}

static void
measure_columns (Layout *layout)
{
  for (guint i = 0; i < layout->n_rows; i++) {
    const Row *row = &layout->row[i];
    const char *title = limen_estimator_title (row->estimator);
    LimenText text = needed_style (row);
    layout->labels =
        fmax (layout->labels, limen_text_rect (layout->style, &label_text, title, 0, 0).width +
                                  indent_of (layout, row));
    layout->numbers =
        fmax (layout->numbers, limen_text_rect (layout->style, &text, row->needed, 0, 0).width);
  }
  layout->labels = fmin (ceil (layout->labels), 0.5 * layout->width);
  layout->numbers = ceil (layout->numbers);
}

static void
lay_out_frame (Layout *layout, double top)
{
  double em = layout->style->font_size, left = 1.2 * em + layout->labels + 1.2 * em;
  double right = layout->width - 1.2 * em - layout->numbers - 1.2 * em;
  double bottom = layout->height - 2 * em - (layout->foot ? 1.9 * em : 0);
  LimenFrame *frame = &layout->frame;
  frame->plot = (LimenRect){round (left), top, fmax (round (right) - round (left), 1),
                            fmax (floor (bottom - top), 1)};
  frame->x = axis_of (layout);
  frame->x.start = frame->plot.x;
  frame->x.end = frame->plot.x + frame->plot.width;
  frame->y = (LimenAxis){&limen_scale_linear, .low = 0, .high = 1,
                         .start = frame->plot.y + frame->plot.height, .end = frame->plot.y};
  frame->y_ticks = g_array_new (FALSE, FALSE, sizeof (LimenTick));
  limen_frame_set_x_ticks (frame, layout->style, em, 2, layout->width - 2);
  for (guint i = 0; i < layout->n_rows; i++)
    layout->row[i].y = top + frame->plot.height * (i + 0.5) / layout->n_rows;
}

static void
place_foot (Layout *layout)
{
  double em = layout->style->font_size;
  const LimenDuel *duel = layout->plot->duel;
  gboolean errors = FALSE;
  guint64 n = duel->cloud[layout->row[0].estimator].measured[layout->plot->index].n;
  for (guint i = 0; i < layout->n_rows; i++)
    errors |= isfinite (layout->row[i].error);
  g_autofree char *count = limen_format_number (n, 0);
  g_autofree char *shorter =
      g_strdup_printf ("Bar: exact. Dot: %s samples%s", count, errors ? ", ± 2 s.e." : ".");
  g_autofree char *full =
      g_strdup_printf ("%s One more decimal: s.e. a tenth of the gradient.", shorter);
  const char *const variants[] = {full, shorter, "Bar: exact. Dot: measured.", NULL};
  const char *foot =
      limen_chart_fitting (layout->style, &foot_text, variants, layout->width - 2.4 * em);
  if (foot)
    limen_places_add_text (layout->places, &foot_text, foot, 1.2 * em, layout->height - 0.6 * em);
}

static void
place_words (Layout *layout)
{
  double em = layout->style->font_size;
  for (guint i = 0; i < layout->n_rows; i++) {
    const Row *row = &layout->row[i];
    LimenText title = label_text, needed = needed_style (row), zero = label_text;
    title.max_width = layout->labels - indent_of (layout, row) + 1;
    limen_places_add_text (layout->places, &title, limen_estimator_title (row->estimator),
                           1.2 * em + indent_of (layout, row), row->y);
    limen_places_add_text (layout->places, &needed, row->needed, layout->width - 1.2 * em, row->y);
    if (row->nothing)
      limen_places_add_text (layout->places, &zero, row->nothing, layout->frame.plot.x + 0.6 * em,
                             row->y);
  }
  if (layout->foot && layout->n_rows > 0)
    place_foot (layout);
}

static void
lay_out (Layout *layout)
{
  double em = layout->style->font_size;
  fill_rows (layout);
  LimenChartHeader header;
  /* a row of its own only where not even the shortest has room beside the title */
  static const char *const notes[] = {"samples for one more decimal", "samples needed", "samples"};
  for (guint i = 0; i < G_N_ELEMENTS (notes); i++) {
    header = limen_chart_header (layout->style, layout->plot->title, notes[i], NULL, layout->width,
                                 layout->height);
    if (header.note && !header.note_below)
      break;
  }
  header.note_right = TRUE;
  layout->foot = layout->height > 17 * em;
  measure_columns (layout);
  lay_out_frame (layout, header.bottom);
  layout->places = limen_places_new (layout->style, layout->width, layout->height);
  limen_chart_header_place (&header, layout->places, layout->style, layout->width);
  place_words (layout);
}

static void
layout_clear (Layout *layout)
{
  for (guint i = 0; i < layout->n_rows; i++) {
    g_free (layout->row[i].needed);
    g_free (layout->row[i].nothing);
  }
  limen_frame_clear (&layout->frame);
  limen_places_free (layout->places);
}

/* --- Drawing --- */

static double
x_of (const Layout *layout, double value)
{
  const LimenRect *area = &layout->frame.plot;
  double x = value > 0 ? limen_axis_to_pixel (&layout->frame.x, value) : area->x;
  return CLAMP (x, area->x, area->x + area->width);
}

/* Each 1 to 9 of each decade, as long as they are not a hatching. */
static void
draw_grid (const Layout *layout, cairo_t *cr)
{
  const LimenRect *area = &layout->frame.plot;
  const LimenAxis *axis = &layout->frame.x;
  double decades = log10 (axis->high / axis->low);
  gboolean all = area->width / decades > 5 * layout->style->font_size;
  limen_palette_set (cr, layout->style->scheme, LIMEN_COLOUR_GRID);
  cairo_set_line_width (cr, 1);
  for (double power = axis->low; power <= axis->high * 1.001; power *= 10)
    for (int digit = 1; digit < (all ? 10 : 2) && digit * power <= axis->high * 1.001; digit++) {
      double x = floor (limen_axis_to_pixel (axis, digit * power)) + 0.5;
      limen_chart_line (cr, x, area->y, x, area->y + area->height);
      cairo_stroke (cr);
    }
}

/* Square where it begins, round where it ends. */
static void
draw_bar (const Layout *layout, const Row *row, double thick, cairo_t *cr)
{
  const LimenRect *area = &layout->frame.plot;
  double x = x_of (layout, row->exact), top = round (row->y - thick / 2);
  double radius = fmin (0.2 * layout->style->font_size, (x - area->x) / 2);
  if (!(row->exact > 0) || !isfinite (row->exact))
    return;
  cairo_new_path (cr);
  cairo_move_to (cr, area->x, top);
  cairo_arc (cr, x - radius, top + radius, radius, -G_PI / 2, 0);
  cairo_arc (cr, x - radius, top + thick - radius, radius, 0, G_PI / 2);
  cairo_line_to (cr, area->x, top + thick);
  cairo_close_path (cr);
  limen_chart_set_translucent (cr, layout->style, limen_estimator_colour (row->estimator), 0.85);
  cairo_fill (cr);
}

/* In ink on a rim of paper: seen on the bar and beside it. */
static void
draw_measured (const Layout *layout, const Row *row, cairo_t *cr)
{
  double em = layout->style->font_size, x = x_of (layout, row->measured), y = round (row->y);
  double low = x_of (layout, row->measured - 2 * row->error), cap = 0.3 * em;
  double high = x_of (layout, row->measured + 2 * row->error);
  if (!(row->measured > 0) || !isfinite (row->measured))
    return;
  for (int rim = 1; rim >= 0; rim--) {
    limen_palette_set (cr, layout->style->scheme, rim ? LIMEN_COLOUR_PAPER : LIMEN_COLOUR_INK);
    cairo_set_line_width (cr, rim ? 4 : 2);
    if (isfinite (row->error)) {
      for (int end = low > layout->frame.plot.x ? 0 : 1; end < 2; end++)
        limen_chart_line (cr, end ? high : low, y - cap - rim, end ? high : low, y + cap + rim);
      limen_chart_line (cr, low - rim, y, high + rim, y);
      cairo_stroke (cr);
    }
    cairo_arc (cr, x, y, 0.35 * em + 1.6 * rim, 0, 2 * G_PI);
    cairo_fill (cr);
  }
}

static void
draw_base (const Layout *layout, cairo_t *cr)
{
  const LimenRect *area = &layout->frame.plot;
  limen_palette_set (cr, layout->style->scheme, LIMEN_COLOUR_AXIS);
  cairo_set_line_width (cr, 1);
  limen_chart_line (cr, area->x - 0.5, area->y, area->x - 0.5, area->y + area->height);
  cairo_stroke (cr);
}

void
limen_variance_plot_draw (const LimenVariancePlot *plot, cairo_t *cr, const LimenChartStyle *style,
                          double width, double height)
{
  Layout layout = {.plot = plot, .style = style, .width = width, .height = height};
  lay_out (&layout);
  double pitch = layout.frame.plot.height / MAX (layout.n_rows, 1);
  double thick = fmax (round (fmin (0.48 * pitch, 2.4 * style->font_size)), 1);
  limen_chart_begin (cr, style, width, height);
  draw_grid (&layout, cr);
  for (guint i = 0; i < layout.n_rows; i++)
    draw_bar (&layout, &layout.row[i], thick, cr);
  draw_base (&layout, cr);
  for (guint i = 0; i < layout.n_rows; i++)
    draw_measured (&layout, &layout.row[i], cr);
  limen_frame_draw_labels (&layout.frame, cr, style);
  limen_places_draw (layout.places, cr);
  cairo_restore (cr);
  layout_clear (&layout);
}
