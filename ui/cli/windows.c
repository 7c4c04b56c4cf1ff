#include "ui/cli/windows.h"
#include "ui/cli/images.h"

gboolean
limen_windows_read (const LimenOption *option, const char *text, gpointer field, GError **error)
{
  g_return_val_if_fail (option != NULL && text != NULL && field != NULL, FALSE);
  LimenWindowOptions *options = field;
  g_autoptr (GError) refused = NULL;
  options->is_given = TRUE;
  if (limen_windowing_parse (text, &options->windowing, &refused))
    return TRUE;
  g_set_error_literal (error, LIMEN_ERROR, LIMEN_ERROR_ARGUMENT, refused->message);
  return FALSE;
}

void
limen_window_options_init (LimenWindowOptions *options)
{
  g_return_if_fail (options != NULL);
  *options = (LimenWindowOptions){.windowing = limen_windowing_default ()};
}

static LimenWindowKind
kind_of (const LimenWindowOptions *options)
{
  static const LimenWindowKind fitted[] = {LIMEN_WINDOW_NEAREST, LIMEN_WINDOW_MAHALANOBIS};
  if (!options->model)
    return LIMEN_WINDOW_DEFAULT;
  for (guint i = 0; i < G_N_ELEMENTS (fitted); i++)
    if (g_str_equal (options->model, limen_window_kind_name (fitted[i])))
      return fitted[i];
  return LIMEN_WINDOW_FLOW;
}

const char *
limen_window_options_flow (const LimenWindowOptions *options)
{
  g_return_val_if_fail (options != NULL, NULL);
  return kind_of (options) == LIMEN_WINDOW_FLOW ? options->model : NULL;
}

/* -- photos -- */

gboolean
limen_load_photos (LimenPhotosSet *set, const GPtrArray *paths, const LimenWindowOptions *options,
                   const LimenReading *reading, gboolean inverted, LimenTerminal *terminal,
                   GError **error)
{
  g_return_val_if_fail (set != NULL && paths != NULL && options != NULL && reading != NULL, FALSE);
  if (paths->len == 0)
    return TRUE;
  const LimenPhotosOptions how = {
      .colour = options->windowing.colour, .reading = *reading, .inverted = inverted};
  set->problems = limen_problems_new ();
  limen_terminal_start (terminal, "reading photos");
  set->photos = limen_photos_load ((const char *const *)paths->pdata, &how, set->problems,
                                   &terminal->run, error);
  if (!limen_check_named (set->problems, paths, terminal, error))
    return FALSE;
  limen_terminal_warn_from (terminal, set->problems, 0);
  if (set->photos)
    limen_tell_guesses (limen_photos_told (set->photos), terminal);
  return set->photos != NULL;
}

void
limen_photos_set_clear (LimenPhotosSet *set)
{
  g_return_if_fail (set != NULL);
  g_clear_pointer (&set->photos, limen_photos_unref);
  g_clear_pointer (&set->problems, g_ptr_array_unref);
  g_clear_pointer (&set->scores, limen_scores_unref);
}

/* -- the model -- */

static LimenWindowModel *
load_flow (const LimenWindowOptions *options, LimenTerminal *terminal, GError **error)
{
  limen_terminal_start (terminal, "reading weights");
  g_autoptr (LimenNice) nice = limen_nice_load (options->model, terminal->run.cancellable, error);
  if (!nice)
    return NULL;
  limen_tell_network (terminal, options->model, limen_nice_path (nice), limen_nice_networks (nice));
  return limen_window_model_new_flow (nice, &options->windowing, error);
}

LimenWindowModel *
limen_windows_model (const LimenWindowOptions *options, const LimenPhotos *fit, guint64 seed,
                     LimenTerminal *terminal, GError **error)
{
  g_return_val_if_fail (options != NULL && terminal != NULL, NULL);
  LimenWindowKind kind = kind_of (options);
  if (kind == LIMEN_WINDOW_FLOW)
    return load_flow (options, terminal, error);
  g_return_val_if_fail (fit != NULL, NULL);
  limen_terminal_start (terminal, "gathering windows");
  return limen_window_model_new (kind, &options->windowing, fit, seed, &terminal->run, error);
}

LimenReportWindows
limen_windows_report (const LimenWindowModel *model, const char *told)
{
  g_return_val_if_fail (model != NULL, (LimenReportWindows){0});
  const LimenWindowing *windowing = limen_window_model_windowing (model);
  return (LimenReportWindows){.kind = limen_window_kind_name (limen_window_model_kind (model)),
                              .told = told,
                              .size = windowing->size,
                              .stride = windowing->stride,
                              .levels = windowing->levels,
                              .top_k = windowing->top_k,
                              .n_kept = limen_window_model_n_kept (model),
                              .colour = windowing->colour,
                              .positioned = windowing->positioned};
}

GHashTable *
limen_hash_photos (const LimenNice *flow, const LimenPhotosSet *const *sets, guint n,
                   GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (sets != NULL || n == 0, NULL);
  g_autoptr (GPtrArray) files = g_ptr_array_new ();
  if (flow)
    g_ptr_array_add (files, (gpointer)limen_nice_path (flow));
  for (guint i = 0; i < n; i++) {
    const LimenPhotos *photos = sets[i]->photos;
    for (const char *const *path = photos ? limen_photos_paths (photos) : NULL; path && *path;
         path++)
      g_ptr_array_add (files, (gpointer)*path);
  }
  return limen_hash_files ((const char *const *)files->pdata, files->len, NULL, 0, cancellable,
                           error);
}
