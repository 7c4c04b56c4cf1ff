#include "ui/study/detector/gallery-session.h"

#include "ui/study/latest.h"
#include "ui/study/signals.h"

#include <math.h>

struct _LimenGallerySession {
  GObject parent_instance;

  LimenDetectorSession *detector;
  LimenSelectionSession *selection;
  LimenGalleryKind kind;
  LimenGalleryOrder order;
  LimenGallery *gallery; /* nullable */
  LimenLatest *making;
};

G_DEFINE_FINAL_TYPE (LimenGallerySession, limen_gallery_session, G_TYPE_OBJECT)

/* -- the work -- */

static gpointer
run_gallery (gpointer wish, const LimenRun *run, GError **error)
{
  return limen_gallery_new (wish, run->cancellable, error);
}

static void
take (LimenGallerySession *self, LimenGallery *gallery)
{
  g_clear_pointer (&self->gallery, limen_gallery_unref);
  self->gallery = gallery;
  g_signal_emit_by_name (self, "changed");
}

static void
made_cb (gpointer result, const GError *error, gpointer owner)
{
  LimenGallerySession *self = owner;
  if (result)
    take (self, result);
  g_signal_emit_by_name (self, "busy-changed");
}

static LimenGalleryWish *
wish_of (LimenGallerySession *self, const LimenAnalysis *analysis)
{
  LimenGalleryWish *wish = g_new0 (LimenGalleryWish, 1);
  const LimenSelection *selected = limen_selection_session_get (self->selection);
  wish->kind = self->kind;
  wish->order = self->order;
  wish->whole = limen_experiment_copy (limen_detector_session_whole (self->detector));
  wish->now = limen_experiment_copy (limen_detector_session_experiment (self->detector));
  wish->corrections =
      limen_corrections_ref (limen_detector_session_state (self->detector)->corrections);
  wish->detector = limen_detector_with_promise (analysis->detector, analysis->detector->promise);
  wish->unsorted = analysis->unsorted ? limen_scores_ref (analysis->unsorted->scores) : NULL;
  wish->selection = selected ? limen_selection_copy (selected) : NULL;
  return wish;
}

/* What is shown stays until the next one is there, unless there can be none. */
static void
make (LimenGallerySession *self)
{
  const LimenAnalysis *analysis = limen_detector_session_analysis (self->detector);
  if (analysis)
    limen_latest_wish (self->making, wish_of (self, analysis));
  else if (!limen_detector_session_detector (self->detector)) {
    limen_latest_cancel (self->making);
    if (self->gallery)
      take (self, NULL);
  }
  g_signal_emit_by_name (self, "busy-changed");
}

/* -- what changes -- */

static void
selection_changed_cb (LimenGallerySession *self)
{
  if (self->kind == LIMEN_GALLERY_SELECTED)
    make (self);
}

static void
threshold_changed_cb (LimenGallerySession *self)
{
  if (self->kind == LIMEN_GALLERY_FALSE_ALARMS || self->kind == LIMEN_GALLERY_MISSED)
    make (self);
  else
    g_signal_emit_by_name (self, "verdicts-changed");
}

void
limen_gallery_session_show (LimenGallerySession *self, LimenGalleryKind kind)
{
  g_return_if_fail (LIMEN_IS_GALLERY_SESSION (self) && kind < LIMEN_N_GALLERIES);
  if (kind == self->kind && self->gallery)
    return;
  self->kind = kind;
  make (self);
}

void
limen_gallery_session_sort (LimenGallerySession *self, LimenGalleryOrder order)
{
  g_return_if_fail (LIMEN_IS_GALLERY_SESSION (self));
  if (order == self->order)
    return;
  self->order = order;
  make (self);
}

/* -- what there is -- */

LimenGalleryKind
limen_gallery_session_kind (LimenGallerySession *self)
{
  g_return_val_if_fail (LIMEN_IS_GALLERY_SESSION (self), LIMEN_GALLERY_ALL);
  return self->kind;
}

LimenGalleryOrder
limen_gallery_session_order (LimenGallerySession *self)
{
  g_return_val_if_fail (LIMEN_IS_GALLERY_SESSION (self), LIMEN_GALLERY_BY_SCORE);
  return self->order;
}

LimenGallery *
limen_gallery_session_gallery (LimenGallerySession *self)
{
  g_return_val_if_fail (LIMEN_IS_GALLERY_SESSION (self), NULL);
  return self->gallery;
}

LimenLines
limen_gallery_session_lines (LimenGallerySession *self)
{
  LimenLines none = {NAN, NAN};
  g_return_val_if_fail (LIMEN_IS_GALLERY_SESSION (self), none);
  const LimenDetector *detector = limen_detector_session_detector (self->detector);
  return detector ? limen_detector_lines (detector) : none;
}

gboolean
limen_gallery_session_busy (LimenGallerySession *self)
{
  g_return_val_if_fail (LIMEN_IS_GALLERY_SESSION (self), FALSE);
  return limen_latest_busy (self->making, NULL);
}

LimenDetectorSession *
limen_gallery_session_detector (LimenGallerySession *self)
{
  g_return_val_if_fail (LIMEN_IS_GALLERY_SESSION (self), NULL);
  return self->detector;
}

gboolean
limen_gallery_session_corrects (LimenGallerySession *self)
{
  g_return_val_if_fail (LIMEN_IS_GALLERY_SESSION (self), FALSE);
  return self->gallery && !self->gallery->now->table;
}

/* -- corrections -- */

static void
put_back (LimenGallerySession *self, const LimenImageKey *key, guint n)
{
  for (LimenSetRole role = 0; role < LIMEN_N_SETS; role++) {
    g_autofree LimenImageKey *own = g_new (LimenImageKey, n + 1);
    guint n_own = 0;
    for (guint i = 0; i < n; i++)
      if (key[i].role == role)
        own[n_own++] = key[i];
    limen_detector_session_correct (self->detector, own, n_own, role);
  }
}

void
limen_gallery_session_put (LimenGallerySession *self, const guint *at, guint n, LimenSetRole to)
{
  g_return_if_fail (LIMEN_IS_GALLERY_SESSION (self) && (at != NULL || n == 0));
  g_return_if_fail (to <= LIMEN_PUT_BACK);
  g_autofree LimenImageKey *key = g_new (LimenImageKey, n + 1);
  guint n_there = 0;
  for (guint i = 0; self->gallery && i < n; i++)
    if (at[i] < self->gallery->n)
      key[n_there++] = self->gallery->item[at[i]].key;
  if (to == LIMEN_PUT_BACK)
    put_back (self, key, n_there);
  else
    limen_detector_session_correct (self->detector, key, n_there, to);
}

/* -- the object -- */

static void
limen_gallery_session_dispose (GObject *object)
{
  LimenGallerySession *self = LIMEN_GALLERY_SESSION (object);
  if (self->detector)
    g_signal_handlers_disconnect_by_data (self->detector, self);
  if (self->selection)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  g_clear_pointer (&self->making, limen_latest_free);
  g_clear_pointer (&self->gallery, limen_gallery_unref);
  g_clear_object (&self->detector);
  g_clear_object (&self->selection);
  G_OBJECT_CLASS (limen_gallery_session_parent_class)->dispose (object);
}

static void
limen_gallery_session_class_init (LimenGallerySessionClass *klass)
{
  static const char *const names[] = {"changed", "verdicts-changed", "busy-changed", NULL};
  G_OBJECT_CLASS (klass)->dispose = limen_gallery_session_dispose;
  limen_signals_new (G_TYPE_FROM_CLASS (klass), names, FALSE);
}

static void
limen_gallery_session_init (LimenGallerySession *self)
{
  self->kind = LIMEN_GALLERY_ALL;
  self->making = limen_latest_new (run_gallery, (GDestroyNotify)limen_gallery_wish_free,
                                   (GDestroyNotify)limen_gallery_unref,
                                   LIMEN_OVERTAKEN_IS_CANCELLED, made_cb, self);
}

LimenGallerySession *
limen_gallery_session_new (LimenDetectorSession *detector, LimenSelectionSession *selection)
{
  g_return_val_if_fail (LIMEN_IS_DETECTOR_SESSION (detector), NULL);
  g_return_val_if_fail (LIMEN_IS_SELECTION_SESSION (selection), NULL);
  LimenGallerySession *self = g_object_new (LIMEN_TYPE_GALLERY_SESSION, NULL);
  self->detector = g_object_ref (detector);
  self->selection = g_object_ref (selection);
  g_signal_connect_swapped (detector, "data-changed", G_CALLBACK (make), self);
  g_signal_connect_swapped (detector, "threshold-changed", G_CALLBACK (threshold_changed_cb), self);
  g_signal_connect_swapped (selection, "selection-changed", G_CALLBACK (selection_changed_cb),
                            self);
  make (self);
  return self;
}
