#include "ui/study/detector/explain-work.h"

#include <math.h>
#include <string.h>

/* -- files -- */

/* Names of images are as they are shown: of a folder, paths from it on. */
char *
limen_image_file (const LimenImageSet *set, guint index)
{
  g_return_val_if_fail (set != NULL && index < limen_image_set_n_images (set), NULL);
  g_autofree char *name = limen_image_set_image_name (set, index);
  for (const char *const *path = limen_image_set_paths (set); *path; path++) {
    g_autofree char *inside = g_build_filename (*path, name, NULL);
    g_autofree char *base = g_path_get_basename (*path), *shown = limen_display_name (base);
    if (g_file_test (inside, G_FILE_TEST_IS_REGULAR))
      return g_steal_pointer (&inside);
    if (g_str_equal (shown, name) && g_file_test (*path, G_FILE_TEST_IS_REGULAR))
      return g_strdup (*path);
  }
  return NULL;
}

/* -- scores -- */

/* Whether image @index of the normal set is one of those that others are ranked among */
static gboolean
is_ranked (const LimenDetector *detector, guint index)
{
  gboolean both = limen_detector_measure (detector)->side == LIMEN_SIDE_BOTH;
  if (!detector->normal_index)
    return TRUE;
  for (guint i = 0; i < detector->normal->n; i++)
    if (detector->normal_index[i] == index)
      return TRUE;
  for (guint i = 0; !both && detector->validation_index && i < detector->validation->n; i++)
    if (detector->validation_index[i] == index)
      return TRUE;
  return FALSE;
}

static void
add_score (LimenExplainInput *input, const LimenAnalysis *analysis, LimenSetRole role, guint index)
{
  LimenExplainedScore score;
  LimenSingle single = {analysis->detector, NAN, limen_detector_measure (analysis->detector)};
  if (!limen_analysis_score (analysis, role, index, &single.score) || isnan (single.score))
    return;
  limen_explained_score_init (&score, &single,
                              role == LIMEN_SET_NORMAL && is_ranked (analysis->detector, index));
  limen_explain_input_add_score (input, &score);
}

/* The page's own first, then what the bench knows beside it */
static void
add_scores (LimenExplainInput *input, const LimenAnalysis *analysis, const LimenBenchResult *bench,
            LimenSetRole role, guint index)
{
  const LimenMeasure *shown = analysis ? limen_detector_measure (analysis->detector) : NULL;
  if (analysis)
    add_score (input, analysis, role, index);
  for (guint kind = 0; kind < LIMEN_N_SCORES; kind++)
    if (limen_bench_result_has (bench, (LimenScoreKind)kind) && bench->analysis[kind] &&
        !(shown && limen_measure_same (shown, limen_score_measure ((LimenScoreKind)kind))))
      add_score (input, bench->analysis[kind], role, index);
}

/* -- what is asked for -- */

/* The median log-likelihood of the normal images, NaN without */
static double
goal_of (const LimenExperiment *experiment)
{
  const LimenScores *normal = experiment->scores[LIMEN_SET_NORMAL];
  return experiment->flow && normal && normal->n > 0 ? normal->sorted[normal->n / 2] : NAN;
}

static gboolean
fits (const LimenImageSet *a, const LimenImageSet *b)
{
  return limen_image_set_width (a) == limen_image_set_width (b) &&
         limen_image_set_height (a) == limen_image_set_height (b);
}

static LimenExplainWork *
work_new (const LimenExperiment *experiment, LimenImageSet *set, guint index)
{
  LimenImageSet *normal = experiment->set[LIMEN_SET_NORMAL];
  LimenExplainWork *work = g_new0 (LimenExplainWork, 1);
  work->input = (LimenExplainInput){
      .flow = experiment->flow ? limen_nice_ref (experiment->flow) : NULL,
      .set = limen_image_set_ref (set),
      .normal = normal && fits (normal, set) ? limen_image_set_ref (normal) : NULL,
      .index = index,
      .itself = normal == set ? index : G_MAXUINT,
      .goal = goal_of (experiment),
  };
  return work;
}

LimenExplainWork *
limen_explain_work_new (const LimenExperiment *experiment, const LimenAnalysis *analysis,
                        const LimenBenchResult *bench, LimenSetRole role, guint index)
{
  g_return_val_if_fail (experiment != NULL && role < LIMEN_N_SETS, NULL);
  LimenImageSet *set = experiment->set[role];
  g_return_val_if_fail (set != NULL && index < limen_image_set_n_images (set), NULL);
  LimenExplainWork *work = work_new (experiment, set, index);
  const LimenOrigin *from = experiment->set_from[role];
  add_scores (&work->input, analysis, bench, role, index);
  work->file = limen_image_file (set, index);
  if (from)
    work->reading = from->reading;
  return work;
}

LimenExplainWork *
limen_explain_work_new_of_picture (const LimenExperiment *experiment, const LimenAnalysis *analysis,
                                   const LimenSinglePicture *picture)
{
  g_return_val_if_fail (experiment != NULL && picture != NULL && picture->image != NULL, NULL);
  LimenExplainWork *work = work_new (experiment, picture->image, 0);
  const LimenDetector *detector = analysis ? analysis->detector : NULL;
  const LimenOrigin *from = experiment->set_from[LIMEN_SET_NORMAL];
  work->file = g_strdup (picture->path);
  if (from)
    work->reading = from->reading;
  if (!isnan (picture->score)) {
    LimenSingle single = limen_picture_single (picture, detector);
    LimenExplainedScore score;
    limen_explained_score_init (&score, &single, FALSE);
    limen_explain_input_add_score (&work->input, &score);
  }
  return work;
}

void
limen_explain_work_free (LimenExplainWork *work)
{
  if (!work)
    return;
  limen_explain_input_clear (&work->input);
  g_free (work->file);
  g_free (work);
}

LimenExplainWork *
limen_explain_work_copy (const LimenExplainWork *work)
{
  g_return_val_if_fail (work != NULL, NULL);
  const LimenExplainInput *from = &work->input;
  LimenExplainWork *copy = g_new (LimenExplainWork, 1);
  *copy = (LimenExplainWork){*from, g_strdup (work->file), work->reading};
  copy->input.flow = from->flow ? limen_nice_ref (from->flow) : NULL;
  copy->input.set = limen_image_set_ref (from->set);
  copy->input.normal = from->normal ? limen_image_set_ref (from->normal) : NULL;
  copy->input.score = g_new0 (LimenExplainedScore, from->n_scores);
  for (guint i = 0; i < from->n_scores; i++)
    limen_explained_score_copy (&from->score[i], &copy->input.score[i]);
  return copy;
}

static gboolean
same_score (const LimenExplainedScore *a, const LimenExplainedScore *b)
{
  return limen_measure_same (a->measure, b->measure) && a->score == b->score &&
         a->n_as_unusual == b->n_as_unusual && a->n == b->n && a->decimals == b->decimals &&
         a->has_threshold == b->has_threshold && a->flagged == b->flagged;
}

gboolean
limen_explain_work_same (const LimenExplainWork *a, const LimenExplainWork *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);
  const LimenExplainInput *x = &a->input, *y = &b->input;
  gboolean same = x->flow == y->flow && x->set == y->set && x->normal == y->normal &&
                  x->index == y->index && x->n_scores == y->n_scores &&
                  (x->goal == y->goal || (isnan (x->goal) && isnan (y->goal)));
  for (guint i = 0; same && i < x->n_scores; i++)
    same = same_score (&x->score[i], &y->score[i]);
  return same;
}

/* -- on the thread -- */

static gboolean
has_colour (const LimenPhoto *photo)
{
  gsize n = (gsize)photo->width * photo->height;
  for (gsize i = 0; photo->n_channels == 3 && i < n; i++) {
    const float *pixel = photo->pixels + 3 * i;
    if (pixel[0] != pixel[1] || pixel[1] != pixel[2])
      return TRUE;
  }
  return FALSE;
}

/* What can't be read any more is not shown: (nullable) */
static LimenPhoto *
original_of (const LimenExplainWork *work, const LimenRun *run)
{
  const LimenImageSet *set = work->input.set;
  g_autoptr (LimenPhoto) own =
      work->file ? limen_photo_load (work->file, TRUE, &work->reading, run->cancellable, NULL)
                 : NULL;
  if (!own || (own->width == limen_image_set_width (set) &&
               own->height == limen_image_set_height (set) && !has_colour (own)))
    return NULL;
  return g_steal_pointer (&own);
}

LimenExplained *
limen_explain_work_run (const LimenExplainWork *work, const LimenRun *run, GError **error)
{
  g_return_val_if_fail (work != NULL && run != NULL, NULL);
  LimenExplanation *explanation = limen_explanation_new (&work->input, run, error);
  if (!explanation)
    return NULL;
  LimenExplained *explained = g_new (LimenExplained, 1);
  *explained = (LimenExplained){explanation, original_of (work, run)};
  return explained;
}

void
limen_explained_free (LimenExplained *explained)
{
  if (!explained)
    return;
  limen_explanation_unref (explained->explanation);
  g_clear_pointer (&explained->original, limen_photo_free);
  g_free (explained);
}

/* -- windows -- */

void
limen_explain_windows_work_free (LimenExplainWindowsWork *work)
{
  if (!work)
    return;
  limen_normal_windows_unref (work->normal);
  limen_explanation_unref (work->of);
  g_free (work->file);
  g_free (work);
}

LimenExplainedWindows *
limen_explain_windows_work_run (const LimenExplainWindowsWork *work, const LimenRun *run,
                                GError **error)
{
  g_return_val_if_fail (work != NULL && run != NULL, NULL);
  LimenExplanation *of = work->of;
  g_autoptr (LimenWindowModel) model =
      limen_normal_windows_model (work->normal, of->name, run, error);
  if (!model)
    return NULL;
  g_autoptr (LimenPhoto) photo = limen_normal_windows_photo (work->normal, of->set, of->index,
                                                             work->file, run->cancellable, error);
  LimenExplanation *with =
      photo ? limen_explanation_with_windows (of, model, photo, NULL, run, error) : NULL;
  if (!with)
    return NULL;
  LimenExplainedWindows *windows = g_new (LimenExplainedWindows, 1);
  *windows =
      (LimenExplainedWindows){limen_explanation_ref (of), with, limen_window_model_line (model)};
  return windows;
}

void
limen_explained_windows_free (LimenExplainedWindows *windows)
{
  if (!windows)
    return;
  limen_explanation_unref (windows->of);
  limen_explanation_unref (windows->with);
  g_free (windows->line);
  g_free (windows);
}
