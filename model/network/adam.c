#include "model/network/adam.h"
#include "model/base/matrix.h"

#include <math.h>
#include <stdlib.h>

#define EPSILON 1e-8f
/* Added to both means: those of a unit that sleeps for thousands of steps would otherwise become
 * denormal numbers, with which processors are slow. Far below what EPSILON lets through. */
#define TINY 1e-30f

LimenAdam
limen_adam_at (guint64 t, double alpha, double beta1, double beta2)
{
  return (LimenAdam){
      .beta1 = (float)beta1,
      .beta2 = (float)beta2,
      .rate = (float)(alpha / (1 - pow (beta1, (double)t))),
      .root = (float)(1 / sqrt (1 - pow (beta2, (double)t))),
  };
}

LimenMoments
limen_moments_new (gsize n)
{
  return (LimenMoments){limen_floats_new (n), limen_floats_new (n)};
}

void
limen_moments_clear (LimenMoments *moments)
{
  free (moments->mean);
  free (moments->square);
  *moments = (LimenMoments){0};
}

static inline void
move (const LimenAdam *adam, float *weight, float m, float v)
{
  *weight -= adam->rate * m / (adam->root * sqrtf (v) + EPSILON);
}

void
limen_adam_move (const LimenAdam *adam, const float *gradient, gsize n, float *restrict weight,
                 const LimenMoments *moments, gsize first)
{
  const LimenAdam a = *adam;
  float *restrict m = moments->mean + first, *restrict v = moments->square + first;
  if (!gradient)
    for (gsize i = 0; i < n; i++) {
      m[i] = a.beta1 * m[i] + TINY;
      v[i] = a.beta2 * v[i] + TINY;
      move (&a, &weight[i], m[i], v[i]);
    }
  else
    for (gsize i = 0; i < n; i++) {
      m[i] = a.beta1 * m[i] + (1 - a.beta1) * gradient[i] + TINY;
      v[i] = a.beta2 * v[i] + (1 - a.beta2) * gradient[i] * gradient[i] + TINY;
      move (&a, &weight[i], m[i], v[i]);
    }
}
