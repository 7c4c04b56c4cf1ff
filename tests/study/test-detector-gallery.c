/* Images as a list: which, in which order, what is said of each; as a table, and into a folder. */
#include "tests/study/detector-world.h"
#include "ui/study/detector/gallery-export.h"
#include "ui/study/detector/gallery-session.h"

#include <math.h>

#undef ADD
#define ADD(name) g_test_add_func ("/detector-gallery/" #name, test_##name)

typedef struct {
  World world;
  LimenSelectionSession *selection;
  LimenGallerySession *session;
} Gallery;

static gboolean
is_done (gpointer data)
{
  Gallery *gallery = data;
  return is_idle (gallery->world.session) && !limen_gallery_session_busy (gallery->session);
}

static void
gallery_begin (Gallery *gallery)
{
  begin (&gallery->world);
  gallery->selection = limen_selection_session_new (gallery->world.session);
  gallery->session = limen_gallery_session_new (gallery->world.session, gallery->selection);
  g_assert_null (limen_gallery_session_gallery (gallery->session));
  drop_all (&gallery->world);
  wait_until (is_done, gallery);
}

static void
gallery_end (Gallery *gallery)
{
  g_clear_object (&gallery->session);
  g_clear_object (&gallery->selection);
  end (&gallery->world);
}

static const LimenGallery *
show (Gallery *gallery, LimenGalleryKind kind)
{
  limen_gallery_session_show (gallery->session, kind);
  wait_until (is_done, gallery);
  return limen_gallery_session_gallery (gallery->session);
}

/* -- which, and in which order -- */

static void
test_all_images_the_most_unusual_first (void)
{
  Gallery gallery;
  gallery_begin (&gallery);
  const LimenGallery *now = show (&gallery, LIMEN_GALLERY_ALL);
  LimenScores *const *scores = experiment_of (&gallery.world)->scores;
  g_assert_cmpuint (now->n, ==, 100);
  for (guint i = 0; i < now->n; i++) {
    const LimenGalleryItem *item = &now->item[i];
    g_assert_cmpfloat (item->score, ==, scores[item->role]->value[item->index]);
    if (i > 0)
      g_assert_cmpfloat (item[-1].score, <=, item->score);
  }
  g_autofree char *words = limen_gallery_words (now);
  g_assert_cmpstr (words, ==, "100 images: 60 normal, 40 anomalies");
  gallery_end (&gallery);
}

static void
test_names_are_sorted_by_their_numbers (void)
{
  Gallery gallery;
  gallery_begin (&gallery);
  limen_gallery_session_sort (gallery.session, LIMEN_GALLERY_BY_NAME);
  const LimenGallery *now = show (&gallery, LIMEN_GALLERY_ALL);
  const char *const names[] = {"anomaly.npy #0", "anomaly.npy #1", "anomaly.npy #2"};
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *name = limen_gallery_name (now, i);
    g_assert_cmpstr (name, ==, names[i]);
  }
  g_autofree char *last = limen_gallery_name (now, 99), *tenth = limen_gallery_name (now, 10);
  g_assert_cmpstr (tenth, ==, "anomaly.npy #10");
  g_assert_cmpstr (last, ==, "normal.npy #59");
  gallery_end (&gallery);
}

static void
test_what_is_judged_wrongly_follows_the_line (void)
{
  Gallery gallery;
  gallery_begin (&gallery);
  LimenDetectorSession *session = gallery.world.session;
  limen_gallery_session_show (gallery.session, LIMEN_GALLERY_FALSE_ALARMS);
  for (guint i = 0; i < 2; i++) {
    const LimenScores *normal = detector_of (&gallery.world)->normal;
    limen_detector_session_set_threshold (session, normal->sorted[i == 0 ? 5 : 12] + 1e-6);
    wait_until (is_done, &gallery);
    guint flagged = limen_detector_type_1 (detector_of (&gallery.world)).errors;
    const LimenGallery *now = limen_gallery_session_gallery (gallery.session);
    g_assert_cmpuint (flagged, >, 0);
    g_assert_cmpuint (now->n, ==, flagged);
    for (guint k = 0; k < now->n; k++)
      g_assert_cmpstr (
          limen_gallery_verdict (now, k, limen_gallery_session_lines (gallery.session)), ==,
          "flagged");
  }
  const LimenGallery *missed = show (&gallery, LIMEN_GALLERY_MISSED);
  g_assert_cmpuint (missed->n, ==, limen_detector_type_2 (detector_of (&gallery.world)).errors);
  gallery_end (&gallery);
}

static void
test_what_is_selected (void)
{
  Gallery gallery;
  gallery_begin (&gallery);
  g_assert_cmpuint (show (&gallery, LIMEN_GALLERY_SELECTED)->n, ==, 0);
  const LimenScores *anomaly = detector_of (&gallery.world)->anomaly;
  limen_selection_session_take_range (gallery.selection, anomaly->sorted[10], anomaly->sorted[19]);
  wait_until (is_done, &gallery);
  const LimenGallery *now = limen_gallery_session_gallery (gallery.session);
  g_assert_cmpuint (now->n, ==,
                    limen_selection_count (limen_selection_session_get (gallery.selection)));
  g_assert_cmpuint (now->count[LIMEN_SET_ANOMALY], ==, 10);
  gallery_end (&gallery);
}

/* -- corrections -- */

static guint
place_in (const LimenGallery *gallery, LimenSetRole role, guint index)
{
  for (guint i = 0; i < gallery->n; i++)
    if (gallery->item[i].key.role == role && gallery->item[i].key.index == index)
      return i;
  g_assert_not_reached ();
}

static void
test_what_is_corrected_is_listed_and_put_back (void)
{
  Gallery gallery;
  gallery_begin (&gallery);
  const LimenGallery *now = show (&gallery, LIMEN_GALLERY_ALL);
  guint at[] = {place_in (now, LIMEN_SET_NORMAL, 3), place_in (now, LIMEN_SET_ANOMALY, 8)};
  limen_gallery_session_put (gallery.session, at, 1, LIMEN_SET_ANOMALY);
  limen_gallery_session_put (gallery.session, at + 1, 1, LIMEN_LEFT_OUT);
  wait_until (is_done, &gallery);
  now = show (&gallery, LIMEN_GALLERY_CORRECTED);
  g_assert_cmpuint (now->n, ==, 2);
  const LimenLines lines = limen_gallery_session_lines (gallery.session);
  guint out = place_in (now, LIMEN_SET_ANOMALY, 8), moved = place_in (now, LIMEN_SET_NORMAL, 3);
  g_autofree char *said = limen_gallery_said (now, out, lines);
  g_autofree char *other = limen_gallery_said (now, moved, lines);
  g_assert_cmpstr (said, ==, "anomaly.npy #8, no score, left out, anomaly");
  g_assert_true (g_str_has_prefix (other, "normal.npy #3, "));
  g_assert_true (g_str_has_suffix (other, ", anomaly, moved by hand"));
  guint both[] = {0, 1};
  limen_gallery_session_put (gallery.session, both, 2, LIMEN_PUT_BACK);
  wait_until (is_done, &gallery);
  g_assert_cmpuint (limen_gallery_session_gallery (gallery.session)->n, ==, 0);
  g_assert_null (limen_corrections_words (state_of (&gallery.world)->corrections));
  gallery_end (&gallery);
}

/* -- out of the program -- */

static void
test_the_table_has_a_row_for_each (void)
{
  Gallery gallery;
  gallery_begin (&gallery);
  const LimenGallery *now = show (&gallery, LIMEN_GALLERY_ALL);
  const guint at[] = {0, 99};
  g_autofree char *csv =
      limen_gallery_csv (now, at, 2, (LimenLines){now->item[50].score, INFINITY});
  g_auto (GStrv) rows = g_strsplit (csv, "\r\n", -1);
  g_assert_cmpstr (rows[0], ==, "image,set,log_likelihood,verdict,file");
  g_assert_cmpuint (g_strv_length (rows), ==, 4); /* an empty one behind the last */
  g_auto (GStrv) first = g_strsplit (rows[1], ",", -1), last = g_strsplit (rows[2], ",", -1);
  g_autofree char *name = limen_gallery_name (now, 0);
  g_assert_cmpstr (first[0], ==, name);
  g_assert_cmpstr (first[1], ==, limen_set_word (now->item[0].role));
  g_assert_cmpfloat (g_ascii_strtod (first[2], NULL), ==, now->item[0].score);
  g_assert_cmpstr (first[3], ==, "flagged");
  g_assert_cmpstr (first[4], ==, "");
  g_assert_cmpstr (last[3], ==, "kept");
  gallery_end (&gallery);
}

static void
test_images_go_into_a_folder_and_over_nothing (void)
{
  Gallery gallery;
  gallery_begin (&gallery);
  const LimenGallery *now = show (&gallery, LIMEN_GALLERY_ANOMALIES);
  g_autofree char *folder = make_folder ();
  g_autofree char *name = limen_gallery_name (now, 0), *png = g_strconcat (name, ".png", NULL);
  g_autofree char *there = write_file (folder, "kept.txt", "mine", 4);
  g_autoptr (GError) error = NULL;
  for (guint round = 0; round < 2; round++) {
    const guint at[] = {0, 1, 2};
    g_autoptr (LimenGalleryExport) exported =
        limen_gallery_export (now, at, 3, folder, NULL, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (exported->n_drawn, ==, 3);
    g_assert_cmpuint (exported->n_copied, ==, 0);
    g_assert_cmpuint (exported->n_renamed, ==, round == 0 ? 0 : 3);
    g_assert_cmpuint (exported->problems->len, ==, 0);
  }
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;
  while (g_dir_read_name (dir))
    n++;
  g_assert_cmpuint (n, ==, 7);
  g_autofree char *path = g_build_filename (folder, png, NULL);
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
  g_autoptr (LimenGalleryExport) nowhere = limen_gallery_export (now, NULL, 0, there, NULL, &error);
  g_assert_null (nowhere);
  g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_UNREADABLE);
  remove_folder (folder);
  gallery_end (&gallery);
}

/* A grey PGM of SIDE × SIDE pixels */
static void
write_pgm (const char *folder, const char *name, guint seed)
{
  g_autofree char *head = g_strdup_printf ("P5 %u %u 255\n", SIDE, SIDE);
  g_autoptr (GByteArray) file = g_byte_array_new ();
  g_byte_array_append (file, (const guint8 *)head, (guint)strlen (head));
  for (guint i = 0; i < SIDE * SIDE; i++)
    g_byte_array_append (file, &(guint8){(guint8)(i * (seed + 3) + 7 * seed)}, 1);
  g_autofree char *path = write_file (folder, name, file->data, file->len);
}

static void
test_files_are_copied_as_they_are (void)
{
  Gallery gallery;
  gallery_begin (&gallery);
  g_autofree char *good = g_build_filename (gallery.world.folder, "good", NULL);
  g_autofree char *out = make_folder ();
  for (guint i = 0; i < 6; i++) {
    g_autofree char *name = g_strdup_printf ("%u/part.pgm", i);
    write_pgm (good, name, i);
  }
  drop (&gallery.world, LIMEN_SET_NORMAL, good, NULL, NULL);
  wait_until (is_done, &gallery);
  const LimenGallery *now = show (&gallery, LIMEN_GALLERY_NORMAL);
  g_assert_cmpuint (now->n, ==, 6);
  g_autoptr (GError) error = NULL;
  g_autoptr (LimenGalleryExport) exported = limen_gallery_export (now, NULL, 0, out, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (exported->n_copied, ==, 6);
  g_assert_cmpuint (exported->n_drawn, ==, 0);
  for (guint i = 0; i < 6; i++) {
    g_autofree char *from = g_strdup_printf ("%s/%u/part.pgm", good, i), *a = NULL, *b = NULL;
    g_autofree char *to = g_strdup_printf ("%s/%u-part.pgm", out, i);
    gsize n, m;
    g_assert_true (g_file_get_contents (from, &a, &n, NULL));
    g_assert_true (g_file_get_contents (to, &b, &m, NULL));
    g_assert_cmpmem (a, n, b, m);
  }
  remove_folder (out);
  gallery_end (&gallery);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD (all_images_the_most_unusual_first);
  ADD (names_are_sorted_by_their_numbers);
  ADD (what_is_judged_wrongly_follows_the_line);
  ADD (what_is_selected);
  ADD (what_is_corrected_is_listed_and_put_back);
  ADD (the_table_has_a_row_for_each);
  ADD (files_are_copied_as_they_are);
  ADD (images_go_into_a_folder_and_over_nothing);
  return g_test_run ();
}
