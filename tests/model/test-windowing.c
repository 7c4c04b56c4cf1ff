/* How photos are cut into windows, in words and in pixels. */
#include "model/windows/window-draw.h"
#include "model/windows/window-set.h"
#include "tests/model/random-vae.h"

#include <string.h>

static void
test_words_are_read (void)
{
  static const struct {
    const char *text;
    guint size, stride;
  } good[] = {{"9x9", 9, 2}, {"9", 9, 2}, {"7,1", 7, 1}, {"64x64,64", 64, 64}};
  static const char *const bad[] = {"",    "x",    "6",     "65",          "9x8",  "9,",
                                    "9,0", "9,65", "-9",    "9.5",         "9 ",   " 9",
                                    "9x",  "9xx9", "9,2,2", "99999999999", "nine", "9x9x9"};
  for (guint i = 0; i < G_N_ELEMENTS (good); i++) {
    g_autoptr (GError) error = NULL;
    LimenWindowing windowing = limen_windowing_default ();
    g_assert_true (limen_windowing_parse (good[i].text, &windowing, &error));
    g_assert_cmpuint (windowing.size, ==, good[i].size);
    g_assert_cmpuint (windowing.stride, ==, good[i].stride);
    g_autofree char *text = limen_windowing_text (&windowing);
    LimenWindowing again = limen_windowing_default ();
    g_assert_true (limen_windowing_parse (text, &again, NULL));
    g_assert_cmpuint (again.stride, ==, windowing.stride);
  }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;
    LimenWindowing windowing = limen_windowing_default (), before = windowing;
    g_assert_false (limen_windowing_parse (bad[i], &windowing, &error));
    g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_ARGUMENT);
    g_assert_true (g_str_has_suffix (error->message, "."));
    g_assert_cmpmem (&windowing, sizeof windowing, &before, sizeof before);
  }
}

static void
test_notes_are_read (void)
{
  LimenWindowing windowing = limen_windowing_default (), read = windowing;
  windowing.size = 12;
  windowing.levels = 3;
  windowing.colour = TRUE;
  g_autofree char *note = limen_windowing_note (&windowing);
  g_assert_true (limen_windowing_of_note (note, &read));
  g_assert_cmpmem (&read, sizeof read, &windowing, sizeof windowing);
  g_assert_false (limen_windowing_of_note ("something else", &read));
  g_assert_cmpmem (&read, sizeof read, &windowing, sizeof windowing);
}

static void
test_windows_are_counted (void)
{
  LimenWindowing windowing = {.size = 9, .stride = 2, .levels = 2, .top_k = 1};
  g_assert_cmpuint (limen_windowing_columns (&windowing, 8), ==, 0);
  g_assert_cmpuint (limen_windowing_columns (&windowing, 9), ==, 1);
  g_assert_cmpuint (limen_windowing_columns (&windowing, 640), ==, 316);
  windowing.stride = 5;
  g_assert_cmpuint (limen_windowing_columns (&windowing, 22), ==, 3);
  g_assert_cmpuint (limen_windowing_origin (&windowing, 22), ==, 1); /* 3 are left over */
  g_assert_cmpuint (limen_windowing_n_windows (&windowing, 22, 19), ==, 3 * 3 + 1 * 1);
  g_assert_cmpuint (limen_windowing_n_windows (&windowing, 17, 19), ==, 2 * 3);
}

static void
test_a_window_is_its_pixels (void)
{
  LimenWindowing windowing = {.size = 7, .stride = 1, .levels = 1, .colour = TRUE, .top_k = 1};
  g_autoptr (LimenPhoto) photo = limen_photo_new ("x", 11, 10, 3, NULL);
  float out[7 * 7 * 3];
  for (guint i = 0; i < 11 * 10 * 3; i++)
    photo->pixels[i] = (float)i / 330;
  limen_windowing_copy (&windowing, photo, 4, 3, out);
  for (guint y = 0; y < 7; y++)
    for (guint x = 0; x < 7; x++)
      for (guint c = 0; c < 3; c++)
        g_assert_cmpfloat (out[(y * 7 + x) * 3 + c], ==,
                           (float)(((y + 3) * 11 + x + 4) * 3 + c) / 330);
}

static void
test_half_is_the_mean_of_four (void)
{
  g_autoptr (LimenPhoto) photo = limen_photo_new ("x", 5, 4, 1, NULL);
  for (guint i = 0; i < 20; i++)
    photo->pixels[i] = (float)i / 32;
  g_autoptr (LimenPhoto) half = limen_windowing_halved (photo, NULL);
  g_assert_cmpuint (half->width, ==, 2);
  g_assert_cmpuint (half->height, ==, 2);
  g_assert_cmpfloat (half->pixels[3], ==, (12.f + 13 + 17 + 18) / 4 / 32);
}

/* Every place of every photo is as likely: here each pixel of a photo is its own number. */
static void
test_draws_are_even (void)
{
  enum { N = 9000, SIDE = 10, PLACES = 16 };
  LimenWindowing windowing = {.size = 7, .stride = 1, .levels = 1, .top_k = 1};
  guint8 pixels[2 * SIDE * SIDE];
  guint count[2 * PLACES] = {0};
  for (guint i = 0; i < sizeof pixels; i++)
    pixels[i] = (guint8)i;
  g_autoptr (LimenImageSet) set = limen_image_set_new_from_u8 ("x", pixels, 2, SIDE, SIDE);
  g_autoptr (LimenPhotos) photos = limen_photos_new_of_set (set);
  LimenWindowDraw draw = {0};
  g_assert_true (limen_window_draw (&windowing, photos, N, 3, &draw, NULL, NULL));
  for (guint i = 0; i < N; i++) {
    guint first = (guint)lround (draw.x[i * 49] * 255), place = first % 100;
    g_assert_cmpfloat (fabs (draw.place[2 * i] - (place % SIDE + 3.5) / SIDE), <, 1e-6);
    g_assert_cmpuint (lround (draw.x[i * 49 + 48] * 255), ==, first + 66);
    count[first / 100 * PLACES + place / SIDE * 4 + place % SIDE]++;
  }
  for (guint i = 0; i < 2 * PLACES; i++) /* five standard deviations of a fair draw */
    g_assert_cmpfloat (fabs (count[i] - N / 32.0), <, 5 * sqrt (N / 32.0));
  limen_window_draw_clear (&draw);
}

static void
test_a_small_photo_is_named (void)
{
  LimenWindowing windowing = {.size = 9, .stride = 2, .levels = 1, .top_k = 1};
  g_autoptr (LimenImageSet) set = random_images (2, 8, 20, 1);
  g_autoptr (LimenPhotos) photos = limen_photos_new_of_set (set);
  g_autoptr (GError) error = NULL;
  LimenWindowDraw draw = {0};
  g_assert_false (limen_window_draw (&windowing, photos, 10, 3, &draw, NULL, &error));
  g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_MISMATCH);
  g_autofree char *name = limen_photos_photo_name (photos, 0);
  g_assert_nonnull (strstr (error->message, name));
  g_assert_nonnull (strstr (error->message, "8 × 20"));
}

static void
test_odd_windows_lose_a_pixel (void)
{
  LimenWindowing windowing = {.size = 9, .stride = 2, .levels = 2, .top_k = 1};
  g_autoptr (LimenImageSet) set = random_images (3, 30, 24, 1);
  g_autoptr (LimenPhotos) photos = limen_photos_new_of_set (set);
  g_autoptr (LimenImageSet) windows = limen_window_set_new (&windowing, photos, 0, NULL, NULL);
  g_assert_cmpuint (limen_image_set_width (windows), ==, 80);
  g_assert_cmpuint (limen_image_set_height (windows), ==, 1);
  g_assert_cmpuint (limen_image_set_n_images (windows), ==, LIMEN_WINDOW_SET_MOST);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/windowing/words-are-read", test_words_are_read);
  g_test_add_func ("/windowing/notes-are-read", test_notes_are_read);
  g_test_add_func ("/windowing/windows-are-counted", test_windows_are_counted);
  g_test_add_func ("/windowing/a-window-is-its-pixels", test_a_window_is_its_pixels);
  g_test_add_func ("/windowing/half-is-the-mean-of-four", test_half_is_the_mean_of_four);
  g_test_add_func ("/windowing/draws-are-even", test_draws_are_even);
  g_test_add_func ("/windowing/a-small-photo-is-named", test_a_small_photo_is_named);
  g_test_add_func ("/windowing/odd-windows-lose-a-pixel", test_odd_windows_lose_a_pixel);
  return g_test_run ();
}
