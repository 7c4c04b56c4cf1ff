/* What is selected among the images of the Detector page: in its scatter, its histogram and its
 * gallery alike, by their numbers in the whole sets. */
#pragma once

#include "ui/study/detector/selection.h"
#include "ui/study/detector/session.h"

#define LIMEN_TYPE_SELECTION_SESSION (limen_selection_session_get_type ())
G_DECLARE_FINAL_TYPE (LimenSelectionSession, limen_selection_session, LIMEN, SELECTION_SESSION,
                      GObject)

/**
 * LimenSelectionSession:
 *
 * Other images are not selected; other scores of the same ones keep what is, and so do corrections:
 * what is moved stays selected, what is left out is not.
 *
 * Signals:
 * - "selection-changed"
 */

/** limen_selection_session_new: follows @detector, which it keeps */
LimenSelectionSession *limen_selection_session_new (LimenDetectorSession *detector);
/** limen_selection_session_get: (transfer none) (nullable): of the whole sets; NULL where no image
 * is selected */
const LimenSelection *limen_selection_session_get (LimenSelectionSession *self);

/**
 * limen_selection_session_take:
 * @part: (transfer full) (nullable): what is selected from now on, of as many anomalies as there
 * are, and of some normal images; NULL: nothing
 * @index: (n normal of @part) (nullable: they are the first): which of the normal set these are:
 * no other one stays selected
 */
void limen_selection_session_take (LimenSelectionSession *self, LimenSelection *part,
                                   const guint32 *index);
/** limen_selection_session_take_range: what scores from @low to @high, by the detector of the page:
 * normal test images and anomalies; nothing happens while scores are incomplete */
void limen_selection_session_take_range (LimenSelectionSession *self, double low, double high);
void limen_selection_session_clear (LimenSelectionSession *self);

/** limen_selection_session_part: (transfer full) (nullable): of the @n_part normal images @index
 * (nullable) and of all anomalies; NULL where none of these is selected */
LimenSelection *
limen_selection_session_part (LimenSelectionSession *self, const guint32 *index, guint n_part);
/** limen_selection_session_scores: @scores: (out) [role]: (transfer full) (nullable): of the
 * selected images, by the detector of the page: normal test images and anomalies */
void
limen_selection_session_scores (LimenSelectionSession *self, LimenScores *scores[LIMEN_N_LABELLED]);
/** limen_selection_session_first: @index: (out): (@most): numbers of selected images, those that
 * the page judges first, the most unusual before others. Returns: how many */
guint limen_selection_session_first (LimenSelectionSession *self, LimenSetRole role, guint32 *index,
                                     guint most);
/** limen_selection_session_words: (transfer full) (nullable): "Selected: 37 images: 30 normal, 7
 * anomalies" */
char *limen_selection_session_words (LimenSelectionSession *self);
