#include "model/data/glyph-cloth.h"

#include "model/data/glyph-pen.h"

#include <math.h>

#define SIDE LIMEN_PEN_SIDE

/* Least and greatest. */
static const double ground_grey[] = {0.25, 0.45}, figure_grey[] = {0.55, 0.75};
static const double contrast[] = {0.10, 0.22}; /* the amplitude of a hatching */
static const double distance[] = {3, 6};       /* of threads, px */

#define YARN 0.035 /* standard deviation of a pixel's grey: of threads that are not alike */

/* The grey at (x, y): grey + amplitude · sin(along_x · x + along_y · y + phase) */
typedef struct {
  double grey, amplitude, along_x, along_y, phase;
} Hatching;

static double
between (LimenRandom *random, const double range[2])
{
  return range[0] + (range[1] - range[0]) * limen_random_uniform (random);
}

static Hatching
draw_hatching (LimenRandom *random, const double grey[2], gboolean woven)
{
  Hatching hatching = {.grey = between (random, grey)};
  if (!woven)
    return hatching;
  double angle = G_PI * limen_random_uniform (random);
  double frequency = 2 * G_PI / between (random, distance);
  hatching.amplitude = between (random, contrast);
  hatching.along_x = frequency * cos (angle);
  hatching.along_y = frequency * sin (angle);
  hatching.phase = 2 * G_PI * limen_random_uniform (random);
  return hatching;
}

static double
grey_at (const Hatching *hatching, int x, int y)
{
  if (hatching->amplitude == 0)
    return hatching->grey;
  return hatching->grey + hatching->amplitude *
                              sin (hatching->along_x * x + hatching->along_y * y + hatching->phase);
}

void
limen_glyph_cloth (LimenRandom *random, gboolean woven, guint8 *image)
{
  Hatching ground = draw_hatching (random, ground_grey, woven);
  Hatching figure = draw_hatching (random, figure_grey, woven);
  for (int y = 0; y < SIDE; y++)
    for (int x = 0; x < SIDE; x++) {
      double ink = image[y * SIDE + x] / 255.0;
      double grey = (1 - ink) * grey_at (&ground, x, y) + ink * grey_at (&figure, x, y);
      if (woven)
        grey += YARN * limen_random_normal (random);
      image[y * SIDE + x] = (guint8)lround (255 * CLAMP (grey, 0, 1));
    }
}
