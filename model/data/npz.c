#include "model/data/archive.h"
#include "model/data/npy.h"

#include <string.h>

#define MOST_MEMBERS 10000 /* to be looked at */

/* Names */

static char *
stem_of (const char *member)
{
  gsize n = strlen (member);
  return g_strndup (member, g_str_has_suffix (member, ".npy") ? n - 4 : n);
}

static gboolean
is_word_among (const char *word, const char *const *words)
{
  for (guint i = 0; words[i]; i++)
    if (g_str_equal (word, words[i]))
      return TRUE;
  return FALSE;
}

/* Whether one of the words in the last part of @name, in any case, is among @words */
static gboolean
has_word (const char *name, const char *const *words)
{
  g_autofree char *base = g_path_get_basename (name), *stem = stem_of (base);
  g_autofree char *lower = g_ascii_strdown (stem, -1);
  g_auto (GStrv) parts = g_strsplit_set (lower, "_-. ", -1);
  gboolean found = FALSE;
  for (guint i = 0; parts[i] && !found; i++)
    found = is_word_among (parts[i], words);
  return found;
}

gboolean
limen_is_named_like_labels (const char *name)
{
  static const char *const words[] = {"y",      "ys",      "ytrain", "ytest",   "label", "labels",
                                      "target", "targets", "class",  "classes", NULL};
  static const char *const others[] = {"x", "xs", "image", "images", "imgs", "data", NULL};
  return has_word (name, words) && !has_word (name, others);
}

/* Whether @name speaks of the part that is preferred: 2, of the other: 0, of none or of validation:
 * 1 */
static guint
preference (const char *name, const LimenImageSetOptions *options)
{
  static const char *const training[] = {"train", "training", "xtrain", NULL};
  static const char *const testing[] = {"test", "testing", "xtest", NULL};
  gboolean trains = has_word (name, training), tests = has_word (name, testing);
  if (trains == tests)
    return 1;
  return trains == !!options->prefers_training ? 2 : 0;
}

/* Choosing */

typedef struct {
  const LimenImageSetOptions *options;
  const char *shown;
  LimenArrayLook look;
  guint preference;
  char *best;          /* name in the archive */
  GStrvBuilder *stems; /* of all that can be images */
  GError *first;       /* why the first that can't be is none */
  const char *wanted;  /* nullable: what was asked for, */
  GError *refused;     /* and why it is not read */
} Choice;

static gboolean
is_wanted (const char *name, const char *wanted)
{
  g_autofree char *stem = stem_of (name);
  return g_str_equal (name, wanted) || g_str_equal (stem, wanted);
}

/* By what its header announces, before any of it is unpacked */
static gboolean
fits (const LimenArray *array, const char *shown, GError **error)
{
  if (array->size <= LIMEN_MAX_BYTES - LIMEN_NPY_MOST_START)
    return TRUE;
  g_autofree char *shape = limen_array_to_string (array);
  return limen_fail (
      error, LIMEN_ERROR_UNSAFE,
      "%s announces %s, more than the 2 GiB that Limen reads at once; save a part of it.", shown,
      shape);
}

/* By the shape alone: numbers are read of the one that is chosen. */
static void
consider (Choice *choice, LimenArchive *archive, const char *name)
{
  GError **reason = choice->first ? NULL : &choice->first;
  g_autoptr (GBytes) start = limen_archive_read_start (archive, LIMEN_NPY_MOST_START, reason);
  g_autofree char *shown = g_strdup_printf ("%s: %s", choice->shown, name), *stem = stem_of (name);
  LimenArray array;
  if (!start || !limen_npy_parse_start (start, G_MAXUINT64, shown, &array, reason))
    return;
  gboolean asked = choice->wanted && !choice->refused && is_wanted (name, choice->wanted);
  if (!fits (&array, shown, asked ? &choice->refused : reason))
    return;
  LimenArrayLook look = limen_array_look (&array, shown, choice->options, reason);
  guint preferred = preference (stem, choice->options);
  if (look == LIMEN_ARRAY_NONE || limen_is_named_like_labels (stem))
    return;
  g_strv_builder_add (choice->stems, stem);
  if (look < choice->look || (look == choice->look && preferred <= choice->preference))
    return;
  choice->look = look;
  choice->preference = preferred;
  g_free (choice->best);
  choice->best = g_strdup (name);
}

static void
consider_all (Choice *choice, LimenArchive *archive)
{
  const char *name;
  for (guint n = 0; n < MOST_MEMBERS; n++) {
    if (!limen_archive_next (archive, &name, choice->first ? NULL : &choice->first))
      return;
    consider (choice, archive, name);
  }
}

/* Nothing was found, or nothing sure beside something damaged. */
static gboolean
refuse_choice (Choice *choice, GError **error)
{
  gboolean damaged = choice->first &&
                     !g_error_matches (choice->first, LIMEN_ERROR, LIMEN_ERROR_FORMAT) &&
                     !g_error_matches (choice->first, LIMEN_ERROR, LIMEN_ERROR_MISMATCH);
  if (choice->best && (!damaged || choice->look == LIMEN_ARRAY_IMAGES))
    return FALSE;
  if (choice->first)
    g_propagate_error (error, g_steal_pointer (&choice->first));
  else
    limen_fail (error, LIMEN_ERROR_FORMAT,
                "%s holds no arrays of images; choose a file of images that numpy.savez wrote.",
                choice->shown);
  return TRUE;
}

/* Steps to the member @wanted and reads it. */
static GBytes *
read_member (const char *path, const char *wanted, const char *shown, char **stems,
             GCancellable *cancellable, GError **error)
{
  g_autoptr (LimenArchive) archive = limen_archive_open (path, error);
  GError *local = NULL;
  const char *name;
  if (!archive)
    return NULL;
  limen_archive_set_cancellable (archive, cancellable);
  while (limen_archive_next (archive, &name, &local))
    if (is_wanted (name, wanted))
      return limen_archive_read (archive, LIMEN_MAX_BYTES, error);
  g_autofree char *names = g_strjoinv (", ", stems);
  if (local)
    g_propagate_error (error, local);
  else
    limen_fail (error, LIMEN_ERROR_ARGUMENT,
                "%s has no array named %s; its arrays of images are %s.", shown, wanted,
                *names ? names : "none");
  return NULL;
}

GBytes *
limen_npz_choose (const char *path, const char *wanted, const LimenImageSetOptions *options,
                  char **member, char ***members, GCancellable *cancellable, GError **error)
{
  g_autoptr (LimenArchive) archive = limen_archive_open (path, error);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *shown = limen_display_name (path);
  Choice choice = {.options = options, .shown = shown, .stems = builder, .wanted = wanted};
  GBytes *bytes = NULL;
  if (!archive)
    return NULL;
  limen_archive_set_cancellable (archive, cancellable);
  consider_all (&choice, archive);
  g_auto (GStrv) stems = g_strv_builder_end (builder);
  if (choice.refused)
    g_propagate_error (error, g_steal_pointer (&choice.refused));
  else if (!g_cancellable_set_error_if_cancelled (cancellable, error) &&
           (wanted || !refuse_choice (&choice, error)))
    bytes = read_member (path, wanted ? wanted : choice.best, shown, stems, cancellable, error);
  if (bytes) {
    *member = stem_of (wanted ? wanted : choice.best);
    *members = g_steal_pointer (&stems);
  }
  g_clear_error (&choice.first);
  g_free (choice.best);
  return bytes;
}
