/* limen score: which scores of which images; a share of them is for machines or jobs that each do
 * one. */
#pragma once

#include "ui/cli/bench-models.h"
#include "ui/cli/images.h"
#include "ui/cli/windows.h"

/** LimenShare: @which of @n, from 1 on; @n 0: all in one, without a word of parts */
typedef struct {
  guint which, n;
} LimenShare;

#define LIMEN_MOST_PARTS 1000000

/**
 * LimenScoreOptions: of the command
 * @out: (nullable): a path; without it standard output, where of parts only the first has the names
 * of the columns, so that parts one behind another are one table
 * @paths, @fit: (element-type filename): images to be scored; normal images to which scores are
 * fitted
 * @scores: a column each; none: the log-likelihood
 * @seed: of the draws of a VAE's bound, and of windows
 * @windows: of photos, instead of a model of whole images; @maps: (nullable): the folder of theirs
 */
typedef struct {
  LimenModelOptions models;
  LimenWindowOptions windows;
  const char *out, *maps;
  GPtrArray *paths, *fit;
  LimenReading reading;
  LimenShare share;
  LimenScoreList scores;
  guint64 seed;
} LimenScoreOptions;

/** limen_share_read: a LimenOptionReadFunc: "3/16" */
gboolean
limen_share_read (const LimenOption *option, const char *text, gpointer field, GError **error);
/** limen_share_images: images @begin to @end − 1 of @n_images: one behind another without gaps, of
 * the same length but for one */
void limen_share_images (LimenShare share, guint n_images, guint *begin, guint *end);

/** limen_score_columns: scores the share, or all, and writes a column for each score */
gboolean
limen_score_columns (const LimenScoreOptions *options, LimenTerminal *terminal, GError **error);
/** limen_score_windows: scores photos, or the share of them, by their windows, and writes the maps
 */
gboolean
limen_score_windows (const LimenScoreOptions *options, LimenTerminal *terminal, GError **error);
/** limen_score_write_array: NumPy's; refused where @n_not_finite of @n_images have no finite score
 */
gboolean limen_score_write_array (const LimenScores *scores, guint n_not_finite, guint n_images,
                                  const char *out, GError **error);
/** limen_writes_array: whether @out (nullable) is the name of one */
gboolean limen_writes_array (const char *out);
