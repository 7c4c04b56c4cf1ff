/* Shared by the files of the session. */
#pragma once

#include "ui/study/bound/dots.h"
#include "ui/study/bound/session.h"
#include "ui/study/bound/source.h"
#include "ui/study/job.h"

struct _LimenBoundSession {
  GObject parent_instance;

  /* the source: a case, always there, and beside it a VAE that may be in use instead */
  LimenGaussianCase *gaussian_case;
  LimenVaeSource *vae;
  gboolean uses_vae;
  guint index;
  float *x;
  LimenVaeTarget *vae_target;
  LimenGaussian *encoder, *posterior;
  char **paths;

  /* settings */
  LimenGaussian *base, *q; /* as it was set; and on its way to the posterior */
  LimenProposalKind preset;
  LimenBoundCompare compare;
  double morph;
  guint k;
  guint merge_round;

  /* results */
  LimenBoundStudy *study;
  LimenScene *scene;

  /* work */
  LimenJob *load, *exact, *dots;
  LimenDotsWork *dots_work;
  gboolean looks;       /* what is to be seen of the plane of a VAE follows its next exact bound */
  gboolean exact_again; /* the proposal is another than the one being worked on */
  guint load_tick, tick, settle;
  char **next_paths; /* to be read once the reading under way has ended */
};

enum {
  LIMEN_BOUND_SOURCE_CHANGED,
  LIMEN_BOUND_STUDY_CHANGED,
  LIMEN_BOUND_K_CHANGED,
  LIMEN_BOUND_DOTS_CHANGED,
  LIMEN_BOUND_MERGE_CHANGED,
  LIMEN_BOUND_BUSY_CHANGED,
  LIMEN_BOUND_NOTICE,
  LIMEN_BOUND_N_SIGNALS,
};
void limen_bound_session_emit (LimenBoundSession *self, guint which);
/** limen_bound_session_target: of the observation in use */
LimenTarget limen_bound_session_target (LimenBoundSession *self);
/** limen_bound_session_show_source: everything anew, from the case or the image in use */
void limen_bound_session_show_source (LimenBoundSession *self);
/** limen_bound_session_show_proposal: the study of @q */
void limen_bound_session_show_proposal (LimenBoundSession *self);
/** limen_bound_session_fill_scene: what is drawn for the proposal and K in use */
void limen_bound_session_fill_scene (LimenBoundSession *self);

/** limen_bound_session_read: @paths: NULL-terminated; empty: a VAE and images of Limen's own */
void limen_bound_session_read (LimenBoundSession *self, const char *const *paths);
/** limen_bound_session_want_exact: of @q under the image in use, as soon as the last one is there
 */
void limen_bound_session_want_exact (LimenBoundSession *self);
/** limen_bound_session_want_dots: once nothing has moved for a moment */
void limen_bound_session_want_dots (LimenBoundSession *self);
void limen_bound_session_stop_dots (LimenBoundSession *self);
