#include "ui/cli/explain-windows.h"

void
limen_explain_windows_clear (LimenExplainWindows *windows)
{
  g_return_if_fail (windows != NULL);
  limen_photos_set_clear (&windows->normal);
  limen_photos_set_clear (&windows->fit);
  limen_photos_set_clear (&windows->validation);
  g_clear_pointer (&windows->division, limen_photos_division_free);
  g_clear_pointer (&windows->model, limen_window_model_unref);
  g_clear_pointer (&windows->detector, limen_detector_free);
}

static gboolean
load (LimenExplainWindows *windows, const LimenExplainWindowsRequest *request,
      LimenTerminal *terminal, GError **error)
{
  const struct {
    LimenPhotosSet *set;
    const GPtrArray *paths;
  } sets[] = {{&windows->normal, request->normal},
              {&windows->fit, request->fit},
              {&windows->validation, request->validation}};
  for (guint i = 0; i < G_N_ELEMENTS (sets); i++)
    if (!limen_load_photos (sets[i].set, sets[i].paths, request->options, &request->reading, FALSE,
                            terminal, error))
      return FALSE;
  return TRUE;
}

/* (nullable): no scores of @photos: (nullable) */
static gboolean
score (LimenExplainWindows *windows, const LimenPhotos *photos, LimenScores **scores,
       LimenTerminal *terminal, GError **error)
{
  if (!photos)
    return TRUE;
  limen_terminal_start (terminal, "scoring normal photos");
  *scores = limen_window_scores (windows->model, photos, limen_photos_name (photos), NULL, NULL,
                                 &terminal->run, error);
  return *scores != NULL;
}

static gboolean
rank (LimenExplainWindows *windows, const LimenExplainWindowsRequest *request,
      LimenTerminal *terminal, GError **error)
{
  const LimenPhotosDivision *division = windows->division;
  if (!score (windows, division->photos[LIMEN_BENCH_VALIDATION], &windows->validation.scores,
              terminal, error) ||
      !score (windows, division->photos[LIMEN_BENCH_TEST], &windows->normal.scores, terminal,
              error))
    return FALSE;
  const LimenDivided divided = {
      .validation = windows->validation.scores,
      .normal = windows->normal.scores,
      .validation_index = division->index[LIMEN_BENCH_VALIDATION],
      .normal_index = division->index[LIMEN_BENCH_TEST],
      .n_fit = division->index[LIMEN_BENCH_FIT] ? division->counts.n[LIMEN_BENCH_FIT] : 0,
      .split = division->split};
  windows->detector =
      limen_detector_new_divided (&divided, NULL, (LimenRule){LIMEN_RULE_SIGMAS, request->sigmas});
  return TRUE;
}

gboolean
limen_explain_windows_begin (LimenExplainWindows *windows,
                             const LimenExplainWindowsRequest *request, LimenTerminal *terminal,
                             GError **error)
{
  g_return_val_if_fail (windows != NULL && request != NULL && terminal != NULL, FALSE);
  *windows = (LimenExplainWindows){0};
  const LimenWindowOptions *options = request->options;
  gboolean fits = !limen_window_options_flow (options);
  if (!options->is_given)
    return TRUE;
  if (!load (windows, request, terminal, error))
    return FALSE;
  if (!windows->normal.photos) { /* a flow that learned windows needs none */
    windows->model = limen_windows_model (options, NULL, request->seed, terminal, error);
    return windows->model != NULL;
  }
  windows->division = limen_photos_division_new (
      windows->normal.photos, windows->fit.photos, windows->validation.photos, fits,
      (LimenSplit){LIMEN_SPLIT_RANDOM, request->seed}, terminal->run.cancellable, error);
  if (!windows->division)
    return FALSE;
  windows->model = limen_windows_model (options, windows->division->photos[LIMEN_BENCH_FIT],
                                        request->seed, terminal, error);
  return windows->model && rank (windows, request, terminal, error);
}

LimenExplanation *
limen_explain_windows_add (const LimenExplainWindows *windows, LimenExplanation *explanation,
                           const LimenPhotos *photos, guint index, LimenTerminal *terminal,
                           GError **error)
{
  g_return_val_if_fail (windows != NULL && explanation != NULL && photos != NULL, NULL);
  g_autoptr (LimenExplanation) before = explanation;
  g_autoptr (LimenPhoto) photo = limen_photos_get (photos, index, terminal->run.cancellable, error);
  if (!photo)
    return NULL;
  LimenExplanation *with = limen_explanation_with_windows (
      before, windows->model, photo, windows->detector, &terminal->run, error);
  if (!with)
    g_prefix_error (error, "%s: ", before->name);
  return with;
}
