/* The distance to the nearest image, beside a direct computation: whatever is left out by outlines,
 * the result is the same to the last bit. */
#include "model/bench/nearest.h"
#include "tests/model/near-asserts.h"
#include "tests/model/random-vae.h"

#include <string.h>

static double
plain_nearest (const float *x, const float *others, guint n, guint dimension, guint skip)
{
  double best = INFINITY;
  for (guint j = 0; j < n; j++) {
    double sum = 0;
    for (guint d = 0; d < dimension; d++)
      sum += pow ((double)x[d] - others[j * dimension + d], 2);
    if (j != skip)
      best = MIN (best, sum);
  }
  return sqrt (best);
}

static void
test_nearest_is_exact (void)
{
  enum { N = 700, SIDE = 12, D = SIDE * SIDE, M = LIMEN_NEIGHBOURS_BATCH };
  g_autoptr (LimenImageSet) others = random_images (N, SIDE, SIDE, 1);
  g_autoptr (LimenImageSet) set = random_images (M, SIDE, SIDE, 2);
  g_autoptr (LimenNeighbours) neighbours = limen_neighbours_new (others);
  g_autofree float *x = g_new (float, M *D), *y = g_new (float, N *D),
                   *room = g_new (float, limen_neighbours_room (neighbours));
  double found[M];
  guint itself[M];
  limen_image_set_copy_rows (set, 0, M, x);
  limen_image_set_copy_rows (others, 0, N, y);
  limen_neighbours_distances (neighbours, x, M, NULL, room, found);
  for (guint i = 0; i < M; i++) {
    double expected = plain_nearest (x + i * D, y, N, D, G_MAXUINT);
    assert_near (found[i], expected, 1e-12 * expected);
    itself[i] = 550 + i;
  }
  limen_neighbours_distances (neighbours, y + 550 * D, M, NULL, room, found);
  g_assert_cmpfloat (found[7], ==, 0); /* to the last bit, however large the squares are */
  limen_neighbours_distances (neighbours, y + 550 * D, M, itself, room, found);
  for (guint i = 0; i < M; i++)
    assert_near (found[i], plain_nearest (y + (550 + i) * D, y, N, D, 550 + i), 1e-12);
}

static void
test_nearest_of_one_has_no_other (void)
{
  g_autoptr (LimenImageSet) one = random_images (1, 6, 6, 1);
  g_autoptr (LimenNeighbours) neighbours = limen_neighbours_new (one);
  g_autofree float *room = g_new (float, limen_neighbours_room (neighbours));
  float x[36];
  guint itself = 0;
  double found;
  limen_image_set_copy_rows (one, 0, 1, x);
  limen_neighbours_distances (neighbours, x, 1, &itself, room, &found);
  g_assert_cmpfloat (found, ==, INFINITY);
}

/* -- all kinds of images -- */

typedef void (*DrawFunc) (guint8 *pixels, guint width, guint height, LimenRandom *random);

static void
draw_noise (guint8 *pixels, guint width, guint height, LimenRandom *random)
{
  for (guint p = 0; p < width * height; p++)
    pixels[p] = (guint8)(255 * limen_random_uniform (random));
}

/* A stroke on black, as of a digit */
static void
draw_stroke (guint8 *pixels, guint width, guint height, LimenRandom *random)
{
  double x = width * limen_random_uniform (random), y = height * limen_random_uniform (random);
  double angle = G_PI * limen_random_uniform (random);
  for (guint p = 0; p < width * height; p++) {
    double apart = (p % width - x) * sin (angle) - (p / width - y) * cos (angle);
    pixels[p] = (guint8)(255 * exp (-apart * apart));
  }
}

/* All of one grey, of which there are few, so that many are the same */
static void
draw_flat (guint8 *pixels, guint width, guint height, LimenRandom *random)
{
  memset (pixels, (int)(4 * limen_random_uniform (random)) * 85, (gsize)width * height);
}

/* Black but for one pixel, so that outlines are short */
static void
draw_point (guint8 *pixels, guint width, guint height, LimenRandom *random)
{
  memset (pixels, 0, (gsize)width * height);
  pixels[(guint)(width * height * limen_random_uniform (random))] = 255;
}

static const DrawFunc draws[] = {draw_noise, draw_stroke, draw_flat, draw_point};

static LimenImageSet *
drawn (DrawFunc draw, guint n, guint width, guint height, guint64 seed)
{
  LimenRandom random = limen_random_stream (seed, "kinds", 0);
  g_autofree guint8 *pixels = g_new (guint8, n * width * height);
  for (guint i = 0; i < n; i++)
    draw (pixels + i * width * height, width, height, &random);
  return limen_image_set_new_from_u8 ("kind", pixels, n, width, height);
}

/* As limen_neighbours_distances() sums it, without leaving anything out */
static double
same_sum (const float *x, const float *others, guint n, guint dimension)
{
  double best = INFINITY;
  for (guint j = 0; j < n; j++) {
    double sum = 0;
    for (guint d = 0; d < dimension; d++) {
      double apart = (double)x[d] - others[j * dimension + d];
      sum += apart * apart;
    }
    best = MIN (best, sum);
  }
  return sqrt (best);
}

static void
compare_kinds (DrawFunc of_set, DrawFunc of_others, guint width, guint height)
{
  enum { N = 600, M = 40 }; /* more than are compared with at once */
  guint dimension = width * height;
  g_autoptr (LimenImageSet) others = drawn (of_others, N, width, height, 1);
  g_autoptr (LimenImageSet) set = drawn (of_set, M, width, height, 2);
  g_autoptr (LimenNeighbours) neighbours = limen_neighbours_new (others);
  g_autofree float *x = g_new (float, M *dimension), *y = g_new (float, N *dimension),
                   *room = g_new (float, limen_neighbours_room (neighbours));
  double found[M];
  limen_image_set_copy_rows (set, 0, M, x);
  limen_image_set_copy_rows (others, 0, N, y);
  limen_neighbours_distances (neighbours, x, M, NULL, room, found);
  for (guint i = 0; i < M; i++)
    g_assert_cmpfloat (found[i], ==, same_sum (x + i * dimension, y, N, dimension));
}

static void
test_nearest_of_any_kind (void)
{
  static const guint sizes[][2] = {{28, 28}, {13, 9}, {30, 21}, {1, 1}, {5, 3}};
  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++)
    for (guint a = 0; a < G_N_ELEMENTS (draws); a++)
      for (guint b = 0; b < G_N_ELEMENTS (draws); b++)
        compare_kinds (draws[a], draws[b], sizes[s][0], sizes[s][1]);
}

#define ADD(name, function) g_test_add_func ("/nearest/" name, function)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("is-exact", test_nearest_is_exact);
  ADD ("of-one", test_nearest_of_one_has_no_other);
  ADD ("of-any-kind", test_nearest_of_any_kind);
  return g_test_run ();
}
