#include "viz/kit/picture.h"
#include "model/base/replace-file.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <math.h>
#include <png.h>
#include <string.h>

#define MAX_SIDE        10000
#define MAX_PIXELS      100000000.0
#define PIXELS_PER_INCH 96

/* --- What can be asked for --- */

gboolean
limen_picture_format_from_path (const char *path, LimenPictureFormat *format, GError **error)
{
  static const char *const extensions[] = {".png", ".svg", ".pdf"};
  gsize length = strlen (path);
  for (guint i = 0; i < G_N_ELEMENTS (extensions); i++)
    if (length > 4 && g_ascii_strcasecmp (path + length - 4, extensions[i]) == 0) {
      *format = (LimenPictureFormat)i;
      return TRUE;
    }
  return limen_refuse (
      error, LIMEN_ERROR_ARGUMENT, path,
      "does not say which kind of picture it is to be; end its name in .png, .svg or .pdf");
}

static gboolean
check_size (const LimenPicture *picture, GError **error)
{
  if (picture->width < 1 || picture->width > MAX_SIDE || picture->height < 1 ||
      picture->height > MAX_SIDE)
    return limen_fail (
        error, LIMEN_ERROR_ARGUMENT,
        "A picture of %u × %u can't be saved; give a width and a height from 1 to %u.",
        picture->width, picture->height, MAX_SIDE);
  if (picture->format != LIMEN_PICTURE_PNG)
    return TRUE;
  if (!(picture->scale >= 1 && picture->scale <= 4))
    return limen_fail (error, LIMEN_ERROR_ARGUMENT,
                       "A picture can't be saved at scale %g; give a scale from 1 to 4.",
                       picture->scale);
  double width = round (picture->width * picture->scale);
  double height = round (picture->height * picture->scale);
  if (width * height > MAX_PIXELS || width > G_MAXINT16 || height > G_MAXINT16)
    return limen_fail (
        error, LIMEN_ERROR_ARGUMENT,
        "A PNG of %.0f × %.0f pixels is too large; choose a smaller size or scale, or save as "
        "SVG or PDF.",
        width, height);
  return TRUE;
}

static gboolean
check_status (cairo_status_t status, GError **error)
{
  if (status == CAIRO_STATUS_SUCCESS)
    return TRUE;
  return limen_fail (error, LIMEN_ERROR_ARGUMENT,
                     "The picture could not be drawn (%s); choose a smaller size.",
                     cairo_status_to_string (status));
}

/* Draws at @scale and finishes @surface. */
static gboolean
draw (const LimenPicture *picture, cairo_surface_t *surface, double scale, GError **error)
{
  cairo_t *cr = cairo_create (surface);
  cairo_scale (cr, scale, scale);
  picture->draw (cr, picture->width, picture->height, picture->user_data);
  cairo_status_t status = cairo_status (cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  if (cairo_surface_get_type (surface) != CAIRO_SURFACE_TYPE_IMAGE)
    cairo_surface_finish (surface);
  return check_status (status ? status : cairo_surface_status (surface), error);
}

/* --- PNG --- */

static void
append_png (png_structp png, png_bytep data, png_size_t n)
{
  g_byte_array_append (png_get_io_ptr (png), data, n);
}

static void
ignore_warning (png_structp png, png_const_charp message)
{
}

static gboolean
is_opaque (cairo_surface_t *surface)
{
  const guchar *data = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);
  int width = cairo_image_surface_get_width (surface);
  int height = cairo_image_surface_get_height (surface);
  for (int y = 0; y < height; y++) {
    const guint32 *row = (const guint32 *)(data + (gsize)y * stride);
    for (int x = 0; x < width; x++)
      if (row[x] >> 24 != 255)
        return FALSE;
  }
  return TRUE;
}

/* Cairo's premultiplied 0xAARRGGBB words to the bytes of a PNG. */
static void
convert_row (const guint32 *row, int width, gboolean opaque, guchar *out)
{
  for (int x = 0; x < width; x++) {
    guint32 pixel = row[x], alpha = pixel >> 24;
    for (int shift = 16; shift >= 0; shift -= 8) {
      guint32 value = pixel >> shift & 255;
      *out++ = alpha == 0 || alpha == 255 ? value : MIN ((value * 255 + alpha / 2) / alpha, 255);
    }
    if (!opaque)
      *out++ = alpha;
  }
}

/* Plain text chunks hold Latin-1; what is not ASCII goes into international ones, as UTF-8. */
static GArray *
text_chunks (const LimenPicture *picture)
{
  GArray *chunks = g_array_new (FALSE, TRUE, sizeof (png_text));
  for (const char *const *pair = picture->text; pair && pair[0] && pair[1]; pair += 2) {
    gboolean plain = g_str_is_ascii (pair[1]);
    png_text chunk = {
        .compression = plain ? PNG_TEXT_COMPRESSION_NONE : PNG_ITXT_COMPRESSION_NONE,
        .key = (char *)pair[0],
        .text = (char *)pair[1],
        .text_length = plain ? strlen (pair[1]) : 0,
        .itxt_length = plain ? 0 : strlen (pair[1]),
    };
    g_array_append_val (chunks, chunk);
  }
  return chunks;
}

/* libpng leaves by longjmp: what has to be freed belongs to the caller. */
static gboolean
write_png (png_structp png, png_infop info, cairo_surface_t *surface, gboolean opaque, double scale,
           GArray *chunks, guchar *row)
{
  int width = cairo_image_surface_get_width (surface);
  int height = cairo_image_surface_get_height (surface);
  int stride = cairo_image_surface_get_stride (surface);
  const guchar *data = cairo_image_surface_get_data (surface);
  png_uint_32 density = (png_uint_32)lround (PIXELS_PER_INCH / 0.0254 * scale);
  if (setjmp (png_jmpbuf (png)))
    return FALSE;
  png_set_IHDR (png, info, width, height, 8, opaque ? PNG_COLOR_TYPE_RGB : PNG_COLOR_TYPE_RGB_ALPHA,
                PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  png_set_pHYs (png, info, density, density, PNG_RESOLUTION_METER);
  png_set_text (png, info, (png_textp)(void *)chunks->data, (int)chunks->len);
  png_write_info (png, info);
  for (int y = 0; y < height; y++) {
    convert_row ((const guint32 *)(data + (gsize)y * stride), width, opaque, row);
    png_write_row (png, row);
  }
  png_write_end (png, info);
  return TRUE;
}

static gboolean
encode_png (const LimenPicture *picture, GByteArray *out, GError **error)
{
  int width = (int)round (picture->width * picture->scale);
  int height = (int)round (picture->height * picture->scale);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  gboolean ok = draw (picture, surface, picture->scale, error);
  if (ok) {
    png_structp png = png_create_write_struct (PNG_LIBPNG_VER_STRING, NULL, NULL, ignore_warning);
    png_infop info = png_create_info_struct (png);
    g_autoptr (GArray) chunks = text_chunks (picture);
    g_autofree guchar *row = g_malloc ((gsize)width * 4);
    png_set_write_fn (png, out, append_png, NULL);
    ok = write_png (png, info, surface, is_opaque (surface), picture->scale, chunks, row);
    png_destroy_write_struct (&png, &info);
    if (!ok)
      check_status (CAIRO_STATUS_PNG_ERROR, error);
  }
  cairo_surface_destroy (surface);
  return ok;
}

/* --- SVG and PDF --- */

static cairo_status_t
append_bytes (void *out, const guchar *data, unsigned int n)
{
  g_byte_array_append (out, data, n);
  return CAIRO_STATUS_SUCCESS;
}

static void
set_pdf_metadata (cairo_surface_t *surface, const char *const *text)
{
  g_autoptr (GString) others = g_string_new (NULL);
  for (const char *const *pair = text; pair && pair[0] && pair[1]; pair += 2)
    if (strcmp (pair[0], "Title") == 0)
      cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, pair[1]);
    else
      g_string_append_printf (others, "%s%s: %s", others->len > 0 ? "; " : "", pair[0], pair[1]);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_SUBJECT, others->str);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Limen " LIMEN_VERSION);
}

/* Cairo writes no metadata into an SVG: <title> and <desc> go behind its first tag. */
static void
insert_svg_metadata (GByteArray *out, const char *const *text)
{
  const char *tag = g_strstr_len ((const char *)out->data, out->len, "<svg");
  const char *end = tag ? memchr (tag, '>', out->data + out->len - (guint8 *)tag) : NULL;
  if (!text || !end)
    return;
  g_autoptr (GString) title = g_string_new (NULL), others = g_string_new (NULL);
  for (const char *const *pair = text; pair[0] && pair[1]; pair += 2) {
    g_autofree char *line = strcmp (pair[0], "Title") == 0
                                ? g_markup_printf_escaped ("\n<title>%s</title>", pair[1])
                                : g_markup_printf_escaped ("%s: %s\n", pair[0], pair[1]);
    g_string_append (g_str_has_prefix (line, "\n<title>") ? title : others, line);
  }
  g_string_append_printf (title, "\n<desc>%s</desc>", others->str);
  gsize head = end + 1 - (const char *)out->data;
  g_autoptr (GByteArray) rest = g_byte_array_new ();
  g_byte_array_append (rest, out->data + head, out->len - head);
  g_byte_array_set_size (out, head);
  g_byte_array_append (out, (const guint8 *)title->str, title->len);
  g_byte_array_append (out, rest->data, rest->len);
}

static gboolean
encode_vector (const LimenPicture *picture, GByteArray *out, GError **error)
{
  gboolean pdf = picture->format == LIMEN_PICTURE_PDF;
  cairo_surface_t *surface =
      pdf ? cairo_pdf_surface_create_for_stream (append_bytes, out, picture->width, picture->height)
          : cairo_svg_surface_create_for_stream (append_bytes, out, picture->width,
                                                 picture->height);
  if (pdf)
    set_pdf_metadata (surface, picture->text);
  else
    cairo_svg_surface_set_document_unit (surface, CAIRO_SVG_UNIT_PX);
  gboolean ok = draw (picture, surface, 1, error);
  cairo_surface_destroy (surface);
  if (ok && !pdf)
    insert_svg_metadata (out, picture->text);
  return ok;
}

/* --- Both --- */

GBytes *
limen_picture_to_bytes (const LimenPicture *picture, GError **error)
{
  if (!check_size (picture, error))
    return NULL;
  g_autoptr (GByteArray) out = g_byte_array_new ();
  gboolean ok = picture->format == LIMEN_PICTURE_PNG ? encode_png (picture, out, error)
                                                     : encode_vector (picture, out, error);
  return ok ? g_byte_array_free_to_bytes (g_steal_pointer (&out)) : NULL;
}

gboolean
limen_picture_save (const LimenPicture *picture, const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = limen_picture_to_bytes (picture, error);
  if (!bytes)
    return FALSE;
  gsize n;
  const void *data = g_bytes_get_data (bytes, &n);
  return limen_replace_file_with_bytes (path, data, n, error);
}
