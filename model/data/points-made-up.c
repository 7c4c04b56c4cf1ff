#include "model/base/random.h"
#include "model/data/points.h"

#include <math.h>

/* @draw: fills in @x: (d), with a stream of its own for every point */
typedef struct {
  const char *name;
  guint d;
  void (*draw) (LimenRandom *random, double *x);
} Kind;

/* Two half circles of radius 1.4, one upside down and moved into the other's hollow. */
static void
draw_two_moons (LimenRandom *random, double *x)
{
  gboolean lower = limen_random_below (random, 2);
  double angle = G_PI * limen_random_uniform (random);
  double across = lower ? 1 - cos (angle) : cos (angle);
  double up = lower ? 0.5 - sin (angle) : sin (angle);
  x[0] = 1.4 * (across - 0.5) + 0.12 * limen_random_normal (random);
  x[1] = 1.4 * (up - 0.25) + 0.12 * limen_random_normal (random);
}

/* A normal distribution bent along a parabola (Haario, Saksman and Tamminen, "Adaptive proposal
 * distribution for random walk Metropolis algorithm", 1999). */
static void
draw_banana (LimenRandom *random, double *x)
{
  double along = 1.2 * limen_random_normal (random);
  x[0] = along;
  x[1] = 0.35 * (1.44 - along * along) + 0.25 * limen_random_normal (random);
}

static void
draw_ring (LimenRandom *random, double *x)
{
  double angle = 2 * G_PI * limen_random_uniform (random);
  double radius = 1.8 + 0.12 * limen_random_normal (random);
  x[0] = radius * cos (angle);
  x[1] = radius * sin (angle);
}

/* Five normal distributions, the first three with more points than the others. */
static void
draw_mixture (LimenRandom *random, double *x)
{
  static const double centre[][2] = {{-1.6, 1.1}, {-1.6, 1.1}, {1.5, 1.4},  {1.5, 1.4},
                                     {0.1, -0.2}, {0.1, -0.2}, {1.7, -1.5}, {-1.2, -1.6}};
  const double *at = centre[limen_random_below (random, G_N_ELEMENTS (centre))];
  x[0] = at[0] + 0.25 * limen_random_normal (random);
  x[1] = at[1] + 0.25 * limen_random_normal (random);
}

/* x = A·z + b + 0.3·e, z ~ N(0, I): two latent variables in five columns */
static void
draw_linear (LimenRandom *random, double *x)
{
  static const double a[5][2] = {{1.2, 0.3}, {-0.8, 0.9}, {0.5, -1.1}, {0.9, 0.7}, {-0.2, 0.6}};
  static const double b[5] = {0.5, -0.3, 0.2, 0, -0.6};
  double z[2] = {limen_random_normal (random), limen_random_normal (random)};
  for (int i = 0; i < 5; i++)
    x[i] = a[i][0] * z[0] + a[i][1] * z[1] + b[i] + 0.3 * limen_random_normal (random);
}

static const Kind kinds[] = {
    {"two-moons", 2, draw_two_moons}, {"banana", 2, draw_banana}, {"ring", 2, draw_ring},
    {"mixture", 2, draw_mixture},     {"linear", 5, draw_linear},
};

const char *const *
limen_points_names (void)
{
  static const char *names[G_N_ELEMENTS (kinds) + 1];
  static gsize once = 0;
  if (g_once_init_enter (&once)) {
    for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
      names[i] = kinds[i].name;
    g_once_init_leave (&once, 1);
  }
  return names;
}

static const Kind *
find_kind (const char *name, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].name, name))
      return &kinds[i];
  g_autofree char *shown = limen_display_name (name);
  g_autofree char *known = g_strjoinv (", ", (char **)limen_points_names ());
  limen_fail (error, LIMEN_ERROR_ARGUMENT,
              "“%s” is no set of points that Limen makes; choose one of %s.", shown, known);
  return NULL;
}

LimenPoints *
limen_points_builtin (const char *name, guint n, guint64 seed, GError **error)
{
  const Kind *kind = find_kind (name, error);
  if (!kind)
    return NULL;
  if (n < 2 || n > LIMEN_POINTS_MOST_ROWS) {
    limen_fail (error, LIMEN_ERROR_ARGUMENT,
                "%s can't have %u points; choose a number from 2 to %u.", name, n,
                LIMEN_POINTS_MOST_ROWS);
    return NULL;
  }
  LimenPoints *points = g_new (LimenPoints, 1);
  *points = (LimenPoints){g_strdup (name), n, kind->d, g_new (double, (gsize)n * kind->d), NULL};
  for (gsize i = 0; i < n; i++) {
    LimenRandom random = limen_random_stream (seed, name, i);
    kind->draw (&random, points->x + i * kind->d);
  }
  return points;
}
