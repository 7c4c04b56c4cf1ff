/* Scores that are there while the rest is computed: written by worker threads, looked at by the
 * window. */
#pragma once

#include "model/detect/scores.h"
#include "ui/study/detector/analysis.h"

typedef struct LimenPreview LimenPreview;

LimenPreview *limen_preview_new (void);
void limen_preview_free (LimenPreview *preview);
/** limen_preview_keep: a LimenPartialFunc whose data is the preview; of a set larger than can be
 * sorted within a frame, the first images. Unsorted ones are
 * not kept: no detector is of them */
void limen_preview_keep (LimenSetRole role, const char *name, const double *value, guint n,
                         gpointer preview);
/** limen_preview_take: @scores: (out) (transfer full): [role], NULL where there are none yet.
 * Returns: whether there are more than when it was last called; else nothing is put there */
gboolean limen_preview_take (LimenPreview *preview, LimenScores *scores[LIMEN_N_LABELLED]);
