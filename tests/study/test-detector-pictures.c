/* Single pictures on the Detector page without its window: what is drawn, what is dropped, and what
 * is said of them. */
#include "model/detect/p-values.h"
#include "tests/study/detector-world.h"
#include "tests/study/told-text.h"
#include "ui/study/detector/told.h"
#include "ui/study/detector/pictures-session.h"

#include <math.h>

/* -- drawings -- */

static void
test_a_dot_is_round_and_white_on_black (void)
{
  g_autoptr (LimenDrawing) empty = limen_drawing_new ();
  g_autoptr (LimenDrawing) dot = limen_drawing_with_point (empty, 0.5, 0.5, TRUE);
  guint8 pixels[28 * 28];
  guint ink = 0;
  limen_drawing_pixels (empty, 28, 28, pixels);
  for (guint i = 0; i < 28 * 28; i++)
    g_assert_cmpuint (pixels[i], ==, 0);
  limen_drawing_pixels (dot, 28, 28, pixels);
  g_assert_cmpuint (pixels[14 * 28 + 14], ==, 255);
  for (guint y = 0; y < 28; y++)
    for (guint x = 0; x < 28; x++) {
      g_assert_cmpuint (pixels[y * 28 + x], ==, pixels[x * 28 + y]);
      g_assert_cmpuint (pixels[y * 28 + x], ==, pixels[(27 - y) * 28 + x]);
      ink += pixels[y * 28 + x] > 0;
    }
  g_assert_cmpuint (ink, >=, 4);
  g_assert_cmpuint (ink, <=, 16);
}

/* A stroke from the left to the right edge covers all columns of its row, at any size. */
static void
test_a_stroke_is_whole_at_any_size (void)
{
  g_autoptr (LimenDrawing) empty = limen_drawing_new ();
  g_autoptr (LimenDrawing) start = limen_drawing_with_point (empty, -3, 0.5, FALSE);
  g_autoptr (LimenDrawing) line = limen_drawing_with_point (start, 9, 0.5, FALSE);
  g_assert_true (line->point[0].begins);
  g_assert_cmpfloat (line->point[1].x, ==, 1); /* ink stays on the paper */
  for (guint side = 8; side <= 128; side *= 2) {
    g_autofree guint8 *pixels = g_new (guint8, side * side);
    limen_drawing_pixels (line, side, side, pixels);
    for (guint x = 0; x < side; x++) {
      g_assert_cmpuint (pixels[side / 2 * side + x], >, 80);
      g_assert_cmpuint (pixels[x], ==, 0);
    }
  }
}

static void
test_the_last_stroke_is_taken_back (void)
{
  LimenDrawing *drawing = limen_drawing_new ();
  static const gboolean begins[] = {TRUE, FALSE, FALSE, TRUE, FALSE};
  for (guint i = 0; i < G_N_ELEMENTS (begins); i++) {
    LimenDrawing *next = limen_drawing_with_point (drawing, 0.1 * i, 0.5, begins[i]);
    limen_drawing_free (drawing);
    drawing = next;
  }
  g_autoptr (LimenDrawing) one = limen_drawing_without_last (drawing);
  g_autoptr (LimenDrawing) none = limen_drawing_without_last (one);
  g_autoptr (LimenDrawing) still_none = limen_drawing_without_last (none);
  g_assert_cmpuint (one->n, ==, 3);
  g_assert_cmpuint (none->n, ==, 0);
  g_assert_cmpuint (still_none->n, ==, 0);
  limen_drawing_free (drawing);
}

/* -- the value -- */

static void
test_files_come_in_order_and_nine_at_most (void)
{
  const char *paths[LIMEN_MOST_PICTURES + 3] = {NULL};
  char names[LIMEN_MOST_PICTURES + 2][8];
  for (guint i = 0; i < LIMEN_MOST_PICTURES + 2; i++) {
    g_snprintf (names[i], sizeof names[i], "%u.png", i);
    paths[i] = names[i];
  }
  guint left_out;
  g_autoptr (LimenPictures) none = limen_pictures_new ();
  g_autoptr (LimenDrawing) empty = limen_drawing_new ();
  g_autoptr (LimenDrawing) dot = limen_drawing_with_point (empty, 0.5, 0.5, TRUE);
  g_autoptr (LimenPictures) drawn = limen_pictures_with_drawing (none, dot);
  g_autoptr (LimenPictures) all = limen_pictures_with_files (drawn, paths, &left_out);
  g_assert_cmpuint (left_out, ==, 2);
  g_assert_cmpuint (limen_pictures_n (none), ==, 0);
  g_assert_cmpuint (limen_pictures_n (all), ==, LIMEN_MOST_PICTURES + 1);
  for (guint i = 0; i < LIMEN_MOST_PICTURES; i++)
    g_assert_cmpstr (limen_pictures_at (all, i)->path, ==, names[i]);
  g_assert_true (limen_pictures_at (all, LIMEN_MOST_PICTURES) == limen_pictures_drawn (all));
  g_autoptr (LimenPictures) again =
      limen_pictures_with_files (all, (const char *[]){"3.png", NULL}, &left_out);
  g_assert_cmpuint (left_out, ==, 0);
  g_assert_cmpuint (limen_pictures_n (again), ==, LIMEN_MOST_PICTURES + 1);
  g_autoptr (LimenPictures) fewer =
      limen_pictures_without (again, limen_pictures_at (again, 0)->id);
  g_assert_cmpstr (limen_pictures_at (fewer, 0)->path, ==, "1.png");
  g_autoptr (LimenPictures) cleared = limen_pictures_with_drawing (fewer, empty);
  g_assert_null (limen_pictures_drawn (cleared));
}

/* A score that comes while the pen goes on is shown, and not the last. */
static void
test_scores_of_an_older_drawing_are_shown_and_wait_on (void)
{
  g_autoptr (LimenNice) flow = small_flow (1);
  g_autoptr (LimenDrawing) empty = limen_drawing_new ();
  g_autoptr (LimenDrawing) dot = limen_drawing_with_point (empty, 0.5, 0.5, TRUE);
  g_autoptr (LimenDrawing) line = limen_drawing_with_point (dot, 0.9, 0.5, FALSE);
  g_autoptr (LimenPictures) none = limen_pictures_new ();
  g_autoptr (LimenPictures) before = limen_pictures_with_drawing (none, dot);
  g_autoptr (LimenPictures) now = limen_pictures_with_drawing (before, line);
  LimenPicturesInput input = {before, flow, NULL, SIDE, SIDE};
  g_autoptr (LimenPictures) scored = limen_pictures_score (&input, NULL, NULL);
  g_autoptr (LimenPictures) shown = limen_pictures_with_scores (now, scored);
  g_assert_cmpfloat (limen_pictures_drawn (shown)->score, ==, limen_pictures_drawn (scored)->score);
  g_assert_true (limen_pictures_wait (shown));
  input.pictures = now;
  g_autoptr (LimenPictures) last = limen_pictures_score (&input, NULL, NULL);
  g_autoptr (LimenPictures) done = limen_pictures_with_scores (shown, last);
  g_assert_false (limen_pictures_wait (done));
  g_assert_cmpfloat (limen_pictures_drawn (done)->score, !=, limen_pictures_drawn (shown)->score);
  g_autoptr (LimenPictures) gone = limen_pictures_with_drawing (now, empty);
  g_autoptr (LimenPictures) late = limen_pictures_with_scores (gone, last);
  g_assert_cmpuint (limen_pictures_n (late), ==, 0);
}

/* -- the session -- */

/* A grey PNM, which is a picture by its content */
static char *
write_picture (const char *folder, const char *name, guint side)
{
  g_autoptr (GString) file = g_string_new (NULL);
  g_string_printf (file, "P5\n%u %u\n255\n", side, side);
  for (guint i = 0; i < side * side; i++)
    g_string_append_c (file, (char)(i * 7 % 200 + 1));
  return write_file (folder, name, file->str, file->len);
}

static gboolean
is_done (gpointer data)
{
  LimenPicturesSession *session = data;
  const LimenPictures *pictures = limen_pictures_session_pictures (session);
  return !limen_pictures_session_busy (session) &&
         !limen_detector_session_busy (limen_pictures_session_detector (session), NULL) &&
         limen_pictures_n (pictures) > 0 && !limen_pictures_wait (pictures);
}

static void
test_a_dropped_picture_is_scored_and_no_set_is_touched (void)
{
  World world;
  begin (&world);
  drop_all (&world);
  LimenPicturesSession *session = limen_pictures_session_new (world.session);
  g_autofree char *small = write_picture (world.folder, "normal.pgm", SIDE);
  g_autofree char *large = write_picture (world.folder, "large.pgm", 3 * SIDE);
  limen_pictures_session_open (session, (const char *[]){small, large, NULL});
  wait_until (is_done, session);
  const LimenPictures *pictures = limen_pictures_session_pictures (session);
  guint n;
  g_autofree double *expected = scores_of (world.flow, small, &n);
  g_assert_cmpuint (limen_pictures_n (pictures), ==, 2);
  g_assert_cmpfloat (limen_pictures_at (pictures, 0)->score, ==, expected[0]);
  g_assert_null (limen_pictures_at (pictures, 0)->told);
  g_assert_cmpstr (limen_pictures_at (pictures, 1)->told, ==, "scaled to 8 × 8");
  g_assert_cmpuint (experiment_of (&world)->scores[LIMEN_SET_NORMAL]->n, ==, 60);
  g_assert_cmpuint (experiment_of (&world)->scores[LIMEN_SET_ANOMALY]->n, ==, 40);
  g_assert_null (world.asked);
  g_autofree char *line =
      limen_picture_line (limen_pictures_at (pictures, 0), detector_of (&world));
  g_assert_nonnull (strstr (line, "nats · "));
  g_assert_nonnull (strstr (line, " · p = "));
  let_go (session);
  end (&world);
}

static gboolean
same_drawing (const LimenTold *a, const LimenTold *b)
{
  const LimenTold *told[] = {a, b};
  cairo_surface_t *surface[2];
  for (int i = 0; i < 2; i++) {
    surface[i] = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 600, 400);
    cairo_t *cr = cairo_create (surface[i]);
    told[i]->draw (cr, limen_scheme (FALSE, FALSE), 600, 400, told[i]->data);
    cairo_destroy (cr);
    cairo_surface_flush (surface[i]);
  }
  gsize n = (gsize)cairo_image_surface_get_stride (surface[0]) * 400;
  gboolean same = memcmp (cairo_image_surface_get_data (surface[0]),
                          cairo_image_surface_get_data (surface[1]), n) == 0;
  cairo_surface_destroy (surface[0]);
  cairo_surface_destroy (surface[1]);
  return same;
}

/* What leaves the program has them, as the page shows them. */
static void
test_exports_tell_of_pictures (void)
{
  World world;
  begin (&world);
  drop_all (&world);
  LimenPicturesSession *session = limen_pictures_session_new (world.session);
  g_autofree char *one = write_picture (world.folder, "one, of two.pgm", SIDE);
  limen_pictures_session_open (session, (const char *[]){one, NULL});
  wait_until (is_done, session);
  g_auto (LimenTold) without = limen_detector_session_told (world.session, NULL);
  g_auto (LimenTold) told = limen_pictures_session_told (session, NULL);
  g_autofree char *table = g_build_filename (world.folder, "scores.csv", NULL), *text = NULL;
  g_autofree char *plain = g_build_filename (world.folder, "plain.csv", NULL), *before = NULL;
  g_assert_true (limen_told_save_table (&told, table, NULL));
  g_assert_true (limen_told_save_table (&without, plain, NULL));
  g_assert_true (g_file_get_contents (table, &text, NULL, NULL));
  g_assert_true (g_file_get_contents (plain, &before, NULL, NULL));
  g_assert_true (g_str_has_prefix (text, before));
  double score = limen_pictures_at (limen_pictures_session_pictures (session), 0)->score;
  LimenSingle single = {detector_of (&world), score};
  guint n, n_as_unusual = limen_single_n_as_unusual (&single, &n);
  g_autofree char *row = g_strdup_printf (
      "picture,\"one, of two.pgm\",%.6f,%s,%.12g,%.12g,\n", score,
      score < single.detector->threshold ? "flagged" : "kept", (1.0 + n_as_unusual) / (1.0 + n),
      limen_p_value_conditional (n_as_unusual, n, LIMEN_USUAL_DELTA));
  g_assert_cmpstr (text + strlen (before), ==, row);
  tell_now (&told);
  g_assert_nonnull (strstr (told_value (&told, "Single pictures"), "one, of two.pgm: "));
  g_assert_false (same_drawing (&told, &without));
  let_go (session);
  end (&world);
}

/* All else goes where it went before: folders and arrays, alone or with pictures. */
static void
test_sets_go_on_to_the_sets (void)
{
  World world;
  begin (&world);
  LimenPicturesSession *session = limen_pictures_session_new (world.session);
  g_autofree char *picture = write_picture (world.folder, "one.pgm", SIDE);
  limen_pictures_session_open (session, (const char *[]){world.flow, NULL});
  limen_pictures_session_open (session, (const char *[]){world.normal, world.anomaly, NULL});
  limen_pictures_session_open (session, (const char *[]){picture, NULL});
  wait_until (is_done, session);
  assert_scores (experiment_of (&world)->scores[LIMEN_SET_NORMAL], world.flow, world.normal);
  assert_scores (experiment_of (&world)->scores[LIMEN_SET_ANOMALY], world.flow, world.anomaly);
  g_assert_cmpuint (limen_pictures_n (limen_pictures_session_pictures (session)), ==, 1);
  let_go (session);
  end (&world);
}

/* Ten pictures are a set: whether of normal images, is asked. */
static gboolean
is_asked (gpointer data)
{
  return ((World *)data)->asked != NULL;
}

static void
test_more_than_nine_are_a_set (void)
{
  World world;
  begin (&world);
  LimenPicturesSession *session = limen_pictures_session_new (world.session);
  g_autoptr (GPtrArray) paths = g_ptr_array_new_null_terminated (10, g_free, TRUE);
  for (guint i = 0; i <= LIMEN_MOST_PICTURES; i++) {
    g_autofree char *name = g_strdup_printf ("x%u.pgm", i);
    g_ptr_array_add (paths, write_picture (world.folder, name, SIDE));
  }
  limen_pictures_session_open (session, (const char *const *)paths->pdata);
  wait_until (is_asked, &world);
  g_assert_cmpuint (limen_pictures_n (limen_pictures_session_pictures (session)), ==, 0);
  limen_detector_session_cancel (world.session);
  wait_until (is_idle, world.session);
  let_go (session);
  end (&world);
}

static gboolean
has_score_of_other_flow (gpointer data)
{
  LimenPicturesSession *session = data;
  LimenDetectorSession *detector = limen_pictures_session_detector (session);
  return is_done (session) &&
         strstr (limen_nice_path (limen_detector_session_experiment (detector)->flow), "other");
}

static void
test_pictures_wait_for_a_flow_and_follow_the_next (void)
{
  World world;
  begin (&world);
  LimenPicturesSession *session = limen_pictures_session_new (world.session);
  g_autoptr (LimenDrawing) empty = limen_drawing_new ();
  g_autoptr (LimenDrawing) dot = limen_drawing_with_point (empty, 0.5, 0.5, TRUE);
  limen_pictures_session_draw (session, dot);
  const LimenSinglePicture *drawn =
      limen_pictures_drawn (limen_pictures_session_pictures (session));
  g_autofree char *waiting = limen_picture_line (drawn, NULL);
  g_assert_cmpstr (waiting, ==, "waits for a flow to score it");
  drop (&world, LIMEN_N_SETS, world.flow, NULL, NULL);
  wait_until (is_done, session);
  drawn = limen_pictures_drawn (limen_pictures_session_pictures (session));
  double first = drawn->score;
  g_autofree char *alone = limen_picture_line (drawn, detector_of (&world));
  g_assert_true (g_str_has_suffix (alone, " nats · no normal images yet to judge it by"));
  g_assert_cmpuint (limen_image_set_width (drawn->image), ==, SIDE);
  g_autofree char *other = write_flow (world.folder, "other.safetensors", 2);
  drop (&world, LIMEN_N_SETS, other, NULL, NULL);
  wait_until (has_score_of_other_flow, session);
  drawn = limen_pictures_drawn (limen_pictures_session_pictures (session));
  g_assert_cmpfloat (drawn->score, !=, first);
  let_go (session);
  end (&world);
}

/* The normal images are inverted: so are pictures in files, and not what is drawn. */
static void
test_pictures_are_read_as_the_normal_images (void)
{
  World world;
  begin (&world);
  drop_all (&world);
  LimenPicturesSession *session = limen_pictures_session_new (world.session);
  g_autofree char *path = write_picture (world.folder, "one.pgm", SIDE);
  limen_pictures_session_open (session, (const char *[]){path, NULL});
  wait_until (is_done, session);
  double plain = limen_pictures_at (limen_pictures_session_pictures (session), 0)->score;
  limen_detector_session_invert (world.session, LIMEN_SET_NORMAL);
  wait_until (is_idle, world.session);
  wait_until (is_done, session);
  const LimenSinglePicture *picture =
      limen_pictures_at (limen_pictures_session_pictures (session), 0);
  g_assert_cmpfloat (picture->score, !=, plain);
  g_assert_cmpstr (picture->told, ==, "inverted, as the normal images are");
  let_go (session);
  end (&world);
}

static void
test_what_is_no_picture_after_all_says_why (void)
{
  World world;
  begin (&world);
  drop_all (&world);
  LimenPicturesSession *session = limen_pictures_session_new (world.session);
  g_autofree char *path = write_file (world.folder, "cut.pgm", "P5\n8 8\n255\nabc", 14);
  limen_pictures_session_open (session, (const char *[]){path, NULL});
  wait_until (is_done, session);
  const LimenSinglePicture *picture =
      limen_pictures_at (limen_pictures_session_pictures (session), 0);
  g_autofree char *line = limen_picture_line (picture, detector_of (&world));
  g_assert_true (isnan (picture->score));
  g_assert_nonnull (strstr (line, "cut.pgm"));
  g_assert_true (g_str_has_suffix (line, "."));
  let_go (session);
  end (&world);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#undef ADD
#define ADD(name) g_test_add_func ("/detector-pictures/" #name, test_##name)
  ADD (a_dot_is_round_and_white_on_black);
  ADD (a_stroke_is_whole_at_any_size);
  ADD (the_last_stroke_is_taken_back);
  ADD (files_come_in_order_and_nine_at_most);
  ADD (scores_of_an_older_drawing_are_shown_and_wait_on);
  ADD (a_dropped_picture_is_scored_and_no_set_is_touched);
  ADD (exports_tell_of_pictures);
  ADD (sets_go_on_to_the_sets);
  ADD (more_than_nine_are_a_set);
  ADD (pictures_wait_for_a_flow_and_follow_the_next);
  ADD (pictures_are_read_as_the_normal_images);
  ADD (what_is_no_picture_after_all_says_why);
  return g_test_run ();
}
