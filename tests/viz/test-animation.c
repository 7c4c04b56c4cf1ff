/* Pictures that move: what is written is what was drawn, no larger than allowed, whole or not at
 * all.
 */
#include "viz/kit/animation-private.h"

#include <gif_lib.h>
#include <glib/gstdio.h>
#include <string.h>

#define WIDTH  64
#define HEIGHT 48
#define FRAMES 5

/* A square that goes right over a ground of few colours; of @data, noise that nothing packs */
static void
draw_square (cairo_t *cr, double width, double height, guint index, gpointer data)
{
  cairo_set_source_rgb (cr, 0.2, 0.4, 0.8);
  cairo_paint (cr);
  for (int i = 0; data && i < width * height; i++) {
    guint32 noise = (guint32)(i + 7919 * (int)index) * 2654435761u;
    cairo_set_source_rgb (cr, (noise >> 24) / 255.0, (noise >> 16 & 255) / 255.0, 0);
    cairo_rectangle (cr, i % (int)width, i / (int)width, 1, 1);
    cairo_fill (cr);
  }
  cairo_set_source_rgb (cr, 1, 0.6, 0);
  cairo_rectangle (cr, 8.0 * index, 10, 8, 8);
  cairo_fill (cr);
}

static LimenAnimation
animation_of (LimenAnimationFormat format)
{
  static const char *const text[] = {"Title", "a square", "Method", "ρ = 1", NULL};
  return (LimenAnimation){.format = format,
                          .width = WIDTH,
                          .height = HEIGHT,
                          .n_frames = FRAMES,
                          .milliseconds = 80,
                          .draw = draw_square,
                          .text = text};
}

static char *
path_of (const char *name)
{
  g_autofree char *folder = g_dir_make_tmp ("limen-animation-XXXXXX", NULL);
  return g_build_filename (folder, name, NULL);
}

static void
remove_file (char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_unlink (path);
  g_rmdir (folder);
  g_free (path);
}

static gsize
size_of (const char *path)
{
  GStatBuf info;
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  return (gsize)info.st_size;
}

/* -- GIF -- */

/* Lays frame @i of @gif over @picture: (HEIGHT, WIDTH) */
static void
lay_over (const GifFileType *gif, int i, guint32 *picture)
{
  const SavedImage *image = &gif->SavedImages[i];
  const GifImageDesc *d = &image->ImageDesc;
  for (int y = 0; y < d->Height; y++)
    for (int x = 0; x < d->Width; x++) {
      GifByteType at = image->RasterBits[y * d->Width + x];
      const GifColorType *c = &gif->SColorMap->Colors[at];
      if (at != 0)
        picture[(d->Top + y) * WIDTH + d->Left + x] =
            (guint32)c->Red << 16 | (guint32)c->Green << 8 | c->Blue;
    }
}

static void
assert_as_drawn (const guint32 *picture, guint index)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (surface);
  draw_square (cr, WIDTH, HEIGHT, index, NULL);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  const guint32 *drawn = (const guint32 *)(const void *)cairo_image_surface_get_data (surface);
  for (guint i = 0; i < WIDTH * HEIGHT; i++)
    g_assert_cmphex (picture[i], ==, drawn[i] & 0xffffff);
  cairo_surface_destroy (surface);
}

static void
test_a_gif_is_what_was_drawn (void)
{
  char *path = path_of ("a.gif");
  LimenAnimation animation = animation_of (LIMEN_ANIMATION_GIF);
  guint32 picture[WIDTH * HEIGHT] = {0};
  int bad;
  g_assert_true (limen_animation_save (&animation, path, NULL, NULL));
  GifFileType *gif = DGifOpenFileName (path, &bad);
  g_assert_nonnull (gif);
  g_assert_cmpint (DGifSlurp (gif), ==, GIF_OK);
  g_assert_cmpint (gif->ImageCount, ==, FRAMES);
  for (int i = 0; i < FRAMES; i++) {
    GraphicsControlBlock control;
    g_assert_cmpint (DGifSavedExtensionToGCB (gif, i, &control), ==, GIF_OK);
    g_assert_cmpint (control.DelayTime, ==, 8);
    lay_over (gif, i, picture);
    assert_as_drawn (picture, (guint)i);
  }
  g_assert_cmpint (gif->SavedImages[1].ImageDesc.Width, ==, 16); /* no more than what moved */
  DGifCloseFile (gif, &bad);
  remove_file (path);
}

/* -- PNG -- */

static guint32
number_at (const char *at)
{
  guint32 number;
  memcpy (&number, at, sizeof number);
  return GUINT32_FROM_BE (number);
}

static void
test_a_png_has_its_frames_and_words (void)
{
  char *path = path_of ("a.png");
  g_autofree char *bytes = NULL;
  gsize n;
  guint frames = 0;
  LimenAnimation animation = animation_of (LIMEN_ANIMATION_PNG);
  g_assert_true (limen_animation_save (&animation, path, NULL, NULL));
  g_assert_true (g_file_get_contents (path, &bytes, &n, NULL));
  for (gsize at = 8; at < n; at += 12 + number_at (bytes + at))
    frames += memcmp (bytes + at + 4, "fcTL", 4) == 0;
  g_assert_cmpuint (frames, ==, FRAMES);
  g_assert_cmpuint (number_at ((char *)memmem (bytes, n, "acTL", 4) + 4), ==, FRAMES);
  g_assert_nonnull (memmem (bytes, n, "Title\0a square", 14));
  g_assert_nonnull (memmem (bytes, n, "ρ = 1", 6));
  /* programs that know no animation show the first frame */
  cairo_surface_t *first = cairo_image_surface_create_from_png (path);
  g_assert_cmpint (cairo_surface_status (first), ==, CAIRO_STATUS_SUCCESS);
  guint32 picture[WIDTH * HEIGHT];
  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      picture[y * WIDTH + x] =
          0xffffff &
          *(const guint32 *)(const void *)(cairo_image_surface_get_data (first) +
                                           y * cairo_image_surface_get_stride (first) + 4 * x);
  assert_as_drawn (picture, 0);
  cairo_surface_destroy (first);
  remove_file (path);
}

/* -- sizes -- */

static void
test_a_file_is_no_larger_than_allowed (void)
{
  for (LimenAnimationFormat format = 0; format <= LIMEN_ANIMATION_GIF; format++) {
    char *path = path_of ("a");
    LimenAnimation animation = animation_of (format);
    animation.user_data = GINT_TO_POINTER (1);
    g_assert_true (limen_animation_save (&animation, path, NULL, NULL));
    gsize all = size_of (path);
    animation.most_bytes = all / 2;
    g_assert_true (limen_animation_save (&animation, path, NULL, NULL));
    g_assert_cmpuint (size_of (path), <=, all / 2);
    g_assert_cmpuint (size_of (path), >, all / 8);
    remove_file (path);
  }
}

static void
test_what_cannot_be_so_small_leaves_the_old_file (void)
{
  char *path = path_of ("a.gif");
  g_autofree char *left = NULL;
  g_autoptr (GError) error = NULL;
  LimenAnimation animation = animation_of (LIMEN_ANIMATION_GIF);
  animation.most_bytes = 100;
  g_assert_true (g_file_set_contents (path, "old", -1, NULL));
  g_assert_false (limen_animation_save (&animation, path, NULL, &error));
  g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_ARGUMENT);
  g_assert_nonnull (strstr (error->message, "make it shorter"));
  g_assert_true (g_file_get_contents (path, &left, NULL, NULL));
  g_assert_cmpstr (left, ==, "old");
  remove_file (path);
}

static void
test_odd_wishes_are_refused (void)
{
  LimenAnimation animation = animation_of (LIMEN_ANIMATION_GIF), wide = animation, many = animation;
  wide.width = 5000;
  many.n_frames = 10001;
  for (int i = 0; i < 2; i++) {
    g_autoptr (GError) error = NULL;
    g_assert_false (limen_animation_save (i ? &wide : &many, "/nowhere/a.gif", NULL, &error));
    g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_ARGUMENT);
  }
}

static void
test_names_tell_formats (void)
{
  g_assert_cmpint (limen_animation_format_of ("a.gif"), ==, LIMEN_ANIMATION_GIF);
  g_assert_cmpint (limen_animation_format_of ("/x/A.PNG"), ==, LIMEN_ANIMATION_PNG);
  g_assert_cmpint (limen_animation_format_of ("a.webm"), ==, LIMEN_ANIMATION_WEBM);
  g_assert_cmpint (limen_animation_format_of ("gif"), ==, LIMEN_N_ANIMATION_FORMATS);
}

/* -- WebM -- */

/* Made where the desktop can; else refused in one sentence. */
static void
test_a_webm_is_made_or_refused (void)
{
  char *path = path_of ("a.webm");
  g_autofree char *bytes = NULL;
  gsize n;
  g_autoptr (GError) error = NULL;
  LimenAnimation animation = animation_of (LIMEN_ANIMATION_WEBM);
  gboolean can = limen_animation_can (LIMEN_ANIMATION_WEBM);
  g_assert_cmpint (limen_animation_save (&animation, path, NULL, &error), ==, can);
  if (!can) {
    g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_ARGUMENT);
    g_assert_nonnull (strstr (error->message, "GStreamer"));
    g_test_skip ("no GStreamer with plug-ins for VP8 and WebM");
  } else {
    g_assert_true (g_file_get_contents (path, &bytes, &n, NULL));
    g_assert_cmpmem (bytes, 4, "\x1a\x45\xdf\xa3", 4); /* EBML */
    g_assert_nonnull (memmem (bytes, n, "V_VP8", 5));
  }
  remove_file (path);
}

/* VP8 wants even sides: frames are larger than was asked for, and what holds them too. */
static void
test_a_webm_of_odd_sides_has_even_ones (void)
{
  char *path = path_of ("odd.webm");
  g_autofree char *bytes = NULL;
  gsize n;
  g_autoptr (GError) error = NULL;
  LimenAnimation animation = animation_of (LIMEN_ANIMATION_WEBM);
  animation.width = 901;
  animation.height = 495;
  if (!limen_animation_can (LIMEN_ANIMATION_WEBM)) {
    g_test_skip ("no GStreamer with plug-ins for VP8 and WebM");
    remove_file (path);
    return;
  }
  limen_animation_save (&animation, path, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &bytes, &n, NULL));
  g_assert_nonnull (memmem (bytes, n, "\xb0\x82\x03\x86\xba\x82\x01\xf0", 8)); /* 902 × 496 */
  remove_file (path);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST(name, function) g_test_add_func ("/animation/" name, function)
  TEST ("gif", test_a_gif_is_what_was_drawn);
  TEST ("png", test_a_png_has_its_frames_and_words);
  TEST ("most-bytes", test_a_file_is_no_larger_than_allowed);
  TEST ("too-few-bytes", test_what_cannot_be_so_small_leaves_the_old_file);
  TEST ("odd", test_odd_wishes_are_refused);
  TEST ("names", test_names_tell_formats);
  TEST ("webm", test_a_webm_is_made_or_refused);
  TEST ("odd-webm", test_a_webm_of_odd_sides_has_even_ones);
  return g_test_run ();
}
