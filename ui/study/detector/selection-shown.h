/* What a selection shows, made on a thread where there are millions of images: their scores in a
 * histogram, the most unusual of them in a gallery. */
#pragma once

#include "model/base/run.h"
#include "ui/study/detector/analysis.h"
#include "ui/study/detector/selection.h"

#define LIMEN_SELECTION_MOST_FIRST 256 /* images that are found for a gallery */

/**
 * LimenSelectionWish: what becomes selected; owns what it holds
 * @whole: (nullable): of all images; NULL: those that score from @low to @high by @detector
 * @n: [role]: images of the whole sets
 * @detector: (nullable): by which they are judged; @order: [role]: (nullable): of its analysis
 */
typedef struct {
  LimenSelection *whole;
  double low, high;
  guint n[LIMEN_N_LABELLED];
  LimenDetector *detector;
  guint32 *order[LIMEN_N_LABELLED];
} LimenSelectionWish;

/** limen_selection_wish_new: @analysis: (nullable); @whole: (transfer full) (nullable) */
LimenSelectionWish *limen_selection_wish_new (const LimenAnalysis *analysis, LimenSelection *whole,
                                              const guint n[LIMEN_N_LABELLED]);
void limen_selection_wish_free (gpointer wish);

/**
 * LimenSelectionShown:
 * @whole: (nullable): what is selected; NULL: nothing
 * @scores: [role]: (nullable): of the selected images that the detector judges
 * @first: [role]: (n_first): numbers of selected images, those that are judged first, the most
 * unusual before others, then the rest in the order of the set
 */
typedef struct {
  LimenSelection *whole;
  LimenScores *scores[LIMEN_N_LABELLED];
  guint32 *first[LIMEN_N_LABELLED];
  guint n_first[LIMEN_N_LABELLED];
} LimenSelectionShown;

/** limen_selection_run_show: a LimenJobRunFunc: @wish: a LimenSelectionWish; returns: (transfer
 * full): a LimenSelectionShown, or NULL with G_IO_ERROR_CANCELLED */
gpointer limen_selection_run_show (gpointer wish, const LimenRun *run, GError **error);
void limen_selection_shown_free (gpointer shown);
