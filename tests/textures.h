/* Two textures with defects and their masks, drawn from a seed, laid out as MVTec AD lays out its
 * own: woven/train/good, woven/test/good, woven/test/scratch, woven/ground_truth/scratch, … */
#pragma once

#include "model/base/random.h"
#include "model/data-files.h"

#include <math.h>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"

/**
 * TextureCounts: how many of each
 * @side: of a picture, pixels
 */
typedef struct {
  guint train, good, of_kind, side;
} TextureCounts;

/* A picture on its way: @value and @is_defect: (side, side) */
typedef struct {
  guint side;
  double *value;
  guchar *is_defect;
  LimenRandom random;
} Texture;

static double
texture_uniform (Texture *texture, double low, double high)
{
  return low + (high - low) * limen_random_uniform (&texture->random);
}

/* Cloth: threads lie over and under each other in turn. */

#define THREAD    7.0 /* pixels from one to the next */
#define N_THREADS 64

/* @light: of each thread; @gone: the number of one that is missing from @gone_from to @gone_to
 * along it, or −1 */
typedef struct {
  double angle, shift[2], light[2][N_THREADS];
  int gone;
  guint gone_direction;
  double gone_from, gone_to;
} Weave;

/* How light the cloth is at (x, y), in pixels along both directions of threads */
static double
weave_at (const Weave *weave, double x, double y, gboolean *is_gone)
{
  const double at[2] = {x, y};
  int number[2];
  double across[2], best = 0.12; /* what is seen between threads */
  for (guint d = 0; d < 2; d++) {
    double place = at[d] / THREAD;
    number[d] = (int)floor (place);
    across[d] = (place - floor (place) - 0.5) * 2;
  }
  gboolean first_over = (number[0] + number[1]) % 2 == 0;
  *is_gone = FALSE;
  for (guint k = 0; k < 2; k++) {
    guint d = (k == 0) == first_over ? 1 : 0; /* the lower one first */
    double along = at[1 - d];
    gboolean gone = weave->gone == number[d] && weave->gone_direction == d &&
                    along > weave->gone_from && along < weave->gone_to;
    *is_gone |= gone;
    if (gone || fabs (across[d]) > 0.92)
      continue;
    double round = sqrt (1 - 0.75 * across[d] * across[d]);
    double height = (k == 0) ? 0.72 : 1; /* what lies below is in the shadow */
    best = weave->light[d][(guint)number[d] % N_THREADS] * round * height;
  }
  return best;
}

static void
draw_woven (Texture *texture, gboolean misses_thread)
{
  Weave weave = {.angle = texture_uniform (texture, -0.02, 0.02), .gone = -1};
  double side = texture->side;
  for (guint d = 0; d < 2; d++) {
    weave.shift[d] = 20 * THREAD + texture_uniform (texture, 0, 2 * THREAD);
    for (guint i = 0; i < N_THREADS; i++)
      weave.light[d][i] = (d ? 0.66 : 0.74) + 0.02 * limen_random_normal (&texture->random);
  }
  if (misses_thread) {
    weave.gone_direction = (guint)texture_uniform (texture, 0, 2);
    weave.gone =
        (int)floor ((weave.shift[0] + texture_uniform (texture, 0.3, 0.7) * side) / THREAD);
    weave.gone_from = weave.shift[0] + texture_uniform (texture, 0.15, 0.35) * side;
    weave.gone_to = weave.gone_from + texture_uniform (texture, 0.3, 0.5) * side;
  }
  for (guint i = 0; i < texture->side * texture->side; i++) {
    double x = i % texture->side, y = i / texture->side;
    double u = x + y * sin (weave.angle) + weave.shift[0];
    double v = y - x * sin (weave.angle) + weave.shift[1];
    gboolean is_gone;
    texture->value[i] = weave_at (&weave, u, v, &is_gone);
    texture->is_defect[i] = is_gone ? 255 : 0;
  }
}

/* Stone: grains of three sizes, dark and light, anywhere */
static void
draw_speckled (Texture *texture)
{
  static const struct {
    double radius, light;
    guint per_pixels; /* one grain for so many */
  } grains[] = {{2.6, -0.22, 90}, {1.7, 0.18, 45}, {1.0, -0.15, 30}};
  int side = (int)texture->side;
  for (int i = 0; i < side * side; i++)
    texture->value[i] = 0.55;
  for (guint k = 0; k < G_N_ELEMENTS (grains); k++)
    for (guint n = (guint)(side * side) / grains[k].per_pixels; n > 0; n--) {
      double x = texture_uniform (texture, -4, side + 4),
             y = texture_uniform (texture, -4, side + 4);
      double radius = grains[k].radius * texture_uniform (texture, 0.8, 1.2);
      double light = grains[k].light * texture_uniform (texture, 0.7, 1.1);
      int reach = (int)(3 * radius) + 1;
      for (int v = MAX ((int)y - reach, 0); v < MIN ((int)y + reach, side); v++)
        for (int u = MAX ((int)x - reach, 0); u < MIN ((int)x + reach, side); u++) {
          double r2 = ((u - x) * (u - x) + (v - y) * (v - y)) / (radius * radius);
          texture->value[v * side + u] += light * exp (-r2 * r2 / 2);
        }
    }
}

/* A line that is lighter or darker than what it goes over */
static void
draw_scratch (Texture *texture)
{
  double side = texture->side, angle = texture_uniform (texture, 0, G_PI);
  double x0 = texture_uniform (texture, 0.3, 0.7) * side;
  double y0 = texture_uniform (texture, 0.3, 0.7) * side;
  double length = texture_uniform (texture, 0.25, 0.4) * side;
  double width = texture_uniform (texture, 0.9, 1.4);
  double light = texture_uniform (texture, 0, 1) < 0.5 ? 0.98 : 0.06;
  for (guint i = 0; i < texture->side * texture->side; i++) {
    double x = i % texture->side - x0, y = i / texture->side - y0;
    double along = x * cos (angle) + y * sin (angle), off = y * cos (angle) - x * sin (angle);
    double share = CLAMP (width + 0.5 - fabs (off), 0, 1);
    if (fabs (along) > length / 2 || share <= 0)
      continue;
    texture->value[i] += 0.85 * share * (light - texture->value[i]);
    if (share >= 0.5)
      texture->is_defect[i] = 255;
  }
}

/* A blot with a soft edge, under which little of the texture is seen */
static void
draw_spot (Texture *texture)
{
  double side = texture->side, radius = texture_uniform (texture, 4.5, 7.5);
  double x0 = texture_uniform (texture, 0.2, 0.8) * side;
  double y0 = texture_uniform (texture, 0.2, 0.8) * side;
  double light = texture_uniform (texture, 0, 1) < 0.5 ? 0.95 : 0.1;
  double stretch = texture_uniform (texture, 0.75, 1.3);
  for (guint i = 0; i < texture->side * texture->side; i++) {
    double x = (i % texture->side - x0) * stretch, y = (i / texture->side - y0) / stretch;
    double share = CLAMP (radius + 0.5 - hypot (x, y), 0, 1);
    texture->value[i] += 0.8 * share * (light - texture->value[i]);
    if (share >= 0.5)
      texture->is_defect[i] = 255;
  }
}

/* A lamp that is nearer to one side, and the noise of a camera */
static void
photograph (Texture *texture)
{
  double slope[2] = {texture_uniform (texture, -0.06, 0.06),
                     texture_uniform (texture, -0.06, 0.06)};
  double exposure = texture_uniform (texture, 0.97, 1.03);
  for (guint i = 0; i < texture->side * texture->side; i++) {
    double x = (double)(i % texture->side) / texture->side - 0.5;
    double y = (double)(i / texture->side) / texture->side - 0.5;
    texture->value[i] *= exposure * (1 + slope[0] * x + slope[1] * y);
    texture->value[i] += 0.015 * limen_random_normal (&texture->random);
  }
}

static void
save_grey (const char *folder, const char *name, guint side, const guchar *pixels)
{
  g_autoptr (GBytes) bytes =
      make_png (side, side, PNG_COLOR_TYPE_GRAY, 8, PNG_INTERLACE_NONE, NULL, pixels);
  g_autofree char *path = write_bytes (folder, name, bytes);
}

/* @kind: "good", "scratch", "spot" or "thread" */
static void
draw_texture (const char *folder, const char *material, const char *part, const char *kind,
              guint number, guint side, guint64 seed)
{
  g_autofree char *stream = g_strdup_printf ("%s %s %s", material, part, kind);
  gsize n = (gsize)side * side;
  Texture texture = {side, g_new0 (double, n), g_malloc0 (n),
                     limen_random_stream (seed, stream, number)};
  g_autofree guchar *pixels = g_malloc (n);
  g_autofree char *name = g_strdup_printf ("%s/%s/%s/%03u.png", material, part, kind, number);
  g_autofree char *mask =
      g_strdup_printf ("%s/ground_truth/%s/%03u_mask.png", material, kind, number);
  if (g_str_equal (material, "woven"))
    draw_woven (&texture, g_str_equal (kind, "thread"));
  else
    draw_speckled (&texture);
  if (g_str_equal (kind, "scratch"))
    draw_scratch (&texture);
  else if (g_str_equal (kind, "spot"))
    draw_spot (&texture);
  photograph (&texture);
  for (gsize i = 0; i < n; i++)
    pixels[i] = (guchar)lround (CLAMP (texture.value[i], 0, 1) * 255);
  save_grey (folder, name, side, pixels);
  if (!g_str_equal (kind, "good"))
    save_grey (folder, mask, side, texture.is_defect);
  g_free (texture.value);
  g_free (texture.is_defect);
}

/* Into @folder, of which the names are those of MVTec AD; speckled stone has no threads. */
static void
draw_textures (const char *folder, const TextureCounts *counts, guint64 seed)
{
  static const char *const kinds[][4] = {{"woven", "scratch", "spot", "thread"},
                                         {"speckled", "scratch", "spot", NULL}};
  for (guint m = 0; m < G_N_ELEMENTS (kinds); m++) {
    const char *material = kinds[m][0];
    for (guint i = 0; i < counts->train; i++)
      draw_texture (folder, material, "train", "good", i, counts->side, seed);
    for (guint i = 0; i < counts->good; i++)
      draw_texture (folder, material, "test", "good", i, counts->side, seed);
    for (guint k = 1; k < 4 && kinds[m][k]; k++)
      for (guint i = 0; i < counts->of_kind; i++)
        draw_texture (folder, material, "test", kinds[m][k], i, counts->side, seed);
  }
}

#pragma GCC diagnostic pop
