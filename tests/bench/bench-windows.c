/* The map of a photo of 640 × 640 pixels by windows of 9 × 9, one every 2: by the flow that
 * limen train --windows makes without another word, by the nearest window, and by mean and
 * covariance. */
#include "model/base/random.h"
#include "model/windows/window-map.h"
#include "tests/model/cpu-time.h"
#include "tests/model/random-nice.h"

#include <stdio.h>

enum { SIDE = 640, N = 4 };

/* Noise, in which no two windows are alike */
static LimenImageSet *
noise (guint64 seed)
{
  LimenRandom random = limen_random_stream (seed, "noise", 0);
  g_autofree guint8 *pixels = g_malloc (N * SIDE * SIDE);
  for (guint i = 0; i < N * SIDE * SIDE; i++)
    pixels[i] = (guint8)(limen_random_u32 (&random) >> 24);
  return limen_image_set_new_from_u8 ("noise", pixels, N, SIDE, SIDE);
}

static void
tell (const char *name, const LimenWindowModel *model, const LimenPhotos *photos)
{
  double best = INFINITY, least = INFINITY;
  for (guint i = 0; i < 3; i++) {
    g_autoptr (LimenPhoto) photo = limen_photos_get (photos, i, NULL, NULL);
    gint64 start = g_get_monotonic_time ();
    double before = cpu_seconds ();
    g_autoptr (LimenWindowMap) map = limen_window_map_new (model, photo, NULL, NULL);
    g_assert_nonnull (map);
    best = MIN (best, (double)(g_get_monotonic_time () - start) * 1e-6);
    least = MIN (least, cpu_seconds () - before);
  }
  printf ("%s: %.3f s, %.3f s of all processors\n", name, best, least);
}

int
main (void)
{
  setbuf (stdout, NULL);
  LimenWindowing windowing = {.size = 9, .stride = 2, .levels = 1, .top_k = 1};
  g_autoptr (LimenImageSet) set = noise (1), others = noise (2);
  g_autoptr (LimenPhotos) fit = limen_photos_new_of_set (set);
  g_autoptr (LimenPhotos) photos = limen_photos_new_of_set (others);
  LimenNiceShape shape = {80, 64, 2, 4};
  g_autoptr (LimenNice) nice = random_nice (shape, 1);
  g_autoptr (LimenWindowModel) flow = limen_window_model_new_flow (nice, &windowing, NULL);
  tell ("flow of 64 × 2, 4 couplings", flow, photos);
  for (guint i = 0; i <= LIMEN_WINDOW_MAHALANOBIS; i++) { /* the slow one last */
    LimenWindowKind kind = LIMEN_WINDOW_MAHALANOBIS - i;
    gint64 start = g_get_monotonic_time ();
    g_autoptr (LimenWindowModel) model =
        limen_window_model_new (kind, &windowing, fit, 0, NULL, NULL);
    printf ("%s, fitted: %.3f s\n", limen_window_kind_name (kind),
            (double)(g_get_monotonic_time () - start) * 1e-6);
    tell (limen_window_kind_name (kind), model, photos);
  }
  return 0;
}
