#include "model/windows/pixel-measures.h"

#include <math.h>
#include <string.h>

#define KEY_BITS 16 /* of a value, by which its place is looked up first */
#define N_KEYS   (1u << KEY_BITS)

typedef struct {
  float value;
  guint32 region;
} Defect;

/* A value that pixels of defects have. @weight: the sum of 1 / pixels of the defect over them;
 * @n_equal: other pixels of that value; @n_below: other pixels between it and the value before */
typedef struct {
  float value;
  guint64 n, n_equal, n_below;
  double weight;
} Step;

struct LimenPixelTally {
  GArray *defects;                    /* of Defect; until they are sorted */
  GArray *sizes;                      /* of guint64: pixels of each defect */
  guint64 n_defect, n_other, n_above; /* other pixels above all values of defects */
  Step *steps;                        /* (n_steps), ascending; NULL: not yet sorted */
  gsize n_steps;
  gsize *first; /* (N_KEYS + 1): the first step whose key is not less */
};

LimenPixelTally *
limen_pixel_tally_new (void)
{
  LimenPixelTally *tally = g_new0 (LimenPixelTally, 1);
  tally->defects = g_array_new (FALSE, FALSE, sizeof (Defect));
  tally->sizes = g_array_new (FALSE, TRUE, sizeof (guint64));
  return tally;
}

void
limen_pixel_tally_free (LimenPixelTally *tally)
{
  g_array_unref (tally->defects);
  g_array_unref (tally->sizes);
  g_free (tally->steps);
  g_free (tally->first);
  g_free (tally);
}

/* What is no number is the most unusual, and the two zeros are one. */
static float
clean (float value)
{
  return isnan (value) ? INFINITY : value == 0 ? 0 : value;
}

/* Grows with the value: the first bits of a float are its sign and exponent. */
static guint
key_of (float value)
{
  guint32 bits;
  memcpy (&bits, &value, sizeof bits);
  bits = bits >> 31 ? ~bits : bits | 1u << 31;
  return bits >> (32 - KEY_BITS);
}

/* Defects */

void
limen_pixel_tally_add_defects (LimenPixelTally *tally, const float *value, const guint32 *region,
                               gsize n, guint n_regions)
{
  g_return_if_fail (!tally->steps);
  guint first = tally->sizes->len;
  g_array_set_size (tally->sizes, first + n_regions);
  for (gsize i = 0; i < n; i++) {
    if (region[i] == 0)
      continue;
    Defect defect = {clean (value[i]), first + region[i] - 1};
    g_array_append_val (tally->defects, defect);
    g_array_index (tally->sizes, guint64, defect.region)++;
  }
  tally->n_defect = tally->defects->len;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  float x = ((const Defect *)a)->value, y = ((const Defect *)b)->value;
  return (x > y) - (x < y);
}

static void
look_up_keys (LimenPixelTally *tally)
{
  gsize step = 0;
  tally->first = g_new (gsize, N_KEYS + 1);
  for (guint key = 0; key <= N_KEYS; key++) {
    while (step < tally->n_steps && key_of (tally->steps[step].value) < key)
      step++;
    tally->first[key] = step;
  }
}

static void
sort (LimenPixelTally *tally)
{
  if (tally->steps)
    return;
  g_array_sort (tally->defects, compare);
  tally->steps = g_new0 (Step, tally->defects->len + 1);
  for (guint i = 0; i < tally->defects->len; i++) {
    const Defect *defect = &g_array_index (tally->defects, Defect, i);
    if (tally->n_steps == 0 || tally->steps[tally->n_steps - 1].value < defect->value)
      tally->steps[tally->n_steps++].value = defect->value;
    Step *step = &tally->steps[tally->n_steps - 1];
    step->n++;
    step->weight += 1 / (double)g_array_index (tally->sizes, guint64, defect->region);
  }
  g_array_set_size (tally->defects, 0);
  look_up_keys (tally);
}

/* Other pixels */

/* The first step whose value is not less */
static gsize
find_step (const LimenPixelTally *tally, float value)
{
  guint key = key_of (value);
  gsize low = tally->first[key], high = tally->first[key + 1];
  while (low < high) {
    gsize middle = low + (high - low) / 2;
    if (tally->steps[middle].value < value)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

void
limen_pixel_tally_add_others (LimenPixelTally *tally, const float *value, const guint32 *region,
                              gsize n)
{
  sort (tally);
  for (gsize i = 0; i < n; i++) {
    if (region && region[i])
      continue;
    float cleaned = clean (value[i]);
    gsize at = find_step (tally, cleaned);
    tally->n_other++;
    if (at == tally->n_steps)
      tally->n_above++;
    else if (tally->steps[at].value == cleaned)
      tally->steps[at].n_equal++;
    else
      tally->steps[at].n_below++;
  }
}

/* Measures */

static double
auroc_of (const LimenPixelTally *tally)
{
  double below = 0, pairs = 0;
  for (gsize i = 0; i < tally->n_steps; i++) {
    const Step *step = &tally->steps[i];
    below += (double)step->n_below;
    pairs += (double)step->n * (below + (double)step->n_equal / 2);
    below += (double)step->n_equal;
  }
  return pairs / ((double)tally->n_defect * (double)tally->n_other);
}

/* The curve on its way, from the highest threshold down: x: false positives, y: overlap */
typedef struct {
  double x, y, area;
} Curve;

/* A straight piece, of which what lies beyond the limit does not count */
static void
go (Curve *curve, double dx, double dy)
{
  double room = MAX (LIMEN_PRO_LIMIT - curve->x, 0), part = dx <= room ? 1 : room / dx;
  curve->area += dx * part * (curve->y + dy * part / 2);
  curve->x += dx;
  curve->y += dy;
}

static double
aupro_of (const LimenPixelTally *tally)
{
  double n = (double)tally->n_other, n_regions = tally->sizes->len;
  Curve curve = {0};
  go (&curve, (double)tally->n_above / n, 0);
  for (gsize i = tally->n_steps; i-- > 0 && curve.x < LIMEN_PRO_LIMIT;) {
    const Step *step = &tally->steps[i];
    go (&curve, (double)step->n_equal / n, step->weight / n_regions);
    go (&curve, (double)step->n_below / n, 0);
  }
  return curve.area / LIMEN_PRO_LIMIT;
}

LimenPixelMeasures
limen_pixel_tally_measures (LimenPixelTally *tally)
{
  sort (tally);
  gboolean both = tally->n_defect > 0 && tally->n_other > 0;
  return (LimenPixelMeasures){both ? auroc_of (tally) : NAN, both ? aupro_of (tally) : NAN,
                              tally->n_defect, tally->n_other, tally->sizes->len};
}
