#include "model/bound/importance-bound-private.h"
#include "model/bound/importance-table.h"

#include <float.h>
#include <math.h>

#define EULER 0.57721566490153286
#define H     1e-4 /* for a derivative by a difference */

/* @second: (nullable): with fewer nodes
 * @table: without entries where the moments say all
 * @is_posterior: the weights are all the same, but for @rest nats
 * @variance, @central: of v, and E (v − 1)^m for m = 3, 4, 5, where they are small; else NaN */
struct LimenImportanceBound {
  LimenImportanceTable table;
  LimenImportanceBound *second;
  gboolean is_posterior;
  double rest, variance, central[3];
};

LimenImportanceBound *
limen_importance_bound_new (const double *log_weight, const double *mass, gsize n)
{
  LimenImportanceBound *bound = g_new0 (LimenImportanceBound, 1);
  bound->variance = NAN;
  limen_importance_table_fill (&bound->table, log_weight, mass, n);
  return bound;
}

LimenImportanceBound *
limen_importance_bound_new_empty (void)
{
  return g_new0 (LimenImportanceBound, 1);
}

void
limen_importance_bound_free (LimenImportanceBound *bound)
{
  if (!bound)
    return;
  limen_importance_table_clear (&bound->table);
  limen_importance_bound_free (bound->second);
  g_free (bound);
}

void
limen_importance_bound_join (LimenImportanceBound *bound, LimenImportanceBound *second,
                             const LimenClosedForm *form)
{
  gboolean small = isfinite (form->central[0] + form->central[1] + form->central[2]);
  bound->second = second;
  bound->is_posterior =
      form->likeness == LIMEN_LIKENESS_SAME || (form->likeness == LIMEN_LIKENESS_ROUNDED && !small);
  bound->rest = form->gap.value;
  bound->variance = small ? form->weight_variance.value : NAN;
  for (guint i = 0; i < 3; i++)
    bound->central[i] = form->central[i];
}

double
limen_importance_bound_mean_weight (const LimenImportanceBound *bound)
{
  return bound->table.mean_weight;
}

/* -- the gap -- */

#define SMALL  1e-19 /* terms below this share of a nat are left out */
#define NO_GAP 1e-12 /* nats: a gap whose slope would be one of rounding */

/* The entries whose terms count for @k: excess rises and log L falls with y. */
static void
find_range (const LimenImportanceTable *table, double k, gsize *begin, gsize *end)
{
  gsize low = 0, high = table->n;
  while (low < high) {
    gsize middle = (low + high) / 2;
    if (k * table->excess[middle] < SMALL)
      low = middle + 1;
    else
      high = middle;
  }
  *begin = low;
  for (high = table->n; low < high;) {
    gsize middle = (low + high) / 2;
    if (k * table->log_laplace[middle] > log (SMALL))
      low = middle + 1;
    else
      high = middle;
  }
  *end = low;
}

/* ∫ L^K dy over the steps beyond the table. A step from a height H down to ρ·H is no sharp one: of
 * K draws a number j has at most this weight, with the others below, and what lies under (ρ + (1 −
 * ρ)·exp(−e^x))^K is that of a sharp step at x = −(0.577 + log j), in the mean over j ≥ 1. The mean
 * of log j is taken for the log of the mean: exactly so for steps that are alone and for steps that
 * are many, and the difference is less than a nat of thousands. */
static double
sum_steps (const LimenImportanceTable *table, double k)
{
  const double *log_height = table->log_height;
  double sum = 0;
  for (gsize i = 0; i < table->n_steps; i++) {
    double power = exp (k * log_height[i]), drop = log_height[i + 1] - log_height[i];
    double at_least_one = -expm1 (k * drop);
    sum += power * table->step_width[i];
    if (at_least_one > 0)
      sum -= power * at_least_one * (EULER + log (-k * expm1 (drop) / at_least_one));
  }
  return sum;
}

/* Σ L^K − exp(−K·r), each term as exp(−K·r)·(exp(K·excess) − 1) where that keeps more digits: none
 * is negative. */
static double
sum_table (const LimenImportanceTable *table, double k)
{
  double sum = 0;
  gsize begin, end;
  if (table->never)
    return INFINITY;
  find_range (table, k, &begin, &end);
  for (gsize i = begin; i < end; i++) {
    double kept = exp (-k * table->rate[i]);
    double term = k * table->rate[i] < 1 ? kept * expm1 (k * table->excess[i])
                                         : MAX (exp (k * table->log_laplace[i]) - kept, 0);
    sum += table->width[i] * term;
  }
  return sum + sum_steps (table, k);
}

/* −E log (1 + δ) for weights that hardly differ, δ being what their mean exceeds 1 by: Σ
 * (−1)^m·E δ^m/m with the moments of a mean of K draws. */
static double
sum_moments (const LimenImportanceBound *bound, double k)
{
  double s = bound->variance, third = bound->central[0], fourth = bound->central[1];
  double fifth = 10 * (k - 1) * s * third + bound->central[2];
  fourth = 3 * (k - 1) * s * s + fourth;
  return (s / 2 - (third / 3 - (fourth / 4 - fifth / 5 / k) / k) / k) / k;
}

double
limen_importance_bound_gap (const LimenImportanceBound *bound, double k)
{
  if (bound->is_posterior)
    return 0;
  return isnan (bound->variance) ? sum_table (&bound->table, k) : sum_moments (bound, k);
}

/* What rounding makes of a table's sum, in nats, and as a share of it: three times the most that
 * was met in 1,500 random cases */
#define ROUNDING       5e-14
#define ROUNDING_SHARE 2e-13
/* What the mean of log j is above the log of its mean, at most, in sum_steps(): 0.13 for j of a
 * Poisson distribution without 0 */
#define LOG_MEAN 0.15

/* In sum_steps() the mean of log j is taken for the log of its mean, for the share of the draws
 * that are as deep. */
static double
steps_error (const LimenImportanceTable *table, double k)
{
  return table->n_steps > 0 ? LOG_MEAN * exp (k * table->log_height[0]) : 0;
}

/* What sum_moments() leaves out, E δ⁶/6 and less, as a share of (variance/K)³: 15/6 of a mean of
 * many draws; of one, v − 1 being a quadratic function of normal numbers, at most 425/6, as of e² −
 * 1 */
#define NEXT_MANY 10
#define NEXT_ONE  400

double
limen_importance_bound_error (const LimenImportanceBound *bound, double k)
{
  double gap = limen_importance_bound_gap (bound, k), share = bound->variance / k;
  if (bound->is_posterior)
    return bound->rest;
  if (!isnan (bound->variance))
    return (NEXT_MANY + NEXT_ONE / k) * share * share * share + 4 * DBL_EPSILON * gap;
  if (!bound->second)
    return NAN;
  return 2 * fabs (gap - sum_table (&bound->second->table, k)) + ROUNDING + ROUNDING_SHARE * gap +
         steps_error (&bound->table, k);
}

/* K/gap·d gap/dK, by the derivative of each term: L^K·log L + r·exp(−K·r) = L^K·excess − r·(L^K −
 * exp(−K·r)) */
double
limen_importance_bound_slope (const LimenImportanceBound *bound, double k)
{
  const LimenImportanceTable *table = &bound->table;
  double sum = 0, slope = 0;
  gsize begin, end;
  if (table->never || bound->is_posterior)
    return NAN;
  if (!isnan (bound->variance))
    return log (sum_moments (bound, k * (1 + H)) / sum_moments (bound, k * (1 - H))) / (2 * H);
  find_range (table, k, &begin, &end);
  for (gsize i = begin; i < end; i++) {
    double rate = table->rate[i], kept = exp (-k * rate), power = exp (k * table->log_laplace[i]);
    double term, rise;
    if (k * rate < 1) {
      term = kept * expm1 (k * table->excess[i]);
      rise = power * table->excess[i] - rate * term;
    } else {
      term = MAX (power - kept, 0);
      rise = power * table->log_laplace[i] + (kept > 0 ? rate * kept : 0);
    }
    sum += table->width[i] * term;
    slope += table->width[i] * k * rise;
  }
  sum += sum_steps (table, k);
  slope += (sum_steps (table, k * (1 + H)) - sum_steps (table, k * (1 - H))) / (2 * H);
  return sum > NO_GAP ? slope / sum : NAN;
}

/* -- the implied distribution -- */

/* exp(x − e^x) is nothing outside of these multiples of LIMEN_TABLE_STEP: the lower one leaves room
 * for NEGLIGIBLE nats below the last y where L^(K−1) is not 0, and for the 60 before it of which
 * e^y·L^(K−1) may be made. */
#define NEGLIGIBLE 30
#define LOWER      (-480)
#define UPPER      20
#define N_KERNEL   (UPPER - LOWER + 1)

/* log (v·ψ_K(v)), for log v in the reach of one piece of the table: of log v from @least to @most,
 * on a grid low + i·LIMEN_TABLE_STEP
 * @power: (n_powers): L^(K−1) of the piece; @before, @after: where it has not begun, has ended
 * @value: (n) */
typedef struct {
  double first, least, most, low, before, after;
  gsize n, n_powers;
  double *power, *value;
} Implied;

/* Behind the last piece, L^(K−1) is 0 from @n_powers on. */
static void
implied_init (Implied *implied, const LimenImportanceTable *table, const LimenTablePiece *piece,
              double k)
{
  const double *log_laplace = table->log_laplace + piece->begin;
  gsize n = piece->end - piece->begin;
  while (piece->log_after == -INFINITY && n > 1 && (k - 1) * log_laplace[n - 1] < log (SMALL))
    n--;
  *implied = (Implied){.first = piece->first,
                       .before = piece == table->piece ? 1 : exp ((k - 1) * log_laplace[0]),
                       .after = piece->log_after > -INFINITY ? exp ((k - 1) * piece->log_after) : 0,
                       .least = INFINITY,
                       .most = -INFINITY,
                       .n_powers = n,
                       .power = g_new (double, n)};
  for (gsize i = 0; i < n; i++)
    implied->power[i] = exp ((k - 1) * log_laplace[i]);
}

/* v·ψ_K(v) = K ∫ exp(x − e^x) L(e^y)^(K−1) dy, x = y + log v: a convolution on the common grid.
 * @shift: log v + first, in steps */
static double
implied_at (const Implied *implied, const double *kernel, gint64 shift)
{
  gint64 from = LOWER - shift, to = UPPER + 1 - shift, n = (gint64)implied->n_powers;
  gint64 begin = CLAMP (from, 0, n), end = CLAMP (to, 0, n);
  double sum = 0;
  for (gint64 i = from; i < MIN (to, 0); i++)
    sum += implied->before * kernel[i - from];
  if (end > begin)
    sum += limen_dot (implied->power + begin, kernel + begin - from, (gsize)(end - begin));
  for (gint64 i = MAX (from, n); i < to; i++)
    sum += implied->after * kernel[i - from];
  return log (MAX (sum * LIMEN_TABLE_STEP, G_MINDOUBLE));
}

static void
implied_fill (Implied *implied, double k)
{
  double kernel[N_KERNEL];
  double from = implied->least + implied->first, to = implied->most + implied->first;
  gint64 low = (gint64)floor (from / LIMEN_TABLE_STEP) - LIMEN_POINTS / 2;
  gint64 high = (gint64)ceil (to / LIMEN_TABLE_STEP) + LIMEN_POINTS / 2;
  for (int i = 0; i < N_KERNEL; i++) {
    double x = (i + LOWER) * LIMEN_TABLE_STEP;
    kernel[i] = exp (x - exp (x));
  }
  implied->low = (double)low * LIMEN_TABLE_STEP - implied->first;
  implied->n = (gsize)(high - low) + 1;
  implied->value = g_new (double, implied->n);
  for (gsize i = 0; i < implied->n; i++)
    implied->value[i] = log (k) + implied_at (implied, kernel, low + (gint64)i);
}

/* Where log v is so low that ψ, or so low or high that v·ψ no longer changes, @log_v is brought
 * back. Returns: what is to be taken from log (v·ψ) for log ψ */
static double
implied_clamp (const Implied *implied, double *log_v)
{
  double end = -implied->first - (double)implied->n_powers * LIMEN_TABLE_STEP;
  double own = *log_v, least = end + (implied->after > 0 ? LOWER * LIMEN_TABLE_STEP : -NEGLIGIBLE);
  *log_v = CLAMP (own, least, 8 - implied->first);
  return own < least && implied->after == 0 ? least : own;
}

static double
implied_read (const Implied *implied, double log_v)
{
  double weight[LIMEN_POINTS], place = (log_v - implied->low) / LIMEN_TABLE_STEP;
  gsize whole = (gsize)place;
  limen_lagrange_weights (place - (double)whole, weight);
  return limen_dot (weight, implied->value + whole - (LIMEN_POINTS / 2 - 1), LIMEN_POINTS);
}

/* The last piece that has begun where exp(−r·v) falls. */
static gsize
piece_of (const LimenImportanceTable *table, double log_v)
{
  gsize i = table->n_pieces - 1;
  while (i > 0 && table->piece[i].first > -log_v + (UPPER + 1) * LIMEN_TABLE_STEP)
    i--;
  return i;
}

static void
fill_implied (const LimenImportanceTable *table, double k, const double *log_weight, gsize n,
              Implied *implied)
{
  for (gsize i = 0; i < table->n_pieces; i++)
    implied_init (&implied[i], table, &table->piece[i], k);
  for (gsize i = 0; i < n; i++) {
    Implied *own = &implied[piece_of (table, log_weight[i])];
    double log_v = log_weight[i];
    implied_clamp (own, &log_v);
    own->least = fmin (own->least, log_v);
    own->most = fmax (own->most, log_v);
  }
  for (gsize i = 0; i < table->n_pieces; i++)
    if (implied[i].least <= implied[i].most)
      implied_fill (&implied[i], k);
}

void
limen_importance_bound_implied (const LimenImportanceBound *bound, double k,
                                const double *log_weight, gsize n, double *log_psi)
{
  const LimenImportanceTable *table = &bound->table;
  if (k == 1 || table->never || table->n_pieces == 0) {
    for (gsize i = 0; i < n; i++)
      log_psi[i] = -log_weight[i];
    return;
  }
  g_autofree Implied *implied = g_new (Implied, table->n_pieces);
  fill_implied (table, k, log_weight, n, implied);
  for (gsize i = 0; i < n; i++) {
    const Implied *own = &implied[piece_of (table, log_weight[i])];
    double log_v = log_weight[i], shift = implied_clamp (own, &log_v);
    log_psi[i] = isnan (log_v) ? NAN : implied_read (own, log_v) - shift;
  }
  for (gsize i = 0; i < table->n_pieces; i++) {
    g_free (implied[i].power);
    g_free (implied[i].value);
  }
}
