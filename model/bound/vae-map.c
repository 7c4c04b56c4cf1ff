/* The decoder over the latent plane, once for all images.
 *
 * log p(x|z) of an exponential family is x·l(z) − A(z), and only A takes all of the pixels: it is
 * kept. x·l(z) = (W₄ᵀx)·h(z) + b₄·x is linear in the hidden units h. */
#include "model/bound/vae-map.h"
#include "model/base/parallel.h"
#include "model/latent/vae-decoder.h"
#include "model/latent/vae-private.h"

#include <math.h>
#include <string.h>

#define LOG_2PI 1.8378770664093453
#define HALF    7.0 /* beyond it the prior holds e^−24 */
/* Between nodes: of a plane, where a posterior has a standard deviation of 0.04 or more in a VAE of
 * digits, and of a line, where nodes are cheap. */
#define STEP_OF_PLANE 0.02
#define STEP_OF_LINE  0.002
/* Nodes that are done at once: close together, where few hidden units switch. */
#define BLOCK_COLUMNS 32
#define BLOCK_ROWS    16
/* Error of the evidence, nats */
#define TOLERANCE 2e-7

/* Blocks */

typedef struct {
  guint column, row, n_columns, n_rows;
} Block;

static guint
blocks_across (const LimenVaeMap *map)
{
  return (map->columns + BLOCK_COLUMNS - 1) / BLOCK_COLUMNS;
}

static guint
count_blocks (const LimenVaeMap *map)
{
  return blocks_across (map) * ((map->rows + BLOCK_ROWS - 1) / BLOCK_ROWS);
}

static Block
find_block (const LimenVaeMap *map, guint index)
{
  Block block = {index % blocks_across (map) * BLOCK_COLUMNS,
                 index / blocks_across (map) * BLOCK_ROWS};
  block.n_columns = MIN (BLOCK_COLUMNS, map->columns - block.column);
  block.n_rows = MIN (BLOCK_ROWS, map->rows - block.row);
  return block;
}

double
limen_vae_map_node (const LimenVaeMap *map, guint i, guint n)
{
  return (i - 0.5 * (n - 1)) * map->step;
}

/* The map itself */

typedef struct {
  LimenVaeMap *map;
  float *zeros;
  LimenVaeDecoder **decoder;
} Survey;

static void
survey_block (guint index, guint worker, gpointer data)
{
  Survey *survey = data;
  LimenVaeMap *map = survey->map;
  Block block = find_block (map, index);
  double z[2 * BLOCK_ROWS * BLOCK_COLUMNS] = {0}, out[BLOCK_ROWS * BLOCK_COLUMNS];
  guint latent = map->vae->shape.latent, n = 0;
  for (guint r = 0; r < block.n_rows; r++)
    for (guint c = 0; c < block.n_columns; c++, n++) {
      z[n * latent] = limen_vae_map_node (map, block.column + c, map->columns);
      if (latent == 2)
        z[n * latent + 1] = limen_vae_map_node (map, block.row + r, map->rows);
    }
  if (!survey->decoder[worker])
    survey->decoder[worker] = limen_vae_decoder_new (map->vae);
  limen_vae_decoder_run_points (survey->decoder[worker], z, n, survey->zeros, out);
  for (guint r = 0; r < block.n_rows; r++)
    memcpy (map->black + (gsize)(block.row + r) * map->columns + block.column,
            out + r * block.n_columns, block.n_columns * sizeof *out);
}

LimenVaeMap *
limen_vae_map_new (LimenVae *vae, LimenProgressFunc progress, gpointer progress_data,
                   GCancellable *cancellable, GError **error)
{
  guint latent = vae->shape.latent, n_workers = limen_n_workers ();
  if (latent > 2) {
    g_autofree char *shown = limen_display_name (vae->path);
    g_set_error (error, LIMEN_ERROR, LIMEN_ERROR_MISMATCH,
                 "%s has %u latent variables, too many for a map; choose a VAE with one or two, or "
                 "estimate its bound.",
                 shown, latent);
    return NULL;
  }
  g_autoptr (LimenVaeMap) map = g_new0 (LimenVaeMap, 1);
  g_atomic_ref_count_init (&map->references);
  g_mutex_init (&map->lock);
  map->vae = limen_vae_ref (vae);
  map->step = latent == 1 ? STEP_OF_LINE : STEP_OF_PLANE;
  map->columns = 2 * (guint)lround (HALF / map->step) + 1;
  map->rows = latent == 1 ? 1 : map->columns;
  map->black = g_new (double, (gsize)map->columns * map->rows);
  Survey survey = {map, g_new0 (float, vae->shape.observed), g_new0 (LimenVaeDecoder *, n_workers)};
  gboolean ok = limen_parallel (count_blocks (map), survey_block, &survey, progress, progress_data,
                                cancellable, error);
  for (guint i = 0; i < n_workers; i++)
    g_clear_pointer (&survey.decoder[i], limen_vae_decoder_free);
  g_free (survey.decoder);
  g_free (survey.zeros);
  return ok ? g_steal_pointer (&map) : NULL;
}

LimenVaeMap *
limen_vae_map_ref (LimenVaeMap *map)
{
  g_atomic_ref_count_inc (&map->references);
  return map;
}

void
limen_vae_map_unref (LimenVaeMap *map)
{
  if (!g_atomic_ref_count_dec (&map->references))
    return;
  limen_vae_unref (map->vae);
  g_mutex_clear (&map->lock);
  g_free (map->last);
  g_free (map->black);
  g_free (map);
}

/* The evidence of the image in use */

static gboolean
recall (LimenVaeMap *map, const float *x, gsize size, LimenVaeIntegral *out)
{
  g_mutex_lock (&map->lock);
  gboolean known = map->last && memcmp (map->last, x, size) == 0;
  if (known)
    *out = map->evidence;
  g_mutex_unlock (&map->lock);
  return known;
}

gboolean
limen_vae_map_evidence (LimenVaeMap *map, const float *x, LimenVaeIntegral *out,
                        GCancellable *cancellable, GError **error)
{
  gsize size = map->vae->shape.observed * sizeof *x;
  if (recall (map, x, size, out))
    return TRUE;
  g_autoptr (LimenGaussian) encoder = limen_vae_encode (map->vae, x);
  LimenVaeIntegrand joint = limen_vae_joint_integrand (map->vae, encoder->mean);
  if (!limen_vae_integrate (map->vae, x, &joint, TOLERANCE, out, NULL, cancellable, error))
    return FALSE;
  g_mutex_lock (&map->lock);
  g_free (map->last);
  map->last = g_memdup2 (x, size);
  map->evidence = *out;
  g_mutex_unlock (&map->lock);
  return TRUE;
}

/* One image on it */

/* A hidden unit on the plane: @weight·z + @bias before the ReLU; @gain: by which it adds to
 * log p(x|z). */
typedef struct {
  double weight[2], bias, gain;
} Unit;

/* @constant: what is the same for all z, log p(z) included */
typedef struct {
  const LimenVaeMap *map;
  guint n_units;
  Unit *unit;
  double constant;
  double *out;
} Sheet;

static double
dot (const float *a, const float *b, guint n)
{
  double sum = 0;
  for (guint i = 0; i < n; i++)
    sum += (double)a[i] * b[i];
  return sum;
}

static void
prepare (Sheet *sheet, const float *x)
{
  const LimenVae *vae = sheet->map->vae;
  const LimenLinear *first = &vae->decoder.layer[0], *second = &vae->decoder.layer[1];
  guint latent = first->inputs, observed = second->outputs;
  double scale = vae->sigma > 0 ? 1 / (vae->sigma * vae->sigma) : 1;
  sheet->n_units = first->outputs;
  sheet->unit = g_new0 (Unit, sheet->n_units);
  for (guint h = 0; h < sheet->n_units; h++) {
    Unit *unit = &sheet->unit[h];
    for (guint j = 0; j < latent; j++)
      unit->weight[j] = first->weight[(gsize)j * first->stride + h];
    unit->bias = first->bias[h];
    unit->gain = scale * dot (second->weight + (gsize)h * second->stride, x, observed);
  }
  sheet->constant = scale * dot (second->bias, x, observed) - 0.5 * latent * LOG_2PI;
  if (vae->sigma > 0)
    sheet->constant -= 0.5 * scale * dot (x, x, observed);
}

/* Adds gain·max(value, 0) to @out: (n_rows, n_columns). */
static void
add_switching (const Unit *unit, const Block *block, const double *z1, const double *z2,
               double *out)
{
  for (guint r = 0; r < block->n_rows; r++) {
    double start = unit->weight[1] * z2[r] + unit->bias;
    for (guint c = 0; c < block->n_columns; c++) {
      double value = start + unit->weight[0] * z1[c];
      out[r * block->n_columns + c] += unit->gain * (value > 0 ? value : 0);
    }
  }
}

/* (W₄ᵀx)·h: a unit that is on in all corners of the block is linear all over it. */
static void
add_units (const Sheet *sheet, const Block *block, const double *z1, const double *z2, double *out)
{
  double slope[2] = {0}, level = 0;
  double side1[] = {z1[0], z1[block->n_columns - 1]}, side2[] = {z2[0], z2[block->n_rows - 1]};
  for (guint h = 0; h < sheet->n_units; h++) {
    const Unit *unit = &sheet->unit[h];
    guint n_on = 0;
    for (guint corner = 0; corner < 4; corner++)
      n_on +=
          unit->weight[0] * side1[corner % 2] + unit->weight[1] * side2[corner / 2] + unit->bias >
          0;
    if (n_on == 4) {
      slope[0] += unit->gain * unit->weight[0];
      slope[1] += unit->gain * unit->weight[1];
      level += unit->gain * unit->bias;
    } else if (n_on > 0) {
      add_switching (unit, block, z1, z2, out);
    }
  }
  for (guint r = 0; r < block->n_rows; r++)
    for (guint c = 0; c < block->n_columns; c++)
      out[r * block->n_columns + c] += level + slope[0] * z1[c] + slope[1] * z2[r];
}

static void
joint_block (guint index, guint worker, gpointer data)
{
  const Sheet *sheet = data;
  const LimenVaeMap *map = sheet->map;
  Block block = find_block (map, index);
  double z1[BLOCK_COLUMNS], z2[BLOCK_ROWS], sum[BLOCK_ROWS * BLOCK_COLUMNS] = {0};
  for (guint c = 0; c < block.n_columns; c++)
    z1[c] = limen_vae_map_node (map, block.column + c, map->columns);
  for (guint r = 0; r < block.n_rows; r++)
    z2[r] = limen_vae_map_node (map, block.row + r, map->rows);
  add_units (sheet, &block, z1, z2, sum);
  for (guint r = 0; r < block.n_rows; r++) {
    gsize at = (gsize)(block.row + r) * map->columns + block.column;
    for (guint c = 0; c < block.n_columns; c++)
      sheet->out[at + c] = sum[r * block.n_columns + c] + map->black[at + c] + sheet->constant -
                           0.5 * (z1[c] * z1[c] + z2[r] * z2[r]);
  }
}

gboolean
limen_vae_map_joint (const LimenVaeMap *map, const float *x, double *out, GCancellable *cancellable,
                     GError **error)
{
  Sheet sheet = {.map = map, .out = out};
  prepare (&sheet, x);
  gboolean ok =
      limen_parallel (count_blocks (map), joint_block, &sheet, NULL, NULL, cancellable, error);
  g_free (sheet.unit);
  return ok;
}
