#include "marks-shape.h"

#include <math.h>
#include <string.h>

#define PIECES 16 /* of a Bézier curve */

typedef struct {
  LimenShape shape;
  double at[2], low[2], high[2], moment[2];
  guint n_points;
  gboolean closed, curved, slanted;
} Pen;

static void
widen (Pen *pen, const double *p)
{
  for (int i = 0; i < 2; i++) {
    pen->low[i] = fmin (pen->low[i], p[i]);
    pen->high[i] = fmax (pen->high[i], p[i]);
  }
}

static void
start (Pen *pen, const double *p)
{
  *pen = (Pen){.at = {p[0], p[1]}, .low = {p[0], p[1]}, .high = {p[0], p[1]}, .n_points = 1};
  memcpy (pen->shape.from, p, sizeof pen->shape.from);
}

static void
go (Pen *pen, const double *p)
{
  double dx = p[0] - pen->at[0], dy = p[1] - pen->at[1], length = hypot (dx, dy);
  pen->shape.length += length;
  for (int i = 0; i < 2; i++)
    pen->moment[i] += length * (pen->at[i] + p[i]) / 2;
  pen->slanted |= fabs (dx) > 0.01 && fabs (dy) > 0.01;
  widen (pen, p);
  memcpy (pen->at, p, sizeof pen->at);
}

static void
bend (Pen *pen, double control[4][2])
{
  for (int k = 1; k <= PIECES; k++) {
    double t = (double)k / PIECES, s = 1 - t, p[2];
    for (int i = 0; i < 2; i++)
      p[i] = s * s * s * control[0][i] + 3 * s * s * t * control[1][i] +
             3 * s * t * t * control[2][i] + t * t * t * control[3][i];
    go (pen, p);
  }
  pen->curved = TRUE;
}

static void
name_kind (const Pen *pen, char *kind)
{
  if (pen->curved)
    strcpy (kind, "curve");
  else if (pen->closed && pen->n_points == 4 && !pen->slanted)
    strcpy (kind, "rectangle");
  else if (pen->n_points == 2)
    strcpy (kind, "line");
  else
    g_snprintf (kind, sizeof ((LimenShape *)NULL)->kind, "%s of %u",
                pen->closed ? "polygon" : "path", pen->n_points);
}

static void
lift (Pen *pen, GArray *shapes)
{
  LimenShape *shape = &pen->shape;
  if (pen->n_points < 2)
    return;
  shape->box =
      (LimenRect){pen->low[0], pen->low[1], pen->high[0] - pen->low[0], pen->high[1] - pen->low[1]};
  for (int i = 0; i < 2; i++) {
    shape->to[i] = pen->at[i];
    shape->mass[i] = shape->length > 0 ? pen->moment[i] / shape->length : pen->at[i];
  }
  name_kind (pen, shape->kind);
  g_array_append_val (shapes, *shape);
  pen->n_points = 0;
}

static void
follow (Pen *pen, cairo_t *cr, const cairo_path_data_t *data, GArray *shapes)
{
  double p[4][2] = {{pen->at[0], pen->at[1]}};
  int n = data->header.type == CAIRO_PATH_CLOSE_PATH ? 0 : data->header.length - 1;
  for (int i = 1; i <= n; i++) {
    p[i][0] = data[i].point.x;
    p[i][1] = data[i].point.y;
    cairo_user_to_device (cr, &p[i][0], &p[i][1]);
  }
  if (data->header.type == CAIRO_PATH_MOVE_TO) {
    lift (pen, shapes);
    start (pen, p[1]);
  } else if (data->header.type == CAIRO_PATH_LINE_TO) {
    go (pen, p[1]);
    pen->n_points++;
  } else if (data->header.type == CAIRO_PATH_CURVE_TO) {
    bend (pen, p);
    pen->n_points++;
  } else {
    go (pen, pen->shape.from);
    pen->closed = TRUE;
    lift (pen, shapes);
  }
}

GArray *
limen_shapes (cairo_t *cr)
{
  GArray *shapes = g_array_new (FALSE, FALSE, sizeof (LimenShape));
  Pen pen = {0};
  cairo_path_t *path = cairo_copy_path (cr);
  for (int i = 0; i < path->num_data; i += path->data[i].header.length)
    follow (&pen, cr, &path->data[i], shapes);
  lift (&pen, shapes);
  cairo_path_destroy (path);
  return shapes;
}

void
limen_shape_add (LimenShape *shape, const LimenShape *other)
{
  double length = shape->length + other->length;
  LimenRect *box = &shape->box;
  double right = fmax (box->x + box->width, other->box.x + other->box.width);
  double bottom = fmax (box->y + box->height, other->box.y + other->box.height);
  box->x = fmin (box->x, other->box.x);
  box->y = fmin (box->y, other->box.y);
  box->width = right - box->x;
  box->height = bottom - box->y;
  for (int i = 0; i < 2 && length > 0; i++)
    shape->mass[i] = (shape->mass[i] * shape->length + other->mass[i] * other->length) / length;
  shape->length = length;
  memcpy (shape->to, other->to, sizeof shape->to);
}
