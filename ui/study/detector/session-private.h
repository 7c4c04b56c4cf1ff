/* Shared by the files of the session. */
#pragma once

#include "ui/study/detector/preview.h"
#include "ui/study/detector/session.h"
#include "ui/study/latest.h"

struct _LimenDetectorSession {
  GObject parent_instance;

  LimenDetectorPageState *state;
  LimenExperiment *experiment; /* what its files came to */
  LimenAnalysis *analysis;
  char **asks[LIMEN_N_SETS]; /* paths that could be read if it was said how */
  LimenDetector *preview_detector;
  LimenThresholdRange range;

  LimenJob *job;         /* that loads */
  LimenPreview *preview; /* shared with the job's thread, freed when the job has ended */
  GQueue waiting;        /* LimenLoad: what was dropped while a job ran */
  LimenLoad *asked;      /* what waits for an answer, and all others behind it */
  LimenLatest *splits;   /* analyses of the same scores */
  LimenLatest *hashes;   /* of the files in use, once their scores are shown */
  guint tick;
};

/** limen_detector_session_renew_range: for the detector that is shown */
void limen_detector_session_renew_range (LimenDetectorSession *self);

void limen_detector_session_begin_work (LimenDetectorSession *self);
/** limen_detector_session_start_next: of what waits, unless something is read or asked for */
void limen_detector_session_start_next (LimenDetectorSession *self);
/** limen_detector_session_want_split: the one that the state asks for */
void limen_detector_session_want_split (LimenDetectorSession *self);
