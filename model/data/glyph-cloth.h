/* Cloth: ink becomes a figure in a piece of cloth, hatched by its threads or plain. */
#pragma once

#include "model/base/random.h"

/**
 * limen_glyph_cloth:
 * @woven: whether threads are seen; plain cloth has the greys alone
 * @image: (inout): (28, 28), row-major: the ink of a glyph; then the cloth, 0 to 255
 *
 * Ground and figure have a grey each, the figure the lighter one. Woven, each is hatched in a
 * direction, distance and contrast of its own, and no two threads are alike. The greys of woven and
 * of plain cloth have the same distribution: what is missing from plain cloth is the hatching only.
 */
void limen_glyph_cloth (LimenRandom *random, gboolean woven, guint8 *image);
