#include "model/detect/band.h"

#include "model/base/vectors.h"
#include "model/detect/band-table.h"
#include "model/detect/beta.h"

#include <gsl/gsl_sf_gamma.h>
#include <math.h>
#include <string.h>

/* -- the bounds of the order statistics -- */

/* Those below 1/2; the others are their mirror images: u(i) = 1 − l(n + 1 − i). */
typedef struct {
  double *low, *high; /* l(i) and u(i) of i = 1, 2, …, ascending */
  guint n_low, n_high;
} Bounds;

static guint
fill (double *bound, guint n, double tail, double (*quantile) (double, double, double))
{
  for (guint i = 1; i <= n; i++) {
    bound[i - 1] = quantile (i, (double)n - i + 1, tail);
    if (bound[i - 1] >= 0.5)
      return i - 1;
  }
  return n;
}

static Bounds
bounds_new (guint n, double eta)
{
  Bounds bounds = {g_new (double, n), g_new (double, n), 0, 0};
  bounds.n_low = fill (bounds.low, n, eta / 2, limen_beta_quantile);
  bounds.n_high = fill (bounds.high, n, eta / 2, limen_beta_upper_quantile);
  return bounds;
}

static void
bounds_clear (Bounds *bounds)
{
  g_free (bounds->low);
  g_free (bounds->high);
}

/* -- counts of a Poisson process -- */

#define MOST_TERMS 192 /* of a sum over Poisson weights */
#define BLOCK      32

/* P(N(t) = j, no bound was crossed until t), j = first, …, first + width − 1. Below and above stand
 * zeros as far as a sum may read. */
typedef struct {
  double *value, *memory[2];
  guint first, width, used;
} Counts;

static Counts
counts_new (guint first, guint width, guint most)
{
  Counts counts = {.first = first, .width = width};
  for (guint i = 0; i < 2; i++)
    counts.memory[i] = g_new0 (double, (gsize)most + MOST_TERMS + 2 * BLOCK);
  counts.value = counts.memory[0] + MOST_TERMS;
  return counts;
}

static void
counts_clear (Counts *counts)
{
  g_free (counts->memory[0]);
  g_free (counts->memory[1]);
}

/* to[j] = Σ_k weight[k] from[j − k], some j beyond width among them */
LIMEN_VECTOR_BODY void
convolve_body (const double *from, double *to, guint width, const double *weight, guint n_terms)
{
  for (guint begin = 0; begin < width; begin += BLOCK) {
    double sum[BLOCK] = {0};
    for (guint k = 0; k < n_terms; k++)
      for (guint j = 0; j < BLOCK; j++)
        sum[j] += weight[k] * (from + begin - (gsize)k)[j];
    memcpy (to + begin, sum, sizeof sum);
  }
}

static void
convolve_plain (const double *from, double *to, guint width, const double *weight, guint n_terms)
{
  convolve_body (from, to, width, weight, n_terms);
}

LIMEN_WIDE static void
convolve_wide (const double *from, double *to, guint width, const double *weight, guint n_terms)
{
  convolve_body (from, to, width, weight, n_terms);
}

LIMEN_WIDEST static void
convolve_widest (const double *from, double *to, guint width, const double *weight, guint n_terms)
{
  convolve_body (from, to, width, weight, n_terms);
}

static void
convolve (const double *from, double *to, guint width, const double *weight, guint n_terms)
{
  switch (limen_vectors ()) {
  case LIMEN_VECTORS_WIDEST:
    convolve_widest (from, to, width, weight, n_terms);
    break;
  case LIMEN_VECTORS_WIDE:
    convolve_wide (from, to, width, weight, n_terms);
    break;
  case LIMEN_VECTORS_PLAIN:
    convolve_plain (from, to, width, weight, n_terms);
    break;
  }
}

/* Poisson weights of @mean until what is left is below 1e-18. Returns: how many; MOST_TERMS: more
 * are left */
static guint
poisson_weights (double mean, double *weight)
{
  guint n = 1;
  weight[0] = exp (-mean);
  while (n < MOST_TERMS && (n <= mean || weight[n - 1] > 1e-19)) {
    weight[n] = weight[n - 1] * mean / n;
    n++;
  }
  return n;
}

/* Takes the place of the values: of @width counts, those of the other memory */
static void
counts_turn (Counts *counts, guint width)
{
  counts->used = !counts->used;
  counts->value = counts->memory[counts->used] + MOST_TERMS;
  counts->width = width;
  memset (counts->value + width, 0, BLOCK * sizeof (double));
}

static double *
counts_other (const Counts *counts)
{
  return counts->memory[!counts->used] + MOST_TERMS;
}

/* The process goes on until @mean more are expected; counts above the last stay out. */
static void
counts_go_on (Counts *counts, double mean)
{
  for (guint steps = (guint)(mean / 8) + 1, step = 0; step < steps; step++) {
    double weight[MOST_TERMS];
    guint n_terms = poisson_weights (mean / steps, weight);
    convolve (counts->value, counts_other (counts), counts->width, weight, n_terms);
    counts_turn (counts, counts->width);
  }
}

/* N(t) ≤ i − 1 had to be so until t = l(i). */
static void
counts_allow_one_more (Counts *counts)
{
  counts->value[counts->width] = 0;
  counts->width++;
}

/* N(t) ≥ i has to be so from t = u(i). */
static void
counts_drop_lowest (Counts *counts)
{
  counts->value[0] = 0;
  counts->value++;
  counts->first++;
  counts->width--;
}

/* -- from bound to bound -- */

/* A time, and how many bounds of each kind are behind it */
typedef struct {
  double now;
  guint n_low, n_high;
} Place;

/* @most bounds further, if there are so many; *@low: whether the last is an l(i) */
static Place
place_after (Place place, const Bounds *bounds, guint most, gboolean *low)
{
  for (; most > 0 && (place.n_low < bounds->n_low || place.n_high < bounds->n_high); most--) {
    *low = place.n_high == bounds->n_high ||
           (place.n_low < bounds->n_low && bounds->low[place.n_low] <= bounds->high[place.n_high]);
    place.now = *low ? bounds->low[place.n_low++] : bounds->high[place.n_high++];
  }
  return place;
}

static void
counts_step (Counts *counts, const Bounds *bounds, guint n, Place from, Place to)
{
  while (from.n_low < to.n_low || from.n_high < to.n_high) {
    gboolean low = FALSE;
    Place next = place_after (from, bounds, 1, &low);
    counts_go_on (counts, n * (next.now - from.now));
    if (low)
      counts_allow_one_more (counts);
    else
      counts_drop_lowest (counts);
    from = next;
  }
}

/* Those of @counts from the number @begin on, alone; stepped over the same bounds */
static Counts
counts_part (const Counts *counts, guint begin, guint width, guint room, const Bounds *bounds,
             guint n, Place from, Place to)
{
  guint most = width + room + to.n_low - from.n_low;
  Counts part = counts_new (counts->first + begin, width + room, most + 1);
  memcpy (part.value, counts->value + begin, width * sizeof (double));
  counts_step (&part, bounds, n, from, to);
  return part;
}

/* Many bounds at once. They are felt only by who starts among the lowest counts, which will be
 * dropped, and who ends among the highest, which are not allowed yet: both are few, and are stepped
 * alone. All between is one sum over increments. Returns: FALSE: the counts are too few for it */
static gboolean
counts_stride (Counts *counts, const Bounds *bounds, guint n, Place from, Place to)
{
  double weight[MOST_TERMS];
  guint n_terms = poisson_weights (n * (to.now - from.now), weight);
  guint dropped = to.n_high - from.n_high, added = to.n_low - from.n_low, width = counts->width;
  guint reach = n_terms + dropped;
  if (n_terms == MOST_TERMS || width < 3 * (reach + added))
    return FALSE;
  Counts lowest = counts_part (counts, 0, dropped, n_terms, bounds, n, from, to);
  Counts highest = counts_part (counts, width - reach, reach, 0, bounds, n, from, to);
  memset (counts->value, 0, dropped * sizeof (double));
  double *value = counts_other (counts);
  convolve (counts->value + dropped, value, width - dropped, weight, n_terms);
  for (guint j = 0; j < n_terms; j++)
    value[j] += lowest.value[j];
  memcpy (value + width - dropped, highest.value + highest.width - added, added * sizeof (double));
  counts_turn (counts, width - dropped + added);
  counts->first += dropped;
  counts_clear (&lowest);
  counts_clear (&highest);
  return TRUE;
}

/* To t = 1/2 */
static void
counts_cross (Counts *counts, const Bounds *bounds, guint n)
{
  Place now = {0, 0, 0};
  while (now.n_low < bounds->n_low || now.n_high < bounds->n_high) {
    gboolean low;
    Place next = place_after (now, bounds, 64, &low);
    if (!counts_stride (counts, bounds, n, now, next))
      counts_step (counts, bounds, n, now, next);
    now = next;
  }
  counts_go_on (counts, n * (0.5 - now.now));
}

/* How wide counts become, at t = 1/2 at most */
static guint
most_counts (const Bounds *bounds)
{
  guint most = 1;
  for (guint i = 0, j = 0; i < bounds->n_low; i++) {
    while (j < bounds->n_high && bounds->high[j] < bounds->low[i])
      j++;
    most = MAX (most, i + 2 - j);
  }
  return most;
}

/* n! eⁿ / nⁿ = √(2πn) Γ*(n): one through the probability that a Poisson number of mean n is n */
static double
one_through_poisson (guint n)
{
  return sqrt (2 * G_PI * n) * gsl_sf_gammastar (n);
}

double
limen_band_coverage (guint n, double eta)
{
  g_return_val_if_fail (n > 0 && eta > 0 && eta < 1, NAN);
  Bounds bounds = bounds_new (n, eta);
  Counts counts = counts_new (0, 1, most_counts (&bounds) + 1);
  counts.value[0] = 1;
  counts_cross (&counts, &bounds, n);
  /* The second half is the first, seen from its end. */
  double sum = 0;
  for (guint j = 0; j < counts.width; j++) {
    guint other = n - (counts.first + j);
    if (other >= counts.first && other - counts.first < counts.width)
      sum += counts.value[j] * counts.value[other - counts.first];
  }
  counts_clear (&counts);
  bounds_clear (&bounds);
  return sum * one_through_poisson (n);
}

/* -- η -- */

/* Near what it is: for n ≥ 200 and the confidence of the table within some thousandths */
static double
guess (guint n, double confidence)
{
  double l = log (n), share = 1 - confidence;
  if (n < 200)
    return share / (1 + 0.9 * l * l);
  return 0.05 / (4.2403 * l * log (l) - 1.0661 * l - 2.4494) * pow (share / 0.05, 1.17);
}

/* log (1 − coverage) is nearly linear in log η, so the secant method on them comes near fast; what
 * is left is less than the product of its last two steps. */
double
limen_band_eta_exact (guint n, double confidence)
{
  g_return_val_if_fail (n > 0 && confidence > 0 && confidence < 1, NAN);
  double least = log ((1 - confidence) / n), most = log (1 - confidence); /* Bonferroni; one i */
  double x = CLAMP (log (guess (n, confidence)), least, most), slope = 0.86, step = 1, last_y = 0;
  double wanted = most, near = n > 100000 ? 1e-7 : 1e-13;
  for (int i = 0; i < 60 && least < most; i++) {
    double y = log1p (-limen_band_coverage (n, exp (x))) - wanted, last_step = step;
    if (i > 0 && y != last_y)
      slope = (y - last_y) / step;
    if (y > 0)
      most = x;
    else
      least = x;
    double next = x - y / slope;
    if (!(next >= least && next <= most))
      next = (least + most) / 2;
    step = next - x;
    last_y = y;
    x = next;
    if (i > 0 && fabs (step * last_step) < near)
      break;
  }
  return exp (x);
}

/* Of log η in log n, through six entries about it (Lagrange) */
static double
interpolate (const double *eta, guint n)
{
  const LimenBandTable *table = &limen_band_table;
  guint first = 0;
  while (first + 6 < table->n_beyond && table->n[first + 3] <= n)
    first++;
  double sum = 0;
  for (guint i = first; i < first + 6; i++) {
    double weight = 1;
    for (guint j = first; j < first + 6; j++)
      if (j != i)
        weight *= log ((double)n / table->n[j]) / log ((double)table->n[i] / table->n[j]);
    sum += weight * log (eta[i]);
  }
  return exp (sum);
}

double
limen_band_eta (guint n, double confidence)
{
  g_return_val_if_fail (n > 0 && confidence > 0 && confidence < 1, NAN);
  static const double known[2] = {0.95, 0.975};
  for (guint i = 0; i < 2; i++)
    if (confidence == known[i] && n <= LIMEN_BAND_EACH)
      return limen_band_table.each[i][n - 1];
    else if (confidence == known[i] && n <= limen_band_table.n[limen_band_table.n_beyond - 1])
      return interpolate (limen_band_table.beyond[i], n);
  return n <= LIMEN_BAND_MOST_EXACT ? limen_band_eta_exact (n, confidence) : NAN;
}

void
limen_band (guint k, guint n, double confidence, double *low, double *high)
{
  g_return_if_fail (k <= n && low != NULL && high != NULL);
  double eta = n > 0 ? limen_band_eta (n, confidence) : NAN;
  *low = isnan (eta) || k == 0 ? 0 : limen_beta_quantile (k, (double)n - k + 1, eta / 2);
  *high = isnan (eta) || k == n ? 1 : limen_beta_upper_quantile (k + 1.0, (double)n - k, eta / 2);
}
