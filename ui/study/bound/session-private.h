/* Shared by the files of the session. */
#pragma once

#include "ui/study/bound/dots.h"
#include "ui/study/bound/session.h"
#include "ui/study/bound/source.h"
#include "ui/study/latest.h"

struct _LimenBoundSession {
  GObject parent_instance;

  LimenBoundPageState *state;

  /* what the state's files came to: a case, always there, and perhaps a VAE */
  LimenGaussianCase *gaussian_case;
  LimenVaeSource *vae;

  /* of the observation in use */
  float *x;
  LimenVaeTarget *vae_target;
  LimenGaussian *encoder, *posterior;
  LimenGaussian *base, *q; /* the proposal as it was set; and on its way to the posterior */

  /* results */
  LimenBoundStudy *study;
  LimenScene *scene;

  /* work */
  LimenLatest *load, *exact, *dots, *aside; /* @aside: of the K in the hand, where no dot is */
  LimenDotsWork *dots_work, *aside_work;
  gboolean looks; /* what is to be seen of the plane of a VAE follows its next exact bound */
  guint load_tick, tick, settle, aside_settle;
};

/** limen_bound_session_tell: @error, unless it is that the user cancelled */
void limen_bound_session_tell (LimenBoundSession *self, const GError *error);
/** limen_bound_session_take_files: what was read; @wanted: (nullable): for which state, or what was
 * dropped is shown */
void limen_bound_session_take_files (LimenBoundSession *self, LimenBoundFiles *files,
                                     const LimenBoundPageState *wanted);
/** limen_bound_session_take_start: what was read, and nothing else: as after a first start */
void limen_bound_session_take_start (LimenBoundSession *self, LimenBoundFiles *files);
/** limen_bound_session_take_posterior: @posterior: (transfer full): of the image in use, now known
 */
void limen_bound_session_take_posterior (LimenBoundSession *self, LimenGaussian *posterior);
/** limen_bound_session_fill_scene: what is drawn for the proposal and K in use */
void limen_bound_session_fill_scene (LimenBoundSession *self);

void limen_bound_session_begin_work (LimenBoundSession *self);
void limen_bound_session_end_work (LimenBoundSession *self);
/** limen_bound_session_read: @paths: NULL-terminated; empty: a VAE and images of Limen's own;
 * @wanted: (nullable): copied */
void limen_bound_session_read (LimenBoundSession *self, const char *const *paths,
                               const LimenBoundPageState *wanted);
/** limen_bound_session_want_exact: of the proposal under the image in use */
void limen_bound_session_want_exact (LimenBoundSession *self);
/** limen_bound_session_want_dots: once nothing has moved for a moment;
 * limen_bound_session_want_aside: what belongs to them at the K in the hand, whose dots may be
 * there already */
void limen_bound_session_want_dots (LimenBoundSession *self);
void limen_bound_session_want_aside (LimenBoundSession *self);
void limen_bound_session_stop_dots (LimenBoundSession *self);
