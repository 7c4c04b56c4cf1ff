/* How a photo is cut into windows: small squares, each of which is looked at by itself. */
#pragma once

#include "model/data/photo.h"

/** LIMEN_WINDOW_LEAST, LIMEN_WINDOW_MOST: pixels along a side of a window */
#define LIMEN_WINDOW_LEAST 7
#define LIMEN_WINDOW_MOST  64
/** LIMEN_WINDOW_MOST_LEVELS: scales of a pyramid, of which each has half the size of the one before
 */
#define LIMEN_WINDOW_MOST_LEVELS 4
/** LIMEN_WINDOW_MOST_STRIDE: pixels between windows */
#define LIMEN_WINDOW_MOST_STRIDE 64

/**
 * LimenWindowing: a plain value
 * @size: pixels along a side of a window, LIMEN_WINDOW_LEAST to LIMEN_WINDOW_MOST
 * @stride: pixels from one window to the next, at every scale in pixels of that scale
 * @levels: scales: 1: the photo as it is; each further one has half the size of the one before
 * @colour: windows have three channels; else one, of a colour photo its grey (ITU-R BT.601)
 * @positioned: a window is compared only with windows of about the same place
 * @top_k: the score of a photo is the mean of so many largest values of its map; 1: the largest
 */
typedef struct {
  guint size, stride, levels;
  gboolean colour, positioned;
  guint top_k;
} LimenWindowing;

/** limen_windowing_default: what stands where nobody says otherwise */
LimenWindowing limen_windowing_default (void);
/**
 * limen_windowing_parse: "9x9", "9" or "9,2": size and stride; the rest of @windowing stays
 * @windowing: (inout): unchanged where it fails; without a stride in @text it stays, too
 *
 * Returns: FALSE with LIMEN_ERROR_ARGUMENT, a sentence that begins with @text
 */
gboolean limen_windowing_parse (const char *text, LimenWindowing *windowing, GError **error);
/** limen_windowing_text: (transfer full): what limen_windowing_parse() reads: "9x9,2" */
char *limen_windowing_text (const LimenWindowing *windowing);
/** limen_windowing_line: (transfer full): for people: "9 × 9 pixels, every 2, at 2 scales, colour,
 * by place, mean of the largest 5" */
char *limen_windowing_line (const LimenWindowing *windowing);
/** limen_windowing_note: (transfer full): what a flow must know of the windows that it learned:
 * "9x9 grey, 1 scale" */
char *limen_windowing_note (const LimenWindowing *windowing);
/** limen_windowing_of_note: @windowing: (inout): size, colour and scales, where @note says them.
 * Returns: FALSE with @windowing unchanged, where it is no such note */
gboolean limen_windowing_of_note (const char *note, LimenWindowing *windowing);
/** limen_windowing_check: whether all fields are in range; LIMEN_ERROR_ARGUMENT otherwise */
gboolean limen_windowing_check (const LimenWindowing *windowing, GError **error);

/** limen_windowing_dimension: D, numbers of a window: size² times 1 or 3 */
guint limen_windowing_dimension (const LimenWindowing *windowing);
/** limen_windowing_columns: how many windows stand side by side in @length pixels; 0: it is smaller
 * than a window. What they leave over, less than a stride, is left over at both ends alike. */
guint limen_windowing_columns (const LimenWindowing *windowing, guint length);
/** limen_windowing_origin: of the first window, pixels */
guint limen_windowing_origin (const LimenWindowing *windowing, guint length);
/** limen_windowing_n_windows: of a photo at its own size, and at all scales that hold a window */
guint64 limen_windowing_n_windows (const LimenWindowing *windowing, guint width, guint height);

/** limen_windowing_copy: @plane: with as many channels as windows have; @x, @y: of the window's
 * left upper pixel; @out: (D): row by row, the channels of a pixel side by side */
void limen_windowing_copy (const LimenWindowing *windowing, const LimenPhoto *plane, guint x,
                           guint y, float *out);

/** limen_windowing_plane: (transfer full): @photo in grey or colour, as windows have it; NULL as of
 * limen_photo_new() */
LimenPhoto *
limen_windowing_plane (const LimenWindowing *windowing, const LimenPhoto *photo, GError **error);
/** limen_windowing_halved: (transfer full): half the size, each pixel the mean of four; a last odd
 * row or column falls away. @plane: at least 2 × 2 pixels; NULL as of limen_photo_new() */
LimenPhoto *limen_windowing_halved (const LimenPhoto *plane, GError **error);
