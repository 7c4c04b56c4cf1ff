#include "model/data/glyph-hand.h"

#include "model/data/glyph-strokes.h"

#include <math.h>
#include <string.h>

#define STEPS  6    /* straight pieces of the path between two knots */
#define MARGIN 0.6f /* px: no ink nearer to the edge, so the outermost pixels stay black */

/* Standard deviations, where half the skeleton's square is 1; of turns in radians. */
#define BEND         0.08f
#define TURN         0.05f
#define STROKE_SHIFT 0.045f
#define STROKE_TURN  0.05f
#define KNOT_SHIFT   0.04f
#define PRESSURE     0.1f
#define MEMORY       0.5f /* not a deviation: how much of a knot's tremor the next one shares */

const LimenGlyphHabits limen_glyph_habits[2] = {
    {.width = {1.6f, 3.4f}, .slant = {0.16f, 0.2f}, .aspect = {-0.05f, 0.18f}},
    {.width = {1.6f, 2.8f}, .slant = {0.03f, 0.09f}, .aspect = {0, 0.1f}},
};

/* A knot of the skeleton, -1 to 1 both ways. The radius is a factor of the pen's. */
typedef struct {
  float x, y, radius;
  gboolean corner; /* no smooth passage: an end of a stroke, or "!" */
  gboolean lifted; /* the last of a stroke */
} Knot;

typedef struct {
  Knot knots[LIMEN_GLYPH_MAX_KNOTS];
  guint n;
} Skeleton;

/* What happens to all knots, or to those of one stroke: p becomes A·p + b plus a quadratic bend. */
typedef struct {
  float a[2][2], b[2], bend[2][3];
} Warp;

/* Nearly normal with this standard deviation (the sum of three uniform numbers), never beyond 3
 * of them: no outliers that nobody would have written. */
static float
spread (LimenRandom *random, float deviation)
{
  double sum = 0;
  for (int i = 0; i < 3; i++)
    sum += limen_random_u32 (random) * 0x1p-32;
  return (float)(2 * sum - 3) * deviation;
}

static float
between (LimenRandom *random, float low, float high)
{
  return low + (high - low) * (float)limen_random_uniform (random);
}

static float
read_number (const char **text)
{
  int value = 0;
  for (; g_ascii_isdigit (**text); (*text)++)
    value = 10 * value + (**text - '0');
  return (float)value / 50 - 1;
}

static void
read_skeleton (const char *text, Skeleton *skeleton)
{
  gboolean start = TRUE;
  for (skeleton->n = 0; *text && skeleton->n < LIMEN_GLYPH_MAX_KNOTS;) {
    Knot *knot = &skeleton->knots[skeleton->n++];
    *knot = (Knot){.corner = start, .radius = 1};
    knot->x = read_number (&text);
    text++; /* the comma */
    knot->y = read_number (&text);
    knot->corner |= *text == '!';
    text += strspn (text, "! ");
    start = knot->lifted = *text == '|' || !*text;
    knot->corner |= knot->lifted;
    text += strspn (text, "| ");
  }
}

static void
apply_warp (const Warp *warp, Knot *knot)
{
  float x = knot->x, y = knot->y, out[2];
  for (int i = 0; i < 2; i++) {
    const float *bend = warp->bend[i];
    out[i] = warp->a[i][0] * x + warp->a[i][1] * y + warp->b[i];
    out[i] += bend[0] * x * x + bend[1] * x * y + bend[2] * y * y;
  }
  knot->x = out[0];
  knot->y = out[1];
}

static Warp
draw_stroke_warp (LimenRandom *random)
{
  float turn = spread (random, STROKE_TURN);
  return (Warp){
      .a = {{1 + spread (random, STROKE_TURN), turn}, {-turn, 1 + spread (random, STROKE_TURN)}},
      .b = {spread (random, STROKE_SHIFT), spread (random, STROKE_SHIFT)},
  };
}

static Warp
draw_glyph_warp (LimenRandom *random, const LimenGlyphHabits *habits)
{
  float aspect = expf (habits->aspect[0] + spread (random, habits->aspect[1]));
  float slant = habits->slant[0] + spread (random, habits->slant[1]);
  float turn = spread (random, TURN);
  Warp warp = {.a = {{aspect, turn - slant}, {-turn * aspect, 1}}};
  for (int i = 0; i < 6; i++)
    warp.bend[i / 3][i % 3] = spread (random, BEND);
  return warp;
}

/* What a knot has of its own, the passing tremor of the hand: it changes little by little. */
static void
add_tremor (Knot *knot, float tremor[3], LimenRandom *random)
{
  for (int i = 0; i < 3; i++)
    tremor[i] = MEMORY * tremor[i] + spread (random, i < 2 ? KNOT_SHIFT : PRESSURE);
  knot->x += tremor[0];
  knot->y += tremor[1];
  knot->radius += tremor[2];
}

static void
wobble (Skeleton *skeleton, const LimenGlyphHabits *habits, LimenRandom *random)
{
  Warp glyph = draw_glyph_warp (random, habits), stroke = draw_stroke_warp (random);
  float tremor[3] = {0};
  for (guint i = 0; i < skeleton->n; i++) {
    Knot *knot = &skeleton->knots[i];
    apply_warp (&stroke, knot);
    add_tremor (knot, tremor, random);
    apply_warp (&glyph, knot);
    if (knot->lifted)
      stroke = draw_stroke_warp (random);
  }
}

/* Catmull and Rom (1974): through q and r, in q parallel to r − p, in r parallel to s − q. */
static float
spline (float p, float q, float r, float s, float t)
{
  float slope_q = (r - p) / 2, slope_r = (s - q) / 2, u = 1 - t;
  return u * u * ((1 + 2 * t) * q + t * slope_q) + t * t * ((1 + 2 * u) * r - u * slope_r);
}

static void
add_span (LimenPenPath *path, const Knot *p, const Knot *q, const Knot *r, const Knot *s)
{
  for (int step = 0; step < STEPS && path->n < LIMEN_PEN_MAX_POINTS; step++) {
    float t = (float)step / STEPS;
    path->points[path->n++] = (LimenPenPoint){
        .x = spline (p->x, q->x, r->x, s->x, t),
        .y = spline (p->y, q->y, r->y, s->y, t),
        .radius = spline (p->radius, q->radius, r->radius, s->radius, t),
    };
  }
}

static void
trace (const Skeleton *skeleton, LimenPenPath *path)
{
  path->n = 0;
  for (const Knot *q = skeleton->knots; q < skeleton->knots + skeleton->n; q++) {
    const Knot *p = q->corner ? q : q - 1, *r = q + 1;
    if (q->lifted && path->n < LIMEN_PEN_MAX_POINTS)
      path->points[path->n++] = (LimenPenPoint){q->x, q->y, q->radius, TRUE};
    else if (!q->lifted)
      add_span (path, p, q, r, r->corner ? r : r + 1);
  }
}

/* The box of the path (x, then y); of a pen of this radius with its ink, of 0 its middle line. */
static void
bounds_of (const LimenPenPath *path, float radius, float low[2], float high[2])
{
  low[0] = low[1] = G_MAXFLOAT;
  high[0] = high[1] = -G_MAXFLOAT;
  for (guint i = 0; i < path->n; i++) {
    const LimenPenPoint *point = &path->points[i];
    float reach = radius * point->radius;
    low[0] = MIN (low[0], point->x - reach);
    low[1] = MIN (low[1], point->y - reach);
    high[0] = MAX (high[0], point->x + reach);
    high[1] = MAX (high[1], point->y + reach);
  }
}

/* The centre of the ink's mass: each piece weighs its length times its width. */
static void
centre_of (const LimenPenPath *path, float centre[2])
{
  float mass = 1e-6f, x = 0, y = 0;
  for (guint i = 0; i + 1 < path->n; i++) {
    const LimenPenPoint *a = &path->points[i], *b = a + 1;
    float m = a->lifted ? 0 : hypotf (b->x - a->x, b->y - a->y) * (a->radius + b->radius);
    mass += m;
    x += m * (a->x + b->x) / 2;
    y += m * (a->y + b->y) / 2;
  }
  centre[0] = x / mass;
  centre[1] = y / mass;
}

/* To pixels: the longer side of the box, ink included, gets the length asked for. */
static void
scale_path (LimenPenPath *path, float radius, float box)
{
  float low[2], high[2];
  bounds_of (path, 0, low, high);
  float scale = (box - 2 * radius) / MAX (MAX (high[0] - low[0], high[1] - low[1]), 1e-3f);
  for (guint i = 0; i < path->n; i++) {
    path->points[i].x *= scale;
    path->points[i].y *= scale;
    path->points[i].radius *= radius;
  }
}

/* The centre of mass comes to the middle but for the shift, yet no ink too near the edge. */
static void
centre_path (LimenPenPath *path, const float shift[2])
{
  float low[2], high[2], centre[2], move[2], margin = MARGIN + path->softness / 2;
  bounds_of (path, 1, low, high);
  centre_of (path, centre);
  for (int i = 0; i < 2; i++) {
    move[i] = LIMEN_PEN_SIDE / 2.0f + shift[i] - centre[i];
    move[i] = CLAMP (move[i], margin - low[i], LIMEN_PEN_SIDE - margin - high[i]);
  }
  for (guint i = 0; i < path->n; i++) {
    path->points[i].x += move[0];
    path->points[i].y += move[1];
  }
}

void
limen_glyph_write (const char *strokes, const LimenGlyphHabits *habits, LimenRandom *random,
                   LimenPenPath *path)
{
  Skeleton skeleton;
  read_skeleton (strokes, &skeleton);
  wobble (&skeleton, habits, random);
  trace (&skeleton, path);
  float width = between (random, habits->width[0], habits->width[1]);
  float box = between (random, 18.5f, 20.5f);
  float shift[2] = {spread (random, 0.35f), spread (random, 0.35f)};
  path->softness = between (random, 0.9f, 1.4f);
  scale_path (path, width / 2, box);
  centre_path (path, shift);
}
