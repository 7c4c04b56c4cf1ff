#include "ui/study/detector/drawing.h"

#include <math.h>
#include <string.h>

#define PEN_RADIUS (1.25 / 28) /* of the shorter side */

LimenDrawing *
limen_drawing_new (void)
{
  return g_new0 (LimenDrawing, 1);
}

static LimenDrawing *
with_n (const LimenDrawing *drawing, guint n)
{
  LimenDrawing *next = limen_drawing_new ();
  next->n = n;
  next->point = g_new0 (LimenPenPoint, n);
  for (guint i = 0; i < MIN (n, drawing->n); i++)
    next->point[i] = drawing->point[i];
  return next;
}

LimenDrawing *
limen_drawing_copy (const LimenDrawing *drawing)
{
  g_return_val_if_fail (drawing != NULL, NULL);
  return with_n (drawing, drawing->n);
}

void
limen_drawing_free (LimenDrawing *drawing)
{
  g_return_if_fail (drawing != NULL);
  g_free (drawing->point);
  g_free (drawing);
}

LimenDrawing *
limen_drawing_with_point (const LimenDrawing *drawing, double x, double y, gboolean begins)
{
  g_return_val_if_fail (drawing != NULL && isfinite (x) && isfinite (y), NULL);
  LimenDrawing *next = with_n (drawing, drawing->n + 1);
  next->point[drawing->n] =
      (LimenPenPoint){CLAMP (x, 0, 1), CLAMP (y, 0, 1), begins || drawing->n == 0};
  return next;
}

LimenDrawing *
limen_drawing_without_last (const LimenDrawing *drawing)
{
  g_return_val_if_fail (drawing != NULL, NULL);
  guint n = drawing->n;
  while (n > 0 && !drawing->point[n - 1].begins)
    n--;
  return with_n (drawing, n > 0 ? n - 1 : 0);
}

/* -- pixels -- */

typedef struct {
  double x0, y0, x1, y1, radius; /* pixels */
} Segment;

static double
distance (const Segment *s, double x, double y)
{
  double dx = s->x1 - s->x0, dy = s->y1 - s->y0, length = dx * dx + dy * dy;
  double along = length > 0 ? ((x - s->x0) * dx + (y - s->y0) * dy) / length : 0;
  along = CLAMP (along, 0, 1);
  return hypot (x - s->x0 - along * dx, y - s->y0 - along * dy);
}

/* First and one behind the last pixel that ink between @a and @b may touch */
static void
reach (double a, double b, double radius, guint size, guint *first, guint *end)
{
  *first = (guint)fmax (floor (fmin (a, b) - radius - 1), 0);
  *end = (guint)fmin (ceil (fmax (a, b) + radius + 1), size);
}

static void
add_segment (const Segment *s, guint width, guint height, guint8 *pixels)
{
  guint left, right, top, bottom;
  reach (s->x0, s->x1, s->radius, width, &left, &right);
  reach (s->y0, s->y1, s->radius, height, &top, &bottom);
  for (guint y = top; y < bottom; y++)
    for (guint x = left; x < right; x++) {
      double ink = s->radius + 0.5 - distance (s, x + 0.5, y + 0.5);
      guint8 *pixel = &pixels[y * width + x];
      *pixel = MAX (*pixel, (guint8)lround (255 * CLAMP (ink, 0, 1)));
    }
}

void
limen_drawing_pixels (const LimenDrawing *drawing, guint width, guint height, guint8 *pixels)
{
  g_return_if_fail (drawing != NULL && pixels != NULL && width > 0 && height > 0);
  memset (pixels, 0, (gsize)width * height);
  for (guint i = 0; i < drawing->n; i++) {
    const LimenPenPoint *to = &drawing->point[i], *from = to->begins ? to : to - 1;
    Segment segment = {from->x * width, from->y * height, to->x * width, to->y * height,
                       PEN_RADIUS * MIN (width, height)};
    add_segment (&segment, width, height, pixels);
  }
}
