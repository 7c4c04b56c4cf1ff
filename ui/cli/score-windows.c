/* limen score --windows: photos at their own sizes, by their most unusual windows, and the maps. */
#include "model/base/replace-file.h"
#include "model/data/outputs.h"
#include "model/windows/map-file.h"
#include "ui/cli/score-part.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#define HASH_SHOWN 12 /* hexadecimal digits that tell models apart */

/* @taken: (element-type filename): what is read
 * @unsaved: why a map could not be written */
typedef struct {
  const LimenScoreOptions *options;
  LimenTerminal *terminal;
  GPtrArray *taken;
  LimenPhotosSet fit, set;
  LimenPhotos *share; /* nullable: those that are scored */
  LimenWindowModel *model;
  LimenScorePart part;
  LimenScoreOfPart column;
  char *name;
  GError *unsaved;
} Work;

static void
work_clear (Work *work)
{
  g_clear_pointer (&work->taken, g_ptr_array_unref);
  limen_photos_set_clear (&work->fit);
  limen_photos_set_clear (&work->set);
  g_clear_pointer (&work->share, limen_photos_unref);
  g_clear_pointer (&work->model, limen_window_model_unref);
  g_clear_pointer (&work->name, g_free);
  g_clear_error (&work->unsaved);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Work, work_clear)

/* -- maps -- */

/* Maps are arrays, and would be read as images with the photos that they are of. */
static gboolean
is_inside (const char *folder, const char *of)
{
  g_autofree char *inner = realpath (folder, NULL), *outer = realpath (of, NULL);
  gsize n = outer ? strlen (outer) : 0;
  return inner && outer && strncmp (inner, outer, n) == 0 &&
         (inner[n] == '\0' || inner[n] == G_DIR_SEPARATOR);
}

static gboolean
check_folder (const char *folder, const GPtrArray *taken, GError **error)
{
  g_autofree char *shown = limen_display_name (folder);
  for (guint i = 0; i < taken->len; i++)
    if (g_file_test (taken->pdata[i], G_FILE_TEST_IS_DIR) && is_inside (folder, taken->pdata[i]))
      return limen_fail (error, LIMEN_ERROR_ARGUMENT,
                         "%s is in a folder of pictures, where maps would be read as pictures the "
                         "next time; choose another folder for them.",
                         shown);
  return TRUE;
}

/* Before the work: the folder is there, or is made, and takes a file */
static gboolean
prepare_folder (const char *folder, const GPtrArray *taken, GError **error)
{
  g_autofree char *shown = limen_display_name (folder);
  g_autofree char *some = g_build_filename (folder, "map.npy", NULL);
  if (g_mkdir (folder, 0777) != 0 && errno != EEXIST)
    return limen_fail (error, LIMEN_ERROR_UNREADABLE,
                       "%s could not be made (%s); make it first or choose another folder.", shown,
                       g_strerror (errno));
  return check_folder (folder, taken, error) && limen_try_place (some, 4096, error);
}

static void
save_map_cb (guint index, const LimenWindowMap *map, gpointer data)
{
  Work *work = data;
  guint number = work->part.begin + index;
  g_autofree char *name = limen_photos_photo_name (work->set.photos, number);
  g_autofree char *file = limen_window_map_file_name (number, name);
  g_autofree char *path = g_build_filename (work->options->maps, file, NULL);
  if (!work->unsaved &&
      limen_check_output_is_free (path, (const char *const *)work->taken->pdata, work->taken->len,
                                  work->terminal->run.cancellable, &work->unsaved))
    limen_window_map_save_npy (map, path, &work->unsaved);
}

/* -- parts -- */

static gboolean
add_pixels (GChecksum *sum, const LimenPhotos *photos, GCancellable *cancellable, GError **error)
{
  for (guint i = 0; i < limen_photos_n (photos); i++) {
    g_autoptr (LimenPhoto) photo = limen_photos_get (photos, i, cancellable, error);
    if (!photo)
      return FALSE;
    gsize n = (gsize)photo->width * photo->height * photo->n_channels;
    g_checksum_update (sum, (const guchar *)&photo->width, sizeof photo->width);
    g_checksum_update (sum, (const guchar *)photo->pixels, (gssize)(n * sizeof (float)));
  }
  return TRUE;
}

/* "windows+1f0c5a3e9b21": parts that have it can be joined: the windows and what they are compared
 * with are the same */
static char *
name_of_model (const Work *work, GError **error)
{
  GCancellable *cancellable = work->terminal->run.cancellable;
  const char *flow = limen_window_options_flow (&work->options->windows);
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *line = limen_window_model_line (work->model);
  g_autofree char *told = g_strdup_printf ("%s %" G_GUINT64_FORMAT, line, work->options->seed);
  g_autofree char *hash = flow ? limen_sha256_of_file (flow, cancellable, error) : NULL;
  if (flow && !hash)
    return NULL;
  g_checksum_update (sum, (const guchar *)told, -1);
  if (hash)
    g_checksum_update (sum, (const guchar *)hash, -1);
  if (work->fit.photos && !add_pixels (sum, work->fit.photos, cancellable, error))
    return NULL;
  return g_strdup_printf ("windows+%.*s", HASH_SHOWN, g_checksum_get_string (sum));
}

/* -- scores -- */

static gboolean
load (Work *work, GError **error)
{
  const LimenScoreOptions *options = work->options;
  return limen_load_photos (&work->fit, options->fit, &options->windows, &options->reading, FALSE,
                            work->terminal, error) &&
         limen_load_photos (&work->set, options->paths, &options->windows, &options->reading, FALSE,
                            work->terminal, error);
}

static void
take_share (Work *work)
{
  LimenScorePart *part = &work->part;
  guint n = limen_photos_n (work->set.photos);
  *part = (LimenScorePart){.set = {.photos = work->set.photos}, .n = n, .end = n};
  if (work->options->share.n > 0)
    limen_share_images (work->options->share, n, &part->begin, &part->end);
  g_autofree guint *index = g_new (guint, n);
  for (guint i = part->begin; i < part->end; i++)
    index[i - part->begin] = i;
  if (part->end > part->begin)
    work->share = limen_photos_some (work->set.photos, index, part->end - part->begin);
}

static gboolean
score (Work *work, GError **error)
{
  const LimenScoreOptions *options = work->options;
  work->model = limen_windows_model (&options->windows, work->fit.photos, options->seed,
                                     work->terminal, error);
  if (!work->model)
    return FALSE;
  take_share (work);
  if (options->share.n > 0) {
    work->name = name_of_model (work, error);
    if (!work->name)
      return FALSE;
    work->part.model = work->name;
  }
  limen_terminal_start (work->terminal, "scoring photos");
  if (work->share)
    work->set.scores =
        limen_window_scores (work->model, work->share, limen_photos_name (work->set.photos),
                             options->maps ? save_map_cb : NULL, work, &work->terminal->run, error);
  if (work->unsaved) {
    g_clear_error (error);
    g_propagate_error (error, g_steal_pointer (&work->unsaved));
    return FALSE;
  }
  work->column =
      (LimenScoreOfPart){limen_window_model_measure (work->model),
                         work->share && work->set.scores ? work->set.scores->value : NULL};
  work->part.column = &work->column;
  work->part.n_columns = 1;
  return !work->share || work->set.scores;
}

static gboolean
write_file (FILE *stream, gpointer user_data, GError **error)
{
  return limen_score_part_write (user_data, TRUE, stream);
}

static gboolean
write_scores (Work *work, GError **error)
{
  const LimenScoreOptions *options = work->options;
  limen_terminal_clear (work->terminal);
  if (limen_writes_array (options->out))
    return limen_score_write_array (work->set.scores, 0, work->part.end, options->out, error);
  if (options->out)
    return limen_replace_file (options->out, write_file, &work->part, error);
  limen_score_part_write (&work->part, options->share.which <= 1, stdout);
  return limen_flush_output (error);
}

gboolean
limen_score_windows (const LimenScoreOptions *options, LimenTerminal *terminal, GError **error)
{
  g_return_val_if_fail (options != NULL && terminal != NULL, FALSE);
  g_auto (Work) work = {.options = options, .terminal = terminal};
  work.taken = g_ptr_array_copy (options->paths, NULL, NULL);
  g_ptr_array_extend (work.taken, options->fit, NULL, NULL);
  if (limen_window_options_flow (&options->windows))
    g_ptr_array_add (work.taken, (gpointer)options->windows.model);
  return (!options->maps || prepare_folder (options->maps, work.taken, error)) &&
         load (&work, error) && score (&work, error) && write_scores (&work, error);
}
