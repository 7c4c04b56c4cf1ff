#include "model/detect/curve.h"
#include "model/detect/band.h"

#include <float.h>
#include <gsl/gsl_cdf.h>
#include <math.h>

/* Between two points that are kept either rate moves by less than STEP, and less than RATIO of
 * itself or of what it lacks to 1: finer than a pixel on even axes, on those of normal deviates,
 * and in precision. */
#define STEP  0.001
#define RATIO 0.025

/* --- From the most unusual to the most usual score --- */

/** Walk: through one set: [@left, @right) of its sorted scores are still to come */
typedef struct {
  const double *sorted;
  guint left, right;
  LimenSide side;
  double mean;
} Walk;

static Walk
walk_of (const LimenScores *scores, LimenSide side, double mean)
{
  return (Walk){scores->sorted, 0, scores->n, side, mean};
}

/* How unusual the next score is: an image is flagged that is more unusual than the threshold. NaN
 * at the end. */
static double
peek (const Walk *walk)
{
  if (walk->left == walk->right)
    return NAN;
  double low = walk->sorted[walk->left], high = walk->sorted[walk->right - 1];
  switch (walk->side) {
  case LIMEN_SIDE_LOW:
    return -low;
  case LIMEN_SIDE_HIGH:
    return high;
  default:
    return fmax (walk->mean - low, high - walk->mean);
  }
}

static void
pop (Walk *walk, double unusual)
{
  gboolean is_low =
      walk->side == LIMEN_SIDE_LOW ||
      (walk->side == LIMEN_SIDE_BOTH && walk->mean - walk->sorted[walk->left] == unusual);
  if (is_low)
    walk->left++;
  else
    walk->right--;
}

/* Returns: how many are as unusual */
static guint
pop_all (Walk *walk, double unusual)
{
  guint n = 0;
  for (; peek (walk) == unusual; n++)
    pop (walk, unusual);
  return n;
}

/* A number in [@next, @last): all that is as unusual as @last, or more, is flagged by it, and
 * nothing else. Either is NaN where there is none. Infinite: there is no such number. */
static double
between (double last, double next, LimenSide side, double mean)
{
  if (isnan (last)) /* nothing is to be flagged; lines about a mean are rounded twice */
    return side == LIMEN_SIDE_BOTH ? next + 8 * DBL_EPSILON * (next + fabs (mean)) : next;
  if (isnan (next)) /* everything is */
    next = side == LIMEN_SIDE_BOTH ? 0 : nextafter (last, -INFINITY);
  if (!(last > next))
    return -INFINITY;
  double middle = last / 2 + next / 2;
  if (isfinite (middle) && middle < last)
    return middle;
  return isfinite (next) ? next : isfinite (last) ? nextafter (last, -INFINITY) : 0;
}

static double
threshold_of (double unusual, LimenSide side, double mean)
{
  switch (side) {
  case LIMEN_SIDE_LOW:
    return -unusual;
  case LIMEN_SIDE_HIGH:
    return unusual;
  default:
    return mean - unusual;
  }
}

/* --- Points --- */

/* Whether a rate moved too far for the points between to be left away. */
static gboolean
moved (guint from, guint to, guint n)
{
  double step = to - (double)from, lacks = n - (double)to;
  return step > 0 &&
         (step > STEP * n || step > RATIO * fmax (from, 1) || step > RATIO * fmax (lacks, 1));
}

static void
add_point (LimenCurve *curve, GArray *points, double unusual, guint k1, guint k2)
{
  LimenCurvePoint point = {threshold_of (unusual, curve->side, curve->mean), k1, k2};
  guint at1, at2;
  /* a threshold is rounded, about a mean twice: what it flags then is counted */
  if (isfinite (point.threshold) && limen_curve_at (curve, point.threshold, &at1, &at2)) {
    point.k1 = at1;
    point.k2 = at2;
  }
  const LimenCurvePoint *last =
      points->len ? &g_array_index (points, LimenCurvePoint, points->len - 1) : NULL;
  if (!last || point.k1 > last->k1 || point.k2 > last->k2)
    g_array_append_val (points, point);
}

/** Candidate: a point that is left away until the next one shows whether it is needed */
typedef struct {
  double unusual;
  guint k1, k2;
} Candidate;

/* One pass over both sets. The area is counted in halves of pairs, so that ties stay whole numbers
 * (exact for sets of up to 2^31 images). */
static GArray *
collect (LimenCurve *curve)
{
  GArray *points = g_array_new (FALSE, FALSE, sizeof (LimenCurvePoint));
  Walk normal = walk_of (curve->normal, curve->side, curve->mean);
  Walk anomaly = walk_of (curve->anomaly, curve->side, curve->mean);
  double next = fmax (peek (&normal), peek (&anomaly));
  guint64 halves = 0;
  Candidate last = {between (NAN, next, curve->side, curve->mean), 0, 0}, kept = last;
  add_point (curve, points, last.unusual, 0, 0);
  while (!isnan (next)) {
    double here = next;
    guint of1 = pop_all (&normal, here), of2 = pop_all (&anomaly, here);
    next = fmax (peek (&normal), peek (&anomaly));
    halves += of1 * (2 * (guint64)last.k2 + of2);
    Candidate now = {between (here, next, curve->side, curve->mean), last.k1 + of1, last.k2 + of2};
    if (moved (kept.k1, now.k1, curve->n1) || moved (kept.k2, now.k2, curve->n2)) {
      if (last.k1 + last.k2 > kept.k1 + kept.k2)
        add_point (curve, points, last.unusual, last.k1, last.k2);
      kept = last;
    }
    last = now;
  }
  add_point (curve, points, last.unusual, last.k1, last.k2);
  curve->auroc = (double)halves / (2.0 * curve->n1 * curve->n2);
  return points;
}

/* Points that follow each other often have the same number of one of the sets. */
static void
add_bands (LimenCurve *curve)
{
  for (guint i = 0; i < curve->n; i++) {
    LimenCurvePoint *point = &curve->point[i], *last = point - 1;
    const guint k[2] = {point->k1, point->k2}, n[2] = {curve->n1, curve->n2};
    for (int set = 0; set < 2; set++) {
      if (i > 0 && k[set] == (set ? last->k2 : last->k1)) {
        point->low[set] = last->low[set];
        point->high[set] = last->high[set];
      } else
        limen_band (k[set], n[set], LIMEN_CURVE_CONFIDENCE, &point->low[set], &point->high[set]);
    }
  }
}

/* --- The curve --- */

LimenCurve *
limen_curve_new (const LimenDetector *detector)
{
  const LimenScores *normal = detector->normal, *anomaly = detector->anomaly;
  LimenSide side = limen_detector_measure (detector)->side;
  if (!normal || !anomaly || normal->n == 0 || anomaly->n == 0 ||
      (side == LIMEN_SIDE_BOTH && !isfinite (detector->mean)))
    return NULL;
  LimenCurve *curve = g_new0 (LimenCurve, 1);
  g_atomic_ref_count_init (&curve->references);
  curve->normal = limen_scores_ref (detector->normal);
  curve->anomaly = limen_scores_ref (detector->anomaly);
  curve->side = side;
  curve->mean = detector->mean;
  curve->n1 = normal->n;
  curve->n2 = anomaly->n;
  GArray *points = collect (curve);
  curve->n = points->len;
  curve->point = (LimenCurvePoint *)(gpointer)g_array_free (points, FALSE);
  add_bands (curve);
  return curve;
}

LimenCurve *
limen_curve_ref (LimenCurve *curve)
{
  g_atomic_ref_count_inc (&curve->references);
  return curve;
}

void
limen_curve_unref (LimenCurve *curve)
{
  if (!g_atomic_ref_count_dec (&curve->references))
    return;
  limen_scores_unref (curve->normal);
  limen_scores_unref (curve->anomaly);
  g_free (curve->point);
  g_free (curve);
}

gboolean
limen_curve_is_of (const LimenCurve *curve, const LimenDetector *detector)
{
  return curve->normal == detector->normal && curve->anomaly == detector->anomaly &&
         (curve->side != LIMEN_SIDE_BOTH || curve->mean == detector->mean);
}

gboolean
limen_curve_at (const LimenCurve *curve, double threshold, guint *k1, guint *k2)
{
  LimenLines lines = limen_lines_new (curve->side, curve->mean, threshold);
  *k1 = limen_lines_n_flagged (lines, curve->normal);
  *k2 = limen_lines_n_flagged (lines, curve->anomaly);
  return !isnan (threshold);
}

/* --- Steps --- */

/* The first point that flags as many as @flagged, or more */
static guint
index_of (const LimenCurve *curve, guint64 flagged)
{
  guint low = 0, high = curve->n - 1;
  while (low < high) {
    guint middle = low + (high - low) / 2;
    if ((guint64)curve->point[middle].k1 + curve->point[middle].k2 < flagged)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

guint
limen_curve_index (const LimenCurve *curve, double threshold)
{
  guint k1, k2;
  limen_curve_at (curve, threshold, &k1, &k2);
  return index_of (curve, (guint64)k1 + k2);
}

/* The last or the first point that a number leads to */
static guint
furthest (const LimenCurve *curve, gboolean most)
{
  guint i = most ? curve->n - 1 : 0, other = most ? 0 : curve->n - 1;
  while (i != other && !isfinite (curve->point[i].threshold))
    i = most ? i - 1 : i + 1;
  return i;
}

double
limen_curve_step (const LimenCurve *curve, double threshold, int by)
{
  guint k1, k2, first = furthest (curve, FALSE), last = furthest (curve, TRUE);
  limen_curve_at (curve, threshold, &k1, &k2);
  guint64 flagged = (guint64)k1 + k2;
  guint at = index_of (curve, flagged);
  gboolean is_on = (guint64)curve->point[at].k1 + curve->point[at].k2 == flagged;
  gint64 to = (gint64)at + by - (by > 0 && !is_on); /* else the next is one step further already */
  const LimenCurvePoint *point = &curve->point[CLAMP (to, (gint64)first, (gint64)last)];
  guint64 there = (guint64)point->k1 + point->k2;
  gboolean comes_nearer = by > 0 ? there > flagged : by < 0 && there < flagged;
  return comes_nearer && isfinite (point->threshold) ? point->threshold : threshold;
}

/* --- Numbers --- */

double
limen_curve_precision (double share, double type_1, double hits)
{
  double right = share * hits, wrong = (1 - share) * type_1;
  return right + wrong > 0 ? right / (right + wrong) : NAN;
}

double
limen_probit (double probability)
{
  if (!(probability > 0 && probability < 1))
    return probability <= 0 ? -INFINITY : probability >= 1 ? INFINITY : NAN;
  return gsl_cdf_ugaussian_Pinv (probability);
}

double
limen_probit_inverse (double deviate)
{
  return gsl_cdf_ugaussian_P (deviate);
}
