#include "model/data/image-tiff.h"

#include <math.h>
#include <string.h>

#define MAX_ALLOCATION ((tmsize_t)256 << 20) /* of libtiff, at once */
#define MAX_SHARING    ((guint64)16)         /* times the file's size, of all directories */
#define MAX_STACK      ((guint64)1000 << 20) /* pixels of all pages */

/* Called by libtiff. Its file is a piece of memory, which is mapped whole. */

static tmsize_t
read_cb (thandle_t handle, void *out, tmsize_t n)
{
  LimenTiff *self = handle;
  gsize step = MIN ((gsize)MAX (n, 0), self->size - self->at);
  memcpy (out, self->data + self->at, step);
  self->at += step;
  return (tmsize_t)step;
}

static tmsize_t
write_cb (thandle_t handle, void *data, tmsize_t n)
{
  return 0;
}

static toff_t
seek_cb (thandle_t handle, toff_t offset, int whence)
{
  LimenTiff *self = handle;
  guint64 base = whence == SEEK_CUR ? self->at : whence == SEEK_END ? self->size : 0;
  self->at = (gsize)MIN (base + offset, self->size);
  return self->at;
}

static int
close_cb (thandle_t handle)
{
  return 0;
}

static toff_t
size_cb (thandle_t handle)
{
  return ((LimenTiff *)handle)->size;
}

static int
map_cb (thandle_t handle, void **base, toff_t *size)
{
  LimenTiff *self = handle;
  *base = (void *)self->data;
  *size = self->size;
  return 1;
}

static void
unmap_cb (thandle_t handle, void *base, toff_t size)
{
}

/* A return value of 1 keeps libtiff's handlers for all threads, which would print, out of it. */
static int
error_cb (TIFF *tiff, void *user_data, const char *module, const char *format, va_list arguments)
{
  LimenTiff *self = user_data;
  if (*self->reason)
    return 1;
  vsnprintf (self->reason, sizeof self->reason, format, arguments);
  g_strdelimit (self->reason, "\n\r", ' ');
  gsize length = strlen (self->reason);
  if (length > 0 && self->reason[length - 1] == '.')
    self->reason[length - 1] = 0;
  return 1;
}

static int
warning_cb (TIFF *tiff, void *user_data, const char *module, const char *format, va_list arguments)
{
  return 1;
}

/* Opening */

static void
close_tiff (LimenTiff *self)
{
  if (self->tiff)
    TIFFClose (self->tiff);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LimenTiff, close_tiff)

static void
set_damaged (LimenTiff *self, GError **error)
{
  g_autofree char *reason = g_utf8_make_valid (self->reason, -1);
  limen_decoder_set_damaged (self->decoder, *reason ? reason : "it is cut off", error);
}

static gboolean
open_tiff (LimenTiff *self, LimenDecoder *decoder, GError **error)
{
  TIFFOpenOptions *options = TIFFOpenOptionsAlloc ();
  *self = (LimenTiff){.decoder = decoder, .file = decoder->name};
  for (int i = 0; i < 2; i++)
    self->ranges[i] =
        (LimenTiffRange){{INFINITY, -INFINITY, INFINITY, -INFINITY, TRUE, TRUE}, -INFINITY};
  self->data = g_bytes_get_data (decoder->bytes, &self->size);
  TIFFOpenOptionsSetMaxSingleMemAlloc (options, MAX_ALLOCATION);
  TIFFOpenOptionsSetErrorHandlerExtR (options, error_cb, self);
  TIFFOpenOptionsSetWarningHandlerExtR (options, warning_cb, self);
  self->tiff = TIFFClientOpenExt ("", "rD", self, read_cb, write_cb, seek_cb, close_cb, size_cb,
                                  map_cb, unmap_cb, options);
  TIFFOpenOptionsFree (options);
  if (!self->tiff)
    set_damaged (self, error);
  return self->tiff != NULL;
}

/* Pages */

/* Smaller copies of other pages, and masks, are no images of their own. */
static gboolean
is_picture (LimenTiff *self)
{
  guint32 kind = 0;
  TIFFGetFieldDefaulted (self->tiff, TIFFTAG_SUBFILETYPE, &kind);
  return (kind & (FILETYPE_REDUCEDIMAGE | FILETYPE_MASK)) == 0;
}

/* Directories that share what they point to could make a small file last for hours. */
static gboolean
is_honest (LimenTiff *self)
{
  self->n_bytes += limen_tiff_directory_bytes (self);
  if (self->n_bytes <= MAX_SHARING * self->size)
    return TRUE;
  g_strlcpy (self->reason, "its pages share too much", sizeof self->reason);
  return FALSE;
}

/* Returns: FALSE behind the last page, and, with a reason, where the next can't be read. */
static gboolean
step (LimenTiff *self)
{
  *self->reason = 0;
  if (TIFFLastDirectory (self->tiff) || g_cancellable_is_cancelled (self->decoder->cancellable))
    return FALSE;
  if (!is_honest (self))
    return FALSE;
  if (TIFFReadDirectory (self->tiff))
    return TRUE;
  if (!*self->reason)
    g_strlcpy (self->reason, "its directory is damaged", sizeof self->reason);
  return FALSE;
}

/* @what: of decoder->name, is too much */
static gboolean
count_pixels (LimenTiff *self, const char *what, GError **error)
{
  self->n_pixels += (guint64)self->layout.width * self->layout.height;
  if (self->n_pixels <= MAX_STACK)
    return TRUE;
  return limen_fail (error, LIMEN_ERROR_UNSAFE,
                     "%s %s more than 1,000 million pixels; split the file.", self->decoder->name,
                     what);
}

/* Pages that can't be read are passed over here, and say so later. */
static gboolean
scan_page (LimenTiff *self, GError **error)
{
  if (!is_picture (self) || !limen_tiff_read_layout (self, NULL) || !limen_tiff_is_undecided (self))
    return TRUE;
  if (!count_pixels (self, "has pages of", error))
    return FALSE;
  limen_tiff_scan (self, NULL);
  return !g_cancellable_set_error_if_cancelled (self->decoder->cancellable, error);
}

/* Which value means white is decided of all pages at once. */
static gboolean
scan_pages (LimenTiff *self, GError **error)
{
  do
    if (!scan_page (self, error))
      return FALSE;
  while (step (self));
  *self->reason = 0;
  self->n_pixels = self->n_bytes = 0;
  if (g_cancellable_set_error_if_cancelled (self->decoder->cancellable, error))
    return FALSE;
  return TIFFSetDirectory (self->tiff, 0);
}

static LimenImages *
read_page (LimenTiff *self, GError **error)
{
  if (!limen_tiff_read_layout (self, error) ||
      !count_pixels (self, "and all pages after it are left out: with those before they have",
                     error))
    return NULL;
  LimenImages *images = limen_tiff_grey (self, error);
  return images ? limen_images_orient (images, self->layout.orientation, self->decoder->name,
                                       self->decoder->cancellable, error)
                : NULL;
}

/* The number of a page is its place among all, thumbnails included, as other programs count. */
static gboolean
give_page (LimenTiff *self, guint number, gboolean is_stack, LimenPageFunc take, gpointer data)
{
  LimenDecoder *decoder = self->decoder;
  const char *name = decoder->name;
  g_autofree char *page_name = is_stack ? limen_page_name (name, number) : g_strdup (name);
  GError *problem = NULL;
  LimenImages *page = NULL;
  decoder->name = page_name;
  if (*self->reason)
    set_damaged (self, &problem);
  else
    page = read_page (self, &problem);
  decoder->name = name;
  return take (page, is_stack ? number : 0, problem, data) && !*self->reason;
}

gboolean
limen_decode_tiff (LimenDecoder *decoder, LimenPageFunc take, gpointer data, GError **error)
{
  g_auto (LimenTiff) self = {NULL};
  guint number = 1, n_given = 0;
  if (!open_tiff (&self, decoder, error))
    return FALSE;
  gboolean is_stack = !TIFFLastDirectory (self.tiff), goes_on;
  if (!scan_pages (&self, error))
    return FALSE;
  do {
    gboolean is_given = is_picture (&self) || *self.reason;
    goes_on = !is_given || give_page (&self, number, is_stack, take, data);
    n_given += is_given;
    number++;
  } while (goes_on && self.n_pixels <= MAX_STACK && (step (&self) || *self.reason));
  if (n_given == 0)
    limen_decoder_set_unread (decoder, "it holds only thumbnails and masks", error);
  return n_given > 0;
}
