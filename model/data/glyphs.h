/* Handwriting made up from stroke skeletons: digits, in ink or in cloth, and hiragana, as many as
 * wanted, without a file. */
#pragma once

#include "model/base/error.h"
#include "model/data/images.h"

#define LIMEN_GLYPHS_SIDE    28
#define LIMEN_GLYPHS_CLASSES 10
#define LIMEN_GLYPHS_MAX     1000000

/**
 * LimenGlyphs:
 * @LIMEN_GLYPHS_DIGITS: class c is the digit c
 * @LIMEN_GLYPHS_HIRAGANA: classes 0 to 9 are お き す つ な は ま や れ を
 * @LIMEN_GLYPHS_WOVEN: digits in hatched cloth, see glyph-cloth.h
 * @LIMEN_GLYPHS_PLAIN: digits in cloth of the same greys without a hatching: a flow that learned
 * the woven ones finds these, which it has never seen, more likely (Nalisnick et al., "Do deep
 * generative models know what they don't know?", 2019)
 */
typedef enum {
  LIMEN_GLYPHS_DIGITS,
  LIMEN_GLYPHS_HIRAGANA,
  LIMEN_GLYPHS_WOVEN,
  LIMEN_GLYPHS_PLAIN,
} LimenGlyphs;

/**
 * limen_glyphs_new:
 * @n: 1 to LIMEN_GLYPHS_MAX
 *
 * Images of 28 × 28 pixels, white ink on black. Digits are laid out as in MNIST: in a box of up to
 * 20 × 20, the centre of mass near the middle. Hiragana fill the image as KMNIST's do, the
 * outermost pixels excepted: a flow that has learned digits knows most of them by that. Image i
 * depends on
 * @kind, @seed and i alone, on any number of threads.
 *
 * Returns: (transfer full): in 8 bits; NULL with LIMEN_ERROR_ARGUMENT or G_IO_ERROR_CANCELLED.
 */
LimenImages *limen_glyphs_new (LimenGlyphs kind, guint n, guint64 seed, GCancellable *cancellable,
                               GError **error);

/**
 * limen_glyphs_fill:
 * @first, @n: images @first to @first + @n − 1
 * @pixels: (out): (n, 28·28), row-major
 *
 * The same images in memory of the caller's. FALSE only when cancelled.
 */
gboolean limen_glyphs_fill (LimenGlyphs kind, guint first, guint n, guint64 seed, guint8 *pixels,
                            GCancellable *cancellable, GError **error);

/** limen_glyphs_label: returns: the class of image @index, 0 to 9, drawn uniformly */
guint limen_glyphs_label (LimenGlyphs kind, guint index, guint64 seed);
