/* The slow plain reference of a flow's loss: float64, one image at a time. */
#pragma once

#include "model/flow/nice-private.h"

#include <math.h>

/* All weights of a flow one after the other: of each coupling, of each layer, (inputs, outputs) and
 * biases; then the log-scales. @values: (n). */
typedef struct {
  LimenNiceShape shape;
  guint n;
  double *values;
} PlainNice;

static inline guint
plain_n (LimenNiceShape shape)
{
  guint half = shape.dimension / 2, w = shape.width;
  guint coupling = half * w + w + (shape.depth - 1) * (w * w + w) + w * half + half;
  return shape.couplings * coupling + shape.dimension;
}

/* In the layout of @weight (inputs, stride) for each layer, whatever @weight holds. */
static inline double *
plain_append (double *end, const LimenLinear *linear, const float *weight, const float *bias)
{
  for (guint i = 0; i < linear->inputs; i++)
    for (guint o = 0; o < linear->outputs; o++)
      *end++ = weight[(gsize)i * linear->stride + o];
  for (guint o = 0; o < linear->outputs; o++)
    *end++ = bias[o];
  return end;
}

static inline PlainNice
plain_nice (const LimenNice *nice)
{
  PlainNice plain = {nice->shape, plain_n (nice->shape), NULL};
  double *end = plain.values = g_new (double, plain.n);
  for (guint c = 0; c < nice->shape.couplings; c++)
    for (guint l = 0; l <= nice->shape.depth; l++) {
      const LimenLinear *linear = &nice->coupling[c].layer[l];
      end = plain_append (end, linear, linear->weight, linear->bias);
    }
  for (guint d = 0; d < nice->shape.dimension; d++)
    *end++ = nice->scale[d];
  g_assert_true (end == plain.values + plain.n);
  return plain;
}

/* Adds the shift of a coupling to @moved; returns where the next one's weights begin. */
static inline const double *
plain_coupling (LimenNiceShape shape, const double *at, const double *x, double *moved)
{
  guint half = shape.dimension / 2, inputs = half;
  g_autofree double *a = g_new (double, MAX (half, shape.width)),
                    *b = g_new (double, MAX (half, shape.width));
  for (guint i = 0; i < half; i++)
    a[i] = x[i];
  for (guint l = 0; l <= shape.depth; l++) {
    guint outputs = l == shape.depth ? half : shape.width;
    for (guint o = 0; o < outputs; o++) {
      b[o] = at[inputs * outputs + o];
      for (guint i = 0; i < inputs; i++)
        b[o] += at[i * outputs + o] * a[i];
    }
    for (guint o = 0; o < outputs; o++)
      a[o] = l < shape.depth ? MAX (b[o], 0) : b[o];
    at += inputs * outputs + outputs;
    inputs = outputs;
  }
  for (guint i = 0; i < half; i++)
    moved[i] += a[i];
  return at;
}

/* @x: (D): −log p(x), nats */
static inline double
plain_nll (const PlainNice *plain, const double *x)
{
  guint half = plain->shape.dimension / 2;
  g_autofree double *h = g_new (double, 2 * half);
  const double *at = plain->values;
  double sum = 0;
  for (guint d = 0; d < 2 * half; d++)
    h[(d % 2) * half + d / 2] = x[d];
  for (guint c = 0; c < plain->shape.couplings; c++)
    at = plain_coupling (plain->shape, at, h + ((c + 1) % 2) * half, h + (c % 2) * half);
  for (guint d = 0; d < 2 * half; d++) {
    double z = fabs (h[(d % 2) * half + d / 2] * exp (at[d]));
    sum += z + 2 * log1p (exp (-z)) - at[d];
  }
  return sum;
}

/* @x: (n, D) */
static inline double
plain_mean_nll (const PlainNice *plain, const double *x, guint n)
{
  double sum = 0;
  for (guint i = 0; i < n; i++)
    sum += plain_nll (plain, x + (gsize)i * plain->shape.dimension);
  return sum / n;
}
