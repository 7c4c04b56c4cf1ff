#include "viz/kit/axis.h"

#include <math.h>
#include <string.h>

#define MAX_TICKS 64

/* Between thousands. */
#define MINUS "\u2212"

/* --- Scales --- */

static double
linear_map (double value, double origin, double width)
{
  return value;
}

static double
log_map (double value, double origin, double width)
{
  return log10 (value);
}

static double
log_unmap (double u, double origin, double width)
{
  return pow (10, u);
}

static double
spread_map (double value, double origin, double width)
{
  double d = value - origin;
  return copysign (log1p (fabs (d) / width), d);
}

static double
spread_unmap (double u, double origin, double width)
{
  return origin + copysign (width * expm1 (fabs (u)), u);
}

static double
both_map (double value, double origin, double width)
{
  return asinh ((value - origin) / width);
}

static double
both_unmap (double u, double origin, double width)
{
  return origin + width * sinh (u);
}

static double
map (const LimenAxis *axis, double value)
{
  return axis->scale->map (value, axis->origin, axis->width);
}

static double
unmap (const LimenAxis *axis, double u)
{
  return axis->scale->unmap (u, axis->origin, axis->width);
}

/* m·10^k with one rounding, so that 3·10^−1 is the double that prints as 0.3. */
static double
scaled (double m, int k)
{
  return k < 0 ? m / pow (10, -k) : m * pow (10, k);
}

static void
add_candidate (const LimenAxis *axis, GArray *values, double value)
{
  if (values->len < MAX_TICKS && value >= axis->low && value <= axis->high)
    g_array_append_val (values, value);
}

/* Multiples of the least of 1, 2, 5 times a power of ten that keeps them @spacing pixels apart. */
static void
linear_candidates (const LimenAxis *axis, double spacing, GArray *values)
{
  double least = (axis->high - axis->low) * spacing / fabs (axis->end - axis->start);
  int k = (int)floor (log10 (least));
  double m = 1;
  for (const double *next = (const double[]){2, 5, 10, 0}; scaled (m, k) < least && *next; next++)
    m = *next;
  double first = ceil (axis->low / scaled (m, k) - 1e-9);
  for (double i = first; i * scaled (m, k) <= axis->high && i < first + MAX_TICKS; i++)
    add_candidate (axis, values, scaled (i * m, k));
}

/* Powers of ten; between them 2 and 5 or just 3 where there is room, every second or third where
 * there is not. Within less than a decade the scale is nearly even: multiples of one step. */
static void
log_candidates (const LimenAxis *axis, double spacing, GArray *values)
{
  if (axis->high < 8 * axis->low) {
    linear_candidates (axis, spacing, values);
    return;
  }
  double decade = fabs (axis->end - axis->start) / (map (axis, axis->high) - map (axis, axis->low));
  int stride = (int)fmin (ceil (spacing / decade), 1000);
  int first = (int)floor (map (axis, axis->low) / stride) * stride;
  int last = (int)ceil (map (axis, axis->high));
  for (int k = first; k <= last && values->len < MAX_TICKS; k += stride) {
    add_candidate (axis, values, scaled (1, k));
    if (decade * 0.2 > spacing) {
      add_candidate (axis, values, scaled (2, k));
      add_candidate (axis, values, scaled (5, k));
    } else if (decade * 0.3 > spacing)
      add_candidate (axis, values, scaled (3, k));
  }
}

/* How round m·10^k is to a reader; less is rounder. */
static int
roughness (double m)
{
  double a = fabs (m);
  if (a == 1)
    return 0;
  if (fmod (a, 5) == 0)
    return 1;
  return a == 2 || a == 3 ? 2 : fmod (a, 2) == 0 ? 3 : 4;
}

/* The roundest number in [low, high], of equals the one nearest to @target. */
static double
roundest (double low, double high, double target)
{
  if (low <= 0 && high >= 0)
    return 0;
  double best = NAN;
  int k = (int)floor (log10 (fmax (fabs (low), fabs (high))));
  for (int tries = 0; tries < 17 && isnan (best); tries++, k--) {
    int least = G_MAXINT;
    for (double m = ceil (low / scaled (1, k)); m <= floor (high / scaled (1, k)); m++) {
      int rank = roughness (m);
      double value = scaled (m, k);
      if (rank < least || (rank == least && fabs (value - target) < fabs (best - target))) {
        least = rank;
        best = value;
      }
    }
  }
  return best;
}

/* The same for any number: each digit it needs counts more than which digits they are; 0 is the
 * roundest. */
static int
number_roughness (double value)
{
  int digits = 1, k = value == 0 ? 0 : (int)floor (log10 (fabs (value)) + 1e-9);
  double m = scaled (value, -k);
  if (value == 0)
    return 0;
  for (; fabs (m - round (m)) > 1e-6 && digits < 16; digits++)
    m *= 10;
  return 10 * digits + roughness (round (m));
}

/* Numbers with two digits more than the roundest are left away: where room is scarce, 2 155 says
 * little. */
static void
drop_rough (GArray *values)
{
  int least = G_MAXINT;
  for (guint i = 0; i < values->len; i++)
    if (g_array_index (values, double, i) != 0)
      least = MIN (least, number_roughness (g_array_index (values, double, i)) / 10);
  for (guint i = values->len; i-- > 0;)
    if (number_roughness (g_array_index (values, double, i)) / 10 > least + 1)
      g_array_remove_index (values, i);
}

/* In each stretch of the axis the roundest number; neighbours may turn out close to each other, and
 * then one of them goes. The stretches are anchored to the data: under a pan the numbers stay. */
static void
spread_candidates (const LimenAxis *axis, double spacing, GArray *values)
{
  double u_low = map (axis, axis->low), u_high = map (axis, axis->high);
  double step = (u_high - u_low) * 0.7 * spacing / fabs (axis->end - axis->start);
  for (double i = floor (u_low / step); i * step < u_high && values->len < MAX_TICKS; i++) {
    double low = fmax (unmap (axis, i * step), axis->low);
    double high = fmin (unmap (axis, (i + 1) * step), axis->high);
    double middle = unmap (axis, (i + 0.5) * step);
    double value = low < high ? roundest (low, high, CLAMP (middle, low, high)) : NAN;
    if (!isnan (value))
      add_candidate (axis, values, value);
  }
  drop_rough (values);
}

const LimenScale limen_scale_linear = {linear_map, linear_map, linear_candidates, TRUE};
const LimenScale limen_scale_log = {log_map, log_unmap, log_candidates, TRUE};
const LimenScale limen_scale_spread = {spread_map, spread_unmap, spread_candidates, FALSE};
const LimenScale limen_scale_both = {both_map, both_unmap, spread_candidates, FALSE};

/* --- Values and pixels --- */

double
limen_axis_to_pixel (const LimenAxis *axis, double value)
{
  double u_low = map (axis, axis->low), u_high = map (axis, axis->high);
  return axis->start + (axis->end - axis->start) * (map (axis, value) - u_low) / (u_high - u_low);
}

static double
u_at_pixel (const LimenAxis *axis, double pixel)
{
  double u_low = map (axis, axis->low), u_high = map (axis, axis->high);
  return u_low + (u_high - u_low) * (pixel - axis->start) / (axis->end - axis->start);
}

double
limen_axis_from_pixel (const LimenAxis *axis, double pixel)
{
  return unmap (axis, u_at_pixel (axis, pixel));
}

/* @axis over another range of u, or as it was where doubles can't tell its ends apart or hold them.
 */
static LimenAxis
with_range (const LimenAxis *axis, double u_low, double u_high)
{
  LimenAxis moved = *axis;
  moved.low = unmap (axis, u_low);
  moved.high = unmap (axis, u_high);
  double size = fmax (fabs (moved.low), fabs (moved.high));
  if (!(moved.high - moved.low > 1e-7 * size) || !(size < 1e100))
    return *axis;
  return moved;
}

LimenAxis
limen_axis_zoom (const LimenAxis *axis, double pixel, double factor)
{
  double about = u_at_pixel (axis, pixel);
  double low = map (axis, axis->low), high = map (axis, axis->high);
  return with_range (axis, about - (about - low) / factor, about + (high - about) / factor);
}

LimenAxis
limen_axis_pan (const LimenAxis *axis, double pixels)
{
  double low = map (axis, axis->low), high = map (axis, axis->high);
  double shift = -pixels * (high - low) / (axis->end - axis->start);
  return with_range (axis, low + shift, high + shift);
}

/* --- Numbers as text --- */

/* How many decimals the tick @value needs. */
static guint
decimals_of (double value)
{
  guint decimals = 0;
  if (value != 0 && fabs (value) < 1e-9)
    return 12;
  for (double x = fabs (value); decimals < 12 && fabs (x - round (x)) > 1e-7 * fmax (x, 1e-3);
       decimals++)
    x *= 10;
  return decimals;
}

/* "3·10⁻⁵", "10⁹": as limen_format_digits() */
static char *
format_power (double value)
{
  static const char *const raised[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
  int k = (int)floor (log10 (fabs (value)) + 1e-9);
  double m = fabs (value) / pow (10, k);
  g_autofree char *exponent = g_strdup_printf ("%d", ABS (k));
  g_autofree char *factor = limen_format_number (m, decimals_of (round (m * 1e4) / 1e4));
  GString *text = g_string_new (value < 0 ? MINUS : NULL);
  if (strcmp (factor, "1") != 0)
    g_string_append_printf (text, "%s·", factor);
  g_string_append_printf (text, "10%s", k < 0 ? "⁻" : "");
  for (const char *c = exponent; *c; c++)
    g_string_append (text, raised[*c - '0']);
  return g_string_free (text, FALSE);
}

static char *
format_tick (double value, guint decimals)
{
  double size = fabs (value);
  return size >= 1e8 || (size > 0 && size < 0.5e-4 && decimals > 4)
             ? format_power (value)
             : limen_format_number (value, decimals);
}

char *
limen_axis_format (double value)
{
  return format_tick (value, decimals_of (value));
}

/* --- Ticks --- */

static GArray *
label_candidates (const LimenAxis *axis, const GArray *values, const char *unit)
{
  GArray *ticks = g_array_new (FALSE, FALSE, sizeof (LimenTick));
  guint most = 0;
  for (guint i = 0; i < values->len; i++)
    most = MAX (most, decimals_of (g_array_index (values, double, i)));
  for (guint i = 0; i < values->len; i++) {
    double value = g_array_index (values, double, i);
    /* Evenly spaced numbers line up with the same decimals; others show only those they need. */
    guint decimals = axis->scale == &limen_scale_linear ? most : decimals_of (value);
    g_autofree char *number = format_tick (value, decimals);
    LimenTick tick = {value, limen_axis_to_pixel (axis, value), ""};
    g_snprintf (tick.label, sizeof tick.label, "%s%s", number, unit ? unit : "");
    g_array_append_val (ticks, tick);
  }
  return ticks;
}

static gboolean
overlap (const LimenTick *a, const LimenTick *b, double gap, LimenMeasureFunc measure,
         gpointer user_data)
{
  double sizes = measure (a->label, user_data) + measure (b->label, user_data);
  return fabs (a->pixel - b->pixel) < sizes / 2 + gap;
}

/* Of two labels too close to each other the rounder one stays. Returns: whether all had room. */
static gboolean
drop_overlapping (GArray *ticks, double gap, LimenMeasureFunc measure, gpointer user_data)
{
  gboolean fit = TRUE;
  for (guint i = 1; i < ticks->len;) {
    const LimenTick *tick = &g_array_index (ticks, LimenTick, i), *last = tick - 1;
    if (!overlap (last, tick, gap, measure, user_data)) {
      i++;
      continue;
    }
    fit = FALSE;
    gboolean rounder = number_roughness (tick->value) < number_roughness (last->value);
    g_array_remove_index (ticks, rounder ? i - 1 : i);
    i = MAX (rounder ? i - 1 : i, 1);
  }
  return fit;
}

/* "1, 10, 100, 1 000" up to 5 000: an end that is as round is said, where it has room. */
static void
add_round_end (const LimenAxis *axis, double end, GArray *ticks, const char *unit, double gap,
               LimenMeasureFunc measure, gpointer user_data)
{
  gboolean is_high = end == axis->high;
  if (ticks->len == 0 || number_roughness (end) > 12)
    return;
  g_autoptr (GArray) one = g_array_new (FALSE, FALSE, sizeof (double));
  g_array_append_val (one, end);
  g_autoptr (GArray) tick = label_candidates (axis, one, unit);
  const LimenTick *next = &g_array_index (ticks, LimenTick, is_high ? ticks->len - 1 : 0);
  if (overlap (next, &g_array_index (tick, LimenTick, 0), gap, measure, user_data))
    return;
  if (is_high)
    g_array_append_val (ticks, g_array_index (tick, LimenTick, 0));
  else
    g_array_prepend_val (ticks, g_array_index (tick, LimenTick, 0));
}

GArray *
limen_axis_ticks (const LimenAxis *axis, double gap, const char *unit, LimenMeasureFunc measure,
                  gpointer user_data)
{
  double length = fabs (axis->end - axis->start);
  if (!(length >= 1) || !(axis->high > axis->low))
    return g_array_new (FALSE, FALSE, sizeof (LimenTick));
  /* Even numbers stay even: they move apart until all labels fit, and a single one always does. */
  for (double spacing = fmax (3 * gap, length / 8);; spacing *= 1.2) {
    g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (double));
    axis->scale->candidates (axis, spacing, values);
    GArray *ticks = label_candidates (axis, values, unit);
    if (drop_overlapping (ticks, gap, measure, user_data) || !axis->scale->even) {
      if (axis->scale == &limen_scale_log) {
        add_round_end (axis, axis->low, ticks, unit, gap, measure, user_data);
        add_round_end (axis, axis->high, ticks, unit, gap, measure, user_data);
      }
      return ticks;
    }
    g_array_unref (ticks);
  }
}
