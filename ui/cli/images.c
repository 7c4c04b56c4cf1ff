#include "model/data/file-kind.h"
#include "model/data/npy.h"
#include "ui/cli/commands.h"

#include <glib/gstdio.h>
#include <sys/stat.h>

void
limen_scored_set_clear (LimenScoredSet *set)
{
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
limen_load_images (LimenScoredSet *set, const GPtrArray *paths, LimenImageSetOptions size,
                   LimenSession *session, GError **error)
{
  set->problems = limen_problems_new ();
  limen_session_start (session, "reading images");
  set->images = limen_image_set_load ((const char *const *)paths->pdata, &size, set->problems,
                                      limen_session_progress, session, session->cancellable, error);
  const LimenProblem *refused = find_refusal (set->problems, paths);
  if (refused && !g_cancellable_is_cancelled (session->cancellable)) {
    g_clear_error (error);
    g_set_error_literal (error, LIMEN_ERROR, LIMEN_ERROR_FORMAT, refused->message);
    return FALSE;
  }
  for (guint i = 0; i < set->problems->len; i++) {
    const LimenProblem *problem = set->problems->pdata[i];
    limen_session_warn (session, problem->path, problem->message);
  }
  return set->images != NULL;
}

void
limen_tell_guesses (const LimenImageSet *set, LimenSession *session)
{
  for (guint i = 0; i < limen_image_set_n_read_as (set); i++) {
    const LimenReadAs *read_as = limen_image_set_read_as (set, i);
    g_auto (GStrv) notes = limen_read_as_notes (read_as);
    for (guint k = 0; notes[k]; k++)
      limen_session_warn (session, read_as->file, notes[k]);
  }
}

gboolean
limen_score_images (LimenScoredSet *set, const LimenNice *nice, const GPtrArray *paths,
                    const LimenReading *reading, LimenSession *session, GError **error)
{
  LimenImageSetOptions size = {.reading = *reading};
  if (paths->len == 0)
    return TRUE;
  limen_nice_image_size (nice, &size.width, &size.height);
  if (!limen_load_images (set, paths, size, session, error))
    return FALSE;
  limen_tell_guesses (set->images, session);
  guint n = limen_image_set_n_images (set->images);
  g_autofree double *value = g_new (double, n);
  limen_session_start (session, "scoring images");
  if (!limen_nice_log_likelihood (nice, set->images, value, NULL, NULL, limen_session_progress,
                                  session, session->cancellable, error))
    return FALSE;
  set->scores = limen_scores_new (limen_image_set_name (set->images), value, n);
  return TRUE;
}

/* @b: perhaps one array of a file */
static gboolean
is_same_file (const char *a, const char *b)
{
  struct stat first, second;
  g_autofree char *file = NULL, *member = NULL;
  if (limen_npz_split (b, &file, &member))
    return is_same_file (a, file);
  return g_str_equal (a, b) || (g_stat (a, &first) == 0 && g_stat (b, &second) == 0 &&
                                first.st_dev == second.st_dev && first.st_ino == second.st_ino);
}

gboolean
limen_check_output (const char *path, GPtrArray *taken, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path), *shown = limen_display_name (path);
  if (!g_file_test (folder, G_FILE_TEST_IS_DIR)) {
    g_set_error (
        error, LIMEN_ERROR, LIMEN_ERROR_UNREADABLE,
        "%s could not be written, its folder does not exist; create it first or choose another.",
        shown);
    return FALSE;
  }
  for (guint i = 0; i < taken->len; i++)
    if (is_same_file (path, taken->pdata[i])) {
      g_set_error (
          error, LIMEN_ERROR, LIMEN_ERROR_ARGUMENT,
          "%s would overwrite what is read or written under the same name; choose another name.",
          shown);
      return FALSE;
    }
  g_ptr_array_add (taken, (gpointer)path);
  return TRUE;
}
