#include "model/base/parallel.h"
#include "model/base/refuse.h"
#include "model/data/archive.h"
#include "model/data/array-file.h"
#include "model/data/builtin.h"
#include "model/data/file.h"
#include "model/data/file-kind.h"
#include "model/data/file-part.h"
#include "model/data/folder.h"
#include "model/data/foreign.h"
#include "model/data/image-file.h"
#include "model/data/image-pickle.h"
#include "model/data/image-set-builder.h"
#include "model/data/left-out.h"

#include <string.h>

#define MAX_PICTURE_BYTES ((gsize)256 << 20)
#define CHUNK_ITEMS       256                /* decoded in parallel, then joined in order */
#define CHUNK_BYTES       ((gsize)256 << 20) /* what the decoded may take together, */
#define CHUNK_PACKED      ((gsize)64 << 20)  /* and members of an archive before */

/* What a load knows on its way. */
typedef struct {
  LimenImageSetOptions options; /* the size is known from the first image on */
  LimenImageSetBuilder *builder;
  GPtrArray *problems;
  gboolean full;                     /* no further image has room */
  GPtrArray *left_out[LIMEN_N_LEFT]; /* names of files of the current path */
  char *whole; /* nullable: a sentence: what a member says the current path is */
  guint path_index, n_paths;
  double shown_progress;
  LimenProgressFunc progress;
  gpointer progress_data;
  GCancellable *cancellable;
} Load;

/* One file, or one member of an archive. */
typedef struct {
  const Load *load;
  char *path;    /* NULL for a member, */
  GBytes *bytes; /* whose content this is */
  char *name;    /* in the set */
  char *shown;   /* in messages */
  LimenFileKind kind;
  gboolean is_gzipped; /* what is of @kind is packed in @bytes */
  gboolean is_stack;   /* of pages, which are decoded when it joins the set */
  LimenImages *images;
  gboolean resampled;
  GError *error;
} Item;

static gboolean
load_archive (Load *load, const char *path, const char *name, gboolean is_top, GError **error);

static Item *
item_new (const Load *load, const char *path, GBytes *bytes, const char *name, const char *shown)
{
  Item *item = g_new0 (Item, 1);
  item->load = load;
  item->path = g_strdup (path);
  item->bytes = bytes ? g_bytes_ref (bytes) : NULL;
  item->name = limen_display_name (name);
  item->shown = limen_display_name (shown);
  return item;
}

static void
item_free (Item *item)
{
  g_clear_pointer (&item->bytes, g_bytes_unref);
  g_clear_pointer (&item->images, limen_images_free);
  g_clear_error (&item->error);
  g_free (item->path);
  g_free (item->name);
  g_free (item->shown);
  g_free (item);
}

static GPtrArray *
items_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)item_free);
}

/* What is left out, and how far the work is */

static void
report (Load *load, const char *path, const char *message)
{
  g_autofree char *shown = limen_display_name (path);
  if (load->problems && !g_cancellable_is_cancelled (load->cancellable))
    g_ptr_array_add (load->problems, limen_problem_new (shown, message));
}

/* Files that are plainly no images are told in one line; all others have a line of their own. */
static void
leave_out (Load *load, const char *name, const char *shown, const GError *error)
{
  if (g_error_matches (error, LIMEN_ERROR, LIMEN_ERROR_FORMAT))
    g_ptr_array_add (load->left_out[LIMEN_LEFT_NOT_IMAGES], limen_display_name (name));
  else
    report (load, shown, error->message);
}

static void
report_left_out (Load *load, const char *path)
{
  g_autofree char *shown = limen_display_name (path);
  for (LimenLeft left = 0; left < LIMEN_N_LEFT; left++) {
    GPtrArray *names = load->left_out[left];
    g_autofree char *sentence = names->len ? limen_left_sentence (left, names, shown) : NULL;
    if (sentence)
      report (load, shown, sentence);
    g_ptr_array_set_size (names, 0);
  }
}

static void
show_progress (Load *load, double fraction_of_path)
{
  double fraction = (load->path_index + fraction_of_path) / load->n_paths;
  if (!load->progress || fraction < load->shown_progress + 0.005 ||
      g_cancellable_is_cancelled (load->cancellable))
    return;
  load->shown_progress = fraction;
  load->progress (fraction, load->progress_data);
}

static gboolean
is_done (const Load *load)
{
  guint n = limen_image_set_builder_n_images (load->builder);
  return load->full || g_cancellable_is_cancelled (load->cancellable) ||
         (load->options.max_images && n >= load->options.max_images);
}

/* Images join the set */

static LimenImages *
fit (const Load *load, LimenImages *images, const char *shown, gboolean *resampled, GError **error)
{
  guint width = load->options.width, height = load->options.height;
  *resampled = width && (images->width != width || images->height != height);
  if (!width)
    return images;
  return limen_images_fit (images, width, height, shown, load->cancellable, error);
}

static gboolean
add (Load *load, LimenImages *images, const Item *item, gboolean is_array, gboolean resampled,
     GError **error)
{
  load->options.width = images->width;
  load->options.height = images->height;
  load->full =
      !limen_image_set_builder_add (load->builder, images, item->name, is_array, resampled, error);
  return !load->full;
}

static gboolean
load_array (Load *load, const Item *item, GError **error)
{
  LimenImageSetOptions options = load->options;
  gboolean resampled = FALSE;
  if (options.max_images)
    options.max_images -= limen_image_set_builder_n_images (load->builder);
  LimenImages *images = limen_array_file_load (item->kind, item->path, item->bytes, item->shown,
                                               &options, load->cancellable, error);
  if (images)
    images = fit (load, images, item->shown, &resampled, error);
  return images && add (load, images, item, TRUE, resampled, error);
}

/* Pictures, many at a time */

/* A member packed once more: what it holds decides. */
static void
find_kind (Item *item)
{
  if (!item->bytes) {
    item->kind = limen_file_kind (item->path, &item->error);
    return;
  }
  const guchar *data = g_bytes_get_data (item->bytes, NULL);
  item->kind = limen_file_kind_of_bytes (item->bytes);
  if (item->kind != LIMEN_FILE_ARCHIVE || data[0] != 0x1f)
    return;
  LimenFileKind kind = limen_file_kind_in_gzip (item->bytes);
  item->is_gzipped = limen_is_array_kind (kind) || kind == LIMEN_FILE_IMAGE;
  if (item->is_gzipped)
    item->kind = kind;
}

static GBytes *
unpack_member (const Item *item, gsize max_bytes, GError **error)
{
  GCancellable *cancellable = item->load->cancellable;
  const char *name;
  g_autoptr (LimenArchive) archive =
      limen_archive_open_with (item->shown, item->bytes, cancellable, error);
  return archive && limen_archive_next (archive, &name, error)
             ? limen_archive_read (archive, max_bytes, error)
             : NULL;
}

static GBytes *
read_picture (Item *item, GError **error)
{
  if (item->is_gzipped)
    return unpack_member (item, MAX_PICTURE_BYTES, error);
  return item->bytes
             ? g_bytes_ref (item->bytes)
             : limen_file_read (item->path, MAX_PICTURE_BYTES, item->load->cancellable, error);
}

static void
decode_item (guint index, guint worker, gpointer data)
{
  Item *item = ((GPtrArray *)data)->pdata[index];
  find_kind (item);
  if (item->kind != LIMEN_FILE_IMAGE)
    return;
  g_autoptr (GBytes) bytes = read_picture (item, &item->error);
  item->is_stack = bytes && limen_image_is_stack (bytes);
  if (bytes && !item->is_stack)
    item->images = limen_image_decode (bytes, item->shown, &item->load->options.reading,
                                       item->load->cancellable, &item->error);
  if (item->images)
    item->images = fit (item->load, item->images, item->shown, &item->resampled, &item->error);
}

/* By its content: what it is, where that is known */
static gboolean
set_foreign (const Item *item, GError **error)
{
  g_autoptr (GBytes) start = item->bytes
                                 ? g_bytes_ref (item->bytes)
                                 : limen_file_read_start (item->path, LIMEN_FOREIGN_START, NULL);
  g_autofree char *sentence = start ? limen_foreign_sentence (start, item->shown) : NULL;
  if (sentence)
    g_set_error_literal (error, LIMEN_ERROR, LIMEN_ERROR_FORMAT, sentence);
  return sentence != NULL;
}

static void
set_not_images (const Item *item, GError **error)
{
  if ((item->kind == LIMEN_FILE_UNKNOWN || item->kind == LIMEN_FILE_LFS_POINTER) &&
      set_foreign (item, error))
    return;
  if (limen_file_kind_is_weights (item->kind))
    g_set_error (error, LIMEN_ERROR, LIMEN_ERROR_FORMAT,
                 "%s holds weights, not images; open it as the model.", item->shown);
  else if (item->kind == LIMEN_FILE_NPZ || item->kind == LIMEN_FILE_ARCHIVE)
    g_set_error (error, LIMEN_ERROR, LIMEN_ERROR_FORMAT,
                 "%s is an archive inside an archive; unpack the outer one first.", item->shown);
  else if (limen_is_named_like_a_picture (item->shown))
    g_set_error (error, LIMEN_ERROR, LIMEN_ERROR_DAMAGED,
                 "%s is named like a picture but does not begin like one; fetch or make it again.",
                 item->shown);
  else
    g_set_error (error, LIMEN_ERROR, LIMEN_ERROR_FORMAT,
                 "%s holds no images that Limen reads; choose pictures, a folder or an archive of "
                 "them, or an IDX, npy or npz file.",
                 item->shown);
}

/* Stacks join page by page, so that only one of them takes memory. */
typedef struct {
  Load *load;
  const Item *item;
} Pages;

static gboolean
take_page (LimenImages *page, guint number, GError *problem, gpointer data)
{
  Pages *pages = data;
  Load *load = pages->load;
  g_autoptr (GError) reason = problem;
  g_autofree char *shown = g_strdup_printf ("%s, page %u", pages->item->shown, number);
  g_autofree char *name = g_strdup_printf ("%s, page %u", pages->item->name, number);
  Item label = {.load = load, .name = name, .shown = shown};
  gboolean resampled = FALSE;
  if (page)
    page = fit (load, page, shown, &resampled, &reason);
  if (page)
    add (load, page, &label, FALSE, resampled, &reason);
  if (reason)
    report (load, shown, reason->message);
  return !is_done (load);
}

static gboolean
join_stack (Load *load, Item *item, GError **error)
{
  Pages pages = {load, item};
  g_autoptr (GBytes) bytes = read_picture (item, error);
  return bytes && limen_image_decode_pages (bytes, item->shown, &load->options.reading, take_page,
                                            &pages, load->cancellable, error);
}

static gboolean
join_array (Load *load, Item *item, GError **error)
{
  if (item->is_gzipped) {
    GBytes *unpacked = unpack_member (item, LIMEN_MAX_BYTES, error);
    g_bytes_unref (item->bytes);
    item->bytes = unpacked;
  }
  return (item->bytes || item->path) && load_array (load, item, error);
}

/* Weights are none, and what can't be read is rather weights; but code is named. */
static LimenPickledArrays *
open_pickle (const Load *load, const Item *item, const char *path, const char *part, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (LimenPickledArrays) arrays =
      limen_pickled_arrays_new (path, item->bytes, load->cancellable, &local);
  gboolean are_weights = arrays ? !part && limen_pickled_arrays_are_weights (arrays)
                                : item->kind == LIMEN_FILE_TORCH && local->domain == LIMEN_ERROR &&
                                      local->code != LIMEN_ERROR_UNSAFE;
  if (!are_weights && arrays)
    return g_steal_pointer (&arrays);
  if (are_weights)
    set_not_images (item, error);
  else
    g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

/* Which of several arrays was taken, for those who ask. Names are of any characters. */
static void
set_member (LimenReadAs *read_as, const LimenPickledArrays *arrays, guint index,
            const LimenImageSetOptions *options, gboolean is_asked)
{
  g_auto (GStrv) members = limen_pickled_arrays_members (arrays, index, options);
  const char *name = limen_pickled_arrays_name (arrays, index);
  if (!is_asked && !members[1])
    return;
  for (guint i = 0; members[i]; i++) {
    char *printable = limen_printable (members[i], strlen (members[i]));
    g_free (members[i]);
    members[i] = printable;
  }
  read_as->member = limen_printable (name, strlen (name));
  read_as->member_asked = is_asked;
  read_as->members = g_steal_pointer (&members);
}

/* Tensors and arrays in a pickle: of the file, or of the part of it that is asked for */
static gboolean
load_pickle (Load *load, const Item *item, GError **error)
{
  g_autofree char *part = NULL, *path = item->path ? limen_path_split (item->path, &part) : NULL;
  g_autoptr (LimenPickledArrays) arrays =
      open_pickle (load, item, path ? path : item->shown, part, error);
  LimenImageSetOptions options = load->options;
  LimenArray array;
  guint index;
  gboolean resampled = FALSE;
  if (options.max_images)
    options.max_images -= limen_image_set_builder_n_images (load->builder);
  if (!arrays || !limen_pickled_arrays_choose (arrays, part, &options, &index, error) ||
      !limen_pickled_arrays_read (arrays, index, &array, error))
    return FALSE;
  LimenImages *images =
      limen_array_to_images (&array, item->shown, &options, load->cancellable, error);
  if (images) {
    set_member (images->read_as, arrays, index, &options, part != NULL);
    images = fit (load, images, item->shown, &resampled, error);
  }
  return images && add (load, images, item, TRUE, resampled, error);
}

static gboolean
join_item (Load *load, Item *item, GError **error)
{
  if (item->error) {
    g_propagate_error (error, g_steal_pointer (&item->error));
    return FALSE;
  }
  if (item->is_stack)
    return join_stack (load, item, error);
  if (item->images)
    return add (load, g_steal_pointer (&item->images), item, FALSE, item->resampled, error);
  if (limen_is_array_kind (item->kind) && (item->path || item->kind != LIMEN_FILE_NPZ))
    return join_array (load, item, error);
  if (item->kind == LIMEN_FILE_PICKLE || item->kind == LIMEN_FILE_TORCH)
    return load_pickle (load, item, error);
  if (item->kind == LIMEN_FILE_ARCHIVE && item->path)
    return load_archive (load, item->path, item->name, FALSE, error);
  set_not_images (item, error);
  return FALSE;
}

/* Each item's result depends on the item only, so the set is the same with any number of workers.
 */
static void
load_items (Load *load, GPtrArray *items)
{
  limen_parallel (items->len, decode_item, items, NULL, NULL, load->cancellable, NULL);
  for (guint i = 0; i < items->len && !is_done (load); i++) {
    Item *item = items->pdata[i];
    g_autoptr (GError) local = NULL;
    if (join_item (load, item, &local))
      continue;
    if (item->kind == LIMEN_FILE_LFS_POINTER)
      g_ptr_array_add (load->left_out[LIMEN_LEFT_POINTERS], limen_display_name (item->name));
    else
      leave_out (load, item->name, item->shown, local);
  }
  g_ptr_array_set_size (items, 0);
}

/* How many items may be decoded at once; the first alone, for its size is the size of all. */
static guint
chunk_size (const Load *load)
{
  gsize size = (gsize)load->options.width * load->options.height * sizeof (float);
  guint n = size ? (guint)CLAMP (CHUNK_BYTES / size, 1, CHUNK_ITEMS) : 1;
  guint so_far = limen_image_set_builder_n_images (load->builder);
  return load->options.max_images ? MIN (n, MAX (load->options.max_images, so_far + 1) - so_far)
                                  : n;
}

/* Folders, archives, files */

static gboolean
load_folder (Load *load, const char *path, GError **error)
{
  g_autoptr (GPtrArray) files = limen_folder_walk (path, load->problems, load->cancellable, error);
  g_autoptr (GPtrArray) items = items_new ();
  for (guint i = 0; files && i < files->len && !is_done (load);) {
    for (guint n = chunk_size (load); n > 0 && i < files->len; n--, i++) {
      g_autofree char *full = g_build_filename (path, files->pdata[i], NULL);
      g_ptr_array_add (items, item_new (load, full, NULL, files->pdata[i], full));
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
take_member (Load *load, LimenArchive *archive, const char *shown, const char *name,
             GPtrArray *items)
{
  g_autoptr (GError) local = NULL;
  if (limen_archive_is_encrypted (archive)) {
    g_ptr_array_add (load->left_out[LIMEN_LEFT_ENCRYPTED], limen_display_name (name));
    return 0;
  }
  g_autoptr (GBytes) bytes = limen_archive_read (archive, MAX_PICTURE_BYTES, &local);
  if (bytes)
    g_ptr_array_add (items, item_new (load, NULL, bytes, name, shown));
  else
    leave_out (load, name, shown, local);
  return bytes ? g_bytes_get_size (bytes) : 0;
}

static gboolean
load_archive (Load *load, const char *path, const char *name, gboolean is_top, GError **error)
{
  g_autoptr (LimenArchive) archive = limen_archive_open_with (path, NULL, load->cancellable, error);
  g_autoptr (GPtrArray) items = items_new ();
  g_autoptr (GError) local = NULL;
  g_autofree char *shown_path = limen_display_name (path);
  gsize n_bytes = 0;
  const char *member;
  if (!archive)
    return FALSE;
  while (!is_done (load) && limen_archive_next (archive, &member, &local)) {
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
load_file (Load *load, const char *path, const char *name, GError **error)
{
  g_autoptr (GPtrArray) items = items_new ();
  g_ptr_array_add (items, item_new (load, path, NULL, name, path));
  decode_item (0, 0, items);
  return join_item (load, items->pdata[0], error);
}

static gboolean
load_glyphs (Load *load, const char *path, GError **error)
{
  Item *item = item_new (load, NULL, NULL, limen_builtin_title (path), path);
  LimenImages *images = limen_builtin_images (path, load->cancellable, error);
  gboolean resampled = FALSE;
  if (images)
    images = fit (load, images, item->shown, &resampled, error);
  gboolean added = images && add (load, images, item, TRUE, resampled, error);
  item_free (item);
  return added;
}

/* @reason: (transfer full) (nullable): what is known of it already */
static void
set_empty (Load *load, const char *path, GError *reason, GError **error)
{
  g_autofree char *shown = limen_display_name (path);
  if (reason)
    g_propagate_error (error, reason);
  else if (load->whole)
    g_set_error_literal (error, LIMEN_ERROR, LIMEN_ERROR_FORMAT, load->whole);
  else if (load->left_out[LIMEN_LEFT_ENCRYPTED]->len > 0) {
    g_set_error (error, LIMEN_ERROR, LIMEN_ERROR_FORMAT,
                 "%s is encrypted; unpack it with its password and open what comes out.", shown);
    g_ptr_array_set_size (load->left_out[LIMEN_LEFT_ENCRYPTED], 0);
  } else
    g_set_error (error, LIMEN_ERROR, LIMEN_ERROR_FORMAT,
                 "%s holds no images that can be read; choose one with pictures, IDX, npy or npz "
                 "files in it.",
                 shown);
}

/* Returns: FALSE with @error set when no image came from @path. */
static gboolean
load_path (Load *load, const char *path, GError **error)
{
  g_autofree char *full = g_canonicalize_filename (path, NULL), *name = g_path_get_basename (full);
  g_autoptr (GError) local = NULL;
  guint n_before = limen_image_set_builder_n_images (load->builder);
  LimenFileKind kind = limen_file_kind (path, &local);
  if (kind == LIMEN_FILE_FOLDER)
    load_folder (load, path, &local);
  else if (kind == LIMEN_FILE_ARCHIVE)
    load_archive (load, path, name, TRUE, &local);
  else if (kind == LIMEN_FILE_GLYPHS)
    load_glyphs (load, path, &local);
  else if (!local)
    load_file (load, path, name, &local);
  gboolean any = limen_image_set_builder_n_images (load->builder) > n_before;
  if (any && local)
    report (load, path, local->message);
  else if (!any)
    set_empty (load, path, g_steal_pointer (&local), error);
  report_left_out (load, path);
  g_clear_pointer (&load->whole, g_free);
  return any;
}

static gboolean
load_paths (Load *load, const char *const *paths, GError **error)
{
  g_autoptr (GError) first = NULL;
  for (guint i = 0; i < load->n_paths && !is_done (load); i++) {
    g_autoptr (GError) local = NULL;
    load->path_index = i;
    if (load_path (load, paths[i], &local))
      show_progress (load, 1);
    else if (load->n_paths > 1)
      report (load, paths[i], local->message);
    else
      first = g_steal_pointer (&local);
  }
  if (g_cancellable_set_error_if_cancelled (load->cancellable, error))
    return FALSE;
  if (limen_image_set_builder_n_images (load->builder) > 0)
    return TRUE;
  if (first)
    g_propagate_error (error, g_steal_pointer (&first));
  else
    g_set_error (error, LIMEN_ERROR, LIMEN_ERROR_FORMAT,
                 "None of the %u files could be read as images; choose others.", load->n_paths);
  return FALSE;
}

/* Files are read each on its own: what means white in one may be a dark grey in the next. */
static LimenImageSet *
end_set (Load *load, const char *first_path)
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
    report (load, first_path, message);
    break;
  }
  return set;
}

LimenImageSet *
limen_image_set_load (const char *const *paths, const LimenImageSetOptions *options,
                      GPtrArray *problems, LimenProgressFunc progress, gpointer progress_data,
                      GCancellable *cancellable, GError **error)
{
  g_autoptr (LimenImageSetBuilder) builder = limen_image_set_builder_new (paths);
  Load load = {.builder = builder,
               .problems = problems,
               .n_paths = g_strv_length ((char **)paths),
               .progress = progress,
               .progress_data = progress_data,
               .cancellable = cancellable};
  if (options)
    load.options = *options;
  if (!load.options.width || !load.options.height)
    load.options.width = load.options.height = 0;
  for (LimenLeft left = 0; left < LIMEN_N_LEFT; left++)
    load.left_out[left] = g_ptr_array_new_with_free_func (g_free);
  gboolean any = load_paths (&load, paths, error);
  for (LimenLeft left = 0; left < LIMEN_N_LEFT; left++)
    g_ptr_array_unref (load.left_out[left]);
  return any ? end_set (&load, paths[0]) : NULL;
}
