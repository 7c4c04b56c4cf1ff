#include "model/data/glyph-hand.h"

#include "model/data/glyph-strokes.h"

#include <math.h>
#include <string.h>

#define STEPS 6 /* straight pieces of the path between two knots */

/* Standard deviations, where half the skeleton's square is 1; of turns in radians. */
#define BEND         0.08f
#define TURN         0.05f
#define STROKE_SHIFT 0.045f
#define STROKE_TURN  0.05f
#define KNOT_SHIFT   0.04f
#define PRESSURE     0.1f
#define MEMORY       0.5f /* not a deviation: how much of a knot's tremor the next one shares */

const LimenGlyphHabits limen_glyph_habits[2] = {
    {.width = {1.7f, 3.4f},
     .slant = {-0.15f, 0.45f},
     .aspect = {0.65f, 1.1f},
     .box = {18.5f, 20},
     .margin = 1.8f},
    {.width = {1.6f, 2.8f},
     .slant = {-0.1f, 0.2f},
     .aspect = {0.85f, 1.2f},
     .box = {23.5f, 24.5f},
     .margin = 0.6f},
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

/* What happens to all knots, or to those of one stroke: p becomes A·p + b plus, of each
 * coordinate, a bend in x², x·y and y². */
typedef struct {
  float a[2][2], b[2], bend[2][3];
} Warp;

static float
between (LimenRandom *random, const float range[2])
{
  return range[0] + (range[1] - range[0]) * (float)limen_random_uniform (random);
}

/* Around 0 with this standard deviation, triangular: no outliers that nobody would have written. */
static float
spread (LimenRandom *random, float deviation)
{
  double sum = limen_random_uniform (random) + limen_random_uniform (random);
  return (float)((sum - 1) * 2.4494897427831781) * deviation; /* √6 */
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

/* Fills in order: an initializer list may be evaluated in any. */
static void
spread_all (LimenRandom *random, float deviation, float *values, guint n)
{
  for (guint i = 0; i < n; i++)
    values[i] = spread (random, deviation);
}

static Warp
draw_stroke_warp (LimenRandom *random)
{
  float turn[3]; /* and the stretch of either axis */
  spread_all (random, STROKE_TURN, turn, 3);
  Warp warp = {.a = {{1 + turn[1], turn[0]}, {-turn[0], 1 + turn[2]}}};
  spread_all (random, STROKE_SHIFT, warp.b, 2);
  return warp;
}

static Warp
draw_glyph_warp (LimenRandom *random, const LimenGlyphHabits *habits)
{
  float aspect = between (random, habits->aspect), slant = between (random, habits->slant);
  float turn = spread (random, TURN);
  Warp warp = {.a = {{aspect, turn - slant}, {-turn * aspect, 1}}};
  spread_all (random, BEND, warp.bend[0], 3);
  spread_all (random, BEND, warp.bend[1], 3);
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
    float dx = b->x - a->x, dy = b->y - a->y;
    float m = a->lifted ? 0 : sqrtf (dx * dx + dy * dy) * (a->radius + b->radius);
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
centre_path (LimenPenPath *path, float margin, const float shift[2])
{
  float low[2], high[2], centre[2], move[2];
  margin += path->softness / 2;
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
  float width = between (random, habits->width);
  float box = between (random, habits->box);
  float shift[2]; /* px */
  spread_all (random, 0.2f, shift, 2);
  path->softness = between (random, (const float[]){0.9f, 1.4f});
  scale_path (path, width / 2, box);
  centre_path (path, habits->margin, shift);
}
