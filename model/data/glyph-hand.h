/* The hand: no two characters it writes are alike. */
#pragma once

#include "model/base/random.h"
#include "model/data/glyph-pen.h"

/**
 * LimenGlyphHabits:
 * @width: of the pen, least and greatest, px
 * @slant: mean and standard deviation of the shear, positive leans to the right
 * @aspect: mean and standard deviation of log (width / height), before the glyph is fitted
 *
 * In what a script is written unlike another.
 */
typedef struct {
  float width[2];
  float slant[2];
  float aspect[2];
} LimenGlyphHabits;

/** limen_glyph_habits: by LimenGlyphs */
extern const LimenGlyphHabits limen_glyph_habits[2];

/**
 * limen_glyph_write:
 * @strokes: a skeleton, as in LimenGlyphForm
 * @path: (out): where the pen goes
 *
 * Bends, shears, turns, scales and wobbles the skeleton, fits it into the box and centres it.
 */
void limen_glyph_write (const char *strokes, const LimenGlyphHabits *habits, LimenRandom *random,
                        LimenPenPath *path);
