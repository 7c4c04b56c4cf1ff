#include "ui/study/detector/selection-session.h"

#include "ui/study/detector/selection-carried.h"
#include "ui/study/detector/selection-shown.h"
#include "ui/study/latest.h"
#include "ui/study/signals.h"

#include <string.h>

#define MANY 200000 /* images of which more than a frame would go into a selection */

struct _LimenSelectionSession {
  GObject parent_instance;

  LimenDetectorSession *detector;
  LimenSelectionShown *shown;           /* nullable: of the selection, if any; of all images of: */
  LimenImageSet *set[LIMEN_N_LABELLED]; /* nullable */
  LimenOrigin *table;                   /* nullable: where there are only scores */
  guint n[LIMEN_N_LABELLED];
  LimenLatest *work;
  LimenSelectionHome home;
};

G_DEFINE_FINAL_TYPE (LimenSelectionSession, limen_selection_session, G_TYPE_OBJECT)

/* -- the images -- */

static guint
n_images (const LimenExperiment *experiment, LimenSetRole role)
{
  const LimenImageSet *set = experiment->set[role];
  const LimenScores *scores = experiment->scores[role];
  return set ? limen_image_set_n_images (set) : scores ? scores->n : 0;
}

static gboolean
is_same (LimenSelectionSession *self, const LimenExperiment *now)
{
  gboolean same = limen_origin_same_files (now->table_from, self->table);
  for (LimenSetRole role = 0; role < LIMEN_N_LABELLED; role++)
    same = same && now->set[role] == self->set[role] && n_images (now, role) == self->n[role];
  return same;
}

static void
put_set (LimenImageSet **place, LimenImageSet *set)
{
  g_clear_pointer (place, limen_image_set_unref);
  *place = set ? limen_image_set_ref (set) : NULL;
}

static const LimenSelection *
selected (LimenSelectionSession *self)
{
  return self->shown ? self->shown->whole : NULL;
}

/* Takes over @shown, which may be NULL, or of nothing. @anew: what is shown of the same selection
 * changed */
static void
change (LimenSelectionSession *self, LimenSelectionShown *shown, gboolean anew)
{
  if (shown && !shown->whole)
    g_clear_pointer (&shown, limen_selection_shown_free);
  const LimenSelection *before = selected (self), *now = shown ? shown->whole : NULL;
  gboolean same = before && now ? limen_selection_same (before, now) : before == now;
  g_clear_pointer (&self->shown, limen_selection_shown_free);
  self->shown = shown;
  if (!same || anew)
    g_signal_emit_by_name (self, "selection-changed");
}

static void
forget (LimenSelectionSession *self)
{
  limen_latest_cancel (self->work);
  change (self, NULL, FALSE);
}

static void
worked_cb (gpointer result, const GError *error, gpointer owner)
{
  if (result)
    change (owner, result, TRUE);
}

/* Takes over @wish. Millions of images are gone through on a thread: until that is done, what was
 * selected is. */
static void
show (LimenSelectionSession *self, LimenSelectionWish *wish)
{
  if (self->n[LIMEN_SET_NORMAL] + self->n[LIMEN_SET_ANOMALY] > MANY) {
    limen_latest_wish (self->work, wish);
    return;
  }
  LimenSelectionShown *shown = limen_selection_run_show (wish, NULL, NULL);
  limen_selection_wish_free (wish);
  change (self, shown, FALSE);
}

/* (nullable): of the page, where all its scores are there */
static const LimenAnalysis *
analysis_of (LimenSelectionSession *self)
{
  return limen_detector_session_analysis (self->detector);
}

/* The same images by another score or split */
static void
show_again (LimenSelectionSession *self)
{
  const LimenSelection *now = selected (self);
  if (!now)
    return;
  LimenSelection *whole = limen_selection_copy (now);
  for (LimenSetRole role = 0; role < LIMEN_N_LABELLED; role++)
    g_clear_pointer (&self->shown->scores[role], limen_scores_unref);
  show (self, limen_selection_wish_new (analysis_of (self), whole, self->n));
}

static void
data_changed_cb (LimenSelectionSession *self)
{
  const LimenExperiment *now = limen_detector_session_experiment (self->detector);
  gboolean same = is_same (self, now);
  LimenSelection *next =
      limen_selection_carried (&self->home, limen_detector_session_whole (self->detector), now,
                               same ? NULL : selected (self));
  if (same) {
    show_again (self);
    return;
  }
  limen_origin_put (&self->table, now->table_from);
  for (LimenSetRole role = 0; role < LIMEN_N_LABELLED; role++) {
    put_set (&self->set[role], now->set[role]);
    self->n[role] = n_images (now, role);
  }
  if (!next) {
    forget (self);
    return;
  }
  limen_latest_cancel (self->work);
  LimenSelectionWish *wish = limen_selection_wish_new (analysis_of (self), next, self->n);
  change (self, limen_selection_run_show (wish, NULL, NULL), FALSE);
  limen_selection_wish_free (wish);
}

/* -- what is selected -- */

const LimenSelection *
limen_selection_session_get (LimenSelectionSession *self)
{
  g_return_val_if_fail (LIMEN_IS_SELECTION_SESSION (self), NULL);
  return selected (self);
}

void
limen_selection_session_take (LimenSelectionSession *self, LimenSelection *part,
                              const guint32 *index)
{
  g_return_if_fail (LIMEN_IS_SELECTION_SESSION (self));
  g_autoptr (LimenSelection) owned = part;
  g_return_if_fail (!part || (part->n[LIMEN_SCATTER_ANOMALY] == self->n[LIMEN_SET_ANOMALY] &&
                              part->n[LIMEN_SCATTER_NORMAL] <= self->n[LIMEN_SET_NORMAL]));
  if (!part) {
    forget (self);
    return;
  }
  LimenSelection *whole = limen_selection_of_whole (part, index, self->n[LIMEN_SET_NORMAL]);
  show (self, limen_selection_wish_new (analysis_of (self), whole, self->n));
}

void
limen_selection_session_take_range (LimenSelectionSession *self, double low, double high)
{
  g_return_if_fail (LIMEN_IS_SELECTION_SESSION (self));
  const LimenAnalysis *analysis = analysis_of (self);
  if (!analysis)
    return;
  LimenSelectionWish *wish = limen_selection_wish_new (analysis, NULL, self->n);
  wish->low = low;
  wish->high = high;
  show (self, wish);
}

void
limen_selection_session_clear (LimenSelectionSession *self)
{
  limen_selection_session_take (self, NULL, NULL);
}

/* -- what is shown of it -- */

LimenSelection *
limen_selection_session_part (LimenSelectionSession *self, const guint32 *index, guint n_part)
{
  g_return_val_if_fail (LIMEN_IS_SELECTION_SESSION (self), NULL);
  if (!selected (self))
    return NULL;
  LimenSelection *part = limen_selection_of_part (selected (self), index, n_part);
  if (limen_selection_count (part) == 0)
    g_clear_pointer (&part, limen_selection_free);
  return part;
}

void
limen_selection_session_scores (LimenSelectionSession *self, LimenScores *scores[LIMEN_N_LABELLED])
{
  g_return_if_fail (LIMEN_IS_SELECTION_SESSION (self));
  for (LimenSetRole role = 0; role < LIMEN_N_LABELLED; role++) {
    LimenScores *own = self->shown ? self->shown->scores[role] : NULL;
    scores[role] = own ? limen_scores_ref (own) : NULL;
  }
}

guint
limen_selection_session_first (LimenSelectionSession *self, LimenSetRole role, guint32 *index,
                               guint most)
{
  g_return_val_if_fail (LIMEN_IS_SELECTION_SESSION (self) && role < LIMEN_N_LABELLED, 0);
  guint n = self->shown ? MIN (most, self->shown->n_first[role]) : 0;
  if (n > 0)
    memcpy (index, self->shown->first[role], n * sizeof *index);
  return n;
}

gboolean
limen_selection_session_busy (LimenSelectionSession *self)
{
  g_return_val_if_fail (LIMEN_IS_SELECTION_SESSION (self), FALSE);
  return limen_latest_busy (self->work, NULL);
}

char *
limen_selection_session_words (LimenSelectionSession *self)
{
  g_return_val_if_fail (LIMEN_IS_SELECTION_SESSION (self), NULL);
  g_autofree char *words = selected (self) ? limen_selection_words (selected (self)) : NULL;
  return words ? g_strconcat ("Selected: ", words, NULL) : NULL;
}

/* -- the object -- */

static void
limen_selection_session_dispose (GObject *object)
{
  LimenSelectionSession *self = LIMEN_SELECTION_SESSION (object);
  if (self->detector)
    g_signal_handlers_disconnect_by_data (self->detector, self);
  g_clear_object (&self->detector);
  g_clear_pointer (&self->work, limen_latest_free);
  g_clear_pointer (&self->shown, limen_selection_shown_free);
  limen_origin_put (&self->table, NULL);
  for (LimenSetRole role = 0; role < LIMEN_N_LABELLED; role++)
    put_set (&self->set[role], NULL);
  limen_selection_home_clear (&self->home);
  G_OBJECT_CLASS (limen_selection_session_parent_class)->dispose (object);
}

static void
limen_selection_session_class_init (LimenSelectionSessionClass *klass)
{
  static const char *const names[] = {"selection-changed", NULL};
  G_OBJECT_CLASS (klass)->dispose = limen_selection_session_dispose;
  limen_signals_new (G_TYPE_FROM_CLASS (klass), names, FALSE);
}

static void
limen_selection_session_init (LimenSelectionSession *self)
{
  self->work =
      limen_latest_new (limen_selection_run_show, limen_selection_wish_free,
                        limen_selection_shown_free, LIMEN_OVERTAKEN_IS_CANCELLED, worked_cb, self);
}

LimenSelectionSession *
limen_selection_session_new (LimenDetectorSession *detector)
{
  g_return_val_if_fail (LIMEN_IS_DETECTOR_SESSION (detector), NULL);
  LimenSelectionSession *self = g_object_new (LIMEN_TYPE_SELECTION_SESSION, NULL);
  self->detector = g_object_ref (detector);
  data_changed_cb (self);
  g_signal_connect_swapped (detector, "data-changed", G_CALLBACK (data_changed_cb), self);
  return self;
}
