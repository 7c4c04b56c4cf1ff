/* The explanation of one image of the Detector page, on a thread. */
#pragma once

#include "model/explain/explanation.h"
#include "ui/study/detector/bench.h"
#include "ui/study/detector/experiment.h"
#include "ui/study/detector/normal-windows.h"
#include "ui/study/detector/pictures.h"

/**
 * LimenExplainWork:
 * @input: what is explained
 * @file: (nullable): the picture's own
 *
 * A plain value; owns what it points to.
 */
typedef struct {
  LimenExplainInput input;
  char *file;
  LimenReading reading;
} LimenExplainWork;

/** LimenExplained: what came of it: @original: (nullable): the picture, where it has another size
 * than the flow sees, or colour */
typedef struct {
  LimenExplanation *explanation;
  LimenPhoto *original;
} LimenExplained;

/**
 * limen_explain_work_new: (transfer full): of image @index of the set of @role
 * @analysis: (nullable): by which the page judges; @bench: (nullable): all other scores
 */
LimenExplainWork *
limen_explain_work_new (const LimenExperiment *experiment, const LimenAnalysis *analysis,
                        const LimenBenchResult *bench, LimenSetRole role, guint index);
/** limen_explain_work_new_of_picture: (transfer full): of a single picture, which has an image */
LimenExplainWork *
limen_explain_work_new_of_picture (const LimenExperiment *experiment, const LimenAnalysis *analysis,
                                   const LimenSinglePicture *picture);
void limen_explain_work_free (LimenExplainWork *work);
/** limen_explain_work_same: whether both say the same of the same image */
gboolean limen_explain_work_same (const LimenExplainWork *a, const LimenExplainWork *b);
LimenExplainWork *limen_explain_work_copy (const LimenExplainWork *work);

/** limen_explain_work_run: (transfer full): as limen_explanation_new() fails */
LimenExplained *
limen_explain_work_run (const LimenExplainWork *work, const LimenRun *run, GError **error);
void limen_explained_free (LimenExplained *explained);

/**
 * LimenExplainWindowsWork:
 * @normal: what windows are compared with
 * @of: what the map joins; @file: (nullable): the picture's own
 */
typedef struct {
  LimenNormalWindows *normal;
  LimenExplanation *of;
  char *file;
} LimenExplainWindowsWork;

/** LimenExplainedWindows: @of: the same reference; @with: with the map; @line: what says how
 * unusual a window is */
typedef struct {
  LimenExplanation *of, *with;
  char *line;
} LimenExplainedWindows;

void limen_explain_windows_work_free (LimenExplainWindowsWork *work);
/** limen_explain_windows_work_run: (transfer full): as limen_normal_windows_model() and
 * limen_explanation_with_windows() fail */
LimenExplainedWindows *limen_explain_windows_work_run (const LimenExplainWindowsWork *work,
                                                       const LimenRun *run, GError **error);
void limen_explained_windows_free (LimenExplainedWindows *windows);

/** limen_image_file: (transfer full) (nullable): the file of image @index of @set, where it has one
 * of its own that is there */
char *limen_image_file (const LimenImageSet *set, guint index);
