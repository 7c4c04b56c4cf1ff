#include "model/data/image-set-load.h"

#include "model/base/parallel.h"
#include "model/data/archive.h"
#include "model/data/builtin.h"
#include "model/data/folder.h"
#include "model/data/foreign.h"

#define CHUNK_ITEMS  256                /* decoded in parallel, then joined in order */
#define CHUNK_BYTES  ((gsize)256 << 20) /* what the decoded may take together, */
#define CHUNK_PACKED ((gsize)64 << 20)  /* and members of an archive before */
#define CHUNK_OWN    16                 /* decoded in parallel where each has its own size */

static gboolean load_archive (LimenSetLoad *load, const char *path, const char *name,
                              gboolean is_top, GError **error);

static GPtrArray *
items_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)limen_set_item_free);
}

/* What is left out, and how far the work is */

void
limen_set_load_report (LimenSetLoad *load, const char *path, const char *message)
{
  g_autofree char *shown = limen_display_name (path);
  if (g_cancellable_is_cancelled (load->run.cancellable))
    return;
  if (load->problems)
    g_ptr_array_add (load->problems, limen_problem_new (shown, message));
  else
    limen_image_set_builder_note (load->builder, message);
}

/* Files that are plainly no images are told in one line; all others have a line of their own. */
static void
leave_out (LimenSetLoad *load, const char *name, const char *shown, const GError *error)
{
  if (g_error_matches (error, LIMEN_ERROR, LIMEN_ERROR_FORMAT))
    g_ptr_array_add (load->left_out[LIMEN_LEFT_NOT_IMAGES], limen_display_name (name));
  else
    limen_set_load_report (load, shown, error->message);
}

static void
report_left_out (LimenSetLoad *load, const char *path)
{
  g_autofree char *shown = limen_display_name (path);
  for (LimenLeft left = 0; left < LIMEN_N_LEFT; left++) {
    GPtrArray *names = load->left_out[left];
    g_autofree char *sentence = names->len ? limen_left_sentence (left, names, shown) : NULL;
    if (sentence)
      limen_set_load_report (load, shown, sentence);
    g_ptr_array_set_size (names, 0);
  }
}

static void
show_progress (LimenSetLoad *load, double fraction_of_path)
{
  double fraction = (load->path_index + fraction_of_path) / load->n_paths;
  if (!load->run.progress || fraction < load->shown_progress + 0.005 ||
      g_cancellable_is_cancelled (load->run.cancellable))
    return;
  load->shown_progress = fraction;
  load->run.progress (fraction, load->run.progress_data);
}

gboolean
limen_set_load_is_done (const LimenSetLoad *load)
{
  return load->full || load->over || g_cancellable_is_cancelled (load->run.cancellable) ||
         (load->options.max_images && load->n_images >= load->options.max_images);
}

static gboolean
join_item (LimenSetLoad *load, LimenSetItem *item, GError **error)
{
  if (!item->error && item->kind == LIMEN_FILE_ARCHIVE && item->path)
    return load_archive (load, item->path, item->name, FALSE, error);
  return limen_set_item_join (item, load, error);
}

static void
decode_item (guint index, guint worker, gpointer data)
{
  limen_set_item_decode (((GPtrArray *)data)->pdata[index]);
}

/* Each item's result depends on the item only, so the set is the same with any number of workers.
 */
static void
load_items (LimenSetLoad *load, GPtrArray *items)
{
  limen_pixel_budget_begin (&load->budget);
  limen_parallel (items->len, decode_item, items, &(LimenRun){.cancellable = load->run.cancellable},
                  NULL);
  for (guint i = 0; i < items->len && !limen_set_load_is_done (load); i++) {
    LimenSetItem *item = items->pdata[i];
    g_autoptr (GError) local = NULL;
    if (join_item (load, item, &local) || load->over)
      continue;
    if (item->kind == LIMEN_FILE_LFS_POINTER)
      g_ptr_array_add (load->left_out[LIMEN_LEFT_POINTERS], limen_display_name (item->name));
    else
      leave_out (load, item->name, item->shown, local);
  }
  g_ptr_array_set_size (items, 0);
}

/* How many items may be decoded at once; the first of a set alone, for its size is the size of all.
 */
static guint
chunk_size (const LimenSetLoad *load)
{
  gsize size = (gsize)load->options.width * load->options.height * sizeof (float);
  guint n = load->add ? CHUNK_OWN : size ? (guint)CLAMP (CHUNK_BYTES / size, 1, CHUNK_ITEMS) : 1;
  return load->options.max_images
             ? MIN (n, MAX (load->options.max_images, load->n_images + 1) - load->n_images)
             : n;
}

/* Folders, archives, files */

static gboolean
load_folder (LimenSetLoad *load, const char *path, GError **error)
{
  g_autoptr (GPtrArray) files =
      limen_folder_walk (path, load->problems, load->run.cancellable, error);
  g_autoptr (GPtrArray) items = items_new ();
  for (guint i = 0; files && i < files->len && !limen_set_load_is_done (load);) {
    for (guint n = chunk_size (load); n > 0 && i < files->len; n--, i++) {
      g_autofree char *full = g_build_filename (path, files->pdata[i], NULL);
      g_ptr_array_add (items, limen_set_item_new (load, full, NULL, files->pdata[i], full));
    }
    load_items (load, items);
    show_progress (load, (double)i / files->len);
  }
  return files != NULL;
}

/* A path inside an archive has a hidden part where that begins with a dot; "." itself is none. */
static gboolean
is_hidden (const char *member)
{
  g_auto (GStrv) parts = g_strsplit (member, "/", -1);
  for (guint i = 0; parts[i]; i++) {
    gboolean is_dots = g_str_equal (parts[i], ".") || g_str_equal (parts[i], "..");
    if ((parts[i][0] == '.' && !is_dots) || g_str_equal (parts[i], "__MACOSX"))
      return TRUE;
  }
  return FALSE;
}

/* Reads the current member into @items. Returns: how many bytes it took. */
static gsize
take_member (LimenSetLoad *load, LimenArchive *archive, const char *shown, const char *name,
             GPtrArray *items)
{
  g_autoptr (GError) local = NULL;
  if (limen_archive_is_encrypted (archive)) {
    g_ptr_array_add (load->left_out[LIMEN_LEFT_ENCRYPTED], limen_display_name (name));
    return 0;
  }
  g_autoptr (GBytes) bytes = limen_archive_read (archive, LIMEN_MAX_PICTURE_BYTES, &local);
  if (bytes)
    g_ptr_array_add (items, limen_set_item_new (load, NULL, bytes, name, shown));
  else
    leave_out (load, name, shown, local);
  return bytes ? g_bytes_get_size (bytes) : 0;
}

static gboolean
load_archive (LimenSetLoad *load, const char *path, const char *name, gboolean is_top,
              GError **error)
{
  g_autoptr (LimenArchive) archive =
      limen_archive_open_with (path, NULL, load->run.cancellable, error);
  g_autoptr (GPtrArray) items = items_new ();
  g_autoptr (GError) local = NULL;
  g_autofree char *shown_path = limen_display_name (path);
  gsize n_bytes = 0;
  const char *member;
  if (!archive)
    return FALSE;
  while (!limen_set_load_is_done (load) && limen_archive_next (archive, &member, &local)) {
    const char *path_inside = g_str_has_prefix (member, "./") ? member + 2 : member;
    g_autofree char *label = g_strdup_printf ("%s: %s", name, path_inside);
    g_autofree char *shown = g_strdup_printf ("%s: %s", shown_path, path_inside);
    if (!load->whole)
      load->whole = limen_foreign_member_sentence (path_inside, shown_path);
    if (is_hidden (member))
      continue;
    n_bytes += take_member (load, archive, shown, label, items);
    if (items->len < chunk_size (load) && n_bytes < CHUNK_PACKED)
      continue;
    load_items (load, items);
    n_bytes = 0;
    if (is_top)
      show_progress (load, limen_archive_fraction (archive));
  }
  load_items (load, items);
  if (!local)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
load_file (LimenSetLoad *load, const char *path, const char *name, GError **error)
{
  g_autoptr (GPtrArray) items = items_new ();
  g_ptr_array_add (items, limen_set_item_new (load, path, NULL, name, path));
  limen_pixel_budget_begin (&load->budget);
  decode_item (0, 0, items);
  return join_item (load, items->pdata[0], error);
}

static gboolean
load_glyphs (LimenSetLoad *load, const char *path, GError **error)
{
  LimenSetItem *item = limen_set_item_new (load, NULL, NULL, limen_builtin_title (path), path);
  LimenImages *images = limen_builtin_images (path, load->run.cancellable, error);
  gboolean added = limen_set_item_join_array (item, load, images, error);
  limen_set_item_free (item);
  return added;
}

/* @reason: (transfer full) (nullable): what is known of it already */
static void
set_empty (LimenSetLoad *load, const char *path, GError *reason, GError **error)
{
  g_autofree char *shown = limen_display_name (path);
  if (reason)
    g_propagate_error (error, reason);
  else if (load->whole)
    limen_fail (error, LIMEN_ERROR_FORMAT, "%s", load->whole);
  else if (load->left_out[LIMEN_LEFT_ENCRYPTED]->len > 0) {
    limen_fail (error, LIMEN_ERROR_FORMAT,
                "%s is encrypted; unpack it with its password and open what comes out.", shown);
    g_ptr_array_set_size (load->left_out[LIMEN_LEFT_ENCRYPTED], 0);
  } else
    limen_fail (error, LIMEN_ERROR_FORMAT,
                "%s holds no images that can be read; choose one with pictures, IDX, npy or npz "
                "files in it.",
                shown);
}

/* Folders and archives have a budget each, files that were chosen together one for all. */
static void
begin_budget (LimenSetLoad *load, const char *path, LimenFileKind kind)
{
  gboolean holds_many = kind == LIMEN_FILE_FOLDER || kind == LIMEN_FILE_ARCHIVE;
  if (holds_many || load->budget_is_spent)
    load->budget = (LimenPixelBudget){0};
  load->budget_is_spent = holds_many;
  if (kind == LIMEN_FILE_ARCHIVE)
    limen_pixel_budget_add_file (&load->budget, path);
}

/* Returns: FALSE with @error set when no image came from @path. */
static gboolean
load_path (LimenSetLoad *load, const char *path, GError **error)
{
  g_autofree char *full = g_canonicalize_filename (path, NULL), *name = g_path_get_basename (full);
  g_autoptr (GError) local = NULL;
  guint n_before = load->n_images;
  LimenFileKind kind = limen_file_kind (path, &local);
  begin_budget (load, path, kind);
  if (kind == LIMEN_FILE_FOLDER)
    load_folder (load, path, &local);
  else if (kind == LIMEN_FILE_ARCHIVE)
    load_archive (load, path, name, TRUE, &local);
  else if (kind == LIMEN_FILE_GLYPHS)
    load_glyphs (load, path, &local);
  else if (!local)
    load_file (load, path, name, &local);
  gboolean any = load->n_images > n_before;
  if (load->over) {
    g_clear_error (&local);
    local = g_steal_pointer (&load->over);
  }
  if (any && local)
    limen_set_load_report (load, path, local->message);
  else if (!any)
    set_empty (load, path, g_steal_pointer (&local), error);
  report_left_out (load, path);
  g_clear_pointer (&load->whole, g_free);
  return any;
}

static gboolean
load_paths (LimenSetLoad *load, const char *const *paths, GError **error)
{
  g_autoptr (GError) first = NULL;
  for (guint i = 0; i < load->n_paths && !limen_set_load_is_done (load); i++) {
    g_autoptr (GError) local = NULL;
    load->path_index = i;
    if (load_path (load, paths[i], &local))
      show_progress (load, 1);
    else if (load->n_paths > 1)
      limen_set_load_report (load, paths[i], local->message);
    else
      first = g_steal_pointer (&local);
  }
  if (g_cancellable_set_error_if_cancelled (load->run.cancellable, error))
    return FALSE;
  if (load->n_images > 0)
    return TRUE;
  if (first)
    g_propagate_error (error, g_steal_pointer (&first));
  else
    limen_fail (error, LIMEN_ERROR_FORMAT,
                "None of the %u files could be read as images; choose others.", load->n_paths);
  return FALSE;
}

/* Files are read each on its own: what means white in one may be a dark grey in the next. */
static LimenImageSet *
end_set (LimenSetLoad *load, const char *first_path)
{
  LimenImageSet *set = limen_image_set_builder_end (load->builder);
  const LimenReading *first = NULL;
  for (guint i = 0; i < limen_image_set_n_read_as (set); i++) {
    const LimenReading *other = &limen_image_set_read_as (set, i)->done;
    first = first ? first : other;
    if (other->black == first->black && other->white == first->white)
      continue;
    g_autofree char *range = limen_reading_range_text (first),
                    *next = limen_reading_range_text (other),
                    *shown = limen_display_name (first_path);
    g_autofree char *message =
        g_strdup_printf ("Images in %s were not all read alike, but as %s and as %s; where they "
                         "belong together, choose one range for all.",
                         shown, range, next);
    limen_set_load_report (load, first_path, message);
    break;
  }
  return set;
}

LimenImageSet *
limen_set_load_paths (LimenSetLoad *load, const char *const *paths, GError **error)
{
  load->n_paths = g_strv_length ((char **)paths);
  for (LimenLeft left = 0; left < LIMEN_N_LEFT; left++)
    load->left_out[left] = g_ptr_array_new_with_free_func (g_free);
  gboolean any = load_paths (load, paths, error);
  for (LimenLeft left = 0; left < LIMEN_N_LEFT; left++)
    g_ptr_array_unref (load->left_out[left]);
  return any ? end_set (load, paths[0]) : NULL;
}

LimenImageSet *
limen_image_set_load (const char *const *paths, const LimenImageSetOptions *options,
                      GPtrArray *problems, const LimenRun *run, GError **error)
{
  g_autoptr (LimenImageSetBuilder) builder = limen_image_set_builder_new (paths);
  LimenSetLoad load = {.builder = builder, .problems = problems, .run = limen_run_of (run)};
  if (options)
    load.options = *options;
  if (!load.options.width || !load.options.height)
    load.options.width = load.options.height = 0;
  load.options.reading.keeps_colour = FALSE;
  return limen_set_load_paths (&load, paths, error);
}
