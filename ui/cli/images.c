#include "ui/cli/images.h"
#include "model/data/file-kind.h"
#include "model/detect/score-images.h"
#include "model/data/file-part.h"

void
limen_scored_set_clear (LimenScoredSet *set)
{
  g_return_if_fail (set != NULL);
  g_clear_pointer (&set->images, limen_image_set_unref);
  g_clear_pointer (&set->problems, g_ptr_array_unref);
  g_clear_pointer (&set->scores, limen_scores_unref);
}

/* Whether @problem is about all of @path: a file; of folders and archives, a part may be left out.
 */
static gboolean
is_refusal (const LimenProblem *problem, const char *path)
{
  g_autofree char *shown = limen_display_name (path);
  if (!g_str_equal (problem->path, shown))
    return FALSE;
  LimenFileKind kind = limen_file_kind (path, NULL);
  return kind != LIMEN_FILE_FOLDER && kind != LIMEN_FILE_ARCHIVE;
}

/* What was named by the user must be read; what was only found on the way may be left out. */
static const LimenProblem *
find_refusal (const GPtrArray *problems, const GPtrArray *paths)
{
  for (guint i = 0; i < problems->len; i++)
    for (guint j = 0; j < paths->len; j++)
      if (is_refusal (problems->pdata[i], paths->pdata[j]))
        return problems->pdata[i];
  return NULL;
}

gboolean
limen_check_named (const GPtrArray *problems, const GPtrArray *paths, LimenTerminal *terminal,
                   GError **error)
{
  g_return_val_if_fail (problems != NULL && paths != NULL && terminal != NULL, FALSE);
  const LimenProblem *refused = find_refusal (problems, paths);
  if (!refused || g_cancellable_is_cancelled (terminal->run.cancellable))
    return TRUE;
  g_clear_error (error);
  g_set_error_literal (error, LIMEN_ERROR, LIMEN_ERROR_FORMAT, refused->message);
  return FALSE;
}

gboolean
limen_load_images (LimenScoredSet *set, const GPtrArray *paths, LimenImageSetOptions size,
                   LimenTerminal *terminal, GError **error)
{
  g_return_val_if_fail (set != NULL && paths != NULL && terminal != NULL, FALSE);
  set->problems = limen_problems_new ();
  limen_terminal_start (terminal, "reading images");
  set->images = limen_image_set_load ((const char *const *)paths->pdata, &size, set->problems,
                                      &terminal->run, error);
  if (!limen_check_named (set->problems, paths, terminal, error))
    return FALSE;
  limen_terminal_warn_from (terminal, set->problems, 0);
  return set->images != NULL;
}

void
limen_tell_guesses (const LimenImageSet *set, LimenTerminal *terminal)
{
  g_return_if_fail (set != NULL && terminal != NULL);
  for (guint i = 0; i < limen_image_set_n_read_as (set); i++) {
    const LimenReadAs *read_as = limen_image_set_read_as (set, i);
    g_auto (GStrv) notes = limen_read_as_notes (read_as);
    for (guint k = 0; notes[k]; k++)
      limen_terminal_warn (terminal, read_as->file, notes[k]);
  }
}

/* A range is of numbers; pictures keep the black and white that they are drawn with. */
static void
warn_of_range (const LimenImageSet *set, const LimenReading *reading, LimenTerminal *terminal)
{
  if (reading->black > reading->white && limen_image_set_n_read_as (set) == 0)
    limen_terminal_warn (terminal, limen_image_set_name (set),
                         "The range changed nothing: it is of arrays, tables and TIFF of more than "
                         "8 bits, not of pictures (limen detect and limen bench have "
                         "--anomaly-inverted).");
}

gboolean
limen_load_images_for (LimenScoredSet *set, const LimenNice *nice, const GPtrArray *paths,
                       const LimenReading *reading, LimenTerminal *terminal, GError **error)
{
  g_return_val_if_fail (nice != NULL && reading != NULL, FALSE);
  LimenImageSetOptions size = {.reading = *reading};
  limen_nice_image_size (nice, &size.width, &size.height);
  if (!limen_load_images (set, paths, size, terminal, error))
    return FALSE;
  limen_tell_guesses (set->images, terminal);
  warn_of_range (set->images, reading, terminal);
  return TRUE;
}

gboolean
limen_invert_images (LimenScoredSet *set, gboolean inverted)
{
  g_return_val_if_fail (set != NULL, TRUE);
  if (inverted && set->images) {
    LimenImageSet *as_read = set->images;
    set->images = limen_image_set_inverted (as_read);
    limen_image_set_unref (as_read);
  }
  return TRUE;
}

gboolean
limen_score_images (LimenScoredSet *set, const LimenNice *nice, const GPtrArray *paths,
                    const LimenReading *reading, gboolean inverted, LimenTerminal *terminal,
                    GError **error)
{
  g_return_val_if_fail (set != NULL && nice != NULL && paths != NULL && terminal != NULL, FALSE);
  if (paths->len == 0)
    return TRUE;
  if (!limen_load_images_for (set, nice, paths, reading, terminal, error))
    return FALSE;
  limen_invert_images (set, inverted);
  guint n_told = set->problems->len;
  limen_terminal_start (terminal, "scoring images");
  set->scores = limen_score_set (nice, &set->images, NULL, NULL, set->problems, &set->n_not_finite,
                                 &terminal->run, error);
  limen_terminal_warn_from (terminal, set->problems, n_told);
  return set->scores != NULL;
}

void
limen_tell_network (LimenTerminal *terminal, const char *model, const char *file,
                    const char *const *networks)
{
  g_return_if_fail (terminal != NULL);
  g_autofree char *part = NULL, *path = limen_path_split (model, &part);
  g_autofree char *told = networks && !part ? limen_networks_told (file, networks) : NULL;
  if (told)
    limen_terminal_warn (terminal, file, told);
}
