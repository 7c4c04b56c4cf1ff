#include "model/data/image-set-private.h"

#include "model/data/builtin.h"

#include <string.h>

#define MOST_NOTES   10
#define MOST_READ_AS 64 /* different ways to read arrays that are kept to be told */

#define PART_BYTES ((gsize)4 << 20) /* single pictures are kept together in pieces of this size */

/* A run of images with pixels of one type. */
typedef struct {
  guint first;
  LimenImages *images;
  guint capacity;       /* how many images there is room for; 0 for an array */
  GPtrArray *names;     /* of each picture, or of the one array, */
  guint skip;           /* of which so many are not in the part */
  LimenImageSet *owner; /* nullable: of another set's pixels, a reference */
} Part;

struct LimenImageSet {
  gint n_references;
  char *name;
  char **paths;
  guint n, width, height, n_resampled;
  double mean;
  GPtrArray *parts;   /* of Part, in order */
  GPtrArray *read_as; /* of LimenReadAs */
  GPtrArray *notes;   /* of sentences: what was left out */
  guint n_unsaid;     /* of these are not among them */
};

struct LimenImageSetBuilder {
  LimenImageSet *set;
  gsize n_bytes;
  double sum; /* of all pixels */
};

/* Parts */

static Part *
part_new (guint first, LimenImages *images, guint capacity, GPtrArray *names)
{
  Part *part = g_new (Part, 1);
  *part = (Part){first, images, capacity, names};
  return part;
}

static void
part_free (Part *part)
{
  if (part->owner)
    part->images->u8 = NULL, part->images->f32 = NULL;
  limen_images_free (part->images);
  g_clear_pointer (&part->owner, limen_image_set_unref);
  g_ptr_array_unref (part->names);
  g_free (part);
}

static gsize
n_pixels (const LimenImages *images)
{
  return (gsize)images->n * images->width * images->height;
}

static gsize
bytes_per_image (const LimenImages *images)
{
  return (gsize)images->width * images->height * (images->u8 ? 1 : sizeof (float));
}

static double
sum_of (const LimenImages *images)
{
  gsize n = n_pixels (images);
  guint64 whole = 0;
  double sum = 0;
  if (images->u8)
    for (gsize i = 0; i < n; i++)
      whole += images->u8[i];
  else
    for (gsize i = 0; i < n; i++)
      sum += (double)images->f32[i];
  return images->u8 ? (double)whole / 255 : sum;
}

/* Sets */

/* Names that say nothing without the folder they are in: MNIST's files, and those of roles.
 * Returns: (transfer full) (nullable): a better one */
static char *
name_with_folder (const char *base, const char *folder)
{
  if (g_str_has_prefix (base, "t10k-images"))
    return g_strconcat (folder, " test", NULL);
  if (g_str_has_prefix (base, "train-images"))
    return g_strconcat (folder, " training", NULL);
  if (limen_role_from_name (base) != LIMEN_ROLE_UNKNOWN || g_ascii_strcasecmp (base, "test") == 0 ||
      g_ascii_strcasecmp (base, "images") == 0)
    return g_build_filename (folder, base, NULL);
  return NULL;
}

static char *
name_of_paths (const char *const *paths)
{
  guint n = g_strv_length ((char **)paths);
  if (n == 1 && limen_is_builtin (paths[0]))
    return g_strdup (limen_builtin_title (paths[0]));
  g_autofree char *full = n ? g_canonicalize_filename (paths[0], NULL) : g_strdup ("images");
  g_autofree char *base = g_path_get_basename (full), *above = g_path_get_dirname (full);
  g_autofree char *folder = g_path_get_basename (above);
  g_autofree char *better = strlen (folder) > 1 ? name_with_folder (base, folder) : NULL;
  g_autofree char *shown = limen_display_name (better ? better : base);
  return n > 1 ? g_strdup_printf ("%s and %u more", shown, n - 1) : g_steal_pointer (&shown);
}

static LimenImageSet *
set_new (const char *name, const char *const *paths)
{
  LimenImageSet *set = g_new0 (LimenImageSet, 1);
  set->n_references = 1;
  set->name = g_strdup (name);
  set->paths = g_strdupv ((char **)paths);
  set->parts = g_ptr_array_new_with_free_func ((GDestroyNotify)part_free);
  set->read_as = g_ptr_array_new_with_free_func ((GDestroyNotify)limen_read_as_unref);
  set->notes = g_ptr_array_new_with_free_func (g_free);
  return set;
}

LimenImageSet *
limen_image_set_ref (LimenImageSet *set)
{
  g_atomic_int_inc (&set->n_references);
  return set;
}

void
limen_image_set_unref (LimenImageSet *set)
{
  if (!g_atomic_int_dec_and_test (&set->n_references))
    return;
  g_ptr_array_unref (set->parts);
  g_ptr_array_unref (set->read_as);
  g_ptr_array_unref (set->notes);
  g_strfreev (set->paths);
  g_free (set->name);
  g_free (set);
}

LimenImageSet *
limen_image_set_new_from_u8 (const char *name, const guint8 *pixels, guint n, guint width,
                             guint height)
{
  const char *const no_paths[] = {NULL};
  g_autoptr (LimenImageSetBuilder) builder = limen_image_set_builder_new (no_paths);
  LimenImages *images = g_new0 (LimenImages, 1);
  *images = (LimenImages){n, width, height};
  images->u8 = g_memdup2 (pixels, n_pixels (images));
  g_free (builder->set->name);
  builder->set->name = g_strdup (name);
  limen_image_set_builder_add (builder, images, name, TRUE, FALSE, NULL);
  return limen_image_set_builder_end (builder);
}

const char *
limen_image_set_name (const LimenImageSet *set)
{
  return set->name;
}

guint
limen_image_set_n_images (const LimenImageSet *set)
{
  return set->n;
}

guint
limen_image_set_width (const LimenImageSet *set)
{
  return set->width;
}

guint
limen_image_set_height (const LimenImageSet *set)
{
  return set->height;
}

const char *const *
limen_image_set_paths (const LimenImageSet *set)
{
  return (const char *const *)set->paths;
}

guint
limen_image_set_n_resampled (const LimenImageSet *set)
{
  return set->n_resampled;
}

double
limen_image_set_mean (const LimenImageSet *set)
{
  return set->mean;
}

char **
limen_image_set_read_notes (const LimenImageSet *set)
{
  g_autoptr (GStrvBuilder) all = g_strv_builder_new ();
  for (guint i = 0; i < set->read_as->len; i++) {
    g_auto (GStrv) notes = limen_read_as_notes (set->read_as->pdata[i]);
    g_strv_builder_addv (all, (const char **)notes);
  }
  for (guint i = 0; i < set->notes->len; i++)
    g_strv_builder_add (all, set->notes->pdata[i]);
  g_autofree char *others =
      set->n_unsaid ? g_strdup_printf ("%u more files were left out.", set->n_unsaid) : NULL;
  if (others)
    g_strv_builder_add (all, others);
  return g_strv_builder_end (all);
}

guint
limen_image_set_n_read_as (const LimenImageSet *set)
{
  return set->read_as->len;
}

const LimenReadAs *
limen_image_set_read_as (const LimenImageSet *set, guint index)
{
  g_return_val_if_fail (index < set->read_as->len, NULL);
  return set->read_as->pdata[index];
}

/* The last part that begins at or before @index. */
static const Part *
find_part (const LimenImageSet *set, guint index)
{
  guint low = 0, high = set->parts->len - 1;
  while (low < high) {
    guint middle = (low + high + 1) / 2;
    const Part *part = set->parts->pdata[middle];
    if (part->first <= index)
      low = middle;
    else
      high = middle - 1;
  }
  return set->parts->pdata[low];
}

char *
limen_image_set_image_name (const LimenImageSet *set, guint index)
{
  g_return_val_if_fail (index < set->n, NULL);
  const Part *part = find_part (set, index);
  guint i = index - part->first + part->skip;
  if (part->capacity)
    return g_strdup (part->names->pdata[i]);
  return g_strdup_printf ("%s #%u", (const char *)part->names->pdata[0], i);
}

static void
copy_pixels (const LimenImages *images, gsize at, gsize n, float *out)
{
  const float *table = limen_u8_to_float ();
  if (images->u8)
    for (gsize i = 0; i < n; i++)
      out[i] = table[images->u8[at + i]];
  else
    memcpy (out, images->f32 + at, n * sizeof (float));
}

void
limen_image_set_copy_rows (const LimenImageSet *set, guint first, guint n, float *out)
{
  gsize size = (gsize)set->width * set->height;
  g_return_if_fail (first <= set->n && n <= set->n - first);
  while (n > 0) {
    const Part *part = find_part (set, first);
    guint skip = first - part->first, count = MIN (n, part->images->n - skip);
    copy_pixels (part->images, skip * size, count * size, out);
    first += count;
    n -= count;
    out += count * size;
  }
}

static LimenImages *
invert (const LimenImages *images)
{
  LimenImages *inverted = g_memdup2 (images, sizeof *images);
  gsize n = n_pixels (images);
  inverted->read_as = NULL;
  if (images->u8)
    inverted->u8 = g_malloc (n);
  else
    inverted->f32 = g_new (float, n);
  for (gsize i = 0; i < n; i++)
    if (images->u8)
      inverted->u8[i] = 255 - images->u8[i];
    else
      inverted->f32[i] = 1 - images->f32[i];
  return inverted;
}

LimenImageSet *
limen_image_set_inverted (const LimenImageSet *set)
{
  LimenImageSet *inverted = set_new (set->name, (const char *const *)set->paths);
  inverted->n = set->n;
  inverted->width = set->width;
  inverted->height = set->height;
  inverted->n_resampled = set->n_resampled;
  inverted->mean = 1 - set->mean;
  for (guint i = 0; i < set->read_as->len; i++)
    g_ptr_array_add (inverted->read_as, limen_read_as_ref (set->read_as->pdata[i]));
  for (guint i = 0; i < set->parts->len; i++) {
    const Part *part = set->parts->pdata[i];
    Part *other = part_new (part->first, invert (part->images), part->capacity,
                            g_ptr_array_ref (part->names));
    other->skip = part->skip;
    g_ptr_array_add (inverted->parts, other);
  }
  return inverted;
}

LimenImageSet *
limen_image_set_sample (const LimenImageSet *set, guint n)
{
  gsize size = (gsize)set->width * set->height;
  const char *const no_paths[] = {NULL};
  g_autoptr (LimenImageSetBuilder) builder = limen_image_set_builder_new (no_paths);
  LimenImages *images = g_new0 (LimenImages, 1);
  n = MIN (n, set->n);
  *images = (LimenImages){n, set->width, set->height};
  images->f32 = g_new (float, n *size);
  for (guint i = 0; i < n; i++)
    limen_image_set_copy_rows (set, (guint)((guint64)i * set->n / n), 1, images->f32 + i * size);
  limen_image_set_builder_add (builder, images, set->name, TRUE, FALSE, NULL);
  return limen_image_set_builder_end (builder);
}

/* One image, with pixels of the type that it has. */
static LimenImages *
copy_picture (const LimenImageSet *set, guint index)
{
  const Part *part = find_part (set, index);
  gsize size = bytes_per_image (part->images), at = (index - part->first) * size;
  LimenImages *picture = g_new0 (LimenImages, 1);
  *picture = (LimenImages){1, set->width, set->height};
  if (part->images->u8)
    picture->u8 = g_memdup2 (part->images->u8 + at, size);
  else
    picture->f32 = g_memdup2 ((const char *)part->images->f32 + at, size);
  return picture;
}

LimenImageSet *
limen_image_set_without (const LimenImageSet *set, const gboolean *left_out)
{
  g_autoptr (LimenImageSetBuilder) builder =
      limen_image_set_builder_new ((const char *const *)set->paths);
  g_free (builder->set->name);
  builder->set->name = g_strdup (set->name);
  for (guint i = 0; i < set->n; i++) {
    g_autofree char *name = limen_image_set_image_name (set, i);
    if (!left_out[i])
      limen_image_set_builder_add (builder, copy_picture (set, i), name, FALSE, FALSE, NULL);
  }
  builder->set->n_resampled = MIN (set->n_resampled, builder->set->n);
  return limen_image_set_builder_end (builder);
}

/* Images @first to @first + @n - 1 of @part, whose pixels stay where they are */
static void
add_borrowed (LimenImageSet *set, LimenImageSet *owner, const Part *part, guint first, guint n)
{
  LimenImages *images = g_memdup2 (part->images, sizeof *images);
  gsize skipped = (gsize)first * set->width * set->height;
  images->n = n;
  images->read_as = NULL;
  images->u8 = images->u8 ? images->u8 + skipped : NULL;
  images->f32 = images->f32 ? images->f32 + skipped : NULL;
  Part *borrowed = part_new (set->n, images, part->capacity ? n : 0, g_ptr_array_ref (part->names));
  borrowed->skip = part->skip + first;
  borrowed->owner = limen_image_set_ref (owner);
  g_ptr_array_add (set->parts, borrowed);
  set->n += n;
}

LimenImageSet *
limen_image_set_new_of_runs (const LimenImageSet *like, const char *name, const char *const *paths,
                             const LimenImageRun *runs, guint n_runs)
{
  g_return_val_if_fail (like != NULL && paths != NULL && runs != NULL && n_runs > 0, NULL);
  LimenImageSet *set = set_new (name ? name : like->name, paths);
  double sum = 0;
  set->width = like->width;
  set->height = like->height;
  for (guint i = 0; i < like->read_as->len; i++)
    g_ptr_array_add (set->read_as, limen_read_as_ref (like->read_as->pdata[i]));
  for (guint i = 0; i < n_runs; i++) {
    guint at = runs[i].first, end = at + runs[i].n;
    while (at < end) {
      const Part *part = find_part (runs[i].set, at);
      guint skip = at - part->first, n = MIN (end - at, part->images->n - skip);
      add_borrowed (set, runs[i].set, part, skip, n);
      sum += sum_of (((Part *)g_ptr_array_index (set->parts, set->parts->len - 1))->images);
      at += n;
    }
  }
  set->n_resampled = MIN (like->n_resampled, set->n);
  set->mean = sum / ((double)set->n * set->width * set->height);
  return set;
}

/* Building */

LimenImageSetBuilder *
limen_image_set_builder_new (const char *const *paths)
{
  LimenImageSetBuilder *builder = g_new0 (LimenImageSetBuilder, 1);
  g_autofree char *name = name_of_paths (paths);
  builder->set = set_new (name, paths);
  return builder;
}

void
limen_image_set_builder_free (LimenImageSetBuilder *builder)
{
  g_clear_pointer (&builder->set, limen_image_set_unref);
  g_free (builder);
}

void
limen_image_set_builder_note (LimenImageSetBuilder *builder, const char *message)
{
  if (!builder->set) /* it has ended */
    return;
  if (builder->set->notes->len < MOST_NOTES)
    g_ptr_array_add (builder->set->notes, g_strdup (message));
  else
    builder->set->n_unsaid++;
}

/* The last part, if one more picture of this type has room there. */
static Part *
part_with_room (LimenImageSet *set, const LimenImages *picture)
{
  Part *part = set->parts->len ? set->parts->pdata[set->parts->len - 1] : NULL;
  gboolean fits = part && part->images->n < part->capacity && !part->images->u8 == !picture->u8;
  return fits ? part : NULL;
}

static Part *
add_part (LimenImageSet *set, const LimenImages *picture)
{
  gsize size = bytes_per_image (picture);
  guint capacity = (guint)MAX (PART_BYTES / size, 1);
  LimenImages *images = g_memdup2 (picture, sizeof *picture);
  images->read_as = NULL;
  Part *part = part_new (set->n, images, capacity, g_ptr_array_new_with_free_func (g_free));
  images->n = 0;
  if (picture->u8)
    images->u8 = g_malloc (capacity * size);
  else
    images->f32 = g_malloc (capacity * size);
  g_ptr_array_add (set->parts, part);
  return part;
}

static void
add_picture (LimenImageSet *set, const LimenImages *picture, const char *name)
{
  Part *part = part_with_room (set, picture);
  gsize size = bytes_per_image (picture);
  if (!part)
    part = add_part (set, picture);
  if (picture->u8)
    memcpy (part->images->u8 + part->images->n * size, picture->u8, size);
  else
    memcpy ((char *)part->images->f32 + part->images->n * size, picture->f32, size);
  part->images->n++;
  g_ptr_array_add (part->names, g_strdup (name));
}

static void
add_array (LimenImageSet *set, LimenImages *images, const char *name)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_add (set->parts, part_new (set->n, images, 0, names));
}

static char *
all_that_is_told (const LimenReadAs *read_as)
{
  g_autofree char *line = limen_read_as_line (read_as), *notes = NULL;
  g_auto (GStrv) sentences = limen_read_as_notes (read_as);
  notes = g_strjoinv ("\n", sentences);
  return g_strconcat (line, "\n", notes, NULL);
}

/* Arrays that were read alike, with nothing else to be told, are told of once. */
void
limen_image_set_builder_read_as (LimenImageSetBuilder *builder, LimenReadAs *read_as)
{
  LimenImageSet *set = builder->set;
  g_autofree char *told = all_that_is_told (read_as);
  gboolean is_new = set->read_as->len < MOST_READ_AS;
  for (guint i = 0; i < set->read_as->len && is_new; i++) {
    g_autofree char *before = all_that_is_told (set->read_as->pdata[i]);
    is_new = !g_str_equal (told, before);
  }
  if (is_new)
    g_ptr_array_add (set->read_as, limen_read_as_ref (read_as));
}

gboolean
limen_image_set_builder_add (LimenImageSetBuilder *builder, LimenImages *images, const char *name,
                             gboolean is_array, gboolean resampled, GError **error)
{
  g_autoptr (LimenImages) owned = images;
  LimenImageSet *set = builder->set;
  guint n = images->n;
  gsize size = n * bytes_per_image (images);
  if (size > LIMEN_MAX_BYTES - builder->n_bytes)
    return limen_fail (
        error, LIMEN_ERROR_UNSAFE,
        "%s and what follows it was left out: the images before it take 2 GB already; choose "
        "fewer, or a smaller size.",
        name);
  builder->n_bytes += size;
  builder->sum += sum_of (images);
  set->width = images->width;
  set->height = images->height;
  if (images->read_as)
    limen_image_set_builder_read_as (builder, images->read_as);
  if (is_array)
    add_array (set, g_steal_pointer (&owned), name);
  else
    add_picture (set, images, name);
  set->n += n;
  set->n_resampled += resampled ? n : 0;
  return TRUE;
}

LimenImageSet *
limen_image_set_builder_end (LimenImageSetBuilder *builder)
{
  LimenImageSet *set = g_steal_pointer (&builder->set);
  set->mean = set->n ? builder->sum / ((double)set->n * set->width * set->height) : 0;
  return set;
}
