#include "ui/cli/outputs.h"
#include "model/base/replace-file.h"
#include "model/data/outputs.h"

#include <string.h>

#define SMALLEST_RESULT 4096 /* bytes: a disk without so many is full */

gboolean
limen_check_output (const char *path, GPtrArray *taken, GError **error)
{
  g_return_val_if_fail (path != NULL && taken != NULL, FALSE);
  g_autofree char *folder = g_path_get_dirname (path), *shown = limen_display_name (path);
  if (!g_file_test (folder, G_FILE_TEST_IS_DIR)) {
    g_set_error (
        error, LIMEN_ERROR, LIMEN_ERROR_UNREADABLE,
        "%s could not be written, its folder does not exist; create it first or choose another.",
        shown);
    return FALSE;
  }
  if (!limen_check_output_is_free (path, (const char *const *)taken->pdata, taken->len,
                                   limen_terminal_cancellable (), error) ||
      !limen_try_place (path, SMALLEST_RESULT, error))
    return FALSE;
  g_ptr_array_add (taken, (gpointer)path);
  return TRUE;
}

gboolean
limen_check_outputs (const char *const *outputs, guint n, GPtrArray *taken, GError **error)
{
  g_return_val_if_fail (outputs != NULL, FALSE);
  for (guint i = 0; i < n; i++)
    if (outputs[i] && !limen_is_stdout (outputs[i]) &&
        !limen_check_output (outputs[i], taken, error))
      return FALSE;
  return TRUE;
}

gboolean
limen_is_stdout (const char *path)
{
  return path && g_str_equal (path, "-");
}

static gboolean
save_plot (const LimenPlotOptions *plot, LimenTold *told, GCancellable *cancellable, GError **error)
{
  LimenScheme scheme = limen_scheme (plot->dark, FALSE);
  LimenPicture picture = {.width = plot->size[0], .height = plot->size[1], .scale = plot->scale};
  return limen_picture_format_from_path (plot->path, &picture.format, error) &&
         limen_told_fill_picture (told, scheme, &picture, cancellable, error) &&
         limen_picture_save (&picture, plot->path, error);
}

gboolean
limen_write_outputs (LimenTerminal *terminal, const LimenPlotOptions *plot, LimenTold *told,
                     const char *path, const char *json, GError **error)
{
  g_return_val_if_fail (
      terminal != NULL && (json != NULL || path == NULL) && (!plot || told != NULL), FALSE);
  if (plot && plot->path && !save_plot (plot, told, terminal->run.cancellable, error))
    return FALSE;
  if (path && !limen_is_stdout (path) &&
      !limen_replace_file_with_bytes (path, json, strlen (json), error))
    return FALSE;
  limen_terminal_clear (terminal);
  if (limen_is_stdout (path))
    fputs (json, stdout);
  return TRUE;
}
