#include "ui/cli/explain-files.h"
#include "model/base/replace-file.h"
#include "model/explain/explain-report.h"
#include "viz/detector/explain-picture.h"
#include "viz/kit/picture.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#define SMALLEST_RESULT 4096 /* bytes: a disk without so many is full */
#define MOST_NAME       80   /* characters */

/* -- the folder -- */

gboolean
limen_explain_files_begin (LimenExplainFiles *files, GError **error)
{
  g_return_val_if_fail (files != NULL && files->folder != NULL, FALSE);
  g_autofree char *trial = g_build_filename (files->folder, ".limen-explain", NULL);
  files->taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (g_mkdir_with_parents (files->folder, 0777) != 0)
    return limen_refuse (error, LIMEN_ERROR_UNREADABLE, files->folder,
                         "could not be made (%s); choose another folder", g_strerror (errno));
  return limen_try_place (trial, SMALLEST_RESULT, error);
}

void
limen_explain_files_clear (LimenExplainFiles *files)
{
  g_return_if_fail (files != NULL);
  g_clear_pointer (&files->taken, g_hash_table_unref);
}

/* -- names -- */

/* The last part of @image, without its ending */
static char *
stem_of (const char *image)
{
  const char *slash = strrchr (image, '/'), *base = slash && slash[1] ? slash + 1 : image;
  const char *dot = strrchr (base, '.');
  gsize length = dot && dot > base && strlen (dot) <= 5 ? (gsize)(dot - base) : strlen (base);
  char *stem = g_strndup (base, MIN (length, MOST_NAME));
  for (char *c = stem; *c; c++)
    if (!g_ascii_isalnum (*c) && !strchr ("-_.", *c))
      *c = '_';
  if (*stem == '.' || *stem == '-') /* neither hidden, nor like an option */
    *stem = '_';
  return stem;
}

char *
limen_explain_files_name (LimenExplainFiles *files, const char *image)
{
  g_return_val_if_fail (files != NULL && files->taken != NULL && image != NULL, NULL);
  g_autofree char *stem = stem_of (image);
  for (guint k = 1;; k++) {
    g_autofree char *name = k == 1 && *stem ? g_strdup (stem) : g_strdup_printf ("%s-%u", stem, k);
    if (g_hash_table_add (files->taken, g_ascii_strdown (name, -1)))
      return g_steal_pointer (&name);
  }
}

static char *
path_of (const LimenExplainFiles *files, const char *name, const char *ending)
{
  g_autofree char *file = g_strconcat (name, ending, NULL);
  return g_build_filename (files->folder, file, NULL);
}

static char *
map_ending (LimenExplainMap map)
{
  return g_strdup_printf ("-%s.npy", limen_explain_map_name (map));
}

static gboolean
check_free (const LimenExplainFiles *files, const char *name, const char *ending, GError **error)
{
  g_autofree char *path = path_of (files, name, ending);
  if (!g_file_test (path, G_FILE_TEST_EXISTS) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    return TRUE;
  return limen_refuse (error, LIMEN_ERROR_ARGUMENT, path,
                       "is there already, and nothing is written over; choose another folder");
}

static gboolean
check_all_free (const LimenExplainFiles *files, const char *name,
                const LimenExplanation *explanation, GError **error)
{
  if (!check_free (files, name, ".png", error) || !check_free (files, name, ".json", error))
    return FALSE;
  for (guint map = LIMEN_EXPLAIN_NONE + 1; map < LIMEN_N_EXPLAIN_MAPS; map++) {
    g_autofree char *ending = map_ending ((LimenExplainMap)map);
    if (limen_explanation_has_map (explanation, (LimenExplainMap)map) &&
        !check_free (files, name, ending, error))
      return FALSE;
  }
  return TRUE;
}

/* -- contents -- */

static gboolean
write_picture (const LimenExplainFiles *files, const char *name,
               const LimenExplanation *explanation, cairo_surface_t *original, GError **error)
{
  LimenExplainPicture drawn = {explanation, original, LIMEN_EXPLAIN_OPACITY,
                               limen_scheme (files->dark, FALSE)};
  double height =
      files->size[1] > 0 ? files->size[1] : limen_explain_picture_height (&drawn, files->size[0]);
  g_autofree char *path = path_of (files, name, ".png");
  g_auto (GStrv) text = limen_explain_report_text (explanation);
  LimenPicture picture = {
      .format = LIMEN_PICTURE_PNG,
      .width = files->size[0],
      .height = (guint)height,
      .scale = files->scale,
      .draw = limen_explain_picture_draw,
      .user_data = &drawn,
      .text = (const char *const *)text,
  };
  return limen_picture_save (&picture, path, error);
}

static gboolean
write_maps (const LimenExplainFiles *files, const char *name, const LimenExplanation *explanation,
            char **written, GError **error)
{
  for (guint map = LIMEN_EXPLAIN_NONE + 1; map < LIMEN_N_EXPLAIN_MAPS; map++) {
    if (!limen_explanation_has_map (explanation, (LimenExplainMap)map))
      continue;
    g_autofree char *ending = map_ending ((LimenExplainMap)map);
    g_autofree char *path = path_of (files, name, ending);
    g_autoptr (LimenExplainedMap) made = limen_explanation_map (explanation, (LimenExplainMap)map);
    if (!limen_explained_map_save (made, path, error))
      return FALSE;
    written[map] = g_strconcat (name, ending, NULL);
  }
  return TRUE;
}

static gboolean
write_numbers (const LimenExplainFiles *files, const char *name,
               const LimenExplanation *explanation, char *const *written, GError **error)
{
  LimenExplainReport report = {.explanation = explanation};
  g_autofree char *path = path_of (files, name, ".json");
  for (guint map = 0; map < LIMEN_N_EXPLAIN_MAPS; map++)
    report.map_file[map] = written[map];
  g_autofree char *json = limen_explain_report_json (&report);
  return limen_replace_file_with_bytes (path, json, strlen (json), error);
}

gboolean
limen_explain_files_write (const LimenExplainFiles *files, const char *name,
                           const LimenExplanation *explanation, cairo_surface_t *original,
                           GError **error)
{
  g_return_val_if_fail (files != NULL && name != NULL && explanation != NULL, FALSE);
  char *written[LIMEN_N_EXPLAIN_MAPS] = {NULL};
  gboolean whole = check_all_free (files, name, explanation, error) &&
                   write_picture (files, name, explanation, original, error) &&
                   write_maps (files, name, explanation, written, error) &&
                   write_numbers (files, name, explanation, written, error);
  for (guint map = 0; map < LIMEN_N_EXPLAIN_MAPS; map++)
    g_free (written[map]);
  return whole;
}
