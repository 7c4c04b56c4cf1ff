/* A line of nodes with their mass under the standard normal distribution. */
#pragma once

#include <glib.h>
#include <math.h>

/* @n nodes at equal distances from −@reach to @reach: @e, and their mass under N(0, 1) */
static inline void
fill_line (double reach, gsize n, double *e, double *mass)
{
  for (gsize i = 0; i < n; i++) {
    e[i] = -reach + 2 * reach * (double)i / (double)(n - 1);
    mass[i] = 2 * reach / (double)(n - 1) * exp (-0.5 * e[i] * e[i]) / sqrt (2 * G_PI);
  }
}
