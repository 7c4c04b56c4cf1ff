#include "model/bench/columns.h"
#include "model/base/matrix.h"
#include "model/base/parallel.h"
#include "model/bench/complexity.h"
#include "model/bench/latent-fit.h"
#include "model/bound/vae-bound.h"

#include <stdlib.h>
#include <string.h>

#define BATCH  128   /* images that are compressed at once */
#define BOUNDS 256   /* images whose bounds are told of at once, */
#define LEAST  16    /* and as few where each takes long: */
#define DRAWS  51200 /* so many samples at once are told of in time */

/* What a worker needs: @room: floats; @compressor, @decoder: (nullable): until they are needed */
typedef struct {
  float *x, *room;
  LimenCompressor *compressor;
  LimenVaeDecoder *decoder;
} Worker;

/* A stage fills some columns for all images.
 * @length: (n): of the finished run of images that begins here; @n_told: the longest beginning that
 * is complete; guarded by @lock
 * @done, @part: of all work: what was done before the stage, and what it is */
typedef struct {
  const LimenColumnsPlan *plan;
  LimenColumns *table;
  LimenRun run;
  Worker *worker;
  guint columns, n_told;
  guint *length;
  double done, part;
  GMutex lock;
} Stage;

static gboolean
wants (const LimenColumnsPlan *plan, LimenColumn column)
{
  return (plan->wanted & LIMEN_COLUMN_BIT (column)) != 0;
}

/* Batches end in any order. */
static void
finished_cb (guint first, guint n, gpointer data)
{
  Stage *stage = data;
  g_mutex_lock (&stage->lock);
  stage->length[first] = n;
  while (stage->n_told < stage->table->n && stage->length[stage->n_told])
    stage->n_told += stage->length[stage->n_told];
  if (stage->plan->told && !g_cancellable_is_cancelled (stage->run.cancellable))
    stage->plan->told (stage->table, stage->columns, stage->n_told, stage->plan->told_data);
  g_mutex_unlock (&stage->lock);
}

static void
progressed_cb (double fraction, gpointer data)
{
  const Stage *stage = data;
  stage->run.progress (stage->done + stage->part * fraction, stage->run.progress_data);
}

static LimenRun
part_of_run (Stage *stage)
{
  return (LimenRun){stage->run.progress ? progressed_cb : NULL, stage, stage->run.cancellable};
}

/* -- flows -- */

static guint
dimension_of (const LimenImageSet *set)
{
  return limen_image_set_width (set) * limen_image_set_height (set);
}

static void
latents_cb (guint first, guint n, const float *z, guint worker_index, gpointer data)
{
  Stage *stage = data;
  Worker *worker = &stage->worker[worker_index];
  guint dimension = dimension_of (stage->plan->set);
  for (guint i = 0; i < n && !g_cancellable_is_cancelled (stage->run.cancellable); i++)
    stage->table->value[LIMEN_COLUMN_LATENT_FIT][first + i] =
        limen_latent_fit (z + (gsize)i * dimension, dimension, worker->room);
}

static gboolean
run_flow (Stage *stage, GError **error)
{
  const LimenColumnsPlan *plan = stage->plan;
  gboolean more = wants (plan, LIMEN_COLUMN_LATENT_FIT);
  LimenNiceWatch watch = {more ? latents_cb : NULL, finished_cb, stage};
  LimenRun run = part_of_run (stage);
  return limen_nice_watch (plan->models->flow, plan->set,
                           stage->table->value[LIMEN_COLUMN_LOG_LIKELIHOOD], &watch, &run, error);
}

static gboolean
run_reference (Stage *stage, GError **error)
{
  LimenNiceWatch watch = {NULL, finished_cb, stage};
  LimenRun run = part_of_run (stage);
  return limen_nice_watch (stage->plan->models->reference, stage->plan->set,
                           stage->table->value[LIMEN_COLUMN_REFERENCE], &watch, &run, error);
}

/* -- compression -- */

static void
compress_batch (guint batch, guint worker_index, gpointer data)
{
  Stage *stage = data;
  const LimenImageSet *set = stage->plan->set;
  Worker *worker = &stage->worker[worker_index];
  guint first = batch * BATCH, n = MIN (BATCH, stage->table->n - first);
  if (!worker->compressor)
    worker->compressor =
        limen_compressor_new (limen_image_set_width (set), limen_image_set_height (set));
  for (guint i = 0; i < n && !g_cancellable_is_cancelled (stage->run.cancellable); i++) {
    limen_image_set_copy_rows (set, first + i, 1, worker->x);
    stage->table->value[LIMEN_COLUMN_BITS][first + i] =
        limen_compressor_bits (worker->compressor, worker->x);
  }
  finished_cb (first, n, stage);
}

static gboolean
run_compression (Stage *stage, GError **error)
{
  LimenRun run = part_of_run (stage);
  return limen_parallel ((stage->table->n + BATCH - 1) / BATCH, compress_batch, stage, &run, error);
}

/* -- neighbours -- */

static void
nearest_batch (guint batch, guint worker_index, gpointer data)
{
  Stage *stage = data;
  const LimenColumnsPlan *plan = stage->plan;
  Worker *worker = &stage->worker[worker_index];
  guint first = batch * LIMEN_NEIGHBOURS_BATCH, itself[LIMEN_NEIGHBOURS_BATCH];
  guint n = MIN (LIMEN_NEIGHBOURS_BATCH, stage->table->n - first);
  for (guint i = 0; i < n; i++)
    itself[i] = first + i;
  limen_image_set_copy_rows (plan->set, first, n, worker->x);
  limen_neighbours_distances (plan->neighbours, worker->x, n, plan->are_neighbours ? itself : NULL,
                              worker->room, stage->table->value[LIMEN_COLUMN_NEAREST] + first);
  finished_cb (first, n, stage);
}

static gboolean
run_nearest (Stage *stage, GError **error)
{
  guint n_batches = (stage->table->n + LIMEN_NEIGHBOURS_BATCH - 1) / LIMEN_NEIGHBOURS_BATCH;
  LimenRun run = part_of_run (stage);
  return limen_parallel (n_batches, nearest_batch, stage, &run, error);
}

/* -- a VAE -- */

static gboolean
run_bounds (Stage *stage, GError **error)
{
  const LimenColumnsPlan *plan = stage->plan;
  double done = stage->done, part = stage->part;
  guint n_images = stage->table->n, batch = CLAMP (DRAWS / MAX (plan->k, 1), LEAST, BOUNDS);
  for (guint first = 0; first < n_images; first += batch) {
    guint n = MIN (batch, n_images - first);
    LimenVaeSetBound mean;
    LimenVaeSetPlan bounds = {.vae = plan->models->vae,
                              .set = plan->set,
                              .first = first,
                              .n = n,
                              .k = &plan->k,
                              .n_k = 1,
                              .seed = plan->seed,
                              .greys = TRUE,
                              .place = plan->place,
                              .each = stage->table->value[LIMEN_COLUMN_VAE] + first};
    stage->done = done + part * first / n_images;
    stage->part = part * n / n_images;
    LimenRun run = part_of_run (stage);
    if (!limen_vae_set_bound (&bounds, &mean, &run, error))
      return FALSE;
    finished_cb (first, n, stage);
  }
  return TRUE;
}

static void
run_image (guint image, guint worker_index, gpointer data)
{
  Stage *stage = data;
  Worker *worker = &stage->worker[worker_index];
  const LimenVae *vae = stage->plan->models->vae;
  double statistic[LIMEN_N_VAE_STATISTICS];
  if (!worker->decoder)
    worker->decoder = limen_vae_decoder_new (vae);
  limen_vae_statistics (vae, worker->decoder, stage->plan->set, image, statistic);
  for (guint s = LIMEN_VAE_STATISTIC_IWAE + 1; s < LIMEN_N_VAE_STATISTICS; s++)
    if (stage->table->value[LIMEN_COLUMN_VAE + s])
      stage->table->value[LIMEN_COLUMN_VAE + s][image] = statistic[s];
  finished_cb (image, 1, stage);
}

static gboolean
run_statistics (Stage *stage, GError **error)
{
  LimenRun run = part_of_run (stage);
  g_autofree float *x = g_new (float, limen_vae_shape (stage->plan->models->vae).observed);
  return limen_vae_take_greys (stage->plan->models->vae, stage->plan->set, 0, x, error) &&
         limen_parallel (stage->table->n, run_image, stage, &run, error);
}

/* -- all stages -- */

/* Operations for an image, roughly */
static double
flow_cost (const LimenNice *nice)
{
  LimenNiceShape s = limen_nice_shape (nice);
  return 2.0 * s.couplings *
         ((double)s.dimension * s.width + (double)s.width * s.width * (s.depth - 1));
}

static double
cost_of_flow (const LimenColumnsPlan *plan)
{
  return flow_cost (plan->models->flow) + 1e3 * dimension_of (plan->set);
}

static double
cost_of_reference (const LimenColumnsPlan *plan)
{
  return flow_cost (plan->models->reference);
}

static double
cost_of_compression (const LimenColumnsPlan *plan)
{
  return 8e3 * dimension_of (plan->set);
}

static double
cost_of_nearest (const LimenColumnsPlan *plan)
{
  return 2e4 * dimension_of (plan->set);
}

static double
cost_of_statistics (const LimenColumnsPlan *plan)
{
  LimenVaeShape s = limen_vae_shape (plan->models->vae);
  return 20.0 * s.observed * (s.hidden_encoder + s.hidden_decoder);
}

static double
cost_of_bounds (const LimenColumnsPlan *plan)
{
  LimenVaeShape s = limen_vae_shape (plan->models->vae);
  return 2.0 * plan->k * s.observed * s.hidden_decoder;
}

static const struct {
  guint columns;
  double (*cost) (const LimenColumnsPlan *plan);
  gboolean (*run) (Stage *stage, GError **error);
} stages[] = {
    {LIMEN_COLUMNS_OF_FLOW, cost_of_flow, run_flow},
    {LIMEN_COLUMN_BIT (LIMEN_COLUMN_REFERENCE), cost_of_reference, run_reference},
    {LIMEN_COLUMN_BIT (LIMEN_COLUMN_BITS), cost_of_compression, run_compression},
    {LIMEN_COLUMN_BIT (LIMEN_COLUMN_NEAREST), cost_of_nearest, run_nearest},
    {LIMEN_COLUMNS_OF_VAE & ~LIMEN_COLUMN_BIT (LIMEN_COLUMN_VAE), cost_of_statistics,
     run_statistics},
    {LIMEN_COLUMN_BIT (LIMEN_COLUMN_VAE), cost_of_bounds, run_bounds},
};

static double
all_costs (const LimenColumnsPlan *plan, guint n)
{
  double sum = 0;
  for (guint p = 0; p < n; p++)
    for (guint i = 0; i < G_N_ELEMENTS (stages); i++)
      if (plan[p].wanted & stages[i].columns)
        sum += stages[i].cost (&plan[p]) * limen_image_set_n_images (plan[p].set);
  return sum;
}

static Worker *
workers_new (const LimenColumnsPlan *plan)
{
  guint dimension = dimension_of (plan->set);
  gsize room = limen_latent_fit_room (dimension);
  Worker *worker = g_new0 (Worker, limen_n_workers ());
  if (plan->neighbours)
    room = MAX (room, limen_neighbours_room (plan->neighbours));
  for (guint i = 0; i < limen_n_workers (); i++) {
    worker[i].x = limen_floats_new ((gsize)LIMEN_NEIGHBOURS_BATCH * dimension);
    worker[i].room = limen_floats_new (room);
  }
  return worker;
}

static void
workers_free (Worker *worker)
{
  for (guint i = 0; i < limen_n_workers (); i++) {
    free (worker[i].x);
    free (worker[i].room);
    limen_compressor_free (worker[i].compressor);
    g_clear_pointer (&worker[i].decoder, limen_vae_decoder_free);
  }
  g_free (worker);
}

/* @all: costs of everything; @done: (inout): of it, what is done */
static gboolean
run_stage (guint index, const LimenColumnsPlan *plan, LimenColumns *table, double all, double *done,
           const LimenRun *run, GError **error)
{
  double part = stages[index].cost (plan) * table->n / all;
  g_autofree guint *length = g_new0 (guint, table->n + 1);
  Stage stage = {.plan = plan,
                 .table = table,
                 .run = limen_run_of (run),
                 .worker = workers_new (plan),
                 .columns = plan->wanted & stages[index].columns,
                 .length = length,
                 .done = *done,
                 .part = part};
  g_mutex_init (&stage.lock);
  /* a batch that was given up may have been the last one */
  gboolean ok = stages[index].run (&stage, error) &&
                !g_cancellable_set_error_if_cancelled (stage.run.cancellable, error);
  g_mutex_clear (&stage.lock);
  workers_free (stage.worker);
  *done += part;
  return ok;
}

static LimenColumns *
table_for (LimenColumnsPlan *plan)
{
  LimenColumns *table = g_new0 (LimenColumns, 1);
  if (plan->wanted & LIMEN_COLUMNS_OF_FLOW) /* the others are made of it */
    plan->wanted |= LIMEN_COLUMN_BIT (LIMEN_COLUMN_LOG_LIKELIHOOD);
  table->n = limen_image_set_n_images (plan->set);
  for (guint c = 0; c < LIMEN_N_COLUMNS; c++)
    if (plan->wanted & LIMEN_COLUMN_BIT (c))
      table->value[c] = g_new (double, table->n);
  return table;
}

gboolean
limen_columns_of_sets (LimenColumnsPlan *plan, guint n, LimenColumns **out,
                       LimenColumnsStageFunc staged, gpointer staged_data, const LimenRun *run,
                       GError **error)
{
  gboolean ok = TRUE;
  for (guint p = 0; p < n; p++)
    out[p] = table_for (&plan[p]);
  double all = all_costs (plan, n), done = 0;
  for (guint i = 0; i < G_N_ELEMENTS (stages) && ok; i++) {
    for (guint p = 0; p < n && ok; p++)
      if (plan[p].wanted & stages[i].columns)
        ok = run_stage (i, &plan[p], out[p], all, &done, run, error) &&
             (!staged || staged ((const LimenColumns *const *)out, staged_data, error));
  }
  for (guint p = 0; p < n && !ok; p++)
    g_clear_pointer (&out[p], limen_columns_free);
  return ok;
}

LimenColumns *
limen_columns_new (const LimenColumnsPlan *plan, const LimenRun *run, GError **error)
{
  LimenColumnsPlan full = *plan;
  LimenColumns *table;
  limen_columns_of_sets (&full, 1, &table, NULL, NULL, run, error);
  return table;
}

void
limen_columns_free (LimenColumns *columns)
{
  if (!columns)
    return;
  for (guint c = 0; c < LIMEN_N_COLUMNS; c++)
    g_free (columns->value[c]);
  g_free (columns);
}
