/* Judges of windows beside direct computations in float64, and maps made of them. */
#include "model/flow/nice-rows.h"
#include "model/windows/window-draw.h"
#include "model/windows/window-map.h"
#include "tests/model/near-asserts.h"
#include "tests/model/random-nice.h"
#include "tests/model/random-vae.h"

#include <string.h>

static const LimenWindowing plain = {.size = 7, .stride = 3, .levels = 1, .top_k = 1};

static LimenPhoto *
get (const LimenPhotos *photos, guint i)
{
  LimenPhoto *photo = limen_photos_get (photos, i, NULL, NULL);
  g_assert_nonnull (photo);
  return photo;
}

static LimenWindowModel *
fit (LimenWindowKind kind, const LimenWindowing *windowing, const LimenPhotos *photos)
{
  g_autoptr (GError) error = NULL;
  LimenWindowModel *model = limen_window_model_new (kind, windowing, photos, 7, NULL, &error);
  g_assert_no_error (error);
  return model;
}

static LimenWindowMap *
map_of (const LimenWindowModel *model, const LimenPhoto *photo)
{
  g_autoptr (GError) error = NULL;
  LimenWindowMap *map = limen_window_map_new (model, photo, NULL, &error);
  g_assert_no_error (error);
  return map;
}

/* The distance of the window at @x, @y of @photo to the nearest of all windows of @photos */
static double
plain_nearest (const LimenPhoto *photo, guint x, guint y, const LimenPhotos *photos)
{
  double best = INFINITY;
  for (guint p = 0; p < limen_photos_n (photos); p++) {
    g_autoptr (LimenPhoto) other = get (photos, p);
    for (guint v = 0; v + 7 <= other->height; v++)
      for (guint u = 0; u + 7 <= other->width; u++) {
        double sum = 0;
        for (guint i = 0; i < 49; i++)
          sum += pow ((double)photo->pixels[(y + i / 7) * photo->width + x + i % 7] -
                          other->pixels[(v + i / 7) * other->width + u + i % 7],
                      2);
        best = MIN (best, sum);
      }
  }
  return sqrt (best);
}

/* So few places that all of them are drawn, and kept */
static void
test_nearest_is_exact (void)
{
  g_autoptr (LimenImageSet) set = random_images (3, 20, 18, 1),
                            others = random_images (1, 24, 21, 2);
  g_autoptr (LimenPhotos) photos = limen_photos_new_of_set (set);
  g_autoptr (LimenPhotos) other = limen_photos_new_of_set (others);
  g_autoptr (LimenPhoto) photo = get (other, 0);
  g_autoptr (LimenWindowModel) model = fit (LIMEN_WINDOW_NEAREST, &plain, photos);
  g_autoptr (LimenWindowMap) map = map_of (model, photo);
  g_assert_cmpuint (limen_window_model_n_kept (model), ==, 3 * 14 * 12);
  g_assert_cmpuint (map->columns, ==, 6);
  g_assert_cmpuint (map->rows, ==, 5);
  g_assert_cmpfloat (map->origin_x, ==, 1 + 3.5); /* 2 are left over */
  for (guint row = 0; row < map->rows; row++)
    for (guint column = 0; column < map->columns; column++)
      assert_near (map->value[row * map->columns + column],
                   plain_nearest (photo, 1 + 3 * column, 1 + 3 * row, photos), 1e-5);
}

/* Its own windows are at no distance, to the last bit. */
static void
test_nearest_knows_its_own (void)
{
  g_autoptr (LimenImageSet) set = random_images (3, 20, 18, 1);
  g_autoptr (LimenPhotos) photos = limen_photos_new_of_set (set);
  g_autoptr (LimenPhoto) photo = get (photos, 1);
  g_autoptr (LimenWindowModel) model = fit (LIMEN_WINDOW_NEAREST, &plain, photos);
  g_autoptr (LimenWindowMap) map = map_of (model, photo);
  double low, high;
  limen_window_map_range (map, &low, &high);
  g_assert_cmpfloat (high, ==, 0);
}

/* Solves A·y = b by Gauss and Jordan. @a: (n, n) */
static void
solve (double *a, double *b, guint n)
{
  for (guint i = 0; i < n; i++)
    for (guint r = 0; r < n; r++) {
      if (r == i)
        continue;
      double factor = a[r * n + i] / a[i * n + i];
      for (guint c = i; c < n; c++)
        a[r * n + c] -= factor * a[i * n + c];
      b[r] -= factor * b[i];
    }
  for (guint i = 0; i < n; i++)
    b[i] /= a[i * n + i];
}

/* Mean and covariance over the same windows, shrunk as Ledoit and Wolf say, written out */
static double
plain_mahalanobis (const LimenWindowDraw *draw, const float *window)
{
  enum { D = 49 };
  static double covariance[D * D], square[D * D];
  double mean[D] = {0}, apart[D], solved[D], variance = 0, b = 0, d = 0, sum = 0;
  memset (covariance, 0, sizeof covariance);
  for (guint i = 0; i < draw->n; i++)
    for (guint j = 0; j < D; j++)
      mean[j] += draw->x[i * D + j] / (double)draw->n;
  for (guint i = 0; i < draw->n; i++)
    for (guint j = 0; j < D; j++)
      for (guint k = 0; k < D; k++)
        covariance[j * D + k] +=
            (draw->x[i * D + j] - mean[j]) * (draw->x[i * D + k] - mean[k]) / (double)draw->n;
  for (guint j = 0; j < D; j++)
    variance += covariance[j * D + j] / D;
  for (guint i = 0; i < draw->n; i++) /* b²: how far single windows are from S */
    for (guint j = 0; j < D; j++)
      for (guint k = 0; k < D; k++)
        b += pow ((draw->x[i * D + j] - mean[j]) * (draw->x[i * D + k] - mean[k]) -
                      covariance[j * D + k],
                  2) /
             pow (draw->n, 2);
  for (guint j = 0; j < D * D; j++)
    d += pow (covariance[j] - (j % (D + 1) == 0 ? variance : 0), 2);
  double share = MIN (b / d, 1);
  for (guint j = 0; j < D * D; j++)
    square[j] = (1 - share) * covariance[j] +
                (j % (D + 1) == 0 ? share * variance + 1 / (12 * 255.0 * 255) : 0);
  for (guint j = 0; j < D; j++)
    solved[j] = apart[j] = window[j] - mean[j];
  solve (square, solved, D);
  for (guint j = 0; j < D; j++)
    sum += apart[j] * solved[j];
  return sqrt (sum);
}

/* The draw is that of the model: the same seed, and as many. */
static void
test_mahalanobis_is_that_of_the_covariance (void)
{
  enum { N = 60000 };
  g_autoptr (LimenImageSet) set = random_images (2, 16, 15, 1),
                            others = random_images (1, 16, 15, 2);
  g_autoptr (LimenPhotos) photos = limen_photos_new_of_set (set);
  g_autoptr (LimenPhotos) other = limen_photos_new_of_set (others);
  g_autoptr (LimenPhoto) photo = get (other, 0);
  g_autoptr (LimenWindowModel) model = fit (LIMEN_WINDOW_MAHALANOBIS, &plain, photos);
  g_autoptr (LimenWindowMap) map = map_of (model, photo);
  LimenWindowDraw draw = {0};
  float window[49];
  g_assert_cmpuint (limen_window_model_n_kept (model), ==, N);
  g_assert_true (limen_window_draw (&plain, photos, N, 7, &draw, NULL, NULL));
  for (guint i = 0; i < 3; i++) {
    limen_windowing_copy (&plain, photo, 3 * i, 1 + 3 * i, window);
    double expected = plain_mahalanobis (&draw, window);
    assert_near (map->value[i * map->columns + i], expected, 1e-4 * expected);
  }
  limen_window_draw_clear (&draw);
}

/* Of one grey there is no covariance, and yet another grey is unusual. */
static void
test_mahalanobis_of_one_grey (void)
{
  guint8 pixels[2 * 100];
  memset (pixels, 100, 100);
  memset (pixels + 100, 101, 100);
  g_autoptr (LimenImageSet) set = limen_image_set_new_from_u8 ("x", pixels, 1, 10, 10);
  g_autoptr (LimenImageSet) other = limen_image_set_new_from_u8 ("x", pixels + 100, 1, 10, 10);
  g_autoptr (LimenPhotos) photos = limen_photos_new_of_set (set);
  g_autoptr (LimenPhotos) others = limen_photos_new_of_set (other);
  g_autoptr (LimenPhoto) photo = get (others, 0);
  g_autoptr (LimenWindowModel) model = fit (LIMEN_WINDOW_MAHALANOBIS, &plain, photos);
  g_autoptr (LimenWindowMap) map = map_of (model, photo);
  assert_near (map->value[0], sqrt (49 * 12), 0.01); /* each pixel √12 standard deviations off */
}

/* What the flow says of the same windows as images, to the last bit: of an odd number of pixels
 * the last does not count. */
static void
test_flow_is_that_of_images (void)
{
  LimenNiceShape shape = {48, 20, 2, 3};
  g_autoptr (LimenNice) nice = random_nice (shape, 5);
  g_autoptr (LimenImageSet) set = random_images (1, 40, 43, 1);
  g_autoptr (LimenPhotos) photos = limen_photos_new_of_set (set);
  g_autoptr (LimenPhoto) photo = get (photos, 0);
  g_autoptr (LimenWindowModel) model = limen_window_model_new_flow (nice, &plain, NULL);
  g_autoptr (LimenWindowMap) map = map_of (model, photo);
  guint n = map->columns * map->rows;
  g_autofree guint8 *pixels = g_malloc (n * 48);
  g_autofree double *expected = g_new (double, n);
  guint left = (40 - 7) % 3 / 2, above = (43 - 7) % 3 / 2;
  for (guint i = 0; i < n * 48; i++) {
    guint window = i / 48, x = left + window % map->columns * 3 + i % 48 % 7;
    guint y = above + window / map->columns * 3 + i % 48 / 7;
    pixels[i] = (guint8)lroundf (photo->pixels[y * 40 + x] * 255);
  }
  g_autoptr (LimenImageSet) windows = limen_image_set_new_from_u8 ("w", pixels, n, 48, 1);
  g_assert_true (limen_nice_log_likelihood (nice, windows, expected, NULL, NULL, NULL, NULL));
  for (guint i = 0; i < n; i++)
    g_assert_cmpfloat (map->value[i], ==, (float)-expected[i]);
}

static void
test_flow_of_other_windows_is_refused (void)
{
  LimenNiceShape shape = {48, 20, 2, 3};
  g_autoptr (LimenNice) nice = random_nice (shape, 5);
  LimenWindowing other = plain, placed = plain;
  g_autoptr (GError) error = NULL, places = NULL, noted = NULL;
  other.size = 9;
  placed.positioned = TRUE;
  g_assert_null (limen_window_model_new_flow (nice, &other, &error));
  g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_MISMATCH);
  g_assert_null (limen_window_model_new_flow (nice, &placed, &places));
  g_assert_error (places, LIMEN_ERROR, LIMEN_ERROR_MISMATCH);
  limen_nice_set_windows (nice, "9x9 grey, 1 scale");
  g_assert_null (limen_window_model_new_flow (nice, &plain, &noted));
  g_assert_nonnull (strstr (noted->message, "9 × 9"));
}

/* -- maps -- */

static void
set_threads (const char *n)
{
  g_setenv ("LIMEN_THREADS", n, TRUE);
}

static LimenWindowing
full (void)
{
  return (LimenWindowing){.size = 8, .stride = 2, .levels = 2, .colour = TRUE, .top_k = 5};
}

/* Its numbers depend on the photo alone: not on the number of threads, nor on the photos before. */
static void
test_map_is_the_same_on_any_number_of_threads (void)
{
  for (guint kind = 0; kind <= LIMEN_WINDOW_MAHALANOBIS; kind++)
    for (guint placed = 0; placed < 2; placed++) {
      LimenWindowing windowing = full ();
      windowing.positioned = placed;
      g_autoptr (LimenImageSet) set = random_images (3, 60, 50, 1);
      g_autoptr (LimenPhotos) photos = limen_photos_new_of_set (set);
      g_autoptr (LimenPhoto) photo = get (photos, 2);
      set_threads ("1");
      g_autoptr (LimenWindowModel) one = fit (kind, &windowing, photos);
      g_autoptr (LimenWindowMap) map = map_of (one, photo);
      set_threads ("5");
      g_autoptr (LimenWindowModel) five = fit (kind, &windowing, photos);
      g_autoptr (LimenWindowMap) again = map_of (five, photo);
      g_autoptr (LimenScores) scores =
          limen_window_scores (five, photos, "x", NULL, NULL, NULL, NULL);
      g_assert_cmpuint (map->columns, ==, 27);
      g_assert_cmpmem (map->value, map->columns * map->rows * sizeof (float), again->value,
                       again->columns * again->rows * sizeof (float));
      g_assert_cmpfloat (scores->value[2], ==, limen_window_map_score (map, 5));
      g_unsetenv ("LIMEN_THREADS");
    }
}

static void
check_each (guint index, const LimenWindowMap *map, gpointer data)
{
  guint *next = data;
  g_assert_cmpuint (index, ==, (*next)++);
}

static void
test_score_is_the_largest_of_the_map (void)
{
  g_autoptr (LimenImageSet) set = random_images (70, 20, 20, 1),
                            others = random_images (70, 20, 20, 2);
  g_autoptr (LimenPhotos) photos = limen_photos_new_of_set (set);
  g_autoptr (LimenPhotos) other = limen_photos_new_of_set (others);
  g_autoptr (LimenWindowModel) model = fit (LIMEN_WINDOW_NEAREST, &plain, photos);
  guint next = 0;
  g_autoptr (LimenScores) scores =
      limen_window_scores (model, other, "x", check_each, &next, NULL, NULL);
  g_assert_cmpuint (next, ==, 70);
  g_assert_cmpint (scores->measure->side, ==, LIMEN_SIDE_HIGH);
  for (guint i = 0; i < 70; i++) {
    g_autoptr (LimenPhoto) photo = get (other, i);
    g_autoptr (LimenWindowMap) map = map_of (model, photo);
    double largest = -INFINITY;
    for (guint j = 0; j < map->columns * map->rows; j++)
      largest = MAX (largest, map->value[j]);
    g_assert_cmpfloat (scores->value[i], ==, largest);
    g_assert_cmpfloat (limen_window_map_score (map, 1), ==, largest);
  }
}

static void
test_mean_of_the_largest (void)
{
  float value[] = {3, 1, 4, 1.5f, 9, 2, 6, 5};
  LimenWindowMap map = {4, 2, 20, 12, 3.5, 3.5, 4, 7, value};
  g_assert_cmpfloat (limen_window_map_score (&map, 1), ==, 9);
  g_assert_cmpfloat (limen_window_map_score (&map, 3), ==, (9.0 + 6 + 5) / 3);
  g_assert_cmpfloat (limen_window_map_score (&map, 100), ==, 31.5 / 8);
}

static void
test_resized_map_passes_through_its_values (void)
{
  float value[] = {3, 1, 4, 1.5f, 9, 2, 6, 5};
  LimenWindowMap map = {4, 2, 20, 12, 3.5, 3.5, 4, 7, value};
  float out[20 * 12];
  limen_window_map_resize (&map, 20, 12, out);
  for (guint i = 0; i < 8; i++)
    g_assert_cmpfloat (out[(3 + i / 4 * 4) * 20 + 3 + i % 4 * 4], ==, value[i]);
  g_assert_cmpfloat (out[0], ==, 3); /* beyond the outermost centres */
  g_assert_cmpfloat (out[3 * 20 + 4], ==, 2.5);
  g_assert_cmpfloat (out[5 * 20 + 5], ==, (3 + 1 + 9 + 2) / 4.0);
}

static void
test_cancelled_work_says_so (void)
{
  g_autoptr (LimenImageSet) set = random_images (3, 60, 50, 1);
  g_autoptr (LimenPhotos) photos = limen_photos_new_of_set (set);
  g_autoptr (LimenWindowModel) model = fit (LIMEN_WINDOW_NEAREST, &plain, photos);
  g_autoptr (LimenPhoto) photo = get (photos, 0);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) fitted = NULL, mapped = NULL, scored = NULL;
  const LimenRun run = {.cancellable = cancellable};
  g_cancellable_cancel (cancellable);
  g_assert_null (limen_window_model_new (LIMEN_WINDOW_NEAREST, &plain, photos, 0, &run, &fitted));
  g_assert_error (fitted, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (limen_window_map_new (model, photo, &run, &mapped));
  g_assert_error (mapped, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (limen_window_scores (model, photos, "x", NULL, NULL, &run, &scored));
  g_assert_error (scored, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/window-model/nearest-is-exact", test_nearest_is_exact);
  g_test_add_func ("/window-model/nearest-knows-its-own", test_nearest_knows_its_own);
  g_test_add_func ("/window-model/mahalanobis-is-that-of-the-covariance",
                   test_mahalanobis_is_that_of_the_covariance);
  g_test_add_func ("/window-model/mahalanobis-of-one-grey", test_mahalanobis_of_one_grey);
  g_test_add_func ("/window-model/flow-is-that-of-images", test_flow_is_that_of_images);
  g_test_add_func ("/window-model/flow-of-other-windows-is-refused",
                   test_flow_of_other_windows_is_refused);
  g_test_add_func ("/window-map/same-on-any-number-of-threads",
                   test_map_is_the_same_on_any_number_of_threads);
  g_test_add_func ("/window-map/score-is-the-largest", test_score_is_the_largest_of_the_map);
  g_test_add_func ("/window-map/mean-of-the-largest", test_mean_of_the_largest);
  g_test_add_func ("/window-map/resized-passes-through-its-values",
                   test_resized_map_passes_through_its_values);
  g_test_add_func ("/window-map/cancelled-work-says-so", test_cancelled_work_says_so);
  return g_test_run ();
}
