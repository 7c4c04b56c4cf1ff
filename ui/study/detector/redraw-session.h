/* "Try it": what other sets of normal images would have said, drawn from those of the page. */
#pragma once

#include "model/detect/redraw.h"
#include "ui/study/detector/session.h"

/** LIMEN_REDRAW_SETS: sets that are drawn at once */
#define LIMEN_REDRAW_SETS 200

/**
 * LimenRedrawn: what came of it
 * @one: (n_sets): each of the sets
 * @n: images of each: as many as the page counts its type I errors among
 * @n_population: normal images of the page, test half and validation half, from which they were
 * drawn with replacement: the truth
 * @lines: of the page; @truth: share of that population that they flag
 * @seed: with the same one the same sets are drawn
 * @n_fixed_missed, @n_somewhere_missed, @n_band_left: of how many of the sets LimenRedrawOne says
 * so
 *
 * A plain value.
 */
typedef struct {
  LimenRedrawOne *one;
  guint n_sets, n, n_population;
  LimenLines lines;
  double truth;
  guint64 seed;
  guint n_fixed_missed, n_somewhere_missed, n_band_left;
} LimenRedrawn;

#define LIMEN_TYPE_REDRAW_SESSION (limen_redraw_session_get_type ())
G_DECLARE_FINAL_TYPE (LimenRedrawSession, limen_redraw_session, LIMEN, REDRAW_SESSION, GObject)

/**
 * LimenRedrawSession:
 *
 * Draws only when it is asked to. What it drew is of the scores and of the line that the page had:
 * where either changes, it is gone, and what is under way is cancelled.
 *
 * Signals:
 * - "changed": another result, or none; and while work goes on, more of it is done
 * - "notice" (message: string): why nothing was drawn
 */

/** limen_redraw_session_new: follows @detector, which it keeps */
LimenRedrawSession *limen_redraw_session_new (LimenDetectorSession *detector);
/** limen_redraw_session_can_draw: the page has all its scores and a line */
gboolean limen_redraw_session_can_draw (LimenRedrawSession *self);
/** limen_redraw_session_draw: @n_sets: > 0, as LIMEN_REDRAW_SETS; others each time. Does nothing
 * unless limen_redraw_session_can_draw() */
void limen_redraw_session_draw (LimenRedrawSession *self, guint n_sets);
/** limen_redraw_session_cancel: what is under way; the last result stays */
void limen_redraw_session_cancel (LimenRedrawSession *self);
/** limen_redraw_session_result: (transfer none) (nullable) */
const LimenRedrawn *limen_redraw_session_result (LimenRedrawSession *self);
/** limen_redraw_session_busy: @fraction: (out) (optional): how much is done */
gboolean limen_redraw_session_busy (LimenRedrawSession *self, double *fraction);
