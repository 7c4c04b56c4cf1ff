/* A table of points: any bytes are points that are finite, or are refused with a sentence. */
#include "model/data/points.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check (gboolean holds)
{
  if (!holds)
    abort ();
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (LimenPoints) points = limen_points_parse (bytes, "fuzz.csv", NULL, &error);
  check ((points == NULL) == (error != NULL));
  check (!error || (strstr (error->message, "fuzz.csv") && g_str_has_suffix (error->message, ".") &&
                    !strchr (error->message, '\n')));
  if (!points)
    return 0;
  check (points->n >= 2 && points->d >= 2 && points->d <= LIMEN_POINTS_MOST_COLUMNS);
  for (gsize i = 0; i < (gsize)points->n * points->d; i++)
    check (isfinite (points->x[i]));
  return 0;
}
