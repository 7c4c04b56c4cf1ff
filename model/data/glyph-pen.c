#include "model/data/glyph-pen.h"

#include <math.h>

/* The pixels from low − reach to high + reach, within the image. */
static void
range_of_pixels (float low, float high, float reach, int *begin, int *end)
{
  *begin = (int)CLAMP (floorf (MIN (low, high) - reach), 0, LIMEN_PEN_SIDE);
  *end = (int)CLAMP (ceilf (MAX (low, high) + reach), 0, LIMEN_PEN_SIDE);
}

/* Adds the segment from a to b, whose width goes linearly from the one's to the other's. */
static void
draw_segment (const LimenPenPoint *a, const LimenPenPoint *b, float softness, float *ink)
{
  float dx = b->x - a->x, dy = b->y - a->y, per_length2 = 1 / (dx * dx + dy * dy + 1e-6f);
  float reach = MAX (a->radius, b->radius) + softness / 2;
  int left, right, top, bottom;
  range_of_pixels (a->x, b->x, reach, &left, &right);
  range_of_pixels (a->y, b->y, reach, &top, &bottom);
  for (int row = top; row < bottom; row++)
    for (int column = left; column < right; column++) {
      float x = (float)column + 0.5f - a->x, y = (float)row + 0.5f - a->y;
      float t = (x * dx + y * dy) * per_length2;
      t = CLAMP (t, 0, 1);
      x -= t * dx;
      y -= t * dy;
      float distance = sqrtf (x * x + y * y) - a->radius - t * (b->radius - a->radius);
      float value = 0.5f - distance / softness;
      float *pixel = &ink[row * LIMEN_PEN_SIDE + column];
      *pixel = MAX (*pixel, value);
    }
}

void
limen_pen_draw (const LimenPenPath *path, guint8 *image)
{
  float ink[LIMEN_PEN_SIDE * LIMEN_PEN_SIDE] = {0};
  for (guint i = 0; i + 1 < path->n; i++)
    if (!path->points[i].lifted)
      draw_segment (&path->points[i], &path->points[i + 1], path->softness, ink);
  for (guint i = 0; i < G_N_ELEMENTS (ink); i++)
    image[i] = (guint8)(255 * MIN (ink[i], 1) + 0.5f);
}
