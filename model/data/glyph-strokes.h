/* The skeletons that the generated handwriting is made from. */
#pragma once

#include <glib.h>

#define LIMEN_GLYPH_FORMS     4
#define LIMEN_GLYPH_MAX_KNOTS 40

/**
 * LimenGlyphForm:
 * @weight: how often this form is written, among those of its class; 0: there is none
 * @strokes: knots "x,y" of a smooth curve in a square of 100 × 100, y downwards, in the order of
 * writing; "!" after a knot makes it a corner, "|" between two lifts the pen
 *
 * One way of writing a character.
 */
typedef struct {
  guint weight;
  const char *strokes;
} LimenGlyphForm;

/** limen_glyph_forms: (LIMEN_GLYPH_FORMS): of @class of LimenGlyphs @kind */
const LimenGlyphForm *limen_glyph_forms (guint kind, guint class);
