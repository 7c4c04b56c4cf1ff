/* What the questions about the Bound page share: the page as it was, and how its K is moved. */
#pragma once

#include "ui/study/bound/session.h"
#include "ui/study/lesson.h"

/**
 * LimenBoundMark: what of the page is in a LimenLessonMark
 * @LIMEN_BOUND_MARK_K, @LIMEN_BOUND_MARK_MERGE: as in its state
 * @LIMEN_BOUND_MARK_PROPOSAL: a hash of all that the state says of the proposal
 * @LIMEN_BOUND_MARK_PRESET: LIMEN_N_PROPOSALS of one that the user made, or moved
 * @LIMEN_BOUND_MARK_MORPH: how far it had gone towards the posterior
 * @LIMEN_BOUND_MARK_AT_POSTERIOR: limen_bound_lesson_at_posterior()
 * @LIMEN_BOUND_MARK_MEAN, @LIMEN_BOUND_MARK_DEVIATION: of the first latent variable under it
 */
typedef enum {
  LIMEN_BOUND_MARK_K,
  LIMEN_BOUND_MARK_MERGE,
  LIMEN_BOUND_MARK_PROPOSAL,
  LIMEN_BOUND_MARK_PRESET,
  LIMEN_BOUND_MARK_MORPH,
  LIMEN_BOUND_MARK_AT_POSTERIOR,
  LIMEN_BOUND_MARK_MEAN,
  LIMEN_BOUND_MARK_DEVIATION,
} LimenBoundMark;

extern const LimenLessonQuestion limen_bound_question_below, limen_bound_question_rising,
    limen_bound_question_tight;

/** limen_bound_lesson_begin: LimenLessonStep.begin of all steps: fills in a LimenBoundMark */
void limen_bound_lesson_begin (gpointer session, LimenLessonMark *mark);
/** limen_bound_lesson_preset: LIMEN_N_PROPOSALS of a proposal that the user made, or moved */
LimenProposalKind limen_bound_lesson_preset (const LimenBoundPageState *state);
/** limen_bound_lesson_at_posterior: whether the proposal is the posterior, or where that is no
 * normal distribution, went all the way to the one of its moments */
gboolean limen_bound_lesson_at_posterior (LimenBoundSession *session);
/** limen_bound_lesson_own_hash: of preset, numbers and way of the proposal */
double limen_bound_lesson_own_hash (const LimenBoundPageState *state);

/** limen_bound_lesson_is_current: whether what is known of the proposal is of the one in the hand:
 * under a VAE it comes a moment later */
gboolean limen_bound_lesson_is_current (LimenBoundSession *session);

/** limen_bound_lesson_far: whether K went up or down ten times or more since @mark */
gboolean limen_bound_lesson_far (gpointer session, const LimenLessonMark *mark);
/** limen_bound_lesson_far_k: a K that is ten times as large as @k, or where there is none, a tenth
 */
guint limen_bound_lesson_far_k (guint k);
/** limen_bound_lesson_move_k: K a part @t of the way from that of @mark to @to, as on the axis */
void limen_bound_lesson_move_k (LimenBoundSession *session, const LimenLessonMark *mark, guint to,
                                double t);
/** limen_bound_lesson_drag: the proposal a part @t of two standard deviations aside of that of
 * @mark; it is let go at 1 */
void limen_bound_lesson_drag (LimenBoundSession *session, const LimenLessonMark *mark, double t);

/** limen_bound_lesson_redrawn: LimenLessonStep.done: another tree;
 * limen_bound_lesson_show_redraw: its @show */
gboolean limen_bound_lesson_redrawn (gpointer session, const LimenLessonMark *mark);
gboolean limen_bound_lesson_show_redraw (gpointer session, const LimenLessonMark *mark, double t);

/** limen_bound_lesson_gap: (transfer full) (nullable): "0.023 nats": log p(x) − VLB^(@k), where a
 * digit of it is known to hold */
char *limen_bound_lesson_gap (LimenBoundSession *session, guint k);
/** limen_bound_lesson_say_gap: (transfer full) (nullable): "At K = 50 the bound stands 0.023 nats
 * below log p(x)."; NULL as above */
char *limen_bound_lesson_say_gap (gpointer session, const LimenLessonMark *mark);
/** limen_bound_lesson_say_two: (transfer full) (nullable): the same at the K of @mark and at the
 * one now; NULL where either is not known, or they cannot be told apart */
char *limen_bound_lesson_say_two (gpointer session, const LimenLessonMark *mark);
