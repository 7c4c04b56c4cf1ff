/* All colours of all pictures: one table, a row per role, a column per scheme. */
#pragma once

#include <cairo.h>
#include <glib.h>

/** LimenScheme: the columns */
typedef enum {
  LIMEN_SCHEME_LIGHT,
  LIMEN_SCHEME_DARK,
  LIMEN_SCHEME_LIGHT_CONTRAST,
  LIMEN_SCHEME_DARK_CONTRAST,
  LIMEN_N_SCHEMES,
} LimenScheme;

/**
 * LimenColour:
 * @LIMEN_COLOUR_PAPER: behind a plot
 * @LIMEN_COLOUR_INK, @LIMEN_COLOUR_DIM: text that is read first, and second
 * @LIMEN_COLOUR_GRID, @LIMEN_COLOUR_AXIS: thin lines
 * @LIMEN_COLOUR_FIRST: the first set, or player A: lines and text
 * @LIMEN_COLOUR_SECOND: the second set, or player B
 * @LIMEN_COLOUR_HAND: what the user holds in the hand
 * @LIMEN_COLOUR_ON_HAND: text on it
 * @LIMEN_COLOUR_REST: everything else that is measured
 * @LIMEN_COLOUR_THIRD: the third of three that race: lines and text
 * @LIMEN_COLOUR_FIRST_LIGHT, @LIMEN_COLOUR_FIRST_DARK: kin of the first: lines and marks, not text
 * @LIMEN_COLOUR_SECOND_LIGHT, @LIMEN_COLOUR_SECOND_DARK: kin of the second
 * @LIMEN_COLOUR_FIRST_FILL, @LIMEN_COLOUR_SECOND_FILL: translucent, lets the grid through
 * @LIMEN_COLOUR_FIRST_STRONG, @LIMEN_COLOUR_SECOND_STRONG: translucent, laid on the fill: the wrong
 * side
 * @LIMEN_COLOUR_FLAGGED, @LIMEN_COLOUR_KEPT: tints of the two regions of a decision, translucent
 */
typedef enum {
  LIMEN_COLOUR_PAPER,
  LIMEN_COLOUR_INK,
  LIMEN_COLOUR_DIM,
  LIMEN_COLOUR_GRID,
  LIMEN_COLOUR_AXIS,
  LIMEN_COLOUR_FIRST,
  LIMEN_COLOUR_SECOND,
  LIMEN_COLOUR_HAND,
  LIMEN_COLOUR_ON_HAND,
  LIMEN_COLOUR_REST,
  LIMEN_COLOUR_THIRD,
  LIMEN_COLOUR_FIRST_LIGHT,
  LIMEN_COLOUR_FIRST_DARK,
  LIMEN_COLOUR_SECOND_LIGHT,
  LIMEN_COLOUR_SECOND_DARK,
  LIMEN_COLOUR_FIRST_FILL,
  LIMEN_COLOUR_SECOND_FILL,
  LIMEN_COLOUR_FIRST_STRONG,
  LIMEN_COLOUR_SECOND_STRONG,
  LIMEN_COLOUR_FLAGGED,
  LIMEN_COLOUR_KEPT,
  LIMEN_N_COLOURS,
} LimenColour;

/** LimenRgba: sRGB, 0 to 1, not premultiplied */
typedef struct {
  double red, green, blue, alpha;
} LimenRgba;

LimenRgba limen_palette_colour (LimenScheme scheme, LimenColour colour);
/** limen_palette_set: makes it @cr's source */
void limen_palette_set (cairo_t *cr, LimenScheme scheme, LimenColour colour);
/** limen_palette_css: (transfer full): "#1c6fd8", or "#f0731a0e" with its opacity, for style sheets
 * and Pango markup */
char *limen_palette_css (LimenScheme scheme, LimenColour colour);
/** limen_scheme: the column for what the desktop asks for */
LimenScheme limen_scheme (gboolean dark, gboolean high_contrast);
