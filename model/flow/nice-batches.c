#include "model/flow/nice-batches.h"
#include "model/base/random.h"

#include <math.h>
#include <stdlib.h>

/* Images that one task fills in: their columns share cache lines. */
#define TILE 16
/* Pixels that the first log-scales are estimated from, at most. */
#define MAX_MEASURED (1 << 25)

LimenNiceBatches *
limen_nice_batches_new (LimenImageSet *set, double held_out, guint size, guint64 seed)
{
  LimenNiceBatches *batches = g_new0 (LimenNiceBatches, 1);
  LimenRandom random = limen_random_stream (0, "held-out", 0);
  guint n = limen_image_set_n_images (set);
  batches->set = limen_image_set_ref (set);
  batches->dimension = limen_image_set_width (set) * limen_image_set_height (set);
  batches->n_held_out = MIN ((guint)lround (held_out * n), n - 1);
  batches->n_train = n - batches->n_held_out;
  batches->size = MIN (size, batches->n_train);
  batches->seed = seed;
  batches->image = g_new (guint32, n);
  for (guint i = 0; i < n; i++)
    batches->image[i] = i;
  limen_random_shuffle (&random, batches->image, n);
  return batches;
}

void
limen_nice_batches_free (LimenNiceBatches *batches)
{
  limen_image_set_unref (batches->set);
  g_free (batches->image);
  g_free (batches);
}

guint
limen_nice_batches_per_epoch (const LimenNiceBatches *batches)
{
  return batches->n_train / batches->size;
}

static int
compare_images (const void *a, const void *b)
{
  guint32 x = *(const guint32 *)a, y = *(const guint32 *)b;
  return (x > y) - (x < y);
}

void
limen_nice_batches_shuffle (LimenNiceBatches *batches, guint epoch)
{
  LimenRandom random = limen_random_stream (batches->seed, "order", epoch);
  guint32 *first = batches->image + batches->n_held_out;
  qsort (first, batches->n_train, sizeof *first, compare_images);
  limen_random_shuffle (&random, first, batches->n_train);
}

typedef struct {
  const LimenNiceBatches *batches;
  guint first, n;
  guint64 seed, epoch;
  const char *noise;
  float *const *half;
} Fill;

static void
dequantize (LimenRandom *random, float *row, guint n)
{
  for (guint i = 0; i < n; i++) {
    float u = (float)(limen_random_u32 (random) >> 8) * 0x1p-24f;
    row[i] = (255 * row[i] + u) / 256;
  }
}

static void
fill_tile (guint tile, guint worker, gpointer data)
{
  const Fill *fill = data;
  const LimenNiceBatches *batches = fill->batches;
  guint dimension = batches->dimension, first = tile * TILE, n = MIN (TILE, fill->n - first);
  g_autofree float *rows = g_new (float, (gsize)TILE *dimension);
  for (guint i = 0; i < n; i++) {
    guint32 image = batches->image[fill->first + first + i];
    LimenRandom random = limen_random_stream (fill->seed, fill->noise, fill->epoch << 32 | image);
    limen_image_set_copy_rows (batches->set, image, 1, rows + (gsize)i * dimension);
    dequantize (&random, rows + (gsize)i * dimension, dimension);
  }
  for (guint d = 0; d < dimension; d++) {
    float *columns = fill->half[d % 2] + (gsize)(d / 2) * batches->size + first;
    for (guint i = 0; i < n; i++)
      columns[i] = rows[(gsize)i * dimension + d];
  }
}

void
limen_nice_batches_fill (const LimenNiceBatches *batches, LimenCrew *crew, guint epoch, guint index,
                         float *const half[2])
{
  guint n = batches->size;
  Fill fill = {batches, batches->n_held_out + index * n, n, batches->seed, epoch, "dequantize",
               half};
  limen_crew_run (crew, (n + TILE - 1) / TILE, fill_tile, &fill);
}

guint
limen_nice_batches_fill_held_out (const LimenNiceBatches *batches, LimenCrew *crew, guint first,
                                  float *const half[2])
{
  guint n = MIN (batches->size, batches->n_held_out - first);
  Fill fill = {batches, first, n, 0, 0, "held-out noise", half};
  limen_crew_run (crew, (n + TILE - 1) / TILE, fill_tile, &fill);
  return n;
}

void
limen_nice_batches_log_scales (const LimenNiceBatches *batches, float *out)
{
  guint dimension = batches->dimension,
        n = MAX (1, MIN (batches->n_train, MAX_MEASURED / dimension));
  g_autofree float *row = g_new (float, dimension);
  g_autofree double *sum = g_new0 (double, dimension), *squares = g_new0 (double, dimension);
  for (guint i = 0; i < n; i++) {
    guint32 image = batches->image[batches->n_held_out + i]; /* in random order already */
    limen_image_set_copy_rows (batches->set, image, 1, row);
    for (guint d = 0; d < dimension; d++) {
      double x = 255.0 / 256 * row[d];
      sum[d] += x;
      squares[d] += x * x;
    }
  }
  for (guint d = 0; d < dimension; d++) {
    double mean = sum[d] / n, variance = MAX (squares[d] / n - mean * mean, 0);
    double of_noise = 1.0 / (12 * 256.0 * 256.0);
    out[d] = (float)(-0.5 * log (variance + of_noise));
  }
}
