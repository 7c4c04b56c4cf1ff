/* A picture drawn by hand: strokes of a pen, which become grey pixels of any size. */
#pragma once

#include <glib.h>

/** LimenPenPoint: parts of the width and of the height, from the top left corner; @begins: a stroke
 */
typedef struct {
  double x, y;
  gboolean begins;
} LimenPenPoint;

/**
 * LimenDrawing:
 * @point: (n): all strokes, in their order
 *
 * A plain value: setters take it const and return a new one, (transfer full).
 */
typedef struct {
  LimenPenPoint *point;
  guint n;
} LimenDrawing;

LimenDrawing *limen_drawing_new (void);
LimenDrawing *limen_drawing_copy (const LimenDrawing *drawing);
void limen_drawing_free (LimenDrawing *drawing);

/** limen_drawing_with_point: @begins: a new stroke, which is a dot so far; else the last one goes
 * on
 */
LimenDrawing *
limen_drawing_with_point (const LimenDrawing *drawing, double x, double y, gboolean begins);
/** limen_drawing_without_last: without its last stroke; empty where there was one or none */
LimenDrawing *limen_drawing_without_last (const LimenDrawing *drawing);
/**
 * limen_drawing_pixels:
 * @pixels: (height, width), row-major: white ink, 255, on black, 0, as in MNIST, with a soft rim
 *
 * The pen is as wide as in MNIST, where strokes are 2 to 3 of 28 pixels.
 */
void limen_drawing_pixels (const LimenDrawing *drawing, guint width, guint height, guint8 *pixels);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenDrawing, limen_drawing_free)
