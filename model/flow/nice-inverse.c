#include "model/flow/nice-inverse.h"
#include "model/base/parallel.h"
#include "model/base/random.h"
#include "model/flow/nice-columns.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MAX_IMAGES (1 << 16)
#define MAX_PIXELS (1 << 30)

/* Either direction */

typedef struct {
  const LimenNice *nice;
  const float *from;
  float *to;
  guint n;
  gboolean back;
  LimenNiceColumns *worker;
} Job;

static void
run_batch (guint batch, guint worker_index, gpointer data)
{
  const Job *job = data;
  LimenNiceColumns *worker = &job->worker[worker_index];
  guint dimension = job->nice->shape.dimension, first = batch * LIMEN_BATCH_IMAGES;
  guint n = MIN (LIMEN_BATCH_IMAGES, job->n - first);
  gsize offset = (gsize)first * dimension, size = (gsize)n * dimension * sizeof (float);
  memcpy (worker->rows, job->from + offset, size);
  if (job->back)
    limen_nice_columns_scale (worker, job->nice, n, TRUE);
  limen_nice_columns_split (worker, dimension, n);
  limen_nice_columns_run (worker, job->nice, n, job->back);
  limen_nice_columns_join (worker, dimension, n);
  if (!job->back)
    limen_nice_columns_scale (worker, job->nice, n, FALSE);
  memcpy (job->to + offset, worker->rows, size);
}

static gboolean
run (Job *job, GCancellable *cancellable, GError **error)
{
  job->worker = limen_nice_columns_new (job->nice->shape);
  gboolean ok = limen_parallel ((job->n + LIMEN_BATCH_IMAGES - 1) / LIMEN_BATCH_IMAGES, run_batch,
                                job, &(LimenRun){.cancellable = cancellable}, error);
  limen_nice_columns_free (job->worker);
  return ok;
}

gboolean
limen_nice_to_latent (const LimenNice *nice, const float *x, guint n, float *z,
                      GCancellable *cancellable, GError **error)
{
  Job job = {nice, x, z, n, FALSE, NULL};
  return run (&job, cancellable, error);
}

gboolean
limen_nice_from_latent (const LimenNice *nice, const float *z, guint n, float *x,
                        GCancellable *cancellable, GError **error)
{
  Job job = {nice, z, x, n, TRUE, NULL};
  return run (&job, cancellable, error);
}

/* Images */

static gboolean
check_count (const LimenNice *nice, guint n, guint least, GError **error)
{
  guint64 n_pixels = (guint64)n * nice->shape.dimension;
  if (n >= least && n <= MAX_IMAGES && n_pixels <= MAX_PIXELS)
    return TRUE;
  return limen_fail (error, LIMEN_ERROR_ARGUMENT,
                     "%u images of %u pixels can't be made at once; choose between %u and %u.", n,
                     nice->shape.dimension, least,
                     MIN (MAX_IMAGES, MAX_PIXELS / nice->shape.dimension));
}

/* The rectangle of D pixels closest to a square. */
static void
find_size (guint dimension, guint *width, guint *height)
{
  guint h = (guint)sqrt (dimension);
  while (dimension % h != 0)
    h--;
  *height = h;
  *width = dimension / h;
}

static guint8
pixel_from_float (float x)
{
  return x > 0 ? (guint8)MIN (256 * x, 255) : 0; /* NaN, of a broken flow, is black */
}

/* @z: (n, D): is overwritten. Its images, or NULL when cancelled. */
static LimenImageSet *
decode (const LimenNice *nice, const char *name, float *z, guint n, GCancellable *cancellable,
        GError **error)
{
  gsize n_pixels = (gsize)n * nice->shape.dimension;
  guint width, height;
  if (!limen_nice_from_latent (nice, z, n, z, cancellable, error))
    return NULL;
  g_autofree guint8 *pixels = g_new (guint8, n_pixels);
  for (gsize i = 0; i < n_pixels; i++)
    pixels[i] = pixel_from_float (z[i]);
  find_size (nice->shape.dimension, &width, &height);
  return limen_image_set_new_from_u8 (name, pixels, n, width, height);
}

/* The standard logistic distribution has the quantiles log(u/(1 − u)). */
static void
draw_latent (guint64 seed, guint index, double temperature, guint dimension, float *z)
{
  LimenRandom random = limen_random_stream (seed, "sample", index);
  for (guint d = 0; d < dimension; d++) {
    double u = (limen_random_u32 (&random) + 0.5) * 0x1p-32; /* neither 0 nor 1 */
    z[d] = (float)(temperature * (log (u) - log1p (-u)));
  }
}

LimenImageSet *
limen_nice_sample (const LimenNice *nice, guint n, guint64 seed, double temperature,
                   GCancellable *cancellable, GError **error)
{
  guint dimension = nice->shape.dimension;
  if (!check_count (nice, n, 1, error))
    return NULL;
  float *z = limen_floats_new ((gsize)n * dimension);
  for (guint i = 0; i < n; i++)
    draw_latent (seed, i, temperature, dimension, z + (gsize)i * dimension);
  LimenImageSet *set = decode (nice, "samples", z, n, cancellable, error);
  free (z);
  return set;
}

static gboolean
check_pixels (const LimenNice *nice, const LimenImageSet *set, GError **error)
{
  guint width = limen_image_set_width (set), height = limen_image_set_height (set);
  if ((guint64)width * height == nice->shape.dimension)
    return TRUE;
  return limen_fail (
      error, LIMEN_ERROR_MISMATCH,
      "%s has images of %u × %u pixels, but the flow makes images of %u pixels; choose "
      "images of its size.",
      limen_image_set_name (set), width, height, nice->shape.dimension);
}

/* In the middle of what dequantization makes of it, so that rounding on the way changes nothing. */
static void
copy_image (const LimenImageSet *set, guint index, guint dimension, float *out)
{
  limen_image_set_copy_rows (set, index, 1, out);
  for (guint d = 0; d < dimension; d++)
    out[d] = (255 * out[d] + 0.5f) / 256;
}

/* @ends: (2, D); @line: (out) (n, D) */
static void
draw_line (const float *ends, guint n, guint dimension, float *line)
{
  for (guint i = 0; i < n; i++) {
    float t = (float)i / (float)(n - 1);
    for (guint d = 0; d < dimension; d++)
      line[(gsize)i * dimension + d] = (1 - t) * ends[d] + t * ends[dimension + d];
  }
}

LimenImageSet *
limen_nice_walk (const LimenNice *nice, const LimenImageSet *start, guint from,
                 const LimenImageSet *goal, guint to, guint n, GCancellable *cancellable,
                 GError **error)
{
  guint dimension = nice->shape.dimension;
  if (!check_count (nice, n, 2, error) || !check_pixels (nice, start, error) ||
      !check_pixels (nice, goal, error))
    return NULL;
  LimenImageSet *set = NULL;
  float *line = limen_floats_new ((gsize)n * dimension);
  float *ends = limen_floats_new (2 * (gsize)dimension);
  copy_image (start, from, dimension, ends);
  copy_image (goal, to, dimension, ends + dimension);
  if (limen_nice_to_latent (nice, ends, 2, ends, cancellable, error)) {
    draw_line (ends, n, dimension, line);
    set = decode (nice, "walk", line, n, cancellable, error);
  }
  free (line);
  free (ends);
  return set;
}
