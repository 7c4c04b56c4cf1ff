/* Flows and images for tests, made up from a seed. */
#pragma once

#include "model/base/random.h"
#include "model/flow/nice-private.h"

#include <math.h>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"

static void
randomise_layer (LimenLinear *linear, LimenRandom *random)
{
  for (guint i = 0; i < linear->inputs; i++)
    for (guint o = 0; o < linear->outputs; o++)
      linear->weight[(gsize)i * linear->stride + o] =
          (float)(limen_random_normal (random) / sqrt (linear->inputs));
  for (guint o = 0; o < linear->outputs; o++)
    linear->bias[o] = (float)(0.3 * limen_random_normal (random));
}

static LimenNice *
random_nice (LimenNiceShape shape, guint64 seed)
{
  LimenRandom random = limen_random_stream (seed, "flow", 0);
  LimenNice *nice = limen_nice_new (shape, "random");
  for (guint c = 0; c < shape.couplings; c++)
    for (guint l = 0; l <= shape.depth; l++)
      randomise_layer (&nice->coupling[c].layer[l], &random);
  for (guint d = 0; d < shape.dimension; d++)
    nice->scale[d] = (float)(0.3 * limen_random_normal (&random));
  return nice;
}

/* Soft blobs, so that there is something to learn: (n, side, side). */
static LimenImageSet *
random_images (guint n, guint width, guint height, guint64 seed)
{
  LimenRandom random = limen_random_stream (seed, "images", 0);
  g_autofree guint8 *pixels = g_new (guint8, n * width * height);
  for (guint i = 0; i < n; i++) {
    double x = width * limen_random_uniform (&random), y = height * limen_random_uniform (&random);
    for (guint p = 0; p < width * height; p++) {
      double dx = p % width - x, dy = p / width - y;
      double light = exp (-(dx * dx + dy * dy) / (0.1 * width * height));
      pixels[i * width * height + p] = (guint8)(240 * light + 15 * limen_random_uniform (&random));
    }
  }
  return limen_image_set_new_from_u8 ("blobs", pixels, n, width, height);
}

#pragma GCC diagnostic pop
