#include "model/bound/recession.h"
#include "model/latent/vae-private.h"

#include <math.h>
#include <stdlib.h>

static void
add_unit (const LimenVae *vae, guint h, double factor, double *out)
{
  const LimenLinear *second = &vae->decoder.layer[1];
  const float *weight = second->weight + (gsize)h * second->stride;
  for (guint i = 0; i < second->outputs; i++)
    out[i] += factor * weight[i];
}

void
limen_vae_recession (const LimenVae *vae, const double *u, double *out)
{
  const LimenLinear *first = &vae->decoder.layer[0];
  for (guint i = 0; i < vae->shape.observed; i++)
    out[i] = 0;
  for (guint h = 0; h < first->outputs; h++) {
    double value = 0;
    for (guint j = 0; j < first->inputs; j++)
      value += first->weight[(gsize)j * first->stride + h] * u[j];
    if (value > 0)
      add_unit (vae, h, value, out);
  }
}

/* -- sectors -- */

/* @unit: that switches on, or off, where the ray is crossed counterclockwise; @on: 1, −1; 0: none
 */
typedef struct {
  double angle, x[2];
  guint unit;
  int on;
} Ray;

static int
compare_rays (const void *a, const void *b)
{
  const Ray *one = a, *other = b;
  return (one->angle > other->angle) - (one->angle < other->angle);
}

static Ray
ray_new (double x, double y, guint unit, int on)
{
  double length = hypot (x, y);
  return (Ray){atan2 (y, x), {x / length, y / length}, unit, on};
}

/* Where the units switch, and the axes; by angle. Counterclockwise of (w₂, −w₁), w·u > 0. */
static GArray *
find_rays (const LimenLinear *first)
{
  GArray *rays = g_array_new (FALSE, FALSE, sizeof (Ray));
  Ray axes[] = {ray_new (1, 0, 0, 0), ray_new (0, 1, 0, 0), ray_new (-1, 0, 0, 0),
                ray_new (0, -1, 0, 0)};
  g_array_append_vals (rays, axes, G_N_ELEMENTS (axes));
  for (guint h = 0; h < first->outputs; h++) {
    double w1 = first->weight[h], w2 = first->weight[first->stride + h];
    if (w1 == 0 && w2 == 0)
      continue;
    Ray pair[] = {ray_new (w2, -w1, h, 1), ray_new (-w2, w1, h, -1)};
    g_array_append_vals (rays, pair, 2);
  }
  qsort (rays->data, rays->len, sizeof (Ray), compare_rays);
  return rays;
}

static void
switch_unit (const LimenVae *vae, guint h, int sign, LimenVaeSector *sector)
{
  const LimenLinear *first = &vae->decoder.layer[0];
  for (guint j = 0; j < 2; j++)
    add_unit (vae, h, sign * (double)first->weight[j * first->stride + h], sector->slope[j]);
}

/* The units that are on before the first ray is crossed are those of the last sector: of the two
 * rays of a unit, the later one tells. */
static void
begin (const LimenVae *vae, const GArray *rays, LimenVaeSector *sector)
{
  g_autofree guint8 *on = g_new0 (guint8, vae->shape.hidden_decoder);
  for (guint i = 0; i < rays->len; i++) {
    const Ray *ray = &g_array_index (rays, Ray, i);
    if (ray->on != 0)
      on[ray->unit] = ray->on > 0;
  }
  for (guint h = 0; h < vae->shape.hidden_decoder; h++)
    if (on[h])
      switch_unit (vae, h, 1, sector);
}

void
limen_vae_each_sector (const LimenVae *vae, LimenVaeSectorFunc each, gpointer data)
{
  g_autoptr (GArray) rays = find_rays (&vae->decoder.layer[0]);
  LimenVaeSector sector = {.observed = vae->shape.observed};
  gboolean more = TRUE;
  for (guint j = 0; j < 2; j++)
    sector.slope[j] = g_new0 (double, sector.observed);
  begin (vae, rays, &sector);
  for (guint i = 0; i < rays->len && more; i++) {
    const Ray *ray = &g_array_index (rays, Ray, i);
    const Ray *next = &g_array_index (rays, Ray, (i + 1) % rays->len);
    if (ray->on != 0)
      switch_unit (vae, ray->unit, ray->on, &sector);
    for (guint j = 0; j < 2; j++) {
      sector.ray[0][j] = ray->x[j];
      sector.ray[1][j] = next->x[j];
    }
    if (next->angle != ray->angle)
      more = each (&sector, data);
  }
  for (guint j = 0; j < 2; j++)
    g_free (sector.slope[j]);
}
