#include "ui/study/detector/selection-session.h"

#include "ui/study/detector/selection-carried.h"
#include "ui/study/signals.h"

struct _LimenSelectionSession {
  GObject parent_instance;

  LimenDetectorSession *detector;
  LimenSelection *selection;            /* nullable: of all images of: */
  LimenImageSet *set[LIMEN_N_LABELLED]; /* nullable */
  LimenOrigin *table;                   /* nullable: where there are only scores */
  guint n[LIMEN_N_LABELLED];
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

/* Takes over @selection, which may be NULL. */
static void
change (LimenSelectionSession *self, LimenSelection *selection)
{
  if (selection && limen_selection_count (selection) == 0)
    g_clear_pointer (&selection, limen_selection_free);
  gboolean same = selection && self->selection ? limen_selection_same (selection, self->selection)
                                               : selection == self->selection;
  g_clear_pointer (&self->selection, limen_selection_free);
  self->selection = selection;
  if (!same)
    g_signal_emit_by_name (self, "selection-changed");
}

static void
data_changed_cb (LimenSelectionSession *self)
{
  const LimenExperiment *now = limen_detector_session_experiment (self->detector);
  gboolean same = is_same (self, now);
  LimenSelection *next =
      limen_selection_carried (&self->home, limen_detector_session_whole (self->detector), now,
                               same ? NULL : self->selection);
  if (same)
    return;
  limen_origin_put (&self->table, now->table_from);
  for (LimenSetRole role = 0; role < LIMEN_N_LABELLED; role++) {
    put_set (&self->set[role], now->set[role]);
    self->n[role] = n_images (now, role);
  }
  change (self, next);
}

/* (nullable): of the page, where all its scores are there */
static const LimenDetector *
detector_of (LimenSelectionSession *self)
{
  const LimenAnalysis *analysis = limen_detector_session_analysis (self->detector);
  return analysis ? analysis->detector : NULL;
}

/* -- what is selected -- */

const LimenSelection *
limen_selection_session_get (LimenSelectionSession *self)
{
  g_return_val_if_fail (LIMEN_IS_SELECTION_SESSION (self), NULL);
  return self->selection;
}

void
limen_selection_session_take (LimenSelectionSession *self, LimenSelection *part,
                              const guint32 *index)
{
  g_return_if_fail (LIMEN_IS_SELECTION_SESSION (self));
  g_autoptr (LimenSelection) owned = part;
  g_return_if_fail (!part || (part->n[LIMEN_SCATTER_ANOMALY] == self->n[LIMEN_SET_ANOMALY] &&
                              part->n[LIMEN_SCATTER_NORMAL] <= self->n[LIMEN_SET_NORMAL]));
  change (self, part ? limen_selection_of_whole (part, index, self->n[LIMEN_SET_NORMAL]) : NULL);
}

void
limen_selection_session_take_range (LimenSelectionSession *self, double low, double high)
{
  g_return_if_fail (LIMEN_IS_SELECTION_SESSION (self));
  const LimenDetector *detector = detector_of (self);
  if (detector)
    limen_selection_session_take (
        self, limen_selection_new_range (detector->normal, detector->anomaly, low, high),
        detector->normal_index);
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
  if (!self->selection)
    return NULL;
  LimenSelection *part = limen_selection_of_part (self->selection, index, n_part);
  if (limen_selection_count (part) == 0)
    g_clear_pointer (&part, limen_selection_free);
  return part;
}

void
limen_selection_session_scores (LimenSelectionSession *self, LimenScores *scores[LIMEN_N_LABELLED])
{
  g_return_if_fail (LIMEN_IS_SELECTION_SESSION (self));
  const LimenDetector *detector = detector_of (self);
  scores[LIMEN_SET_NORMAL] = scores[LIMEN_SET_ANOMALY] = NULL;
  g_autoptr (LimenSelection) part =
      detector ? limen_selection_session_part (self, detector->normal_index, detector->normal->n)
               : NULL;
  if (!part)
    return;
  scores[LIMEN_SET_NORMAL] = limen_selection_scores (part, LIMEN_SCATTER_NORMAL, detector->normal);
  if (detector->anomaly)
    scores[LIMEN_SET_ANOMALY] =
        limen_selection_scores (part, LIMEN_SCATTER_ANOMALY, detector->anomaly);
}

static gboolean
is_among (const guint32 *index, guint n, guint32 one)
{
  for (guint i = 0; i < n; i++)
    if (index[i] == one)
      return TRUE;
  return FALSE;
}

/* What the page does not judge now, as the other half, comes behind, in the order of the set. */
guint
limen_selection_session_first (LimenSelectionSession *self, LimenSetRole role, guint32 *index,
                               guint most)
{
  g_return_val_if_fail (LIMEN_IS_SELECTION_SESSION (self) && role < LIMEN_N_LABELLED, 0);
  const LimenAnalysis *analysis = limen_detector_session_analysis (self->detector);
  LimenScatterSet set = role == LIMEN_SET_NORMAL ? LIMEN_SCATTER_NORMAL : LIMEN_SCATTER_ANOMALY;
  guint all = self->selection ? self->selection->count[set] : 0, wanted = MIN (most, all), n = 0;
  if (wanted == 0)
    return 0;
  if (analysis && analysis->order[role]) {
    const LimenDetector *detector = analysis->detector;
    guint n_judged = role == LIMEN_SET_NORMAL ? detector->normal->n : detector->anomaly->n;
    for (guint i = 0; i < n_judged && n < wanted; i++)
      if (limen_selection_has (self->selection, set, analysis->order[role][i]))
        index[n++] = analysis->order[role][i];
  }
  g_autofree guint32 *selected = limen_selection_indices (self->selection, set);
  for (guint i = 0, n_judged = n; i < all && n < wanted; i++)
    if (!is_among (index, n_judged, selected[i]))
      index[n++] = selected[i];
  return n;
}

char *
limen_selection_session_words (LimenSelectionSession *self)
{
  g_return_val_if_fail (LIMEN_IS_SELECTION_SESSION (self), NULL);
  g_autofree char *words = self->selection ? limen_selection_words (self->selection) : NULL;
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
  g_clear_pointer (&self->selection, limen_selection_free);
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
