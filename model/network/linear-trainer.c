#include "model/network/linear-trainer.h"

#include <cblas.h>
#include <stdlib.h>
#include <string.h>

/* Few enough for many cores, enough for BLAS to run at full speed. */
static guint
tile_of (guint units)
{
  return units < 512 ? LIMEN_TILE / 2 : LIMEN_TILE;
}

static guint
count_tiles (guint units)
{
  return (units + tile_of (units) - 1) / tile_of (units);
}

LimenLinearTrainer
limen_linear_trainer_new (LimenLinear *linear, gboolean is_first, guint batch)
{
  LimenLinearTrainer layer = {
      .linear = linear,
      .weight = limen_moments_new ((gsize)linear->inputs * linear->stride),
      .bias = limen_moments_new (linear->stride),
      .n_live = linear->inputs,
      .live = g_new (guint, linear->inputs),
  };
  for (guint i = 0; i < linear->inputs; i++)
    layer.live[i] = i;
  if (!is_first)
    layer.x = layer.packed = limen_floats_new ((gsize)linear->inputs * batch);
  return layer;
}

void
limen_linear_trainer_clear (LimenLinearTrainer *layer)
{
  limen_moments_clear (&layer->weight);
  limen_moments_clear (&layer->bias);
  g_free (layer->live);
  free (layer->packed);
  *layer = (LimenLinearTrainer){0};
}

/* Forward: a tile is a run of outputs */

typedef struct {
  const LimenLinearTrainer *layer;
  LimenWorkshop *workshop;
  const float *base;
  gboolean relu;
  float *y;
} Forward;

/* Weights from the live inputs to outputs @first to @first + @n − 1, where they lie or side by
 * side. */
static const float *
weights_to (const LimenLinearTrainer *layer, guint first, guint n, float *scratch, guint *stride)
{
  const LimenLinear *linear = layer->linear;
  *stride = linear->stride;
  if (layer->n_live == linear->inputs)
    return linear->weight + first;
  *stride = n;
  for (guint k = 0; k < layer->n_live; k++)
    memcpy (scratch + (gsize)k * n, linear->weight + (gsize)layer->live[k] * linear->stride + first,
            n * sizeof (float));
  return scratch;
}

static void
add_bias (float *row, guint batch, float bias)
{
  for (guint c = 0; c < batch; c++)
    row[c] += bias;
}

/* Returns: whether anything is left. Looked at as bits, where only 0 has none, the row is searched
 * many numbers at a time. */
static gboolean
rectify (float *row, guint batch)
{
  guint32 any = 0;
  for (guint c = 0; c < batch; c++) {
    guint32 bits;
    row[c] = row[c] > 0 ? row[c] : 0;
    memcpy (&bits, &row[c], sizeof bits);
    any |= bits;
  }
  return any != 0;
}

static void
forward_tile (guint tile, guint worker, gpointer data)
{
  const Forward *f = data;
  const LimenLinear *linear = f->layer->linear;
  guint most = tile_of (linear->outputs), first = tile * most;
  guint n = MIN (most, linear->outputs - first), batch = f->workshop->batch;
  gsize offset = (gsize)first * batch, size = (gsize)n * batch * sizeof (float);
  float *y = f->y + offset;
  guint stride, n_live = f->layer->n_live;
  const float *weight = weights_to (f->layer, first, n, f->workshop->tile[worker].weight, &stride);
  if (f->base)
    memcpy (y, f->base + offset, size);
  else
    memset (y, 0, size);
  if (n_live > 0)
    cblas_sgemm (CblasRowMajor, CblasTrans, CblasNoTrans, (int)n, (int)batch, (int)n_live, 1,
                 weight, (int)stride, f->layer->x, (int)batch, f->base ? 1 : 0, y, (int)batch);
  for (guint i = 0; i < n; i++) {
    float *row = y + (gsize)i * batch;
    add_bias (row, batch, linear->bias[first + i]);
    if (f->relu)
      f->workshop->awake[first + i] = rectify (row, batch);
  }
}

void
limen_linear_trainer_forward (LimenLinearTrainer *layer, LimenWorkshop *workshop, const float *base,
                              gboolean relu, float *y)
{
  Forward forward = {layer, workshop, base, relu, y};
  limen_crew_run (workshop->crew, count_tiles (layer->linear->outputs), forward_tile, &forward);
}

static void
pack_tile (guint tile, guint worker, gpointer data)
{
  const Forward *f = data;
  guint batch = f->workshop->batch;
  guint n = tile_of (f->layer->n_live);
  for (guint k = tile * n; k < MIN ((tile + 1) * n, f->layer->n_live); k++)
    memcpy (f->layer->packed + (gsize)k * batch, f->workshop->y + (gsize)f->layer->live[k] * batch,
            batch * sizeof (float));
}

void
limen_linear_trainer_take (LimenLinearTrainer *layer, LimenWorkshop *workshop)
{
  Forward forward = {layer, workshop};
  layer->n_live = 0;
  for (guint i = 0; i < layer->linear->inputs; i++)
    if (workshop->awake[i])
      layer->live[layer->n_live++] = i;
  limen_crew_run (workshop->crew, count_tiles (layer->n_live), pack_tile, &forward);
}

/* Backward: a tile is a run of inputs, which owns their rows of the weights. Task 0 is the biases.
 */

typedef struct {
  LimenLinearTrainer *layer;
  LimenWorkshop *workshop;
  const guint *outs;
  guint n_outs;
  const float *dy;
  float *dx;
  gboolean is_first;
  const LimenAdam *adam;
} Backward;

/* Places a gradient for @outs among zeros for all outputs; those of @row stay 0 from call to call.
 */
static const float *
spread (const Backward *b, const float *gradient, float *row)
{
  if (b->n_outs == b->layer->linear->outputs)
    return gradient;
  for (guint o = 0; o < b->n_outs; o++)
    row[b->outs[o]] = gradient[o];
  return row;
}

static void
clear_row (const Backward *b, float *row)
{
  memset (row, 0, b->layer->linear->outputs * sizeof (float));
}

/* In eight lanes, which a processor adds at once. */
static float
sum_row (const float *row, guint batch)
{
  float lane[8] = {0}, sum = 0;
  guint c = 0;
  for (; c + 8 <= batch; c += 8)
    for (guint i = 0; i < 8; i++)
      lane[i] += row[c + i];
  for (; c < batch; c++)
    sum += row[c];
  for (guint i = 0; i < 8; i++)
    sum += lane[i];
  return sum;
}

static void
move_biases (const Backward *b, LimenTileScratch *scratch)
{
  LimenLinear *linear = b->layer->linear;
  guint batch = b->workshop->batch;
  for (guint o = 0; o < b->n_outs; o++)
    scratch->gradient[o] = sum_row (b->dy + (gsize)o * batch, batch);
  clear_row (b, scratch->row);
  limen_adam_move (b->adam, spread (b, scratch->gradient, scratch->row), linear->outputs,
                   linear->bias, &b->layer->bias, 0);
}

/* How many live inputs come before input @i. */
static guint
count_live_before (const LimenLinearTrainer *layer, guint i)
{
  guint low = 0, high = layer->n_live;
  while (low < high) {
    guint middle = (low + high) / 2;
    if (layer->live[middle] < i)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* Weights from live inputs @first to @first + @n − 1 to @outs, where they lie or side by side. */
static const float *
weights_from (const Backward *b, guint first, guint n, float *scratch, guint *stride)
{
  const LimenLinear *linear = b->layer->linear;
  const guint *live = b->layer->live + first;
  *stride = linear->stride;
  if (b->n_outs == linear->outputs && live[n - 1] - live[0] == n - 1)
    return linear->weight + (gsize)live[0] * linear->stride;
  *stride = b->n_outs;
  for (guint k = 0; k < n; k++) {
    const float *row = linear->weight + (gsize)live[k] * linear->stride;
    for (guint o = 0; o < b->n_outs; o++)
      scratch[(gsize)k * b->n_outs + o] = row[b->outs[o]];
  }
  return scratch;
}

/* dx = Wᵀ dy, where the ReLU let something through */
static void
pull_back (const Backward *b, guint first, guint n, LimenTileScratch *scratch)
{
  guint stride, batch = b->workshop->batch;
  const float *weight = weights_from (b, first, n, scratch->weight, &stride);
  float *dx = b->dx + (gsize)first * batch;
  const float *x = b->layer->x + (gsize)first * batch;
  if (b->n_outs == 0 && !b->is_first)
    memset (dx, 0, (gsize)n * batch * sizeof (float));
  if (b->n_outs == 0)
    return;
  cblas_sgemm (CblasRowMajor, CblasNoTrans, CblasNoTrans, (int)n, (int)batch, (int)b->n_outs, 1,
               weight, (int)stride, b->dy, (int)batch, b->is_first ? 1 : 0, dx, (int)batch);
  if (!b->is_first)
    for (gsize i = 0; i < (gsize)n * batch; i++)
      dx[i] = x[i] > 0 ? dx[i] : 0;
}

/* dW = dy xᵀ for inputs @begin to @end − 1, of which the @n live ones are @first, ...; and at once
 * the step: the gradient is nowhere stored as a whole. */
static void
move_weights (const Backward *b, guint begin, guint end, guint first, guint n,
              LimenTileScratch *scratch)
{
  LimenLinear *linear = b->layer->linear;
  guint batch = b->workshop->batch, k = 0;
  if (n > 0 && b->n_outs > 0)
    cblas_sgemm (CblasRowMajor, CblasNoTrans, CblasTrans, (int)n, (int)b->n_outs, (int)batch, 1,
                 b->layer->x + (gsize)first * batch, (int)batch, b->dy, (int)batch, 0,
                 scratch->gradient, (int)b->n_outs);
  clear_row (b, scratch->row);
  for (guint i = begin; i < end; i++) {
    const float *gradient = NULL;
    gsize row = (gsize)i * linear->stride;
    if (k < n && b->layer->live[first + k] == i)
      gradient = spread (b, scratch->gradient + (gsize)k++ * b->n_outs, scratch->row);
    limen_adam_move (b->adam, gradient, linear->outputs, linear->weight + row, &b->layer->weight,
                     row);
  }
}

static void
backward_tile (guint task, guint worker, gpointer data)
{
  const Backward *b = data;
  LimenTileScratch *scratch = &b->workshop->tile[worker];
  if (task == 0) {
    move_biases (b, scratch);
    return;
  }
  guint inputs = b->layer->linear->inputs, size = tile_of (inputs);
  guint begin = (task - 1) * size, end = MIN (begin + size, inputs);
  guint first = count_live_before (b->layer, begin);
  guint n = count_live_before (b->layer, end) - first;
  if (b->dx && n > 0)
    pull_back (b, first, n, scratch);
  move_weights (b, begin, end, first, n, scratch);
}

void
limen_linear_trainer_backward (LimenLinearTrainer *layer, LimenWorkshop *workshop,
                               const guint *outs, guint n_outs, const float *dy, float *dx,
                               gboolean is_first, const LimenAdam *adam)
{
  Backward backward = {layer, workshop, outs, n_outs, dy, dx, is_first, adam};
  limen_crew_run (workshop->crew, 1 + count_tiles (layer->linear->inputs), backward_tile,
                  &backward);
}
