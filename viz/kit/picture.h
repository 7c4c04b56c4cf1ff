/* The same drawing calls, saved as PNG, SVG or PDF. */
#pragma once

#include "model/base/error.h"

#include <cairo.h>

typedef enum { LIMEN_PICTURE_PNG, LIMEN_PICTURE_SVG, LIMEN_PICTURE_PDF } LimenPictureFormat;

/** LimenDrawFunc: draws a picture of @width × @height into @cr, whatever is behind it */
typedef void (*LimenDrawFunc) (cairo_t *cr, double width, double height, gpointer user_data);

/**
 * LimenPicture:
 * @width, @height: pixels at scale 1, 1 to 10 000; points in a PDF
 * @scale: PNG only: pixels per pixel, 1 to 4; at most 100 million in the end
 * @text: (nullable): NULL-terminated pairs of key and value, UTF-8: "Title", "…", "Threshold",
 * "194.29 nats", …: text chunks of a PNG, and, of those it knows, the metadata of a PDF. Keys: 1 to
 * 79 characters of ASCII.
 */
typedef struct {
  LimenPictureFormat format;
  guint width, height;
  double scale;
  LimenDrawFunc draw;
  gpointer user_data;
  const char *const *text;
} LimenPicture;

/** limen_picture_format_from_path: by its extension; LIMEN_ERROR_ARGUMENT for another than .png,
 * .svg, .pdf */
gboolean
limen_picture_format_from_path (const char *path, LimenPictureFormat *format, GError **error);
/**
 * limen_picture_save: through limen_replace_file(): when anything fails, what was at @path stays.
 * LIMEN_ERROR_ARGUMENT for a size out of range, LIMEN_ERROR_UNREADABLE where it can't be written.
 */
gboolean limen_picture_save (const LimenPicture *picture, const char *path, GError **error);
/** limen_picture_to_bytes: (transfer full): the file's content, for the clipboard */
GBytes *limen_picture_to_bytes (const LimenPicture *picture, GError **error);
