/* One image, explained: its scores, why the flow finds it as likely as it does, the normal images
 * nearest to it, and what would have to change. */
#pragma once

#include "model/data/image-set.h"
#include "model/explain/explained-score.h"
#include "model/explain/nearest-images.h"
#include "model/flow/nice-gradient.h"
#include "model/windows/window-map.h"

/** LIMEN_EXPLAIN_NEAREST: normal images that are shown beside it */
#define LIMEN_EXPLAIN_NEAREST 6
/** LIMEN_EXPLAIN_STEPS: towards the likely, at most */
#define LIMEN_EXPLAIN_STEPS 30

/**
 * LimenExplainInput:
 * @flow: (nullable): without it there are no maps of it, and nothing is moved
 * @set, @index: which image
 * @normal: (nullable): normal images, the nearest of which are sought; @itself: which of them it
 * is, G_MAXUINT: none
 * @goal: the log-likelihood towards which it is moved, as that of the median normal image; NaN: as
 * far as LIMEN_EXPLAIN_STEPS lead
 * @score: (n_scores): what it scores
 *
 * A plain value that owns what it points to.
 */
typedef struct {
  LimenNice *flow;
  LimenImageSet *set, *normal;
  guint index, itself;
  double goal;
  LimenExplainedScore *score;
  guint n_scores;
} LimenExplainInput;

/** limen_explain_input_add_score: takes @score */
void limen_explain_input_add_score (LimenExplainInput *input, LimenExplainedScore *score);
void limen_explain_input_clear (LimenExplainInput *input);

/**
 * LimenExplanation:
 * @pixel: (height, width): the image as the flow sees it, in [0, 1]
 * @set: that it is one of, a reference; @name: of the image
 * @normal: (nullable): a reference; @near: (n_near): the nearest of them first
 * @detail, @ascent: (nullable): NULL without a flow
 * @goal: see LimenExplainInput
 * @windows: (nullable): the map of the picture's windows; @window_score: what they make the picture
 * score, by @window_measure
 *
 * Immutable, reference-counted.
 */
typedef struct {
  gatomicrefcount references;
  guint width, height, index;
  char *name;
  LimenImageSet *set, *normal;
  double *pixel;
  LimenExplainedScore *score;
  guint n_scores;
  LimenNiceDetail *detail;
  LimenNiceAscent *ascent;
  double goal;
  LimenWindowMap *windows;
  LimenMeasure *window_measure;
  double window_score;
  LimenNearImage near[LIMEN_EXPLAIN_NEAREST];
  guint n_near;
} LimenExplanation;

/**
 * limen_explanation_new: (transfer full): NULL with LIMEN_ERROR_MISMATCH for an image that does not
 * fit the flow or has another size than the normal images, or G_IO_ERROR_CANCELLED
 */
LimenExplanation *
limen_explanation_new (const LimenExplainInput *input, const LimenRun *run, GError **error);
LimenExplanation *limen_explanation_ref (LimenExplanation *explanation);
void limen_explanation_unref (LimenExplanation *explanation);

/**
 * limen_explanation_with_windows: (transfer full): the same, and how unusual its windows are
 * @model: of windows; @photo: the picture, at whatever size
 * @detector: (nullable): of normal pictures by that model: what the picture scores joins its
 * scores, with its place among theirs
 *
 * Returns: NULL as limen_window_map_new() fails
 */
LimenExplanation *
limen_explanation_with_windows (const LimenExplanation *explanation, const LimenWindowModel *model,
                                const LimenPhoto *photo, const LimenDetector *detector,
                                const LimenRun *run, GError **error);

/** limen_explanation_peak: the log-likelihood of the most likely image of all, nats: constant −
 * D·2 log 2 */
double limen_explanation_peak (const LimenExplanation *explanation);
/** limen_explanation_n_changed: how many pixels were moved by more than @least */
guint limen_explanation_n_changed (const LimenExplanation *explanation, double least);

/** LIMEN_EXPLAIN_CHANGED: a pixel that is told to have changed moved by more */
#define LIMEN_EXPLAIN_CHANGED 0.1

/** limen_explanation_change: (transfer full): what would have to change: "Moved by 9 steps it is as
 * likely as the median normal image: 31 of 784 pixels change by more than 0.1." */
char *limen_explanation_change (const LimenExplanation *explanation);
/** limen_explanation_sentence: (transfer full): of its log-likelihood: what the most likely image
 * of all has, and by how much its latents are below that */
char *limen_explanation_sentence (const LimenExplanation *explanation);

/** limen_explanation_where: (transfer full) (nullable): where its windows are most unusual: "Its
 * most unusual window is around column 312, row 88."; NULL without a map of them */
char *limen_explanation_where (const LimenExplanation *explanation);

/** LimenExplanationClaims: tables of claims about a LimenExplanation */
typedef enum {
  LIMEN_EXPLANATION_SUM,
  LIMEN_EXPLANATION_CHANGE,
  LIMEN_EXPLANATION_WHERE
} LimenExplanationClaims;
/** limen_explanation_claims: @n: (out): how many */
const LimenClaim *limen_explanation_claims (LimenExplanationClaims table, guint *n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenExplanation, limen_explanation_unref)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LimenExplainInput, limen_explain_input_clear)
