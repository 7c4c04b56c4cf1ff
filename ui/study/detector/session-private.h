/* Shared by the files of the session. */
#pragma once

#include "ui/study/detector/preview.h"
#include "ui/study/detector/session.h"
#include "ui/study/latest.h"

/* What was there before files came. Owns all of it. */
typedef struct {
  LimenExperiment *whole, *experiment;
  LimenAnalysis *analysis; /* nullable */
  LimenDetectorPageState *state;
  char **asks[LIMEN_N_SETS];
} LimenFormer;

struct _LimenDetectorSession {
  GObject parent_instance;

  LimenDetectorPageState *state;
  LimenExperiment *whole;      /* what its files came to, */
  LimenExperiment *experiment; /* and that with the corrections of the state */
  LimenAnalysis *analysis;
  char **asks[LIMEN_N_SETS];      /* paths that could be read if it was said how */
  LimenFormer *former;            /* nullable: to which the last drop can be taken back, */
  gboolean guessed[LIMEN_N_SETS]; /* and of whose sets nothing but that drop says what they are */
  LimenDetector *preview_detector;
  LimenThresholdRange range;

  LimenJob *job;          /* that loads, */
  gboolean anew;          /* and what is shown has nothing to do with it */
  LimenPreview *preview;  /* shared with the job's thread, freed when the job has ended */
  GQueue waiting;         /* LimenLoad: what was dropped while a job ran */
  LimenLoad *asked;       /* what waits for an answer, and all others behind it */
  LimenLatest *splits;    /* analyses of the same scores */
  LimenLatest *hashes;    /* of the files in use, once their scores are shown */
  LimenLatest *questions; /* what there is to choose of a table */
  guint tick;
};

/** limen_detector_session_new_load: (transfer full): of @paths (nullable), as sorted */
LimenLoad *limen_detector_session_new_load (LimenDetectorSession *self, const char *const *paths);
/** limen_detector_session_queue_load: @load: (transfer full): runs behind all that waits */
void limen_detector_session_queue_load (LimenDetectorSession *self, LimenLoad *load);
/** limen_detector_session_renew_range: for the detector that is shown */
void limen_detector_session_renew_range (LimenDetectorSession *self);

/** limen_detector_session_move: *@detector becomes one whose threshold is that of the state, with
 * its promise */
void limen_detector_session_move (LimenDetectorSession *self, LimenDetector **detector);

void limen_detector_session_begin_work (LimenDetectorSession *self);
/** limen_detector_session_start_next: of what waits, unless something is read or asked for */
void limen_detector_session_start_next (LimenDetectorSession *self);
void limen_detector_former_free (LimenFormer *former);
/** limen_detector_session_keep_former: what there is now, before something else takes its place, to
 * be had back, if it @keeps that: what was kept before is not any more. Takes the analysis */
void limen_detector_session_keep_former (LimenDetectorSession *self, gboolean keeps);
/** limen_detector_session_want_split: the one that the state asks for */
void limen_detector_session_want_split (LimenDetectorSession *self);
