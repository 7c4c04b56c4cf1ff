#include "model/explain/explanation.h"

#include <math.h>

/* -- what is asked for -- */

void
limen_explain_input_add_score (LimenExplainInput *input, LimenExplainedScore *score)
{
  g_return_if_fail (input != NULL && score != NULL);
  input->score = g_renew (LimenExplainedScore, input->score, input->n_scores + 1);
  input->score[input->n_scores++] = *score;
  score->measure = NULL;
}

void
limen_explain_input_clear (LimenExplainInput *input)
{
  for (guint i = 0; i < input->n_scores; i++)
    limen_explained_score_clear (&input->score[i]);
  g_free (input->score);
  g_clear_pointer (&input->flow, limen_nice_unref);
  g_clear_pointer (&input->set, limen_image_set_unref);
  g_clear_pointer (&input->normal, limen_image_set_unref);
  *input = (LimenExplainInput){0};
}

/* -- what comes of it -- */

static gboolean
check_sizes (const LimenExplainInput *input, GError **error)
{
  guint width = limen_image_set_width (input->set), height = limen_image_set_height (input->set);
  const LimenImageSet *normal = input->normal;
  if (input->flow && (guint64)width * height != limen_nice_shape (input->flow).dimension)
    return limen_fail (error, LIMEN_ERROR_MISMATCH,
                       "%s has images of %u × %u pixels, but the flow was made for %u pixels; "
                       "choose a flow and images that fit each other.",
                       limen_image_set_name (input->set), width, height,
                       limen_nice_shape (input->flow).dimension);
  if (normal &&
      (limen_image_set_width (normal) != width || limen_image_set_height (normal) != height))
    return limen_fail (error, LIMEN_ERROR_MISMATCH,
                       "%s has images of %u × %u pixels, but the normal images have %u × %u; "
                       "choose images of one size.",
                       limen_image_set_name (input->set), width, height,
                       limen_image_set_width (normal), limen_image_set_height (normal));
  return TRUE;
}

static LimenExplanation *
begin (const LimenExplainInput *input)
{
  LimenExplanation *explanation = g_new0 (LimenExplanation, 1);
  guint width = limen_image_set_width (input->set), height = limen_image_set_height (input->set);
  g_autofree float *row = g_new (float, (gsize)width *height);
  g_atomic_ref_count_init (&explanation->references);
  explanation->width = width;
  explanation->height = height;
  explanation->index = input->index;
  explanation->name = limen_image_set_image_name (input->set, input->index);
  explanation->set = limen_image_set_ref (input->set);
  explanation->normal = input->normal ? limen_image_set_ref (input->normal) : NULL;
  explanation->goal = input->goal;
  explanation->pixel = g_new (double, (gsize)width *height);
  limen_image_set_copy_rows (input->set, input->index, 1, row);
  for (gsize i = 0; i < (gsize)width * height; i++)
    explanation->pixel[i] = CLAMP (row[i], 0, 1);
  explanation->score = g_new0 (LimenExplainedScore, input->n_scores);
  explanation->n_scores = input->n_scores;
  for (guint i = 0; i < input->n_scores; i++)
    limen_explained_score_copy (&input->score[i], &explanation->score[i]);
  return explanation;
}

static gboolean
ask_flow (LimenExplanation *explanation, const LimenExplainInput *input, const LimenRun *run,
          GError **error)
{
  double goal = isnan (input->goal) ? INFINITY : input->goal;
  explanation->detail =
      limen_nice_detail (input->flow, explanation->pixel, run->cancellable, error);
  if (explanation->detail)
    explanation->ascent =
        limen_nice_ascend (input->flow, explanation->pixel, LIMEN_EXPLAIN_STEPS, goal, run, error);
  return explanation->ascent != NULL;
}

LimenExplanation *
limen_explanation_new (const LimenExplainInput *input, const LimenRun *run, GError **error)
{
  g_return_val_if_fail (input != NULL && input->set != NULL, NULL);
  g_return_val_if_fail (input->index < limen_image_set_n_images (input->set), NULL);
  LimenRun whole = limen_run_of (run), silent = {.cancellable = whole.cancellable};
  if (!check_sizes (input, error))
    return NULL;
  g_autoptr (LimenExplanation) explanation = begin (input);
  if (input->normal && !limen_nearest_images (input->normal, explanation->pixel, input->itself,
                                              LIMEN_EXPLAIN_NEAREST, explanation->near,
                                              &explanation->n_near, &silent, error))
    return NULL;
  if (input->flow && !ask_flow (explanation, input, &whole, error))
    return NULL;
  return g_steal_pointer (&explanation);
}

LimenExplanation *
limen_explanation_ref (LimenExplanation *explanation)
{
  g_return_val_if_fail (explanation != NULL, NULL);
  g_atomic_ref_count_inc (&explanation->references);
  return explanation;
}

void
limen_explanation_unref (LimenExplanation *explanation)
{
  g_return_if_fail (explanation != NULL);
  if (!g_atomic_ref_count_dec (&explanation->references))
    return;
  for (guint i = 0; i < explanation->n_scores; i++)
    limen_explained_score_clear (&explanation->score[i]);
  g_free (explanation->score);
  g_free (explanation->name);
  g_free (explanation->pixel);
  g_clear_pointer (&explanation->set, limen_image_set_unref);
  g_clear_pointer (&explanation->normal, limen_image_set_unref);
  g_clear_pointer (&explanation->detail, limen_nice_detail_free);
  g_clear_pointer (&explanation->ascent, limen_nice_ascent_free);
  g_clear_pointer (&explanation->windows, limen_window_map_free);
  g_clear_pointer (&explanation->window_measure, limen_measure_unref);
  g_free (explanation);
}

/* -- windows -- */

/* But for those of windows */
static LimenExplanation *
copy_of (const LimenExplanation *from)
{
  gsize size = (gsize)from->width * from->height * sizeof *from->pixel;
  LimenExplanation *copy = g_memdup2 (from, sizeof *from);
  g_atomic_ref_count_init (&copy->references);
  copy->name = g_strdup (from->name);
  copy->set = limen_image_set_ref (from->set);
  copy->normal = from->normal ? limen_image_set_ref (from->normal) : NULL;
  copy->pixel = g_memdup2 (from->pixel, size);
  copy->score = g_new0 (LimenExplainedScore, from->n_scores);
  for (guint i = 0; i < from->n_scores; i++)
    limen_explained_score_copy (&from->score[i], &copy->score[i]);
  copy->detail = from->detail ? limen_nice_detail_copy (from->detail) : NULL;
  copy->ascent = from->ascent ? limen_nice_ascent_copy (from->ascent) : NULL;
  copy->windows = NULL;
  copy->window_measure = NULL;
  return copy;
}

static void
add_window_score (LimenExplanation *explanation, const LimenDetector *detector)
{
  LimenSingle single = {detector, explanation->window_score, explanation->window_measure};
  explanation->score = g_renew (LimenExplainedScore, explanation->score, explanation->n_scores + 1);
  limen_explained_score_init (&explanation->score[explanation->n_scores++], &single, FALSE);
}

LimenExplanation *
limen_explanation_with_windows (const LimenExplanation *explanation, const LimenWindowModel *model,
                                const LimenPhoto *photo, const LimenDetector *detector,
                                const LimenRun *run, GError **error)
{
  g_return_val_if_fail (explanation != NULL && model != NULL && photo != NULL, NULL);
  LimenWindowMap *map = limen_window_map_new (model, photo, run, error);
  if (!map)
    return NULL;
  LimenExplanation *with = copy_of (explanation);
  with->windows = map;
  with->window_score = limen_window_map_score (map, limen_window_model_windowing (model)->top_k);
  with->window_measure = limen_measure_ref (limen_window_model_measure (model));
  if (detector)
    add_window_score (with, detector);
  return with;
}

/* -- numbers -- */

double
limen_explanation_peak (const LimenExplanation *explanation)
{
  g_return_val_if_fail (explanation != NULL && explanation->detail != NULL, NAN);
  const LimenNiceDetail *detail = explanation->detail;
  return detail->constant + detail->dimension * LIMEN_NICE_PEAK;
}

guint
limen_explanation_n_changed (const LimenExplanation *explanation, double least)
{
  g_return_val_if_fail (explanation != NULL && explanation->ascent != NULL, 0);
  guint n = 0;
  for (guint i = 0; i < explanation->ascent->dimension; i++)
    n += fabs (explanation->ascent->x[i] - explanation->pixel[i]) > least;
  return n;
}
