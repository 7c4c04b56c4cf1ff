/* The study of the page by each side of a measure: orders, slider, range, words, pictures, files.
 */
#include "model/detect/report.h"
#include "tests/model/sides.h"
#include "tests/study/detector-files.h"
#include "ui/study/detector/measure-words.h"
#include "ui/study/detector/pictures.h"
#include "ui/study/detector/slider.h"

#include <string.h>

static const LimenSplit ordered = {LIMEN_SPLIT_ORDERED, 0};

/* 0 to 19 of the normal set, of which 10 to 19 are the validation half, with mean 14.5 */
static LimenScores *
normal_of (LimenSide side, double scale)
{
  double value[20];
  for (guint i = 0; i < 20; i++)
    value[i] = scale * (i < 10 ? (i * 7) % 10 + 9 : i);
  return limen_scores_new_of (measure_of_side (side), "normal", value, 20);
}

static LimenScores *
anomaly_of (LimenSide side, double scale)
{
  const double value[] = {30 * scale, 14 * scale, -2 * scale, 20 * scale, 14 * scale};
  return limen_scores_new_of (measure_of_side (side), "anomaly", value, 5);
}

static LimenDetector *
detector_of (LimenSide side, double scale, LimenRule rule)
{
  g_autoptr (LimenScores) normal = normal_of (side, scale), anomaly = anomaly_of (side, scale);
  return limen_detector_new (normal, anomaly, ordered, rule);
}

/* -- orders -- */

static void
test_the_most_unusual_come_first (void)
{
  static const guint32 expected[N_SIDES][5] = {
      {2, 1, 4, 3, 0}, /* −2, 14, 14, 20, 30 */
      {0, 3, 1, 4, 2},
      {2, 0, 3, 1, 4}, /* 16.5, 15.5, 5.5 and 0.5 from 14.5 */
  };
  for (LimenSide side = 0; side < N_SIDES; side++) {
    g_autoptr (LimenScores) normal = normal_of (side, 1), anomaly = anomaly_of (side, 1);
    g_autoptr (LimenAnalysis) analysis =
        limen_analysis_new ((LimenScores *[LIMEN_N_SETS]){normal, anomaly}, ordered,
                            (LimenRule){LIMEN_RULE_SIGMAS, 3}, 0, NULL, NULL);
    g_assert_cmpmem (analysis->order[LIMEN_SET_ANOMALY], sizeof expected[side], expected[side],
                     sizeof expected[side]);
  }
}

/* What the strips rely on: at any threshold those that are flagged are the first ones. */
static void
test_what_is_flagged_is_the_beginning_of_the_order (void)
{
  for (LimenSide side = 0; side < N_SIDES; side++) {
    g_autoptr (LimenScores) normal = normal_of (side, 1), anomaly = anomaly_of (side, 1);
    for (double t = -5; t < 35; t += 0.75) {
      g_autoptr (LimenAnalysis) analysis =
          limen_analysis_new ((LimenScores *[LIMEN_N_SETS]){normal, anomaly}, ordered,
                              (LimenRule){LIMEN_RULE_VALUE, t}, 0, NULL, NULL);
      const LimenDetector *d = analysis->detector;
      guint n[] = {limen_detector_type_1 (d).errors, 5 - limen_detector_type_2 (d).errors};
      for (LimenSetRole role = 0; role < LIMEN_N_LABELLED; role++) {
        const LimenScores *all = role == LIMEN_SET_NORMAL ? normal : anomaly;
        guint end = role == LIMEN_SET_NORMAL ? d->normal->n : anomaly->n;
        for (guint i = 0; i < end; i++)
          g_assert_true (is_flagged_by (side, d->mean, t, all->value[analysis->order[role][i]]) ==
                         (i < n[role]));
      }
    }
  }
}

/* -- the slider, and where it goes -- */

static void
test_the_slider_says_unit_and_side (void)
{
  static const struct {
    LimenSide side;
    LimenRule rule;
    double scale;
    const char *text;
  } cases[] = {
      {LIMEN_SIDE_LOW, {LIMEN_RULE_SIGMAS, 2}, 1, "8.4 nats, 2 standard deviations below the mean"},
      {LIMEN_SIDE_HIGH, {LIMEN_RULE_SIGMAS, 2}, 1, "20.56, 2 standard deviations above the mean"},
      {LIMEN_SIDE_HIGH,
       {LIMEN_RULE_SIGMAS, 2},
       1e-3,
       "0.02056, 2 standard deviations above the mean"},
      {LIMEN_SIDE_BOTH,
       {LIMEN_RULE_SIGMAS, 2},
       1,
       "8.44 and 20.56 bits, 2 standard deviations on either side of the mean"},
      {LIMEN_SIDE_BOTH, {LIMEN_RULE_VALUE, 14.5}, 1, "14.50 bits, the mean"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (LimenDetector) detector = detector_of (cases[i].side, cases[i].scale, cases[i].rule);
    g_autofree char *text = limen_slider_text (detector);
    g_assert_cmpstr (text, ==, cases[i].text);
  }
}

/* Either of two lines is three deviations from the mean. */
static void
test_it_is_back_on_either_line (void)
{
  g_autoptr (LimenDetector) usual =
      detector_of (LIMEN_SIDE_BOTH, 1, (LimenRule){LIMEN_RULE_SIGMAS, LIMEN_USUAL_SIGMAS});
  LimenLines lines = limen_detector_lines (usual);
  const double at[] = {lines.low, lines.high, lines.high + 1, 14.5};
  for (guint i = 0; i < G_N_ELEMENTS (at); i++) {
    g_autoptr (LimenDetector) moved =
        limen_detector_with_rule (usual, (LimenRule){LIMEN_RULE_VALUE, at[i]});
    g_assert_true (limen_can_go_back (moved) == (i >= 2));
  }
}

/* Nats are whole numbers; of another measure the range keeps to the scores, whatever their size. */
static void
test_the_range_is_of_the_size_of_the_scores (void)
{
  for (LimenSide side = 0; side < N_SIDES; side++)
    for (double scale = 1e-9; scale < 1e10; scale *= 1e3) {
      g_autoptr (LimenDetector) d = detector_of (side, scale, (LimenRule){LIMEN_RULE_SIGMAS, 1});
      LimenThresholdRange range = limen_threshold_range (d, d->threshold);
      double low = -2 * scale, high = 30 * scale, size = high - low;
      g_assert_cmpfloat (range.low, <, low);
      g_assert_cmpfloat (range.high, >, high);
      g_assert_cmpfloat (range.step, >, 0);
      if (side == LIMEN_SIDE_LOW) {
        g_assert_cmpfloat (range.low, ==, floor (low - 0.01 * fmax (size, 1)));
        g_assert_cmpfloat (range.high, ==, ceil (high + 0.01 * fmax (size, 1)));
        continue;
      }
      g_assert_cmpfloat (range.low, >, low - 0.05 * size);
      g_assert_cmpfloat (range.high, <, high + 0.05 * size);
      g_assert_cmpfloat (range.step, >, d->std / 100);
      g_assert_cmpfloat (range.step, <, d->std / 25);
    }
}

static void
test_a_range_without_a_spread (void)
{
  static const double same[] = {5, 5, 5, 5};
  for (double scale = 0; scale < 3; scale++) {
    double value[4];
    for (guint i = 0; i < 4; i++)
      value[i] = same[i] * scale;
    g_autoptr (LimenScores) scores =
        limen_scores_new_of (measure_of_side (LIMEN_SIDE_HIGH), "same", value, 4);
    g_autoptr (LimenDetector) d =
        limen_detector_new (scores, NULL, ordered, (LimenRule){LIMEN_RULE_SIGMAS, 3});
    LimenThresholdRange range = limen_threshold_range (d, d->mean);
    g_assert_cmpfloat (range.low, <, 5 * scale);
    g_assert_cmpfloat (range.high, >, 5 * scale);
    g_assert_cmpfloat (range.step, >, 0);
    g_assert_cmpfloat (range.step, <, range.high - range.low);
  }
}

/* -- words -- */

static void
test_no_word_is_of_another_measure (void)
{
  for (LimenSide side = 0; side < N_SIDES; side++) {
    g_auto (LimenMeasureWords) words = limen_measure_words (measure_of_side (side));
    const char *all[] = {words.histogram, words.threshold,  words.validation,
                         words.beside,    words.deviations, words.invitation,
                         words.squeezed,  words.auroc,      words.back};
    for (guint i = 0; i < G_N_ELEMENTS (all); i++) {
      g_autofree char *lower = g_ascii_strdown (all[i], -1);
      g_assert_cmpuint (strlen (lower), >, 5);
      if (side != LIMEN_SIDE_LOW) {
        g_assert_null (strstr (lower, "nats"));
        g_assert_null (strstr (lower, "likelihood"));
        g_assert_null (strstr (lower, "below"));
      }
      if (side != LIMEN_SIDE_HIGH)
        g_assert_true (!strstr (lower, "above") || side == LIMEN_SIDE_LOW);
    }
  }
  g_auto (LimenMeasureWords) low = limen_measure_words (limen_measure_log_likelihood ());
  g_assert_cmpstr (low.histogram, ==, "Histogram of log-likelihoods");
  g_assert_cmpstr (low.threshold, ==, "Threshold in nats");
  g_assert_cmpstr (low.validation, ==, "mean ± std, nats");
  g_auto (LimenMeasureWords) high = limen_measure_words (measure_of_side (LIMEN_SIDE_HIGH));
  g_assert_cmpstr (high.histogram, ==, "Histogram of distance to the nearest");
  g_assert_cmpstr (high.threshold, ==, "Threshold");
  g_assert_cmpstr (high.validation, ==, "mean ± std");
}

/* -- pictures -- */

static void
test_a_picture_is_among_scores_of_its_measure (void)
{
  g_autoptr (LimenDetector) low = detector_of (LIMEN_SIDE_LOW, 1, (LimenRule){LIMEN_RULE_VALUE, 9});
  g_autoptr (LimenDetector) high =
      detector_of (LIMEN_SIDE_HIGH, 1, (LimenRule){LIMEN_RULE_VALUE, 9});
  const LimenSinglePicture picture = {.name = (char *)"a.png",
                                      .score = 5,
                                      .is_done = TRUE,
                                      .measure = limen_measure_log_likelihood ()};
  const LimenSinglePicture none = {.name = (char *)"b.png", .score = NAN};
  g_autofree char *judged = limen_picture_line (&picture, low);
  g_autofree char *not_judged = limen_picture_line (&picture, high);
  g_autofree char *notes = limen_picture_notes (&picture, high);
  g_assert_cmpstr (judged, ==, "5.0 nats · flagged · p = 0.048");
  g_assert_cmpstr (not_judged, ==,
                   "5.0 nats · not judged, as the normal images are by their distance to the "
                   "nearest");
  g_assert_cmpstr (notes, ==, "a.png\nIt has no rank among scores of another kind");
  g_assert_true (limen_picture_is_among (&picture, low));
  g_assert_true (limen_picture_is_among (&picture, NULL));
  g_assert_false (limen_picture_is_among (&picture, high));
  g_assert_false (limen_picture_is_among (&none, low));
}

/* -- files -- */

typedef struct {
  char *folder, *flow, *normal, *anomaly;
  LimenNice *nice;
  LimenImageSet *images[LIMEN_N_LABELLED];
} Files;

static LimenImageSet *
load (const char *path)
{
  g_autoptr (GError) error = NULL;
  const char *paths[] = {path, NULL};
  LimenImageSetOptions options = {.width = SIDE, .height = SIDE};
  LimenImageSet *set = limen_image_set_load (paths, &options, NULL, NULL, &error);
  g_assert_no_error (error);
  return set;
}

static void
begin (Files *files)
{
  g_autoptr (GError) error = NULL;
  files->folder = make_folder ();
  files->flow = write_flow (files->folder, "flow.safetensors", 1);
  files->normal = write_images (files->folder, "normal.npy", 20, 1);
  files->anomaly = write_images (files->folder, "anomaly.npy", 5, 2);
  files->nice = limen_nice_load (files->flow, NULL, &error);
  g_assert_no_error (error);
  files->images[LIMEN_SET_NORMAL] = load (files->normal);
  files->images[LIMEN_SET_ANOMALY] = load (files->anomaly);
}

static void
end (Files *files)
{
  remove_folder (files->folder);
  limen_nice_unref (files->nice);
  limen_image_set_unref (files->images[LIMEN_SET_NORMAL]);
  limen_image_set_unref (files->images[LIMEN_SET_ANOMALY]);
  g_free (files->folder);
  g_free (files->flow);
  g_free (files->normal);
  g_free (files->anomaly);
}

static LimenReport
report_of (const Files *files, const LimenDetector *detector)
{
  return (LimenReport){.detector = detector,
                       .nice = files->nice,
                       .normal = {files->images[LIMEN_SET_NORMAL], NULL},
                       .anomaly = {files->images[LIMEN_SET_ANOMALY], NULL}};
}

/* (transfer full) (nullable): what follows @key in the object "score" of @json, to the end of its
 * line */
static char *
member_of_score (const char *json, const char *key)
{
  const char *begin = strstr (json, "\"score\"");
  g_assert_nonnull (begin);
  g_autofree char *object = g_strndup (begin, strcspn (begin, "}"));
  g_autofree char *quoted = g_strdup_printf ("\"%s\" : ", key);
  const char *at = strstr (object, quoted);
  return at ? g_strndup (at + strlen (quoted), strcspn (at + strlen (quoted), ",\n")) : NULL;
}

static void
test_json_says_what_was_scored (void)
{
  static const char *const expected[N_SIDES][4] = {
      {"\"log-likelihood\"", "\"nats\"", "\"low\"", NULL},
      {"\"distance\"", "\"\"", "\"high\"", NULL},
      {"\"balance\"", "\"bits\"", "\"both\"", "17.0"},
  };
  static const char *const keys[] = {"name", "unit", "side", "other_threshold"};
  Files files;
  begin (&files);
  for (LimenSide side = 0; side < N_SIDES; side++) {
    g_autoptr (LimenDetector) detector = detector_of (side, 1, (LimenRule){LIMEN_RULE_VALUE, 12});
    LimenReport report = report_of (&files, detector);
    g_autofree char *text = limen_report_json (&report);
    for (guint i = 0; i < G_N_ELEMENTS (keys); i++) {
      g_autofree char *value = member_of_score (text, keys[i]);
      g_assert_cmpstr (value, ==, expected[side][i]);
    }
    g_assert_nonnull (strstr (text, "\"threshold\" : 12"));
  }
  end (&files);
}

#define P_VALUES ",p_value,p_value_conditional,listed"

/* The column has the name, the verdict follows the side, and no digit of the score is lost. */
static void
test_the_table_follows_the_measure (void)
{
  static const char *const heads[N_SIDES] = {"set,image,log_likelihood,verdict" P_VALUES,
                                             "set,image,distance,verdict" P_VALUES,
                                             "set,image,balance,verdict" P_VALUES};
  Files files;
  begin (&files);
  for (LimenSide side = 0; side < N_SIDES; side++) {
    double scale = side == LIMEN_SIDE_LOW ? 1 : 0.1, t = 12 * scale;
    g_autoptr (LimenDetector) detector =
        detector_of (side, scale, (LimenRule){LIMEN_RULE_VALUE, t});
    g_autoptr (LimenScores) normal = normal_of (side, scale);
    LimenReport report = report_of (&files, detector);
    g_autofree char *path = g_build_filename (files.folder, "scores.csv", NULL), *text = NULL;
    g_assert_true (limen_report_save_scores (&report, path, NULL));
    g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
    g_auto (GStrv) rows = g_strsplit (text, "\n", -1);
    g_assert_cmpstr (rows[0], ==, heads[side]);
    for (guint i = 0; i < 20; i++) {
      g_auto (GStrv) fields = g_strsplit (rows[1 + i], ",", -1);
      double score = normal->value[i];
      g_assert_cmpfloat (g_ascii_strtod (fields[2], NULL), ==, score);
      g_assert_cmpstr (fields[3], ==,
                       is_flagged_by (side, detector->mean, t, score) ? "flagged" : "kept");
    }
  }
  end (&files);
}

static const char *
value_of (char **pairs, const char *key)
{
  for (; *pairs; pairs += 2)
    if (g_str_equal (pairs[0], key))
      return pairs[1];
  return NULL;
}

static void
test_pictures_say_unit_and_side (void)
{
  static const struct {
    LimenSide side;
    LimenRule rule;
    const char *title, *threshold;
  } cases[] = {
      {LIMEN_SIDE_LOW,
       {LIMEN_RULE_SIGMAS, 3},
       "Log-likelihoods under flow.safetensors",
       "5.417049 nats, set at 3 standard deviations below the mean"},
      {LIMEN_SIDE_LOW,
       {LIMEN_RULE_SIGMAS, -3},
       "Log-likelihoods under flow.safetensors",
       "23.582951 nats, set at 3 standard deviations above the mean"},
      {LIMEN_SIDE_HIGH,
       {LIMEN_RULE_SIGMAS, 3},
       "Distance to the nearest under flow.safetensors",
       "23.58295106, set at 3 standard deviations above the mean"},
      {LIMEN_SIDE_HIGH,
       {LIMEN_RULE_SIGMAS, -3},
       "Distance to the nearest under flow.safetensors",
       "5.417048938, set at 3 standard deviations below the mean"},
      {LIMEN_SIDE_HIGH,
       {LIMEN_RULE_VALUE, 0.25},
       "Distance to the nearest under flow.safetensors",
       "0.25, as given"},
      {LIMEN_SIDE_BOTH,
       {LIMEN_RULE_SIGMAS, 3},
       "Balance under flow.safetensors",
       "5.417048938 and 23.58295106 bits, set at 3 standard deviations on either side of the mean"},
      {LIMEN_SIDE_BOTH,
       {LIMEN_RULE_VALUE, 17},
       "Balance under flow.safetensors",
       "12 and 17 bits, as given"},
  };
  Files files;
  begin (&files);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (LimenDetector) detector = detector_of (cases[i].side, 1, cases[i].rule);
    LimenReport report = report_of (&files, detector);
    g_auto (GStrv) pairs = limen_report_picture_text (&report);
    g_assert_cmpstr (value_of (pairs, "Title"), ==, cases[i].title);
    g_assert_cmpstr (value_of (pairs, "Threshold"), ==, cases[i].threshold);
  }
  end (&files);
}

/* Scores of somebody's program: of no flow is anything told. */
static void
test_there_may_be_no_flow (void)
{
  g_autoptr (LimenDetector) detector =
      detector_of (LIMEN_SIDE_HIGH, 1, (LimenRule){LIMEN_RULE_VALUE, 12});
  LimenReport report = {.detector = detector};
  g_autofree char *json = limen_report_json (&report);
  g_auto (GStrv) pairs = limen_report_picture_text (&report);
  g_assert_nonnull (strstr (json, "\"model\" : null"));
  g_assert_cmpstr (value_of (pairs, "Title"), ==, "Distance to the nearest");
  g_assert_cmpstr (value_of (pairs, "Threshold"), ==, "12, as given");
  g_assert_null (value_of (pairs, "Model"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add_func ("/detector-sides/" #name, test_##name)
  ADD (the_most_unusual_come_first);
  ADD (what_is_flagged_is_the_beginning_of_the_order);
  ADD (the_slider_says_unit_and_side);
  ADD (it_is_back_on_either_line);
  ADD (the_range_is_of_the_size_of_the_scores);
  ADD (a_range_without_a_spread);
  ADD (no_word_is_of_another_measure);
  ADD (a_picture_is_among_scores_of_its_measure);
  ADD (json_says_what_was_scored);
  ADD (the_table_follows_the_measure);
  ADD (pictures_say_unit_and_side);
  ADD (there_may_be_no_flow);
  return g_test_run ();
}
