/* What the scatter of the Detector page needs more than a frame for where images are many: each is
 * work of a LimenLatest, settings in, a plain result out. */
#pragma once

#include "ui/study/detector/selection.h"
#include "ui/study/detector/table-bench.h"

/** LIMEN_SCATTER_MANY: images from which on such work is done beside the window: fewer take less
 * than 5 ms */
#define LIMEN_SCATTER_MANY 100000

/* -- points -- */

/**
 * LimenScatterWish: two scores of images, or two columns of a table
 * @normal, @anomaly: (nullable elements): references; of images
 * @table: (nullable): a reference; with the columns @column, and @now, the one that the page judges
 * by
 * @cut: where both flag
 */
typedef struct {
  LimenScores *normal[2], *anomaly[2];
  LimenTableBenchResult *table;
  LimenTableScores *now;
  guint column[2];
  LimenLines cut[2];
} LimenScatterWish;

/** LimenScatterMade: @pair, @index: (nullable): of columns: whose images these are, and which of
 * the normal set, as limen_table_pair_index() says */
typedef struct {
  LimenScatterPoints *points;
  LimenTablePair *pair;
  guint32 *index;
} LimenScatterMade;

/** limen_scatter_wish_new: (transfer full): takes references */
LimenScatterWish *limen_scatter_wish_new (LimenScores *const normal[2],
                                          LimenScores *const anomaly[2], const LimenLines cut[2]);
/** limen_scatter_wish_new_of_columns: (transfer full): both columns must have scores */
LimenScatterWish *
limen_scatter_wish_new_of_columns (LimenTableBenchResult *table, LimenTableScores *now,
                                   const guint column[2], const LimenLines cut[2]);
void limen_scatter_wish_free (gpointer wish);
/** limen_scatter_wish_is_long: whether it takes longer than a frame may */
gboolean limen_scatter_wish_is_long (const LimenScatterWish *wish);
/** limen_scatter_run_points: a LimenJobRunFunc: a LimenScatterWish becomes a LimenScatterMade,
 * always
 */
gpointer limen_scatter_run_points (gpointer wish, const LimenRun *run, GError **error);
void limen_scatter_made_free (gpointer made);

/* -- shades -- */

/** LimenShadeWish: @selection: (nullable); @version: of it, told back. Owns all of it */
typedef struct {
  LimenScatterPlot *plot;
  double scale;
  LimenSelection *selection;
  guint version;
} LimenShadeWish;

/** LimenShadeMade: of the selection @version */
typedef struct {
  LimenScatterShade *shade;
  guint version;
} LimenShadeMade;

void limen_shade_wish_free (gpointer wish);
/** limen_scatter_run_shade: a LimenJobRunFunc: a LimenShadeWish becomes a LimenShadeMade, always */
gpointer limen_scatter_run_shade (gpointer wish, const LimenRun *run, GError **error);
void limen_shade_made_free (gpointer made);

/* -- what a lasso holds -- */

/** LimenLassoWish: @corners: (element-type double[2]): pixels of @plot; @more: (nullable): what was
 * selected and stays so. Owns all of it */
typedef struct {
  LimenScatterPlot *plot;
  GArray *corners;
  LimenSelection *more;
} LimenLassoWish;

void limen_lasso_wish_free (gpointer wish);
/** limen_scatter_run_lasso: a LimenJobRunFunc: a LimenLassoWish becomes a LimenSelection, always */
gpointer limen_scatter_run_lasso (gpointer wish, const LimenRun *run, GError **error);

/* -- words -- */

/** limen_scatter_score_words: (transfer full): of one image: "194 nats" */
char *limen_scatter_score_words (const LimenScatterPoints *points, const LimenScatterHit *image,
                                 guint axis);

/** LimenCountsWish: owns a reference */
typedef struct {
  LimenScatterPoints *points;
  LimenLines cut[2];
} LimenCountsWish;

void limen_counts_wish_free (gpointer wish);
/** limen_scatter_run_counts: a LimenJobRunFunc: a LimenCountsWish becomes the words of
 * limen_scatter_points_sentence(), always */
gpointer limen_scatter_run_counts (gpointer wish, const LimenRun *run, GError **error);
