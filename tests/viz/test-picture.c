#include "viz/kit/picture.h"

#include <glib/gstdio.h>
#include <png.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

static const char *const text[] = {
    "Title",     "At 194 nats, 2.6 % of the normal images are flagged.",
    "Threshold", "194.29 nats",
    "Rates",     "2.6 % · 0.21 % − both",
    "Model",     "a <b> & \"c\".pt",
    NULL};

/* Left half orange, right half blue. */
static void
draw_halves (cairo_t *cr, double width, double height, gpointer user_data)
{
  cairo_set_source_rgb (cr, 1, 0.5019608, 0);
  cairo_paint (cr);
  cairo_set_source_rgb (cr, 0, 0, 1);
  cairo_rectangle (cr, width / 2, 0, width / 2, height);
  cairo_fill (cr);
}

static void
draw_half_red (cairo_t *cr, double width, double height, gpointer user_data)
{
  cairo_set_source_rgba (cr, 1, 0, 0, 0.5);
  cairo_rectangle (cr, 0, 0, width / 2, height);
  cairo_fill (cr);
}

static void
draw_wrongly (cairo_t *cr, double width, double height, gpointer user_data)
{
  cairo_restore (cr);
}

static void
draw_noise (cairo_t *cr, double width, double height, gpointer user_data)
{
  GRand *rand = g_rand_new_with_seed (1);
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++) {
      cairo_set_source_rgb (cr, g_rand_double (rand), g_rand_double (rand), g_rand_double (rand));
      cairo_rectangle (cr, x, y, 1, 1);
      cairo_fill (cr);
    }
  g_rand_free (rand);
}

static LimenPicture
png_of (LimenDrawFunc draw)
{
  return (LimenPicture){LIMEN_PICTURE_PNG, 40, 20, 1, draw, NULL, text};
}

/* --- What libpng makes of a file --- */

typedef struct {
  png_structp png;
  png_infop info;
  png_bytepp rows;
} Decoded;

static void
read_bytes (png_structp png, png_bytep out, png_size_t n)
{
  GInputStream *stream = png_get_io_ptr (png);
  gsize done;
  if (!g_input_stream_read_all (stream, out, n, &done, NULL, NULL) || done < n)
    png_error (png, "short");
}

static Decoded
decode (GBytes *bytes)
{
  Decoded decoded;
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  decoded.png = png_create_read_struct (PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
  decoded.info = png_create_info_struct (decoded.png);
  if (setjmp (png_jmpbuf (decoded.png)))
    g_error ("libpng could not decode the picture");
  png_set_read_fn (decoded.png, stream, read_bytes);
  png_read_png (decoded.png, decoded.info, PNG_TRANSFORM_IDENTITY, NULL);
  decoded.rows = png_get_rows (decoded.png, decoded.info);
  return decoded;
}

static void
decoded_clear (Decoded *decoded)
{
  png_destroy_read_struct (&decoded->png, &decoded->info, NULL);
}

static void
test_png_has_the_pixels (void)
{
  g_autoptr (GError) error = NULL;
  for (int scale = 1; scale <= 4; scale++) {
    LimenPicture picture = png_of (draw_halves);
    picture.scale = scale;
    g_autoptr (GBytes) bytes = limen_picture_to_bytes (&picture, &error);
    g_assert_no_error (error);
    Decoded decoded = decode (bytes);
    g_assert_cmpuint (png_get_image_width (decoded.png, decoded.info), ==, 40u * scale);
    g_assert_cmpuint (png_get_image_height (decoded.png, decoded.info), ==, 20u * scale);
    g_assert_cmpint (png_get_color_type (decoded.png, decoded.info), ==, PNG_COLOR_TYPE_RGB);
    g_assert_cmpint (png_get_bit_depth (decoded.png, decoded.info), ==, 8);
    g_assert_cmpint ((int)png_get_pixels_per_inch (decoded.png, decoded.info), ==, 96 * scale);
    for (int y = 0; y < 20 * scale; y++)
      for (int x = 0; x < 40 * scale; x++)
        g_assert_cmpmem (decoded.rows[y] + 3 * x, 3, x < 20 * scale ? "\xff\x80\0" : "\0\0\xff", 3);
    decoded_clear (&decoded);
  }
}

static void
test_png_keeps_transparency (void)
{
  g_autoptr (GError) error = NULL;
  LimenPicture picture = png_of (draw_half_red);
  g_autoptr (GBytes) bytes = limen_picture_to_bytes (&picture, &error);
  g_assert_no_error (error);
  Decoded decoded = decode (bytes);
  g_assert_cmpint (png_get_color_type (decoded.png, decoded.info), ==, PNG_COLOR_TYPE_RGB_ALPHA);
  g_assert_cmpmem (decoded.rows[3], 4, "\xff\0\0\x80", 4);
  g_assert_cmpmem (decoded.rows[3] + 4 * 30, 4, "\0\0\0\0", 4);
  decoded_clear (&decoded);
}

static void
test_png_text_is_exactly_the_pairs (void)
{
  g_autoptr (GError) error = NULL;
  LimenPicture picture = png_of (draw_halves);
  g_autoptr (GBytes) bytes = limen_picture_to_bytes (&picture, &error);
  g_assert_no_error (error);
  Decoded decoded = decode (bytes);
  png_textp chunks;
  int n = 0;
  png_get_text (decoded.png, decoded.info, &chunks, &n);
  g_assert_cmpint (n, ==, 4);
  for (int i = 0; i < n; i++) {
    g_assert_cmpstr (chunks[i].key, ==, text[2 * i]);
    g_assert_cmpstr (chunks[i].text, ==, text[2 * i + 1]);
    g_assert_cmpint (chunks[i].compression, ==,
                     g_str_is_ascii (chunks[i].text) ? PNG_TEXT_COMPRESSION_NONE
                                                     : PNG_ITXT_COMPRESSION_NONE);
  }
  decoded_clear (&decoded);
}

/* Whether @words stand in a PDF, plainly or in one of its deflated streams, where Cairo from 1.18
 * on keeps what is told of a document. */
static gboolean
pdf_says (const char *data, gsize n, const char *words)
{
  static const char start[] = "stream\n";
  gsize length = strlen (words);
  gboolean found = memmem (data, n, words, length) != NULL;
  const char *at = data;
  while (!found && (at = memmem (at, n - (gsize)(at - data), start, strlen (start)))) {
    char plain[65536];
    gsize read, written;
    g_autoptr (GConverter) inflate =
        G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB));
    at += strlen (start);
    if (g_converter_convert (inflate, at, n - (gsize)(at - data), plain, sizeof plain,
                             G_CONVERTER_NO_FLAGS, &read, &written, NULL) != G_CONVERTER_ERROR)
      found = memmem (plain, written, words, length) != NULL;
  }
  return found;
}

static void
test_vector_files_are_whole (void)
{
  g_autoptr (GError) error = NULL;
  LimenPicture picture = {LIMEN_PICTURE_SVG, 300, 200, 1, draw_halves, NULL, text};
  g_autoptr (GBytes) svg = limen_picture_to_bytes (&picture, &error);
  g_assert_no_error (error);
  g_autofree char *xml = g_strndup (g_bytes_get_data (svg, NULL), g_bytes_get_size (svg));
  g_assert_true (g_str_has_prefix (xml, "<?xml"));
  g_assert_nonnull (strstr (xml, "width=\"300px\" height=\"200px\""));
  g_assert_nonnull (
      strstr (xml, "<title>At 194 nats, 2.6 % of the normal images are flagged.</title>"));
  g_assert_nonnull (strstr (xml, "Model: a &lt;b&gt; &amp; &quot;c&quot;.pt"));
  g_assert_true (g_str_has_suffix (g_strchomp (xml), "</svg>"));
  GMarkupParseContext *parser = g_markup_parse_context_new (&(GMarkupParser){0}, 0, NULL, NULL);
  g_assert_true (g_markup_parse_context_parse (parser, xml, -1, &error) &&
                 g_markup_parse_context_end_parse (parser, &error));
  g_markup_parse_context_free (parser);

  picture.format = LIMEN_PICTURE_PDF;
  g_autoptr (GBytes) pdf = limen_picture_to_bytes (&picture, &error);
  g_assert_no_error (error);
  gsize n = g_bytes_get_size (pdf);
  const char *data = g_bytes_get_data (pdf, NULL);
  g_assert_cmpmem (data, 5, "%PDF-", 5);
  g_assert_cmpmem (data + n - 6, 5, "%%EOF", 5);
  g_assert_true (pdf_says (data, n, "/Title (At 194 nats"));
  g_assert_false (pdf_says (data, n, "/Title (At 195 nats"));
}

static void
test_sizes_are_bounded (void)
{
  static const struct {
    LimenPictureFormat format;
    guint width, height;
    double scale;
  } rows[] = {
      {LIMEN_PICTURE_PNG, 0, 20, 1},      {LIMEN_PICTURE_PNG, 20, 0, 1},
      {LIMEN_PICTURE_PNG, 10001, 1, 1},   {LIMEN_PICTURE_SVG, 4000000000u, 1, 1},
      {LIMEN_PICTURE_PDF, 1, 10001, 1},   {LIMEN_PICTURE_PNG, 20, 20, 0.99},
      {LIMEN_PICTURE_PNG, 20, 20, 4.01},  {LIMEN_PICTURE_PNG, 20, 20, 0.0 / 0.0},
      {LIMEN_PICTURE_PNG, 10000, 1, 4},   {LIMEN_PICTURE_PNG, 8000, 8000, 4},
      {LIMEN_PICTURE_PNG, 9000, 9000, 2},
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;
    LimenPicture picture = {
        rows[i].format, rows[i].width, rows[i].height, rows[i].scale, draw_halves, NULL, text};
    g_assert_null (limen_picture_to_bytes (&picture, &error));
    g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_ARGUMENT);
    g_assert_true (g_str_has_suffix (error->message, "."));
  }
  LimenPicture least = {LIMEN_PICTURE_PNG, 1, 1, 1, draw_halves, NULL, NULL};
  g_autoptr (GBytes) bytes = limen_picture_to_bytes (&least, NULL);
  g_assert_nonnull (bytes);
}

static void
test_format_is_in_the_name (void)
{
  LimenPictureFormat format;
  g_assert_true (limen_picture_format_from_path ("a/b.png", &format, NULL));
  g_assert_cmpint (format, ==, LIMEN_PICTURE_PNG);
  g_assert_true (limen_picture_format_from_path ("B.SVG", &format, NULL));
  g_assert_cmpint (format, ==, LIMEN_PICTURE_SVG);
  g_assert_true (limen_picture_format_from_path ("c.d.Pdf", &format, NULL));
  g_assert_cmpint (format, ==, LIMEN_PICTURE_PDF);
  static const char *const refused[] = {"", ".png", "png", "a.jpg", "a.png.txt", "a.pngx"};
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_false (limen_picture_format_from_path (refused[i], &format, &error));
    g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_ARGUMENT);
  }
}

/* --- Files --- */

static guint
n_files_in (const char *dir)
{
  guint n = 0;
  g_autoptr (GDir) open = g_dir_open (dir, 0, NULL);
  while (g_dir_read_name (open))
    n++;
  return n;
}

static void
assert_content (const char *path, const char *expected)
{
  g_autofree char *content = NULL;
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, expected);
}

static void
test_failure_keeps_the_old_file (void)
{
  g_autofree char *dir = g_dir_make_tmp ("limen-test-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "old.png", NULL);
  g_autofree char *nowhere = g_build_filename (dir, "none", "new.png", NULL);
  g_autoptr (GError) drawing = NULL, size = NULL, disk = NULL, missing = NULL;
  g_assert_true (g_file_set_contents (path, "old", -1, NULL));

  LimenPicture picture = png_of (draw_wrongly);
  g_assert_false (limen_picture_save (&picture, path, &drawing));
  g_assert_error (drawing, LIMEN_ERROR, LIMEN_ERROR_ARGUMENT);
  picture = png_of (draw_halves);
  picture.width = 0;
  g_assert_false (limen_picture_save (&picture, path, &size));
  g_assert_error (size, LIMEN_ERROR, LIMEN_ERROR_ARGUMENT);

  /* A limit on file sizes stands in for a full disk. */
  struct rlimit before, few = {1000, 1000};
  picture = png_of (draw_noise);
  getrlimit (RLIMIT_FSIZE, &before);
  few.rlim_max = before.rlim_max;
  signal (SIGXFSZ, SIG_IGN);
  setrlimit (RLIMIT_FSIZE, &few);
  gboolean saved = limen_picture_save (&picture, path, &disk);
  setrlimit (RLIMIT_FSIZE, &before);
  g_assert_false (saved);
  g_assert_error (disk, LIMEN_ERROR, LIMEN_ERROR_UNREADABLE);
  g_assert_nonnull (strstr (disk->message, "old.png"));

  picture = png_of (draw_halves);
  g_assert_false (limen_picture_save (&picture, nowhere, &missing));
  g_assert_error (missing, LIMEN_ERROR, LIMEN_ERROR_UNREADABLE);
  assert_content (path, "old");
  g_assert_cmpuint (n_files_in (dir), ==, 1);
  g_unlink (path);
  g_rmdir (dir);
}

static void
test_saved_is_what_the_clipboard_gets (void)
{
  g_autofree char *dir = g_dir_make_tmp ("limen-test-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "new.png", NULL), *content = NULL;
  g_autoptr (GError) error = NULL;
  LimenPicture picture = png_of (draw_halves);
  gsize n;
  g_assert_true (limen_picture_save (&picture, path, &error));
  g_assert_no_error (error);
  g_autoptr (GBytes) bytes = limen_picture_to_bytes (&picture, &error);
  g_assert_true (g_file_get_contents (path, &content, &n, NULL));
  g_assert_cmpmem (content, n, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_unlink (path);
  g_rmdir (dir);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/picture/png-has-the-pixels", test_png_has_the_pixels);
  g_test_add_func ("/picture/png-keeps-transparency", test_png_keeps_transparency);
  g_test_add_func ("/picture/png-text-is-exactly-the-pairs", test_png_text_is_exactly_the_pairs);
  g_test_add_func ("/picture/vector-files-are-whole", test_vector_files_are_whole);
  g_test_add_func ("/picture/sizes-are-bounded", test_sizes_are_bounded);
  g_test_add_func ("/picture/format-is-in-the-name", test_format_is_in_the_name);
  g_test_add_func ("/picture/failure-keeps-the-old-file", test_failure_keeps_the_old_file);
  g_test_add_func ("/picture/saved-is-what-the-clipboard-gets",
                   test_saved_is_what_the_clipboard_gets);
  return g_test_run ();
}
