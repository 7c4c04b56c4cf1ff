#include "model/windows/window-set.h"
#include "model/windows/window-draw.h"

#include <math.h>

#define MOST_NUMBERS 64000000 /* of all windows */

static void
copy_pixels (const LimenWindowDraw *draw, guint dimension, guint8 *pixels)
{
  for (gsize i = 0; i < draw->n; i++)
    for (gsize d = 0; d < dimension; d++)
      pixels[i * dimension + d] =
          (guint8)lrintf (CLAMP (draw->x[i * draw->dimension + d], 0, 1) * 255);
}

LimenImageSet *
limen_window_set_new (const LimenWindowing *windowing, const LimenPhotos *photos, guint64 seed,
                      const LimenRun *run, GError **error)
{
  LimenWindowDraw draw[LIMEN_WINDOW_MOST_LEVELS] = {0};
  if (!limen_windowing_check (windowing, error))
    return NULL;
  guint dimension = limen_windowing_dimension (windowing), levels = windowing->levels;
  guint n = MAX (1, MIN (LIMEN_WINDOW_SET_MOST, MOST_NUMBERS / dimension) / levels);
  if (!limen_window_draw (windowing, photos, n, seed, draw, run, error))
    return NULL;
  dimension -= dimension % 2;
  g_autofree guint8 *pixels = g_malloc ((gsize)n * levels * dimension);
  for (guint level = 0; level < levels; level++) {
    copy_pixels (&draw[level], dimension, pixels + (gsize)level * n * dimension);
    limen_window_draw_clear (&draw[level]);
  }
  return limen_image_set_new_from_u8 (limen_photos_name (photos), pixels, n * levels, dimension, 1);
}
