/* The hand: no two characters it writes are alike. */
#pragma once

#include "model/base/random.h"
#include "model/data/glyph-pen.h"

/**
 * LimenGlyphHabits: in what a script is written unlike another: least and greatest of
 * @width: of the pen, px
 * @slant: the shear, positive leans to the right
 * @aspect: the factor of the width against the height
 * @box: the longer side of the glyph, px
 *
 * @margin: no ink nearer to the edge of the image than this, px
 */
typedef struct {
  float width[2], slant[2], aspect[2], box[2];
  float margin;
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
