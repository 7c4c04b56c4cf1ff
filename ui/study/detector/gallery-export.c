#include "ui/study/detector/gallery-export.h"

#include "model/base/number.h"
#include "model/data/image-place.h"

#include <math.h>
#include <string.h>

/* -- where images are -- */

/* Of the sets as they were read; made when an image of one is looked for */
typedef struct {
  LimenImagePlaces *of[LIMEN_N_SETS];
} Places;

static void
places_clear (Places *places)
{
  for (LimenSetRole role = 0; role < LIMEN_N_SETS; role++)
    g_clear_pointer (&places->of[role], limen_image_places_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Places, places_clear)

static LimenImagePlace
find (Places *places, const LimenGallery *gallery, guint at)
{
  guint index;
  LimenImageSet *set = limen_gallery_set (gallery, at, &index);
  LimenImagePlaces **of = &places->of[gallery->item[at].key.role];
  if (!set)
    return (LimenImagePlace){0};
  if (!*of)
    *of = limen_image_places_new (set);
  return limen_image_places_find (*of, index);
}

/* -- the list as a table -- */

/* RFC 4180: a field with a comma, a quote or a line break stands in quotes, quotes in it doubled */
static void
add_field (GString *csv, const char *field)
{
  if (!strpbrk (field, ",\"\r\n")) {
    g_string_append (csv, field);
    return;
  }
  g_string_append_c (csv, '"');
  for (; *field; field++) {
    if (*field == '"')
      g_string_append_c (csv, '"');
    g_string_append_c (csv, *field);
  }
  g_string_append_c (csv, '"');
}

/* All that a float64 holds; empty where there is none */
static void
add_score (GString *csv, double score)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  if (!isnan (score))
    g_string_append (csv, g_ascii_formatd (number, sizeof number, "%.17g", score));
}

static void
add_row (GString *csv, const LimenGallery *gallery, guint at, LimenLines lines, Places *places)
{
  g_autofree char *name = limen_gallery_name (gallery, at);
  const char *verdict = limen_gallery_verdict (gallery, at, lines);
  g_auto (LimenImagePlace) place = find (places, gallery, at);
  g_autofree char *shown = place.path && place.is_own ? limen_display_name (place.path) : NULL;
  add_field (csv, name);
  g_string_append_printf (csv, ",%s,", limen_set_word (gallery->item[at].role));
  add_score (csv, gallery->item[at].score);
  g_string_append_printf (csv, ",%s,", g_str_equal (verdict, "not judged") ? "" : verdict);
  add_field (csv, shown ? shown : "");
  g_string_append (csv, "\r\n");
}

char *
limen_gallery_csv (const LimenGallery *gallery, const guint *at, guint n, LimenLines lines)
{
  g_return_val_if_fail (gallery != NULL, NULL);
  g_autofree char *column = limen_measure_column (gallery->measure);
  g_auto (Places) places = {0};
  GString *csv = g_string_new ("image,set,");
  add_field (csv, column);
  g_string_append (csv, ",verdict,file\r\n");
  for (guint i = 0; i < (at ? n : gallery->n); i++)
    add_row (csv, gallery, at ? at[i] : i, lines, &places);
  return g_string_free (csv, FALSE);
}

/* -- images into a folder -- */

/* (transfer full): a name without folders, which leads nowhere else: "4-60004", and its ending */
static char *
flat_name (const char *name, const char *extension, char **ending)
{
  g_autofree char *flat = g_strdelimit (g_strdup (name), "/\\:\r\n\t", '-');
  g_autofree char *bare = g_strdup (flat + strspn (flat, ".- "));
  char *dot = strrchr (bare, '.');
  *ending = g_strdup (extension ? extension : dot ? dot : "");
  if (!extension && dot)
    *dot = '\0';
  return g_strdup (*bare ? bare : "image");
}

/* A stream to a file that was not there; *@renamed: under another name */
static GFileOutputStream *
create (const char *folder, const char *stem, const char *ending, gboolean *renamed,
        GCancellable *cancellable, GError **error)
{
  for (guint i = 1;; i++) {
    g_autoptr (GError) local = NULL;
    g_autofree char *name =
        i == 1 ? g_strconcat (stem, ending, NULL) : g_strdup_printf ("%s-%u%s", stem, i, ending);
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_autoptr (GFile) file = g_file_new_for_path (path);
    GFileOutputStream *stream = g_file_create (file, G_FILE_CREATE_NONE, cancellable, &local);
    *renamed = i > 1;
    if (stream)
      return stream;
    if (!g_error_matches (local, G_IO_ERROR, G_IO_ERROR_EXISTS)) {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  }
}

static gboolean
write_stream (GFileOutputStream *out, GInputStream *in, GCancellable *cancellable, GError **error)
{
  return g_output_stream_splice (G_OUTPUT_STREAM (out), in,
                                 G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE |
                                     G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET,
                                 cancellable, error) >= 0;
}

static GInputStream *
open_image (const LimenImageSet *set, guint index, const LimenImagePlace *place,
            GCancellable *cancellable, GError **error)
{
  if (place->is_own) {
    g_autoptr (GFile) file = g_file_new_for_path (place->path);
    return G_INPUT_STREAM (g_file_read (file, cancellable, error));
  }
  g_autoptr (GBytes) png = limen_image_png (set, index, error);
  return png ? g_memory_input_stream_new_from_bytes (png) : NULL;
}

static gboolean
export_one (LimenGalleryExport *exported, const LimenGallery *gallery, guint at, Places *places,
            GCancellable *cancellable, GError **error)
{
  guint index;
  gboolean renamed;
  const LimenImageSet *set = limen_gallery_set (gallery, at, &index);
  if (!set)
    return limen_fail (error, LIMEN_ERROR_ARGUMENT,
                       "There is no picture of this row; open the table beside its images.");
  g_autofree char *name = limen_gallery_name (gallery, at), *ending = NULL;
  g_auto (LimenImagePlace) place = find (places, gallery, at);
  g_autofree char *stem = flat_name (name, place.is_own ? NULL : ".png", &ending);
  g_autoptr (GInputStream) in = open_image (set, index, &place, cancellable, error);
  g_autoptr (GFileOutputStream) out =
      in ? create (exported->folder, stem, ending, &renamed, cancellable, error) : NULL;
  if (!out || !write_stream (out, in, cancellable, error))
    return FALSE;
  exported->n_copied += place.is_own;
  exported->n_drawn += !place.is_own;
  exported->n_renamed += renamed;
  return TRUE;
}

LimenGalleryExport *
limen_gallery_export (const LimenGallery *gallery, const guint *at, guint n, const char *folder,
                      const LimenRun *watched, GError **error)
{
  g_return_val_if_fail (gallery != NULL && folder != NULL, NULL);
  g_autoptr (LimenGalleryExport) exported = g_new0 (LimenGalleryExport, 1);
  LimenRun run = limen_run_of (watched);
  g_auto (Places) places = {0};
  guint all = at ? n : gallery->n;
  exported->folder = g_strdup (folder);
  exported->problems = limen_problems_new ();
  if (!g_file_test (folder, G_FILE_TEST_IS_DIR)) {
    g_autofree char *shown = limen_display_name (folder);
    limen_fail (error, LIMEN_ERROR_UNREADABLE, "%s is no folder; choose one that is there.", shown);
    return NULL;
  }
  for (guint i = 0; i < all; i++) {
    g_autoptr (GError) local = NULL;
    g_autofree char *name = limen_gallery_name (gallery, at ? at[i] : i);
    if (!export_one (exported, gallery, at ? at[i] : i, &places, run.cancellable, &local) &&
        !g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      g_ptr_array_add (exported->problems, limen_problem_new (name, local->message));
    if (g_cancellable_set_error_if_cancelled (run.cancellable, error))
      return NULL;
    if (run.progress)
      run.progress ((i + 1.0) / all, run.progress_data);
  }
  return g_steal_pointer (&exported);
}

void
limen_gallery_export_free (LimenGalleryExport *exported)
{
  g_return_if_fail (exported != NULL);
  g_free (exported->folder);
  g_clear_pointer (&exported->problems, g_ptr_array_unref);
  g_free (exported);
}

char *
limen_gallery_export_words (const LimenGalleryExport *exported)
{
  g_return_val_if_fail (exported != NULL, NULL);
  guint n = exported->n_copied + exported->n_drawn;
  g_autofree char *base = g_path_get_basename (exported->folder);
  g_autofree char *folder = limen_display_name (base), *all = limen_format_number (n, 0);
  g_autofree char *copied = limen_format_number (exported->n_copied, 0);
  g_autofree char *drawn = limen_format_number (exported->n_drawn, 0);
  g_autofree char *renamed = limen_format_number (exported->n_renamed, 0);
  g_autofree char *others = exported->n_renamed > 0
                                ? g_strdup_printf ("; %s %s another name there", renamed,
                                                   exported->n_renamed == 1 ? "has" : "have")
                                : g_strdup ("");
  if (n == 0)
    return g_strdup_printf ("No image was written to “%s”.", folder);
  return g_strdup_printf ("%s image%s in “%s”: %s cop%s of files, %s as PNG%s.", all,
                          n == 1 ? " is" : "s are", folder, copied,
                          exported->n_copied == 1 ? "y" : "ies", drawn, others);
}
