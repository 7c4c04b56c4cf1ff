#include "model/base/plane.h"

#include <string.h>

LimenPlane *
limen_plane_new (guint columns, guint rows, const double low[2], const double high[2])
{
  LimenPlane *plane = g_new0 (LimenPlane, 1);
  plane->columns = columns;
  plane->rows = rows;
  memcpy (plane->low, low, sizeof plane->low);
  memcpy (plane->high, high, sizeof plane->high);
  plane->log_density = g_new0 (double, (gsize)columns *rows);
  return plane;
}

void
limen_plane_free (LimenPlane *plane)
{
  if (!plane)
    return;
  g_free (plane->log_density);
  g_free (plane);
}
