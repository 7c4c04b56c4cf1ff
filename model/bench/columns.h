/* What is computed of each image before anything is fitted: one column a number, one pass through
 * the flow for all that need it. */
#pragma once

#include "model/bench/nearest.h"
#include "model/bench/vae-statistics.h"
#include "model/flow/nice.h"

/**
 * LimenBenchModels: what there is to score with
 * @flow, @vae, @reference: (nullable): @reference is a second flow
 */
typedef struct {
  LimenNice *flow;
  LimenVae *vae;
  LimenNice *reference;
} LimenBenchModels;

/**
 * LimenColumn:
 * @LOG_LIKELIHOOD: of the flow, nats
 * @LATENT_FIT: limen_latent_fit()
 * @BITS: limen_compressor_bits()
 * @NEAREST: limen_neighbours_distances()
 * @REFERENCE: the log-likelihood of the second flow, nats
 * @VAE: the first of LIMEN_N_VAE_STATISTICS columns, in the order of LimenVaeStatistic
 */
typedef enum {
  LIMEN_COLUMN_LOG_LIKELIHOOD,
  LIMEN_COLUMN_LATENT_FIT,
  LIMEN_COLUMN_BITS,
  LIMEN_COLUMN_NEAREST,
  LIMEN_COLUMN_REFERENCE,
  LIMEN_COLUMN_VAE,
  LIMEN_N_COLUMNS = LIMEN_COLUMN_VAE + LIMEN_N_VAE_STATISTICS,
} LimenColumn;

#define LIMEN_COLUMN_BIT(column) (1u << (column))
#define LIMEN_COLUMNS_OF_FLOW                                                                      \
  (LIMEN_COLUMN_BIT (LIMEN_COLUMN_LOG_LIKELIHOOD) | LIMEN_COLUMN_BIT (LIMEN_COLUMN_LATENT_FIT))
#define LIMEN_COLUMNS_OF_VAE (((1u << LIMEN_N_VAE_STATISTICS) - 1) << LIMEN_COLUMN_VAE)

/** LimenColumns: @value: (LIMEN_N_COLUMNS) (nullable elements) of (n) */
typedef struct {
  guint n;
  double *value[LIMEN_N_COLUMNS];
} LimenColumns;

/** LimenColumnsFunc: told, from worker threads, one call at a time: the first @n images have their
 * numbers in the @columns, a set of LIMEN_COLUMN_BIT() */
typedef void (*LimenColumnsFunc) (const LimenColumns *table, guint columns, guint n,
                                  gpointer user_data);

/**
 * LimenColumnsPlan:
 * @wanted: a set of LIMEN_COLUMN_BIT(), all of which @models can give
 * @neighbours: (nullable): for LIMEN_COLUMN_NEAREST
 * @are_neighbours: whether @set is what @neighbours were made of: then no image is its own
 * @k, @seed, @place: of the importance-weighted bound, as limen_vae_set_bound() takes them
 * @told: (nullable)
 */
typedef struct {
  const LimenBenchModels *models;
  const LimenImageSet *set;
  guint wanted;
  const LimenNeighbours *neighbours;
  gboolean are_neighbours;
  guint k;
  guint64 seed;
  guint place;
  LimenColumnsFunc told;
  gpointer told_data;
} LimenColumnsPlan;

/**
 * limen_columns_new: the same numbers on any number of threads
 * @run: (nullable): how much of all columns is done
 *
 * Returns: (transfer full): NULL with LIMEN_ERROR_MISMATCH for images of another size than a
 * model's or G_IO_ERROR_CANCELLED
 */
LimenColumns *limen_columns_new (const LimenColumnsPlan *plan, const LimenRun *run, GError **error);
void limen_columns_free (LimenColumns *columns);

/** LimenColumnsStageFunc: told by the thread that called, after each part of the work: @table: of
 * each set, whose columns are complete or not begun. FALSE with @error ends it all */
typedef gboolean (*LimenColumnsStageFunc) (const LimenColumns *const *table, gpointer user_data,
                                           GError **error);

/**
 * limen_columns_of_sets: a column of all sets, in their order, before the next one
 * @plan: (n): its wishes are completed
 * @out: (out) (n): (transfer full): NULL where it fails, as limen_columns_new() does
 * @staged: (nullable)
 */
gboolean limen_columns_of_sets (LimenColumnsPlan *plan, guint n, LimenColumns **out,
                                LimenColumnsStageFunc staged, gpointer staged_data,
                                const LimenRun *run, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenColumns, limen_columns_free)
