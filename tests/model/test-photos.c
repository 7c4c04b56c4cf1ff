/* Pictures at their own sizes, grey and in colour. */
#include "model/data-files.h"
#include "model/data/folder.h"
#include "model/data/image-file.h"
#include "model/data/photos.h"

#include <math.h>

typedef struct {
  LimenPhotos *photos;
  GPtrArray *problems;
  GError *error;
} Result;

static void
result_clear (Result *result)
{
  g_clear_pointer (&result->photos, limen_photos_unref);
  g_clear_pointer (&result->problems, g_ptr_array_unref);
  g_clear_error (&result->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Result, result_clear)

static Result
load (const char *path, LimenPhotosOptions options)
{
  const char *const paths[] = {path, NULL};
  Result result = {.problems = limen_problems_new ()};
  result.photos = limen_photos_load (paths, &options, result.problems, NULL, &result.error);
  g_assert_true (!result.photos == !!result.error);
  return result;
}

static LimenPhoto *
get (const LimenPhotos *photos, guint index)
{
  g_autoptr (GError) error = NULL;
  LimenPhoto *photo = limen_photos_get (photos, index, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (photo->width, ==, limen_photos_width (photos, index));
  g_assert_cmpuint (photo->height, ==, limen_photos_height (photos, index));
  g_assert_cmpuint (photo->n_channels, ==, limen_photos_n_channels (photos));
  return photo;
}

static void
assert_name (const LimenPhotos *photos, guint index, const char *expected)
{
  g_autofree char *name = limen_photos_photo_name (photos, index);
  g_assert_cmpstr (name, ==, expected);
}

static guint
byte_at (const LimenPhoto *photo, guint i)
{
  guint byte = (guint)(photo->pixels[i] * 255 + 0.5f);
  g_assert_cmpfloat (photo->pixels[i], ==, (float)byte / 255.0f);
  return byte;
}

static GBytes *
make_rgb_png (guint width, guint height, guint first)
{
  g_autofree guchar *rows = g_malloc (width * height * 3);
  for (guint i = 0; i < width * height * 3; i++)
    rows[i] = (guchar)(first + 7 * i);
  return make_png (width, height, PNG_COLOR_TYPE_RGB, 8, PNG_INTERLACE_NONE, NULL, rows);
}

/* Colours are those of the file, and grey is made of them as ITU-R BT.601 has it. */
static void
test_colours (void)
{
  g_autofree char *folder = make_folder ();
  g_autoptr (GBytes) bytes = make_rgb_png (3, 2, 5);
  g_autofree char *path = write_bytes (folder, "some.png", bytes);
  g_autoptr (LimenPhoto) colour = limen_photo_load (path, TRUE, NULL, NULL, NULL);
  g_autoptr (LimenPhoto) grey = limen_photo_load (path, FALSE, NULL, NULL, NULL);
  g_assert_cmpuint (colour->n_channels, ==, 3);
  g_assert_cmpuint (grey->n_channels, ==, 1);
  for (guint i = 0; i < 18; i++)
    g_assert_cmpuint (byte_at (colour, i), ==, 5 + 7 * i);
  for (guint i = 0; i < 6; i++) {
    guint r = 5 + 21 * i, g = r + 7, b = r + 14;
    g_assert_cmpuint (byte_at (grey, i), ==, (19595 * r + 38470 * g + 7471 * b + 32768) / 65536);
  }
  remove_folder (folder);
}

/* Of 16 bits, of a palette, behind glass: written by hand, each with its right answer */
static void
set_palette (png_structp png, png_infop info)
{
  static const png_color colours[] = {{255, 0, 0}, {1, 2, 3}};
  png_set_PLTE (png, info, colours, 2);
}

static void
assert_colours (GBytes *bytes, const double *expected, guint n)
{
  const LimenReading in_colour = {.keeps_colour = TRUE};
  g_autoptr (GError) error = NULL;
  g_autoptr (LimenImages) images = limen_image_decode (bytes, "some", &in_colour, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (LimenPhoto) photo = limen_photo_new_of (images, 0, TRUE, "some", NULL);
  g_assert_cmpuint (photo->n_channels * photo->width * photo->height, ==, n);
  for (guint i = 0; i < n; i++)
    g_assert_cmpfloat_with_epsilon ((double)photo->pixels[i], expected[i], 1e-6);
}

static void
test_formats (void)
{
  static const guchar indices[] = {0, 1}, deep[] = {0x80, 0, 0xff, 0xff, 0, 1};
  static const guchar glass[] = {200, 100, 0, 51};
  static const char text[] = "P3 2 1 255 9 8 7 255 0 1\n";
  g_autoptr (GBytes) palette =
      make_png (2, 1, PNG_COLOR_TYPE_PALETTE, 8, PNG_INTERLACE_NONE, set_palette, indices);
  g_autoptr (GBytes) deep_png =
      make_png (1, 1, PNG_COLOR_TYPE_RGB, 16, PNG_INTERLACE_NONE, NULL, deep);
  g_autoptr (GBytes) glass_png =
      make_png (1, 1, PNG_COLOR_TYPE_RGB_ALPHA, 8, PNG_INTERLACE_NONE, NULL, glass);
  g_autoptr (GBytes) grey = make_grey_png (2, 1, 30);
  g_autoptr (GBytes) ppm = g_bytes_new_static (text, strlen (text));
  assert_colours (palette, (double[]){1, 0, 0, 1 / 255.0, 2 / 255.0, 3 / 255.0}, 6);
  assert_colours (deep_png, (double[]){32768 / 65535.0, 1, 1 / 65535.0}, 3);
  assert_colours (glass_png, (double[]){244 / 255.0, 224 / 255.0, 204 / 255.0}, 3);
  assert_colours (
      grey, (double[]){30 / 255.0, 30 / 255.0, 30 / 255.0, 31 / 255.0, 31 / 255.0, 31 / 255.0}, 6);
  assert_colours (ppm, (double[]){9 / 255.0, 8 / 255.0, 7 / 255.0, 1, 0, 1 / 255.0}, 6);
}

/* Whatever a file is: in colour it has the same size, and its grey is that of its colours but for
 * the rounding of one step where it lies on white. Returns: whether any pixel has a colour */
static gboolean
assert_same_grey (GBytes *bytes, const char *name)
{
  const LimenReading in_colour = {.keeps_colour = TRUE};
  gboolean any = FALSE;
  g_autoptr (GError) error = NULL;
  g_autoptr (LimenImages) grey = limen_image_decode (bytes, name, NULL, NULL, NULL);
  g_autoptr (LimenImages) colour = limen_image_decode (bytes, name, &in_colour, NULL, &error);
  g_assert_true (!grey == !colour);
  if (!grey)
    return FALSE;
  g_assert_true (colour->is_colour && !grey->is_colour);
  g_assert_cmpuint (grey->width, ==, colour->width);
  g_assert_cmpuint (grey->height, ==, colour->height);
  g_assert_true (!grey->u8 == !colour->u8);
  g_autoptr (LimenPhoto) a = limen_photo_new_of (grey, 0, FALSE, name, NULL);
  g_autoptr (LimenPhoto) b = limen_photo_new_of (colour, 0, TRUE, name, NULL);
  for (gsize i = 0; i < (gsize)a->width * a->height; i++) {
    const float *rgb = b->pixels + 3 * i;
    double luma = (19595 * (double)rgb[0] + 38470 * (double)rgb[1] + 7471 * (double)rgb[2]) / 65536;
    if (fabs (luma - (double)a->pixels[i]) > (grey->u8 ? 1.01 / 255 : 1e-5))
      g_error ("%s, pixel %" G_GSIZE_FORMAT ": grey %g, of colours %g", name, i,
               (double)a->pixels[i], luma);
    any |= rgb[0] != rgb[1] || rgb[1] != rgb[2];
  }
  return any;
}

static guint
assert_same_greys (const char *folder)
{
  g_autofree char *path = shared_path (folder);
  g_autoptr (GPtrArray) files = path ? limen_folder_walk (path, NULL, NULL, NULL) : NULL;
  guint n_coloured = 0;
  for (guint i = 0; files && i < files->len; i++) {
    g_autofree char *full = g_build_filename (path, files->pdata[i], NULL);
    char *data;
    gsize size;
    if (!g_file_get_contents (full, &data, &size, NULL))
      continue;
    g_autoptr (GBytes) bytes = g_bytes_new_take (data, size);
    n_coloured += assert_same_grey (bytes, files->pdata[i]);
  }
  return n_coloured;
}

static void
test_grey_of_colours (void)
{
  g_autofree char *path = shared_path ("data/pngsuite");
  if (!path)
    return;
  g_assert_cmpuint (assert_same_greys ("data/pngsuite"), >=, 50);
  g_assert_cmpuint (assert_same_greys ("data/image-odd"), >=, 5);
}

/* Lists */

static void
test_folder (void)
{
  g_autofree char *folder = make_folder ();
  g_autoptr (GBytes) rgb = make_rgb_png (5, 4, 1), grey = make_grey_png (1, 1, 9);
  g_autofree char *one = write_bytes (folder, "a/one.png", rgb);
  g_autofree char *two = write_bytes (folder, "b/two.png", grey);
  g_autofree char *cut = write_file (folder, "b/cut.png", g_bytes_get_data (rgb, NULL), 60);
  g_autofree char *text = write_file (folder, "b/text.txt", "hello", 5);
  g_auto (Result) result = load (folder, (LimenPhotosOptions){.colour = TRUE});
  g_assert_no_error (result.error);
  g_assert_cmpuint (limen_photos_n (result.photos), ==, 2);
  g_assert_cmpuint (limen_photos_n_channels (result.photos), ==, 3);
  g_assert_cmpuint (result.problems->len, ==, 2);
  assert_name (result.photos, 0, "a/one.png");
  assert_name (result.photos, 1, "b/two.png");
  g_assert_cmpstr (limen_photos_path (result.photos, 0), ==, one);
  g_autoptr (LimenPhoto) first = get (result.photos, 0), second = get (result.photos, 1);
  g_assert_cmpuint (first->width, ==, 5);
  g_assert_cmpuint (first->height, ==, 4);
  for (guint i = 0; i < 60; i++)
    g_assert_cmpuint (byte_at (first, i), ==, (1 + 7 * i) % 256);
  for (guint i = 0; i < 3; i++) /* grey among colour */
    g_assert_cmpuint (byte_at (second, i), ==, 9);
  g_autoptr (LimenPhotos) some = limen_photos_some (result.photos, (guint[]){1}, 1);
  g_autoptr (LimenPhotos) again = limen_photos_some (some, (guint[]){0, 0}, 2);
  assert_name (again, 1, "b/two.png");
  g_autoptr (LimenPhoto) third = get (again, 1);
  g_assert_cmpuint (byte_at (third, 2), ==, 9);
  remove_folder (folder);
}

static void
test_at_most (void)
{
  g_autofree char *folder = make_folder ();
  for (guint i = 0; i < 40; i++) {
    g_autofree char *name = g_strdup_printf ("%02u.png", i);
    g_autoptr (GBytes) bytes = make_grey_png (2 + i % 3, 3, (guchar)i);
    g_autofree char *path = write_bytes (folder, name, bytes);
  }
  for (guint most = 0; most < 40; most += 13) {
    g_auto (Result) result = load (folder, (LimenPhotosOptions){.max_photos = most});
    g_assert_cmpuint (limen_photos_n (result.photos), ==, most ? most : 40);
    for (guint i = 0; i < limen_photos_n (result.photos); i++) {
      g_autoptr (LimenPhoto) photo = get (result.photos, i);
      g_assert_cmpuint (photo->width, ==, 2 + i % 3);
      g_assert_cmpuint (byte_at (photo, 0), ==, i);
    }
  }
  remove_folder (folder);
}

/* Members of archives, packed once more, and arrays have no path; pages of stacks neither. */
static void
test_members (void)
{
  g_autofree char *folder = make_folder ();
  g_autoptr (GBytes) rgb = make_rgb_png (3, 3, 2), grey = make_grey_png (2, 5, 7);
  gsize size;
  gconstpointer data = g_bytes_get_data (grey, &size);
  g_autoptr (GBytes) packed = gzip_bytes (data, size);
  static const char stack[] = "P5 2 1 255 \x01\x02P5 1 2 255 \x03\x04";
  g_autoptr (GBytes) pages = g_bytes_new_static (stack, sizeof stack - 1);
  const Member members[] = {{"x/rgb.png", rgb}, {"grey.png.gz", packed}, {"stack.pgm", pages}, {0}};
  g_autoptr (GBytes) zip = make_archive ("zip", "none", members);
  g_autofree char *path = write_bytes (folder, "all.zip", zip);
  g_auto (Result) result = load (path, (LimenPhotosOptions){0});
  g_assert_no_error (result.error);
  g_assert_cmpuint (limen_photos_n (result.photos), ==, 4);
  assert_name (result.photos, 0, "all.zip: x/rgb.png");
  assert_name (result.photos, 1, "all.zip: grey.png.gz");
  assert_name (result.photos, 3, "all.zip: stack.pgm, page 2");
  for (guint i = 0; i < 4; i++)
    g_assert_null (limen_photos_path (result.photos, i));
  g_autoptr (LimenPhoto) second = get (result.photos, 1), fourth = get (result.photos, 3);
  g_assert_cmpuint (byte_at (second, 9), ==, 16);
  g_assert_cmpuint (fourth->height, ==, 2);
  g_assert_cmpuint (byte_at (fourth, 1), ==, 4);
  remove_folder (folder);
}

/* (2, 2, 3, 3): two images of colours */
static void
test_array (void)
{
  g_autofree char *folder = make_folder ();
  GByteArray *npy = g_byte_array_new ();
  g_autofree char *header = g_strdup_printf (
      "%-117s\n", "{'descr': '|u1', 'fortran_order': False, 'shape': (2, 2, 3, 3), }");
  g_byte_array_append (npy, (const guint8 *)"\x93NUMPY\x01\x00\x76\x00", 10);
  g_byte_array_append (npy, (const guint8 *)header, 118);
  for (guint i = 0; i < 36; i++)
    g_byte_array_append (npy, (const guint8[]){(guint8)(i * 7)}, 1);
  g_autoptr (GBytes) bytes = g_byte_array_free_to_bytes (npy);
  g_autofree char *path = write_bytes (folder, "some.npy", bytes);
  g_auto (Result) result = load (path, (LimenPhotosOptions){.colour = TRUE});
  g_assert_no_error (result.error);
  g_assert_cmpuint (limen_photos_n (result.photos), ==, 2);
  assert_name (result.photos, 1, "some.npy #1");
  g_autoptr (LimenPhoto) photo = get (result.photos, 1);
  for (guint i = 0; i < 18; i++)
    g_assert_cmpuint (byte_at (photo, i), ==, (18 + i) * 7);
  g_autofree char *line =
      limen_read_as_line (limen_image_set_read_as (limen_photos_told (result.photos), 0));
  g_assert_cmpstr (line, ==, "read as 0–255, 3 × 2, RGB");
  g_auto (Result) dark = load (path, (LimenPhotosOptions){.inverted = TRUE});
  g_auto (Result) plain = load (path, (LimenPhotosOptions){0});
  g_autoptr (LimenPhoto) inverse = get (dark.photos, 0), upright = get (plain.photos, 0);
  for (guint i = 0; i < 6; i++)
    g_assert_cmpfloat (inverse->pixels[i], ==, 1 - upright->pixels[i]);
  remove_folder (folder);
}

static void
test_of_set (void)
{
  static const guint8 pixels[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
  g_autoptr (LimenImageSet) set = limen_image_set_new_from_u8 ("made", pixels, 2, 3, 2);
  g_autoptr (LimenPhotos) photos = limen_photos_new_of_set (set);
  g_assert_cmpuint (limen_photos_n (photos), ==, 2);
  g_assert_cmpstr (limen_photos_name (photos), ==, "made");
  g_autoptr (LimenPhotos) last = limen_photos_some (photos, (guint[]){1}, 1);
  assert_name (last, 0, "made #1");
  g_autoptr (LimenPhoto) photo = get (last, 0);
  g_assert_cmpuint (byte_at (photo, 5), ==, 12);
}

/* Pixels of large pictures are not kept; a file that has changed meanwhile is told. */
static void
test_read_again (void)
{
  g_autofree char *folder = make_folder ();
  g_autoptr (GBytes) large = make_grey_png (2100, 2000, 3), other = make_grey_png (8, 8, 0);
  g_autofree char *path = write_bytes (folder, "large.png", large);
  g_auto (Result) result = load (path, (LimenPhotosOptions){0});
  g_autoptr (LimenPhoto) photo = get (result.photos, 0);
  g_assert_cmpuint (byte_at (photo, 2100 * 2000 - 1), ==, (3 + 2100 * 2000 - 1) % 256);
  g_autofree char *same = write_bytes (folder, "large.png", other);
  g_autoptr (GError) error = NULL;
  g_assert_null (limen_photos_get (result.photos, 0, NULL, &error));
  g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_MISMATCH);
  assert_sentence (error, "large.png");
  g_clear_error (&error);
  g_unlink (path);
  g_assert_null (limen_photos_get (result.photos, 0, NULL, &error));
  g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_UNREADABLE);
  remove_folder (folder);
}

static void
test_cancelled (void)
{
  g_autofree char *folder = make_folder ();
  g_autoptr (GBytes) bytes = make_grey_png (8, 8, 0);
  g_autofree char *path = write_bytes (folder, "a.png", bytes);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_cancellable_cancel (cancellable);
  g_assert_null (limen_photos_load ((const char *const[]){folder, NULL}, NULL, NULL,
                                    &(LimenRun){.cancellable = cancellable}, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  remove_folder (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/photos/colours", test_colours);
  g_test_add_func ("/photos/formats", test_formats);
  g_test_add_func ("/photos/grey-of-colours", test_grey_of_colours);
  g_test_add_func ("/photos/folder", test_folder);
  g_test_add_func ("/photos/at-most", test_at_most);
  g_test_add_func ("/photos/members", test_members);
  g_test_add_func ("/photos/array", test_array);
  g_test_add_func ("/photos/of-set", test_of_set);
  g_test_add_func ("/photos/read-again", test_read_again);
  g_test_add_func ("/photos/cancelled", test_cancelled);
  return g_test_run ();
}
