/* Pictures that move: an animated PNG, a GIF or a WebM, of frames that are drawn one after the
 * other. */
#pragma once

#include "model/base/run.h"
#include "viz/kit/picture.h"

/** LimenFrameFunc: draws frame @index, 0 to n_frames − 1; in their order, but begun anew more than
 * once: for the palette, and where the file came out too large */
typedef void (*LimenFrameFunc) (cairo_t *cr, double width, double height, guint index,
                                gpointer user_data);

/**
 * LimenAnimationFormat:
 * @LIMEN_ANIMATION_PNG: W3C, "Portable Network Graphics (PNG) Specification (Third Edition)",
 * section 11.3.6: programs that know no animation show the first frame
 * @LIMEN_ANIMATION_GIF: GIF89a; both have one palette of 255 colours for all frames
 * @LIMEN_ANIMATION_WEBM: VP8, by the desktop's GStreamer, see limen_animation_can()
 */
typedef enum {
  LIMEN_ANIMATION_PNG,
  LIMEN_ANIMATION_GIF,
  LIMEN_ANIMATION_WEBM,
  LIMEN_N_ANIMATION_FORMATS,
} LimenAnimationFormat;

/**
 * LimenAnimation:
 * @width, @height: pixels, 16 to 4096; of a WebM the next even number
 * @n_frames: 1 to 10 000; @milliseconds: that each is seen: for a GIF a multiple of 10
 * @most_bytes: where the file would be larger, frames are made smaller, down to a quarter of the
 * width and height, until it is not; 0: as large as it gets
 * @text: (nullable): as in LimenPicture; a WebM holds none
 */
typedef struct {
  LimenAnimationFormat format;
  guint width, height, n_frames, milliseconds;
  gsize most_bytes;
  LimenFrameFunc draw;
  gpointer user_data;
  const char *const *text;
} LimenAnimation;

/** limen_animation_extension: ".png", ".gif", ".webm" */
const char *limen_animation_extension (LimenAnimationFormat format);
/** limen_animation_format_of: the one whose extension @path has; LIMEN_N_ANIMATION_FORMATS: none */
LimenAnimationFormat limen_animation_format_of (const char *path);
/** limen_animation_can: whether it can be written here: WebM only where GStreamer and its plug-ins
 * for VP8 and WebM are installed. The first question about that may take seconds; any thread */
gboolean limen_animation_can (LimenAnimationFormat format);
/**
 * limen_animation_save: through limen_replace_file(): when anything fails, what was at @path stays.
 *
 * LIMEN_ERROR_ARGUMENT for a size or a number of frames out of range, a format that can't be
 * written here, or a @most_bytes that can't be kept; LIMEN_ERROR_UNREADABLE where the file can't be
 * written; G_IO_ERROR_CANCELLED.
 */
gboolean limen_animation_save (const LimenAnimation *animation, const char *path,
                               const LimenRun *run, GError **error);
