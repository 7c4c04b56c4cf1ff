/* Numbers that are to be near others. */
#pragma once

#include <glib.h>
#include <math.h>

static inline void
assert_near (double value, double expected, double tolerance)
{
  if (!(fabs (value - expected) <= tolerance))
    g_error ("%.17g is not %.17g within %g", value, expected, tolerance);
}

static inline void
assert_all_near (const double *value, const double *expected, gsize n, double tolerance)
{
  for (gsize i = 0; i < n; i++)
    assert_near (value[i], expected[i], tolerance);
}
