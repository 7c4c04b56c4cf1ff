#include "model/windows/window-draw.h"
#include "model/base/matrix.h"
#include "model/base/parallel.h"
#include "model/base/random.h"

#include <stdlib.h>
#include <unistd.h>

/* @first: (levels, n_photos + 1): the number of each photo's first window, of each scale
 * @failed: (nullable): of photo @failed_at, the first that could not be read; under @lock */
typedef struct {
  const LimenWindowing *windowing;
  const LimenPhotos *photos;
  guint64 seed;
  guint32 *first;
  LimenWindowDraw *out;
  GCancellable *cancellable;
  GMutex lock;
  GError *failed;
  guint failed_at;
} Draw;

gboolean
limen_window_check_photo (const LimenWindowing *windowing, const LimenPhotos *photos, guint index,
                          GError **error)
{
  guint width = limen_photos_width (photos, index), height = limen_photos_height (photos, index);
  if (MIN (width, height) >= windowing->size)
    return TRUE;
  g_autofree char *name = limen_photos_photo_name (photos, index);
  g_autofree char *shown = limen_display_name (name);
  return limen_fail (error, LIMEN_ERROR_MISMATCH,
                     "%s has %u × %u pixels, less than a window of %u × %u; choose smaller windows "
                     "or leave it out.",
                     shown, width, height, windowing->size, windowing->size);
}

/* -- which photo gives how many -- */

/* Places of windows in a photo at @level: at every pixel */
static guint64
count_places (const LimenWindowing *windowing, guint level, guint width, guint height)
{
  guint size = windowing->size;
  if (MIN (width >> level, height >> level) < size)
    return 0;
  return (guint64)((width >> level) - size + 1) * ((height >> level) - size + 1);
}

static gboolean
share_level (Draw *draw, guint level, guint n, GError **error)
{
  guint n_photos = limen_photos_n (draw->photos);
  guint32 *first = draw->first + (gsize)level * (n_photos + 1);
  g_autofree guint64 *before = g_new (guint64, n_photos + 1);
  before[0] = 0;
  for (guint i = 0; i < n_photos; i++)
    before[i + 1] =
        before[i] + count_places (draw->windowing, level, limen_photos_width (draw->photos, i),
                                  limen_photos_height (draw->photos, i));
  guint64 all = before[n_photos];
  for (guint i = 0; i <= n_photos; i++)
    first[i] = all > 0 ? (guint32)((double)before[i] / (double)all * n + 0.5) : 0;
  return all > 0 ||
         limen_fail (error, LIMEN_ERROR_MISMATCH,
                     "No photo of %s holds a window of %u × %u pixels at scale %u of %u; choose "
                     "smaller windows or fewer scales.",
                     limen_photos_name (draw->photos), draw->windowing->size, draw->windowing->size,
                     level + 1, draw->windowing->levels);
}

static gboolean
share (Draw *draw, guint n, GError **error)
{
  for (guint i = 0; i < limen_photos_n (draw->photos); i++)
    if (!limen_window_check_photo (draw->windowing, draw->photos, i, error))
      return FALSE;
  for (guint level = 0; level < draw->windowing->levels; level++)
    if (!share_level (draw, level, n, error))
      return FALSE;
  return TRUE;
}

/* -- one photo -- */

static void
draw_from_plane (const Draw *draw, const LimenPhoto *plane, guint photo, guint level)
{
  const guint32 *first = draw->first + (gsize)level * (limen_photos_n (draw->photos) + 1);
  LimenWindowDraw *out = &draw->out[level];
  guint size = draw->windowing->size;
  LimenRandom random = limen_random_stream (draw->seed, "windows",
                                            (guint64)photo * LIMEN_WINDOW_MOST_LEVELS + level);
  for (guint i = first[photo]; i < first[photo + 1]; i++) {
    guint x = limen_random_below (&random, plane->width - size + 1);
    guint y = limen_random_below (&random, plane->height - size + 1);
    limen_windowing_copy (draw->windowing, plane, x, y, out->x + (gsize)i * out->dimension);
    out->place[2 * i] = ((float)x + 0.5f * (float)size) / (float)plane->width;
    out->place[2 * i + 1] = ((float)y + 0.5f * (float)size) / (float)plane->height;
  }
}

static gboolean
is_wanted (const Draw *draw, guint photo, guint from_level)
{
  guint n_photos = limen_photos_n (draw->photos);
  for (guint level = from_level; level < draw->windowing->levels; level++) {
    const guint32 *first = draw->first + (gsize)level * (n_photos + 1) + photo;
    if (first[1] > first[0])
      return TRUE;
  }
  return FALSE;
}

static gboolean
draw_from_photo (const Draw *draw, guint photo, GError **error)
{
  if (!is_wanted (draw, photo, 0))
    return TRUE;
  g_autoptr (LimenPhoto) whole = limen_photos_get (draw->photos, photo, draw->cancellable, error);
  g_autoptr (LimenPhoto) plane =
      whole ? limen_windowing_plane (draw->windowing, whole, error) : NULL;
  for (guint level = 0; plane && is_wanted (draw, photo, level); level++) {
    if (level > 0) {
      LimenPhoto *half = limen_windowing_halved (plane, error);
      limen_photo_free (plane);
      plane = half;
    }
    if (plane)
      draw_from_plane (draw, plane, photo, level);
  }
  return plane != NULL;
}

static void
draw_batch (guint photo, guint worker, gpointer data)
{
  Draw *draw = data;
  g_autoptr (GError) error = NULL;
  if (draw_from_photo (draw, photo, &error))
    return;
  g_mutex_lock (&draw->lock);
  if (!draw->failed || photo < draw->failed_at) {
    g_clear_error (&draw->failed);
    draw->failed = g_steal_pointer (&error);
    draw->failed_at = photo;
  }
  g_mutex_unlock (&draw->lock);
}

/* -- all -- */

static gboolean
check_memory (const LimenWindowing *windowing, guint n, GError **error)
{
  double numbers = (double)n * windowing->levels * limen_windowing_dimension (windowing);
  double gigabytes = 2 * sizeof (float) * numbers / 1e9; /* what is kept of them, too */
  double there = (double)sysconf (_SC_PHYS_PAGES) * (double)sysconf (_SC_PAGE_SIZE) / 1e9;
  return gigabytes <= there / 2 ||
         limen_fail (error, LIMEN_ERROR_ARGUMENT,
                     "To learn from %u windows of %u × %u pixels takes about %.1f GB of memory, "
                     "more than half of the %.1f GB of this machine; choose smaller windows.",
                     n, windowing->size, windowing->size, gigabytes, there);
}

gboolean
limen_window_draw (const LimenWindowing *windowing, const LimenPhotos *photos, guint n,
                   guint64 seed, LimenWindowDraw *out, const LimenRun *run, GError **error)
{
  guint n_photos = limen_photos_n (photos), levels = windowing->levels;
  if (!limen_windowing_check (windowing, error) || !check_memory (windowing, n, error))
    return FALSE;
  g_autofree guint32 *first = g_new (guint32, (gsize)levels * (n_photos + 1));
  Draw draw = {windowing, photos, seed, first, out, limen_run_of (run).cancellable};
  if (!share (&draw, n, error))
    return FALSE;
  guint dimension = limen_windowing_dimension (windowing);
  for (guint level = 0; level < levels; level++)
    out[level] = (LimenWindowDraw){n, dimension, limen_floats_new ((gsize)n * dimension),
                                   g_new (float, 2 * (gsize)n)};
  g_mutex_init (&draw.lock);
  gboolean ok = limen_parallel (n_photos, draw_batch, &draw, run, error);
  g_mutex_clear (&draw.lock);
  if (ok && draw.failed)
    g_propagate_error (error, g_steal_pointer (&draw.failed));
  else if (ok)
    return TRUE;
  g_clear_error (&draw.failed);
  for (guint level = 0; level < levels; level++)
    limen_window_draw_clear (&out[level]);
  return FALSE;
}

void
limen_window_draw_clear (LimenWindowDraw *draw)
{
  free (draw->x);
  g_free (draw->place);
  *draw = (LimenWindowDraw){0};
}
