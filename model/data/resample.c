#include "model/base/parallel.h"
#include "model/data/images.h"

/* One output position along one axis: Σ weights[k] · in[first + k]. */
typedef struct {
  guint first, n;
  const float *weights;
} Tap;

typedef struct {
  guint n;
  Tap *taps;
  float *weights;
} Axis;

typedef struct {
  const LimenImages *from;
  LimenImages *to;
  Axis columns, rows;
  GCancellable *cancellable;
} Fit;

/* Axes */

/* In units of 1/out of an input pixel, output o covers [o·in, (o + 1)·in] and input i [i·out, (i +
 * 1)·out]. */
static guint
area_tap (guint in, guint out, guint o, Tap *tap, float *weights)
{
  guint64 begin = (guint64)o * in, end = begin + in;
  tap->first = (guint)(begin / out);
  tap->n = (guint)((end + out - 1) / out) - tap->first;
  for (guint k = 0; k < tap->n; k++) {
    guint64 left = (guint64)(tap->first + k) * out;
    weights[k] = (float)((double)(MIN (end, left + out) - MAX (begin, left)) / in);
  }
  return tap->n;
}

static guint
linear_tap (guint in, guint out, guint o, Tap *tap, float *weights)
{
  double centre = CLAMP ((o + 0.5) * in / out - 0.5, 0, in - 1);
  tap->first = (guint)centre;
  tap->n = tap->first + 1 < in ? 2 : 1;
  weights[1] = (float)(centre - tap->first);
  weights[0] = 1 - weights[1];
  return tap->n;
}

static Axis
axis_new (guint in, guint out)
{
  gsize n_weights = out > in ? (gsize)out * 2 : (gsize)in + (gsize)out * 2, used = 0;
  Axis axis = {out, g_new (Tap, out), g_new (float, n_weights)};
  for (guint o = 0; o < out; o++) {
    axis.taps[o].weights = axis.weights + used;
    used += (out > in ? linear_tap : area_tap) (in, out, o, &axis.taps[o], axis.weights + used);
  }
  return axis;
}

static void
axis_clear (Axis *axis)
{
  g_free (axis->taps);
  g_free (axis->weights);
}

/* Images */

static const float *
row_as_float (const LimenImages *images, guint image, guint row, float *scratch)
{
  gsize at = ((gsize)image * images->height + row) * images->width;
  const float *table = limen_u8_to_float ();
  if (images->f32)
    return images->f32 + at;
  for (guint x = 0; x < images->width; x++)
    scratch[x] = table[images->u8[at + x]];
  return scratch;
}

static void
add_row (const Axis *columns, const float *in, float weight, float *out)
{
  for (guint x = 0; x < columns->n; x++) {
    const Tap *tap = &columns->taps[x];
    float sum = 0;
    for (guint k = 0; k < tap->n; k++)
      sum += tap->weights[k] * in[tap->first + k];
    out[x] += weight * sum;
  }
}

static void
fit_image (const Fit *fit, guint image, float *scratch)
{
  guint width = fit->to->width, height = fit->to->height;
  float *out = fit->to->f32 + (gsize)image * height * width;
  for (guint y = 0; y < height && !g_cancellable_is_cancelled (fit->cancellable);
       y++, out += width) {
    const Tap *tap = &fit->rows.taps[y];
    for (guint x = 0; x < width; x++)
      out[x] = 0;
    for (guint k = 0; k < tap->n; k++)
      add_row (&fit->columns, row_as_float (fit->from, image, tap->first + k, scratch),
               tap->weights[k], out);
    for (guint x = 0; x < width; x++)
      out[x] = CLAMP (out[x], 0, 1);
  }
}

#define BATCH 64

static void
fit_batch (guint batch, guint worker, gpointer data)
{
  Fit *fit = data;
  g_autofree float *scratch = g_new (float, fit->from->width);
  for (guint i = batch * BATCH; i < MIN ((batch + 1) * BATCH, fit->from->n); i++)
    fit_image (fit, i, scratch);
}

LimenImages *
limen_images_fit (LimenImages *images, guint width, guint height, const char *name,
                  GCancellable *cancellable, GError **error)
{
  g_autoptr (LimenImages) from = images;
  if (from->width == width && from->height == height)
    return g_steal_pointer (&from);
  g_autoptr (LimenImages) to =
      limen_images_new (name, from->n, width, height, LIMEN_PIXELS_F32, error);
  if (!to)
    return NULL;
  Fit fit = {from, to, axis_new (from->width, width), axis_new (from->height, height), cancellable};
  if (from->n == 1)
    fit_batch (0, 0, &fit); /* by a worker of somebody else's crew */
  else
    limen_parallel ((from->n + BATCH - 1) / BATCH, fit_batch, &fit,
                    &(LimenRun){.cancellable = cancellable}, NULL);
  axis_clear (&fit.columns);
  axis_clear (&fit.rows);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  to->read_as = g_steal_pointer (&from->read_as);
  return g_steal_pointer (&to);
}
