#include "ui/study/detector/session-private.h"

static LimenLoad *
new_correction (LimenDetectorSession *self)
{
  LimenLoad *load = limen_detector_session_new_load (self, NULL);
  load->corrects = TRUE;
  load->seen = limen_experiment_copy (self->whole);
  return load;
}

void
limen_detector_session_correct (LimenDetectorSession *self, const LimenImageKey *key, guint n,
                                LimenSetRole to)
{
  g_return_if_fail (LIMEN_IS_DETECTOR_SESSION (self) && key != NULL && to <= LIMEN_LEFT_OUT);
  if (n == 0 || self->whole->table)
    return;
  LimenLoad *load = new_correction (self);
  load->key = g_memdup2 (key, n * sizeof *key);
  load->n_keys = n;
  load->to = to;
  limen_detector_session_queue_load (self, load);
}

void
limen_detector_session_undo_correction (LimenDetectorSession *self)
{
  g_return_if_fail (LIMEN_IS_DETECTOR_SESSION (self));
  LimenLoad *load = new_correction (self);
  load->undoes = TRUE;
  limen_detector_session_queue_load (self, load);
}
