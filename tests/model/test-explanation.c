/* One image, explained: its place among normal images, the nearest of them, maps, and what is said.
 */
#include "model/data/npy.h"
#include "model/data/npy-save.h"
#include "model/explain/explain-report.h"
#include "tests/model/data-files.h"
#include "tests/model/random-nice.h"

#include <json-glib/json-glib.h>
#include <stdlib.h>

#define SIDE 6

/* -- the place of a score -- */

static LimenDetector *
detector_of (const double *value, guint n, LimenSide side)
{
  g_autoptr (LimenMeasure) measure = limen_measure_new ("m", "measure", "", side);
  g_autoptr (LimenScores) scores = limen_scores_new_of (measure, "normal", value, n);
  return limen_detector_new (scores, NULL, (LimenSplit){LIMEN_SPLIT_ORDERED, 0},
                             (LimenRule){LIMEN_RULE_SIGMAS, 1});
}

/* An image that is one of the normal ones is ranked among the others. */
static void
test_an_image_is_not_ranked_among_itself (void)
{
  const double value[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
  const guint n = G_N_ELEMENTS (value);
  for (LimenSide side = LIMEN_SIDE_LOW; side <= LIMEN_SIDE_HIGH; side++) {
    g_autoptr (LimenDetector) detector = detector_of (value, n, side);
    for (guint i = 0; i < n; i++) {
      guint others = side == LIMEN_SIDE_LOW ? i : n - 1 - i; /* more unusual than it */
      LimenSingle single = {detector, value[i], NULL};
      LimenExplainedScore one, stranger;
      limen_explained_score_init (&one, &single, TRUE);
      limen_explained_score_init (&stranger, &single, FALSE);
      g_assert_cmpuint (one.n, ==, n - 1);
      g_assert_cmpuint (one.n_as_unusual, ==, others);
      g_assert_cmpuint (stranger.n, ==, n);
      g_assert_cmpuint (stranger.n_as_unusual, ==, others + 1);
      g_assert_cmpfloat (limen_explained_score_p (&one), ==, (1.0 + others) / n);
      g_assert_cmpfloat_with_epsilon (limen_explained_score_place (&stranger),
                                      1 - (others + 1.0) / n, 1e-15);
      g_assert_true (one.has_threshold);
      g_assert_cmpint (one.flagged, ==, limen_single_is_flagged (&single));
      limen_explained_score_clear (&one);
      limen_explained_score_clear (&stranger);
    }
  }
}

static void
test_without_normal_images_there_is_no_rank (void)
{
  LimenSingle single = {NULL, -12.5, NULL};
  LimenExplainedScore score;
  limen_explained_score_init (&score, &single, FALSE);
  g_autofree char *rank = limen_explained_score_rank (&score);
  g_autofree char *text = limen_explained_score_text (&score);
  g_assert_cmpuint (score.n, ==, 0);
  g_assert_true (isnan (limen_explained_score_p (&score)));
  g_assert_true (isnan (limen_explained_score_place (&score)));
  g_assert_false (score.has_threshold || score.flagged);
  g_assert_cmpstr (rank, ==, "There are no normal images to rank it among");
  g_assert_cmpstr (text, ==, "−12.5 nats");
  limen_explained_score_clear (&score);
}

/* What is said of a rank is true of it, and each claim would be noticed where it does not hold. */
static void
test_ranks_are_told_as_they_are (void)
{
  guint n_claims, seen[8] = {0};
  const LimenClaim *claims = limen_explained_score_claims (&n_claims);
  for (guint n = 0; n < 6; n++)
    for (guint k = 0; k <= n; k++) {
      LimenExplainedScore score = {limen_measure_log_likelihood (), -1, k, n, 1, FALSE, FALSE};
      guint first = limen_claim_first (claims, n_claims, &score), holding = 0;
      g_autofree char *said = limen_explained_score_rank (&score);
      for (guint i = 0; i < n_claims; i++)
        holding += claims[i].holds (&score);
      g_assert_cmpuint (holding, ==, 1);
      seen[first]++;
      g_autofree char *ratio = g_strdup_printf ("p = %u/%u", k + 1, n + 1);
      g_autofree char *of = g_strdup_printf (" of %u normal", n);
      const char *who = n == 0 ? "There are no" : k == 0 ? "None" : k == n ? "All" : NULL;
      g_autofree char *some = k == 1 ? g_strdup ("One") : g_strdup_printf ("%u", k);
      g_assert_true (g_str_has_prefix (said, who ? who : some));
      g_assert_true (n == 0 || (strstr (said, ratio) && strstr (said, of)));
    }
  for (guint i = 0; i < n_claims; i++)
    g_assert_cmpuint (seen[i], >, 0);
}

/* -- the nearest -- */

static void
test_nearest_images_are_those_of_a_sort (void)
{
  g_autoptr (LimenImageSet) set = random_images (500, SIDE, SIDE, 5);
  for (guint itself = 0; itself < 500; itself += 83) {
    float row[SIDE * SIDE], other[SIDE * SIDE];
    double x[SIDE * SIDE], last = 0;
    LimenNearImage near[7];
    guint n = 0, closer = 0;
    limen_image_set_copy_rows (set, itself, 1, row);
    for (guint d = 0; d < SIDE * SIDE; d++)
      x[d] = row[d];
    g_assert_true (limen_nearest_images (set, x, itself, 7, near, &n, NULL, NULL));
    g_assert_cmpuint (n, ==, 7);
    for (guint k = 0; k < n; k++) {
      g_assert_cmpuint (near[k].index, !=, itself);
      g_assert_cmpfloat (near[k].distance, >=, last);
      last = near[k].distance;
    }
    for (guint i = 0; i < 500; i++) {
      double sum = 0;
      limen_image_set_copy_rows (set, i, 1, other);
      for (guint d = 0; d < SIDE * SIDE; d++)
        sum += (other[d] - x[d]) * (other[d] - x[d]);
      closer += i != itself && sqrt (sum) < last;
    }
    g_assert_cmpuint (closer, ==, 6);
    g_assert_true (limen_nearest_images (set, x, G_MAXUINT, 7, near, &n, NULL, NULL));
    g_assert_cmpuint (near[0].index, ==, itself);
    g_assert_cmpfloat (near[0].distance, ==, 0);
  }
}

static void
test_fewer_images_than_asked_for (void)
{
  g_autoptr (LimenImageSet) set = random_images (3, SIDE, SIDE, 5);
  double x[SIDE * SIDE] = {0};
  LimenNearImage near[7];
  guint n = 99;
  g_assert_true (limen_nearest_images (set, x, 1, 7, near, &n, NULL, NULL));
  g_assert_cmpuint (n, ==, 2);
}

/* -- all of it -- */

static LimenExplanation *
explain (gboolean with_flow, double goal)
{
  LimenNiceShape shape = {SIDE * SIDE, 12, 2, 3};
  g_autoptr (GError) error = NULL;
  LimenImageSet *set = random_images (40, SIDE, SIDE, 9);
  g_auto (LimenExplainInput) input = {.flow = with_flow ? random_nice (shape, 2) : NULL,
                                      .set = set,
                                      .normal = limen_image_set_ref (set),
                                      .index = 7,
                                      .itself = 7,
                                      .goal = goal};
  LimenSingle single = {NULL, -12.5, NULL};
  LimenExplainedScore score;
  limen_explained_score_init (&score, &single, FALSE);
  limen_explain_input_add_score (&input, &score);
  LimenExplanation *explanation = limen_explanation_new (&input, NULL, &error);
  g_assert_no_error (error);
  return explanation;
}

static void
test_maps_are_what_they_say (void)
{
  g_autoptr (LimenExplanation) explanation = explain (TRUE, NAN);
  const LimenNiceDetail *detail = explanation->detail;
  double lost = 0;
  for (LimenExplainMap kind = LIMEN_EXPLAIN_NONE + 1; kind < LIMEN_N_EXPLAIN_MAPS; kind++) {
    if (kind == LIMEN_EXPLAIN_WINDOWS)
      continue;
    g_autoptr (LimenExplainedMap) map = limen_explanation_map (explanation, kind);
    g_assert_cmpuint (map->columns, ==, SIDE);
    g_assert_cmpuint (map->rows, ==, SIDE);
    g_assert_cmpfloat (map->high, >, 0);
    g_assert_cmpfloat (map->low, ==,
                       map->both_ways ? -map->high
                       : map->spread  ? 1e-3 * map->high
                                      : 0);
    for (guint i = 0; i < SIDE * SIDE; i++) {
      double expected = kind == LIMEN_EXPLAIN_GRADIENT ? fabs (detail->gradient[i])
                        : kind == LIMEN_EXPLAIN_LATENTS
                            ? -2 * log (2) - detail->contribution[i]
                            : explanation->ascent->x[i] - explanation->pixel[i];
      g_assert_cmpfloat_with_epsilon (map->value[i], expected, 1e-6 * fmax (1, fabs (expected)));
      if (kind == LIMEN_EXPLAIN_LATENTS) {
        g_assert_cmpfloat (map->value[i], >=, 0);
        lost += map->value[i];
      }
    }
  }
  double peak = limen_explanation_peak (explanation);
  g_assert_cmpfloat_with_epsilon (peak - lost, detail->log_likelihood,
                                  1e-6 * fabs (detail->log_likelihood));
}

/* The map of windows: its largest value is the score, exactly, and where the picture was changed.
 */
static void
test_windows_are_mapped_at_the_size_of_the_picture (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LimenImageSet) set = random_images (12, 20, 16, 3);
  g_autoptr (LimenPhotos) photos = limen_photos_new_of_set (set);
  LimenWindowing windowing = {.size = 7, .stride = 1, .levels = 1, .top_k = 1};
  g_autoptr (LimenWindowModel) model =
      limen_window_model_new (LIMEN_WINDOW_NEAREST, &windowing, photos, 1, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (LimenPhoto) photo = limen_photos_get (photos, 2, NULL, &error);
  photo->pixels[9 * photo->width + 13] += 5; /* column 14, row 10 */
  g_autoptr (LimenExplanation) plain = explain (TRUE, NAN);
  g_assert_false (limen_explanation_has_map (plain, LIMEN_EXPLAIN_WINDOWS));
  g_autoptr (LimenExplanation) with =
      limen_explanation_with_windows (plain, model, photo, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (limen_explanation_has_map (with, LIMEN_EXPLAIN_WINDOWS));
  double low, high;
  limen_window_map_range (with->windows, &low, &high);
  g_assert_cmpfloat (with->window_score, ==, high);
  g_autoptr (LimenExplainedMap) map = limen_explanation_map (with, LIMEN_EXPLAIN_WINDOWS);
  g_assert_cmpuint (map->columns, ==, 20);
  g_assert_cmpuint (map->rows, ==, 16);
  g_assert_cmpfloat (map->high, ==, high);
  guint most = 0;
  for (guint i = 0; i < 20 * 16; i++)
    most = map->value[i] > map->value[most] ? i : most;
  g_assert_cmpint (abs ((int)(most % 20) - 13), <=, 3);
  g_assert_cmpint (abs ((int)(most / 20) - 9), <=, 3);
  /* all else stays, and neither borrows from the other */
  g_assert_cmpfloat (with->detail->log_likelihood, ==, plain->detail->log_likelihood);
  g_assert_true (with->detail->gradient != plain->detail->gradient);
  g_assert_cmpuint (with->n_scores, ==, plain->n_scores);
}

static void
test_colours_end_where_nearly_all_do (void)
{
  g_autoptr (LimenExplanation) explanation = explain (TRUE, NAN);
  double *gradient = explanation->detail->gradient;
  for (guint i = 0; i < SIDE * SIDE; i++)
    gradient[i] = i;
  g_autoptr (LimenExplainedMap) plain = limen_explanation_map (explanation, LIMEN_EXPLAIN_GRADIENT);
  g_assert_cmpfloat (plain->high, ==, SIDE * SIDE - 1);
  gradient[3] = 1e6; /* one pixel does not darken all others */
  g_autoptr (LimenExplainedMap) far = limen_explanation_map (explanation, LIMEN_EXPLAIN_GRADIENT);
  g_assert_cmpfloat (far->high, <, 100);
  for (guint i = 0; i < SIDE * SIDE; i++)
    gradient[i] = 0;
  g_autoptr (LimenExplainedMap) none = limen_explanation_map (explanation, LIMEN_EXPLAIN_GRADIENT);
  g_assert_cmpfloat (none->high, ==, 1);
}

static void
test_without_a_flow_there_are_no_maps (void)
{
  g_autoptr (LimenExplanation) explanation = explain (FALSE, NAN);
  g_autofree char *change = limen_explanation_change (explanation);
  g_assert_null (explanation->detail);
  g_assert_cmpuint (explanation->n_near, ==, LIMEN_EXPLAIN_NEAREST);
  for (LimenExplainMap kind = LIMEN_EXPLAIN_NONE; kind < LIMEN_N_EXPLAIN_MAPS; kind++)
    g_assert_cmpint (limen_explanation_has_map (explanation, kind), ==, kind == LIMEN_EXPLAIN_NONE);
  g_assert_nonnull (strstr (change, "Without a flow"));
}

/* -- what is said of the change -- */

static void
test_the_change_is_told_as_it_is (void)
{
  g_autoptr (LimenExplanation) free_climb = explain (TRUE, NAN);
  double first = free_climb->ascent->log_likelihood[0];
  double last = free_climb->ascent->log_likelihood[free_climb->ascent->n_steps];
  const struct {
    double goal;
    const char *begins;
  } cases[] = {{NAN, "Moved by 30 steps, it is "},
               {first - 1, "It is as likely as the median normal image, or more"},
               {first, "It is as likely as the median normal image, or more"},
               {(first + last) / 2, "Moved by "},
               {last + 1e6, "Moved by 30 steps, it is still "}};
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    guint n, holding = 0;
    const LimenClaim *claims = limen_explanation_claims (LIMEN_EXPLANATION_CHANGE, &n);
    g_autoptr (LimenExplanation) explanation = explain (TRUE, cases[i].goal);
    g_autofree char *said = limen_explanation_change (explanation);
    for (guint k = 0; k < n; k++)
      holding += claims[k].holds (explanation);
    g_test_message ("%s", said);
    g_assert_cmpuint (holding, ==, 1);
    g_assert_true (g_str_has_prefix (said, cases[i].begins));
    g_assert_cmpint (strstr (said, "still") != NULL, ==, i == 4);
    g_assert_cmpint (strstr (said, "as the median") != NULL, ==, i >= 1 && i <= 3);
  }
}

static void
test_pixels_that_change_are_counted (void)
{
  g_autoptr (LimenExplanation) explanation = explain (TRUE, NAN);
  for (guint i = 0; i < SIDE * SIDE; i++)
    explanation->ascent->x[i] = explanation->pixel[i];
  explanation->ascent->x[0] += 0.11;
  explanation->ascent->x[1] -= 0.11;
  explanation->ascent->x[2] += 0.09;
  g_assert_cmpuint (limen_explanation_n_changed (explanation, LIMEN_EXPLAIN_CHANGED), ==, 2);
}

/* -- sizes -- */

static void
test_what_does_not_fit_is_refused (void)
{
  LimenNiceShape shape = {SIDE * SIDE, 4, 1, 2};
  g_autoptr (GError) by_flow = NULL, by_normal = NULL;
  g_auto (LimenExplainInput) input = {.flow = random_nice (shape, 2),
                                      .set = random_images (2, 4, 4, 1),
                                      .itself = G_MAXUINT,
                                      .goal = NAN};
  g_assert_null (limen_explanation_new (&input, NULL, &by_flow));
  g_assert_error (by_flow, LIMEN_ERROR, LIMEN_ERROR_MISMATCH);
  assert_sentence (by_flow, "blobs");
  g_clear_pointer (&input.set, limen_image_set_unref);
  input.set = random_images (2, SIDE, SIDE, 1);
  input.normal = random_images (2, 4, 4, 1);
  g_assert_null (limen_explanation_new (&input, NULL, &by_normal));
  g_assert_error (by_normal, LIMEN_ERROR, LIMEN_ERROR_MISMATCH);
  assert_sentence (by_normal, "blobs");
}

/* -- files -- */

static void
test_maps_are_saved_for_numpy (void)
{
  g_autofree char *folder = make_folder (), *path = g_build_filename (folder, "map.npy", NULL);
  g_autoptr (LimenExplanation) explanation = explain (TRUE, NAN);
  g_autoptr (LimenExplainedMap) map = limen_explanation_map (explanation, LIMEN_EXPLAIN_LATENTS);
  g_autoptr (GError) error = NULL;
  g_assert_true (limen_explained_map_save (map, path, &error));
  char *data;
  gsize length;
  g_assert_true (g_file_get_contents (path, &data, &length, NULL));
  g_autoptr (GBytes) bytes = g_bytes_new_take (data, length);
  LimenArray array;
  g_assert_true (limen_npy_parse (bytes, "map.npy", &array, &error));
  g_assert_cmpuint (array.n_dims, ==, 2);
  g_assert_cmpuint (array.dims[0], ==, SIDE);
  g_assert_cmpuint (array.dims[1], ==, SIDE);
  g_assert_cmpuint (length % 64, ==, SIDE * SIDE * sizeof (float) % 64);
  g_assert_cmpmem (data + length - SIDE * SIDE * sizeof (float), SIDE * SIDE * sizeof (float),
                   map->value, SIDE * SIDE * sizeof (float));
  remove_folder (folder);
}

static void
test_the_report_says_the_same (void)
{
  g_autoptr (LimenExplanation) explanation = explain (TRUE, NAN);
  LimenExplainReport report = {.explanation = explanation};
  report.map_file[LIMEN_EXPLAIN_LATENTS] = "a-latents.npy";
  g_autofree char *json = limen_explain_report_json (&report);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_assert_true (json_parser_load_from_data (parser, json, -1, NULL));
  JsonObject *all = json_node_get_object (json_parser_get_root (parser));
  JsonObject *sum = json_object_get_object_member (all, "log_likelihood");
  JsonObject *likely = json_object_get_object_member (all, "towards_the_likely");
  double parts = json_object_get_double_member (sum, "latents") +
                 json_object_get_double_member (sum, "scales");
  g_assert_cmpfloat_with_epsilon (parts, explanation->detail->log_likelihood, 1e-9);
  g_assert_cmpfloat (json_object_get_double_member (sum, "value"), ==,
                     explanation->detail->log_likelihood);
  g_assert_cmpint (json_object_get_int_member (likely, "steps"), ==, explanation->ascent->n_steps);
  g_assert_true (json_object_get_null_member (likely, "goal"));
  g_assert_cmpuint (
      json_array_get_length (json_object_get_array_member (all, "nearest_normal_images")), ==,
      LIMEN_EXPLAIN_NEAREST);
  g_assert_cmpstr (
      json_object_get_string_member (json_object_get_object_member (all, "maps"), "latents"), ==,
      "a-latents.npy");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add_func ("/explanation/" #name, test_##name)
  ADD (an_image_is_not_ranked_among_itself);
  ADD (without_normal_images_there_is_no_rank);
  ADD (ranks_are_told_as_they_are);
  ADD (nearest_images_are_those_of_a_sort);
  ADD (fewer_images_than_asked_for);
  ADD (maps_are_what_they_say);
  ADD (windows_are_mapped_at_the_size_of_the_picture);
  ADD (colours_end_where_nearly_all_do);
  ADD (without_a_flow_there_are_no_maps);
  ADD (the_change_is_told_as_it_is);
  ADD (pixels_that_change_are_counted);
  ADD (what_does_not_fit_is_refused);
  ADD (maps_are_saved_for_numpy);
  ADD (the_report_says_the_same);
#undef ADD
  return g_test_run ();
}
