#include "model/data/archive.h"
#include "model/data/array-file.h"
#include "model/data/file.h"
#include "model/data/file-part.h"
#include "model/data/foreign.h"
#include "model/data/image-file.h"
#include "model/data/image-pickle.h"
#include "model/data/image-set-load.h"

#include <string.h>

LimenSetItem *
limen_set_item_new (LimenSetLoad *load, const char *path, GBytes *bytes, const char *name,
                    const char *shown)
{
  LimenSetItem *item = g_new0 (LimenSetItem, 1);
  item->load = load;
  item->charge.budget = &load->budget;
  if (path)
    limen_pixel_budget_add_file (&load->budget, path);
  item->path = g_strdup (path);
  item->bytes = bytes ? g_bytes_ref (bytes) : NULL;
  item->name = limen_display_name (name);
  item->shown = limen_display_name (shown);
  return item;
}

void
limen_set_item_free (LimenSetItem *item)
{
  g_clear_pointer (&item->bytes, g_bytes_unref);
  g_clear_pointer (&item->images, limen_images_free);
  g_clear_error (&item->error);
  g_free (item->path);
  g_free (item->name);
  g_free (item->shown);
  g_free (item);
}

/* Images join the set */

static LimenImages *
fit (const LimenSetLoad *load, LimenImages *images, const char *shown, gboolean *resampled,
     GError **error)
{
  guint width = load->options.width, height = load->options.height;
  *resampled = width && (images->width != width || images->height != height);
  if (!width)
    return images;
  return limen_images_fit (images, width, height, shown, load->run.cancellable, error);
}

static gboolean
add (LimenSetLoad *load, LimenImages *images, const LimenSetItem *item, gboolean is_array,
     gboolean resampled, GError **error)
{
  guint n = images->n;
  if (load->add)
    load->full = !load->add (load, item, images, is_array, error);
  else {
    load->options.width = images->width;
    load->options.height = images->height;
    load->full = !limen_image_set_builder_add (load->builder, images, item->name, is_array,
                                               resampled, error);
  }
  load->n_images += load->full ? 0 : n;
  return !load->full;
}

gboolean
limen_set_item_join_array (const LimenSetItem *item, LimenSetLoad *load, LimenImages *images,
                           GError **error)
{
  gboolean resampled = FALSE;
  if (images)
    images = fit (load, images, item->shown, &resampled, error);
  return images && add (load, images, item, TRUE, resampled, error);
}

/* For an array: no more than there is room for */
static LimenImageSetOptions
options_left (const LimenSetLoad *load)
{
  LimenImageSetOptions options = load->options;
  if (options.max_images)
    options.max_images -= load->n_images;
  return options;
}

/* What an item is, and its picture */

/* A member packed once more: what it holds decides. */
static void
find_kind (LimenSetItem *item)
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
unpack_member (const LimenSetItem *item, gsize max_bytes, GError **error)
{
  GCancellable *cancellable = item->load->run.cancellable;
  const char *name;
  g_autoptr (LimenArchive) archive =
      limen_archive_open_with (item->shown, item->bytes, cancellable, error);
  return archive && limen_archive_next (archive, &name, error)
             ? limen_archive_read (archive, max_bytes, error)
             : NULL;
}

/* What is unpacked once more is paid for as pixels are. */
static GBytes *
unpack_picture (LimenSetItem *item, GError **error)
{
  if (!limen_pixel_charge_add (&item->charge, 0, item->shown, error))
    return NULL;
  GBytes *unpacked = unpack_member (item, LIMEN_MAX_PICTURE_BYTES, error);
  guint64 size = unpacked ? g_bytes_get_size (unpacked) : LIMEN_MAX_PICTURE_BYTES;
  limen_pixel_charge_add (&item->charge, size, item->shown, NULL);
  return unpacked;
}

static GBytes *
read_picture (LimenSetItem *item, GError **error)
{
  if (item->is_gzipped)
    return unpack_picture (item, error);
  return item->bytes ? g_bytes_ref (item->bytes)
                     : limen_file_read (item->path, LIMEN_MAX_PICTURE_BYTES,
                                        item->load->run.cancellable, error);
}

/* It could be unpacked, which is all that is asked where it is too large to be kept. */
static void
drop_pixels (const LimenSetLoad *load, LimenImages *images)
{
  if (load->most_pixels == 0 || (guint64)images->width * images->height <= load->most_pixels)
    return;
  g_clear_pointer (&images->u8, g_free);
  g_clear_pointer (&images->f32, g_free);
}

void
limen_set_item_decode (LimenSetItem *item)
{
  find_kind (item);
  if (item->kind != LIMEN_FILE_IMAGE)
    return;
  g_autoptr (GBytes) bytes = read_picture (item, &item->error);
  item->is_stack = bytes && limen_image_is_stack (bytes);
  if (bytes && !item->is_stack)
    item->images =
        limen_image_decode_within (bytes, item->shown, &item->load->options.reading, &item->charge,
                                   item->load->run.cancellable, &item->error);
  if (item->images)
    item->images = fit (item->load, item->images, item->shown, &item->resampled, &item->error);
  if (item->images)
    drop_pixels (item->load, item->images);
}

/* Files of other kinds */

/* By its content: what it is, where that is known */
static gboolean
set_foreign (const LimenSetItem *item, GError **error)
{
  g_autoptr (GBytes) start = item->bytes
                                 ? g_bytes_ref (item->bytes)
                                 : limen_file_read_start (item->path, LIMEN_FOREIGN_START, NULL);
  g_autofree char *sentence = start ? limen_foreign_sentence (start, item->shown) : NULL;
  if (sentence)
    limen_fail (error, LIMEN_ERROR_FORMAT, "%s", sentence);
  return sentence != NULL;
}

static void
set_not_images (const LimenSetItem *item, GError **error)
{
  if ((item->kind == LIMEN_FILE_UNKNOWN || item->kind == LIMEN_FILE_LFS_POINTER) &&
      set_foreign (item, error))
    return;
  if (limen_file_kind_is_weights (item->kind))
    limen_fail (error, LIMEN_ERROR_FORMAT, "%s holds weights, not images; open it as the model.",
                item->shown);
  else if (item->kind == LIMEN_FILE_NPZ || item->kind == LIMEN_FILE_ARCHIVE)
    limen_fail (error, LIMEN_ERROR_FORMAT,
                "%s is an archive inside an archive; unpack the outer one first.", item->shown);
  else if (limen_is_named_like_a_picture (item->shown))
    limen_fail (error, LIMEN_ERROR_DAMAGED,
                "%s is named like a picture but does not begin like one; fetch or make it again.",
                item->shown);
  else
    limen_fail (error, LIMEN_ERROR_FORMAT,
                "%s holds no images that Limen reads; choose pictures, a folder or an archive of "
                "them, or an IDX, npy or npz file.",
                item->shown);
}

/* Stacks, arrays, pickles */

/* Stacks join page by page, so that only one of them takes memory. */
typedef struct {
  LimenSetLoad *load;
  const LimenSetItem *item;
} Pages;

static gboolean
take_page (LimenImages *page, guint number, GError *problem, gpointer data)
{
  Pages *pages = data;
  LimenSetLoad *load = pages->load;
  g_autoptr (GError) reason = problem;
  g_autofree char *shown = g_strdup_printf ("%s, page %u", pages->item->shown, number);
  g_autofree char *name = g_strdup_printf ("%s, page %u", pages->item->name, number);
  LimenSetItem label = {.load = load, .name = name, .shown = shown};
  gboolean resampled = FALSE;
  if (page && !limen_pixel_budget_take (&load->budget, (guint64)page->width * page->height, shown,
                                        &load->over))
    g_clear_pointer (&page, limen_images_free);
  if (page)
    page = fit (load, page, shown, &resampled, &reason);
  if (page)
    add (load, page, &label, FALSE, resampled, &reason);
  if (reason)
    limen_set_load_report (load, shown, reason->message);
  return !limen_set_load_is_done (load);
}

static gboolean
join_stack (LimenSetLoad *load, LimenSetItem *item, GError **error)
{
  Pages pages = {load, item};
  g_autoptr (GBytes) bytes = read_picture (item, error);
  return bytes && limen_image_decode_pages (bytes, item->shown, &load->options.reading, take_page,
                                            &pages, load->run.cancellable, error);
}

static gboolean
join_array (LimenSetLoad *load, LimenSetItem *item, GError **error)
{
  if (item->is_gzipped) {
    GBytes *unpacked = unpack_member (item, LIMEN_MAX_BYTES, error);
    guint64 size = unpacked ? g_bytes_get_size (unpacked) : LIMEN_MAX_BYTES;
    g_bytes_unref (item->bytes);
    item->bytes = unpacked;
    if (!limen_pixel_budget_take (&load->budget, size, item->shown, &load->over))
      return FALSE;
  }
  if (!item->bytes && !item->path)
    return FALSE;
  LimenImageSetOptions options = options_left (load);
  return limen_set_item_join_array (item, load,
                                    limen_array_file_load (item->kind, item->path, item->bytes,
                                                           item->shown, &options,
                                                           load->run.cancellable, error),
                                    error);
}

/* Weights are none, and what can't be read is rather weights; but code is named. */
static LimenPickledArrays *
open_pickle (const LimenSetLoad *load, const LimenSetItem *item, const char *path, const char *part,
             GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (LimenPickledArrays) arrays =
      limen_pickled_arrays_new (path, item->bytes, load->run.cancellable, &local);
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
load_pickle (LimenSetLoad *load, const LimenSetItem *item, GError **error)
{
  g_autofree char *part = NULL, *path = item->path ? limen_path_split (item->path, &part) : NULL;
  g_autoptr (LimenPickledArrays) arrays =
      open_pickle (load, item, path ? path : item->shown, part, error);
  LimenImageSetOptions options = options_left (load);
  LimenArray array;
  guint index;
  if (!arrays || !limen_pickled_arrays_choose (arrays, part, &options, &index, error) ||
      !limen_pickled_arrays_read (arrays, index, &array, error))
    return FALSE;
  LimenImages *images =
      limen_array_to_images (&array, item->shown, &options, load->run.cancellable, error);
  if (images)
    set_member (images->read_as, arrays, index, &options, part != NULL);
  return limen_set_item_join_array (item, load, images, error);
}

/* Its pixels are paid for in the order of the items: one that was refused because of those decoded
 * beside it may fit. */
static gboolean
settle (LimenSetLoad *load, LimenSetItem *item)
{
  if (!limen_pixel_budget_take (&load->budget, item->charge.n_pixels, item->shown, &load->over))
    return FALSE;
  item->charge.budget = NULL;
  if (item->charge.refused) {
    g_clear_error (&item->error);
    limen_set_item_decode (item);
  }
  return TRUE;
}

gboolean
limen_set_item_join (LimenSetItem *item, LimenSetLoad *load, GError **error)
{
  if (!settle (load, item))
    return FALSE;
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
  set_not_images (item, error);
  return FALSE;
}
