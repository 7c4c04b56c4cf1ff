/* All scores of images, by models and by what was learned from fit images. */
#pragma once

#include "model/bench/bench.h"
#include "model/detect/scores.h"

/**
 * LimenScorer: fitted once, on images that should neither set a threshold nor count in a rate.
 * Immutable, reference-counted; any number of threads may score with it.
 */
typedef struct LimenScorer LimenScorer;

/**
 * LimenScorerOptions:
 * @models: the scorer holds references
 * @kinds: a set of LIMEN_SCORE_BIT(): which scores are wanted; 0: all that @models give
 * @parts: what LIMEN_SCORE_COMBINED is made of, as limen_bench_parts(); 0: just that
 * @k, @seed: of the bound of a VAE; @k 0: LIMEN_SCORER_K
 */
typedef struct {
  LimenBenchModels models;
  guint kinds, parts;
  guint k;
  guint64 seed;
} LimenScorerOptions;

#define LIMEN_SCORER_K 50

/**
 * limen_scorer_new:
 * @fit: (nullable): normal images; of the nearest ones, an image is not its own. NULL only where no
 * score is limen_score_is_fitted()
 *
 * Returns: (transfer full): NULL with LIMEN_ERROR_MISMATCH where the models do not give what is
 * wanted, or images do not fit them, or cannot be fitted to because they all score the same or none
 * has a finite score, and with G_IO_ERROR_CANCELLED
 */
LimenScorer *limen_scorer_new (const LimenScorerOptions *options, LimenImageSet *fit,
                               const LimenRun *run, GError **error);
/** limen_scorer_new_later: the same, but nothing is fitted yet: limen_scorer_score_sets() does it
 * on the way, and until it has, it belongs to that call alone */
LimenScorer *
limen_scorer_new_later (const LimenScorerOptions *options, LimenImageSet *fit, GError **error);
LimenScorer *limen_scorer_ref (LimenScorer *scorer);
void limen_scorer_unref (LimenScorer *scorer);

/** limen_scorer_kinds: a set of LIMEN_SCORE_BIT() */
guint limen_scorer_kinds (const LimenScorer *scorer);
/** limen_scorer_parts: a set of LIMEN_SCORE_BIT() of scores and LimenPart */
guint limen_scorer_parts (const LimenScorer *scorer);
guint limen_scorer_k (const LimenScorer *scorer);
guint64 limen_scorer_seed (const LimenScorer *scorer);
/** limen_scorer_n_fit: images */
guint limen_scorer_n_fit (const LimenScorer *scorer);
const LimenBenchModels *limen_scorer_models (const LimenScorer *scorer);
/** limen_scorer_typical: the mean log-likelihood of the fit images, nats; NaN where neither
 * typicality nor what is combined is made of log-likelihoods */
double limen_scorer_typical (const LimenScorer *scorer);
/** limen_scorer_recommended: of its scores: limen_bench_recommended(), if that is among them, else
 * the first */
LimenScoreKind limen_scorer_recommended (const LimenScorer *scorer);

/** LimenScorerFunc: told, from worker threads, one call at a time: the first @n images have the
 * scores @value of @kind */
typedef void (*LimenScorerFunc) (LimenScoreKind kind, const double *value, guint n,
                                 gpointer user_data);

/**
 * limen_scorer_score:
 * @partial: (nullable): told of ever longer beginnings; of LIMEN_SCORE_COMBINED and
 * LIMEN_SCORE_VAE_STATISTICS at the end only
 * @out: (out) (LIMEN_N_SCORES): (transfer full) for each kind that the scorer has, else NULL: a
 * score for each image; what has no score scores the most unusual
 *
 * The scores of an image depend on it alone, but for the bound of a VAE, whose draws depend on the
 * place in the set, too. Returns: FALSE as limen_columns_new(), with @out all NULL
 */
gboolean
limen_scorer_score (const LimenScorer *scorer, const LimenImageSet *set, LimenScorerFunc partial,
                    gpointer partial_data, LimenScores **out, const LimenRun *run, GError **error);

/** limen_scorer_score_part: the same of @set as a part of a larger one, in which its first image is
 * number @place: it gets the scores that it has there */
gboolean limen_scorer_score_part (const LimenScorer *scorer, const LimenImageSet *set, guint place,
                                  LimenScores **out, const LimenRun *run, GError **error);

/** LimenScorerSet: @partial, @partial_data, @out: as limen_scorer_score() takes them */
typedef struct {
  const LimenImageSet *set;
  LimenScorerFunc partial;
  gpointer partial_data;
  LimenScores **out;
} LimenScorerSet;

/** LimenScorerReadyFunc: told by the thread that called: all sets have their scores of @kind, and
 * keep them whatever becomes of the others */
typedef void (*LimenScorerReadyFunc) (LimenScoreKind kind, gpointer user_data);

/** LimenScorerProgressFunc: told, from worker threads, one call at a time: of @n images, those that
 * the score is fitted to among them, @done have all that @kind is made of */
typedef void (*LimenScorerProgressFunc) (LimenScoreKind kind, guint done, guint n,
                                         gpointer user_data);

/** LimenScorerWatch: @ready, @progress: (nullable) */
typedef struct {
  LimenScorerReadyFunc ready;
  LimenScorerProgressFunc progress;
  gpointer data;
} LimenScorerWatch;

/** limen_scorer_score_sets: the same of several sets, a score of all sets before the next. What is
 * cheap comes first, and before what it is fitted to what needs no fit: so no score waits for the
 * fit of another. @watch: (nullable). Returns: FALSE as limen_columns_new() and, where something is
 * to be fitted, limen_scorer_new(), with the scores in @out that were ready */
gboolean
limen_scorer_score_sets (LimenScorer *scorer, const LimenScorerSet *sets, guint n,
                         const LimenScorerWatch *watch, const LimenRun *run, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenScorer, limen_scorer_unref)
