#include "ui/study/detector/normal-windows.h"

#define SEED  0  /* of the windows that are drawn */
#define SMALL 64 /* pixels: smaller pictures have a window at every pixel */

/* @from: (nullable); @photos: (nullable) and @model: (2) (nullable elements): once they were asked
 * for, under @lock */
struct LimenNormalWindows {
  gatomicrefcount references;
  LimenImageSet *normal;
  LimenOrigin *from;
  GMutex lock;
  LimenPhotos *photos;
  LimenWindowModel *model[2];
};

LimenNormalWindows *
limen_normal_windows_new (LimenImageSet *normal, LimenOrigin *from)
{
  g_return_val_if_fail (normal != NULL, NULL);
  LimenNormalWindows *windows = g_new0 (LimenNormalWindows, 1);
  g_atomic_ref_count_init (&windows->references);
  g_mutex_init (&windows->lock);
  windows->normal = limen_image_set_ref (normal);
  windows->from = limen_origin_ref (from);
  return windows;
}

LimenNormalWindows *
limen_normal_windows_ref (LimenNormalWindows *windows)
{
  g_return_val_if_fail (windows != NULL, NULL);
  g_atomic_ref_count_inc (&windows->references);
  return windows;
}

void
limen_normal_windows_unref (LimenNormalWindows *windows)
{
  g_return_if_fail (windows != NULL);
  if (!g_atomic_ref_count_dec (&windows->references))
    return;
  g_clear_pointer (&windows->photos, limen_photos_unref);
  for (guint i = 0; i < 2; i++)
    g_clear_pointer (&windows->model[i], limen_window_model_unref);
  limen_image_set_unref (windows->normal);
  limen_origin_unref (windows->from);
  g_mutex_clear (&windows->lock);
  g_free (windows);
}

LimenImageSet *
limen_normal_windows_set (LimenNormalWindows *windows)
{
  g_return_val_if_fail (windows != NULL, NULL);
  return windows->normal;
}

/* Whether their files hold other pictures than the flow sees */
static gboolean
are_read (const LimenNormalWindows *windows)
{
  return windows->from && windows->from->paths[0] &&
         limen_image_set_n_resampled (windows->normal) > 0;
}

static gboolean
need_photos (LimenNormalWindows *windows, const LimenRun *run, GError **error)
{
  if (windows->photos)
    return TRUE;
  if (!are_read (windows)) {
    windows->photos = limen_photos_new_of_set (windows->normal);
    return TRUE;
  }
  const LimenPhotosOptions options = {.max_photos = LIMEN_NORMAL_WINDOWS_MOST,
                                      .reading = windows->from->reading,
                                      .inverted = windows->from->inverted};
  g_autoptr (GPtrArray) problems = limen_problems_new (); /* were told when the set was read */
  windows->photos =
      limen_photos_load ((const char *const *)windows->from->paths, &options, problems, run, error);
  return windows->photos != NULL;
}

/* The photos with even or odd numbers; all where there is one alone */
static LimenPhotos *
half_of (LimenPhotos *photos, guint which)
{
  guint n = limen_photos_n (photos), kept = 0;
  g_autofree guint *index = g_new (guint, n);
  for (guint i = which; i < n; i += 2)
    index[kept++] = i;
  return kept > 0 ? limen_photos_some (photos, index, kept) : limen_photos_ref (photos);
}

static LimenWindowing
windowing_of (const LimenPhotos *photos)
{
  LimenWindowing windowing = limen_windowing_default ();
  guint least = G_MAXUINT;
  for (guint i = 0; i < limen_photos_n (photos); i++)
    least = MIN (least, MIN (limen_photos_width (photos, i), limen_photos_height (photos, i)));
  windowing.size = CLAMP (least, LIMEN_WINDOW_LEAST, windowing.size);
  if (least < SMALL)
    windowing.stride = 1;
  return windowing;
}

/* Which half it is in: 0 or 1; of neither 1, so that it is compared with the first */
static guint
half_with (const LimenPhotos *photos, const char *name)
{
  for (guint i = 0; i < limen_photos_n (photos); i++) {
    g_autofree char *one = limen_photos_photo_name (photos, i);
    if (g_str_equal (one, name))
      return i % 2;
  }
  return 1;
}

LimenWindowModel *
limen_normal_windows_model (LimenNormalWindows *windows, const char *name, const LimenRun *run,
                            GError **error)
{
  g_return_val_if_fail (windows != NULL && name != NULL, NULL);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&windows->lock);
  if (!need_photos (windows, run, error))
    return NULL;
  guint half = 1 - half_with (windows->photos, name);
  if (!windows->model[half]) {
    LimenWindowing windowing = windowing_of (windows->photos);
    g_autoptr (LimenPhotos) photos = half_of (windows->photos, half);
    windows->model[half] =
        limen_window_model_new (LIMEN_WINDOW_NEAREST, &windowing, photos, SEED, run, error);
  }
  return windows->model[half] ? limen_window_model_ref (windows->model[half]) : NULL;
}

LimenPhoto *
limen_normal_windows_photo (LimenNormalWindows *windows, LimenImageSet *set, guint index,
                            const char *file, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (windows != NULL && set != NULL, NULL);
  if (file && are_read (windows) && !windows->from->inverted)
    return limen_photo_load (file, FALSE, &windows->from->reading, cancellable, error);
  g_autoptr (LimenPhotos) seen = limen_photos_new_of_set (set);
  return limen_photos_get (seen, index, cancellable, error);
}
