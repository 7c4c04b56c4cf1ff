/* Reports tell rule, promise, band, curve, and images without labels: in JSON, CSV and pictures. */
#include "model/detect/band.h"
#include "model/detect/report.h"
#include "model/detect/sentences-rule.h"
#include "sides.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <math.h>

#define N_NORMAL   300
#define N_ANOMALY  80
#define N_UNSORTED 40

/* -- a world -- */

typedef struct {
  LimenDetector *detector;
  LimenImageSet *normal, *anomaly, *mixed;
  LimenUnsorted *judged;
  LimenReportSingle single;
  LimenReport report;
} World;

static LimenScores *
drawn (GRand *rand, LimenSide side, guint n, double shift)
{
  double value[N_NORMAL];
  for (guint i = 0; i < n; i++)
    value[i] = shift + g_rand_double (rand) + g_rand_double (rand);
  return limen_scores_new_of (measure_of_side (side), "set", value, n);
}

static LimenImageSet *
images (const char *name, guint n)
{
  guint8 pixels[N_NORMAL] = {0};
  return limen_image_set_new_from_u8 (name, pixels, n, 1, 1);
}

static void
begin (World *world, LimenSide side, LimenRule rule, LimenPromise promise)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (6);
  double away = side == LIMEN_SIDE_LOW ? -1.5 : 1.5;
  g_autoptr (LimenScores) normal = drawn (rand, side, N_NORMAL, 0);
  g_autoptr (LimenScores) anomaly = drawn (rand, side, N_ANOMALY, away);
  g_autoptr (LimenScores) mixed = drawn (rand, side, N_UNSORTED, 1.5 * away);
  g_autoptr (LimenDetector) fixed =
      limen_detector_new (normal, anomaly, (LimenSplit){LIMEN_SPLIT_RANDOM, 1}, rule);
  world->detector = limen_detector_with_promise (fixed, promise);
  world->judged = limen_unsorted_new (world->detector, mixed, 0.1, 0.05);
  world->normal = images ("normal", N_NORMAL);
  world->anomaly = images ("anomaly", N_ANOMALY);
  world->mixed = images ("mixed", N_UNSORTED);
  world->single = (LimenReportSingle){"cat.png", mixed->value[0]};
  world->report = (LimenReport){.detector = world->detector,
                                .normal = {.images = world->normal},
                                .anomaly = {.images = world->anomaly},
                                .unsorted = {.images = world->mixed},
                                .n_not_finite = {0, 0, 0, 3},
                                .judged = world->judged,
                                .single = &world->single,
                                .n_singles = 1};
}

static void
end (World *world)
{
  limen_detector_free (world->detector);
  limen_unsorted_unref (world->judged);
  limen_image_set_unref (world->normal);
  limen_image_set_unref (world->anomaly);
  limen_image_set_unref (world->mixed);
}

/* -- reading -- */

static JsonNode *
parse (const LimenReport *report)
{
  g_autofree char *text = limen_report_json (report);
  g_autoptr (GError) error = NULL;
  JsonNode *root = json_from_string (text, &error);
  g_assert_no_error (error);
  return root;
}

/* "band/type_1/0" */
static JsonNode *
node_at (JsonNode *node, const char *path)
{
  g_auto (GStrv) part = g_strsplit (path, "/", -1);
  for (guint i = 0; part[i]; i++) {
    if (JSON_NODE_HOLDS_ARRAY (node))
      node = json_array_get_element (json_node_get_array (node), (guint)atoi (part[i]));
    else
      node = json_object_get_member (json_node_get_object (node), part[i]);
    g_assert_nonnull (node);
  }
  return node;
}

static double
number_at (JsonNode *root, const char *path)
{
  return json_node_get_double (node_at (root, path));
}

static const char *
text_at (JsonNode *root, const char *path)
{
  return json_node_get_string (node_at (root, path));
}

static guint
length_at (JsonNode *root, const char *path)
{
  return json_array_get_length (json_node_get_array (node_at (root, path)));
}

/* -- tests -- */

static void
test_rule_and_promise (void)
{
  static const struct {
    LimenRule rule;
    const char *text;
    double needed;
    gboolean given;
  } table[] = {
      {{LIMEN_RULE_SIGMAS, 2}, "sigmas:2", 2, FALSE},
      {{LIMEN_RULE_VALUE, 0.5}, "value:0.5", 0, TRUE},
      {{LIMEN_RULE_FALSE_ALARMS, 0.05, 0.95}, "false-alarms:0.05,0.95", 59, FALSE},
      {{LIMEN_RULE_CONFORMAL, 0.001}, "conformal:0.001", 999, FALSE},
      {{LIMEN_RULE_COST, 10, 1, 0.05}, "cost:10,1,0.05", 1, FALSE},
      {{LIMEN_RULE_LEAST_ERRORS}, "least-errors", 1, FALSE},
  };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    World world;
    gboolean looking = i % 2;
    begin (&world, LIMEN_SIDE_LOW, table[i].rule,
           looking ? LIMEN_PROMISE_LOOKING : LIMEN_PROMISE_FIXED);
    g_autoptr (JsonNode) root = parse (&world.report);
    g_autofree char *promise = limen_rule_promise (world.detector),
                    *name = limen_rule_name (table[i].rule, LIMEN_SIDE_LOW);
    g_assert_cmpstr (text_at (root, "promise"), ==, looking ? "looking" : "fixed");
    g_assert_cmpstr (text_at (root, "rule/text"), ==, table[i].text);
    g_assert_cmpstr (text_at (root, "rule/name"), ==, name);
    g_assert_cmpstr (text_at (root, "rule/promise"), ==, promise);
    g_assert_cmpfloat (number_at (root, "rule/needed"), ==, table[i].needed);
    g_assert_true (json_node_get_boolean (node_at (root, "threshold_given")) == table[i].given);
    g_assert_true (json_node_is_null (node_at (root, "sigmas")) ==
                   (table[i].rule.kind != LIMEN_RULE_SIGMAS));
    g_assert_true (json_node_is_null (node_at (root, "threshold")) ==
                   (table[i].rule.kind == LIMEN_RULE_CONFORMAL)); /* of 150 images */
    end (&world);
  }
}

/* The band stands there whatever was promised; it is the interval where the line was chosen by
 * looking. */
static void
test_bands (void)
{
  for (LimenPromise promise = LIMEN_PROMISE_FIXED; promise <= LIMEN_PROMISE_LOOKING; promise++) {
    World world;
    begin (&world, LIMEN_SIDE_HIGH, (LimenRule){LIMEN_RULE_SIGMAS, 1}, promise);
    g_autoptr (JsonNode) root = parse (&world.report);
    double low, high;
    guint k = (guint)number_at (root, "type_1/errors");
    limen_band (k, N_NORMAL / 2, 0.95, &low, &high);
    g_assert_cmpfloat (number_at (root, "band/type_1/0"), ==, low);
    g_assert_cmpfloat (number_at (root, "band/type_1/1"), ==, high);
    g_assert_cmpfloat (number_at (root, "band/eta_1"), ==, limen_band_eta (N_NORMAL / 2, 0.95));
    g_assert_cmpfloat (number_at (root, "band/eta_2"), ==, limen_band_eta (N_ANOMALY, 0.95));
    gboolean same = number_at (root, "type_1/interval/1") == high &&
                    number_at (root, "type_2/interval/1") == number_at (root, "band/type_2/1");
    g_assert_true (same == (promise == LIMEN_PROMISE_LOOKING));
    end (&world);
  }
}

/* Each point flags what the report says of it. */
static void
test_curves (void)
{
  for (LimenSide side = LIMEN_SIDE_LOW; side < N_SIDES; side++) {
    World world;
    begin (&world, side, (LimenRule){LIMEN_RULE_SIGMAS, 1}, LIMEN_PROMISE_FIXED);
    g_autoptr (JsonNode) root = parse (&world.report);
    guint n = length_at (root, "curve/threshold"), n_checked = 0;
    g_assert_cmpfloat_with_epsilon (number_at (root, "curve/auroc"), number_at (root, "auroc"),
                                    1e-12);
    for (guint i = 0; i < n; i += 7) {
      g_autofree char *at = g_strdup_printf ("curve/threshold/%u", i),
                      *normal = g_strdup_printf ("curve/flagged_normal/%u", i),
                      *anomaly = g_strdup_printf ("curve/flagged_anomalies/%u", i),
                      *low = g_strdup_printf ("curve/type_2_low/%u", i),
                      *high = g_strdup_printf ("curve/type_2_high/%u", i);
      if (json_node_is_null (node_at (root, at)))
        continue;
      g_autoptr (LimenDetector) moved = limen_detector_with_rule (
          world.detector, (LimenRule){LIMEN_RULE_VALUE, number_at (root, at)});
      LimenErrorRate one = limen_detector_type_1 (moved), two = limen_detector_type_2 (moved);
      g_assert_cmpfloat (number_at (root, normal), ==, one.errors);
      g_assert_cmpfloat (number_at (root, anomaly), ==, two.n - two.errors);
      g_assert_true (number_at (root, low) <= two.rate && two.rate <= number_at (root, high));
      n_checked++;
    }
    g_assert_cmpuint (n_checked, >, 20);
    end (&world);
  }
}

static void
test_unsorted_images (void)
{
  World world;
  begin (&world, LIMEN_SIDE_LOW, (LimenRule){LIMEN_RULE_SIGMAS, 1}, LIMEN_PROMISE_FIXED);
  g_autoptr (JsonNode) root = parse (&world.report);
  guint flagged = 0, listed = 0;
  g_assert_cmpstr (text_at (root, "sets/2/role"), ==, "unsorted");
  g_assert_cmpfloat (number_at (root, "sets/2/n"), ==, N_UNSORTED);
  g_assert_cmpfloat (number_at (root, "sets/2/not_finite"), ==, 3);
  g_assert_cmpfloat (number_at (root, "unsorted/normal_images"), ==, N_NORMAL);
  g_assert_cmpuint (length_at (root, "unsorted/images"), ==, N_UNSORTED);
  for (guint i = 0; i < N_UNSORTED; i++) {
    g_autofree char *at = g_strdup_printf ("unsorted/images/%u", i);
    JsonNode *one = node_at (root, at);
    double score = number_at (one, "score");
    g_autofree char *name = limen_image_set_image_name (world.mixed, i);
    g_assert_cmpstr (text_at (one, "image"), ==, name);
    g_assert_cmpfloat (score, ==, world.judged->scores->value[i]);
    g_assert_cmpfloat (number_at (one, "p_value"), ==, world.judged->p[i]);
    g_assert_cmpfloat (number_at (one, "p_value_conditional"), >, world.judged->p[i]);
    g_assert_true (json_node_get_boolean (node_at (one, "flagged")) ==
                   (score < world.detector->threshold));
    flagged += json_node_get_boolean (node_at (one, "flagged"));
    listed += json_node_get_boolean (node_at (one, "listed"));
  }
  g_assert_cmpfloat (number_at (root, "unsorted/flagged"), ==, flagged);
  g_assert_cmpfloat (number_at (root, "unsorted/listed"), ==, listed);
  g_assert_cmpuint (listed, >, 0);
  end (&world);
}

/* Nothing that is not there is told: no list, no curve, no verdict. */
static void
test_what_there_is_not (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autoptr (LimenScores) few = drawn (rand, LIMEN_SIDE_LOW, 1, 0);
  g_autoptr (LimenDetector) detector =
      limen_detector_new_with_validation (few, NULL, NULL, (LimenRule){LIMEN_RULE_SIGMAS, 1});
  g_autoptr (LimenUnsorted) judged = limen_unsorted_new (detector, few, 0.1, 0.05);
  LimenReport report = {.detector = detector};
  g_autoptr (JsonNode) root = parse (&report);
  g_assert_false (json_object_has_member (json_node_get_object (root), "unsorted"));
  g_assert_true (json_node_is_null (node_at (root, "curve")));
  g_assert_true (json_node_is_null (node_at (root, "band/eta_1")));
  g_assert_true (json_node_is_null (node_at (root, "rule/holds")));
  report.judged = judged;
  g_autoptr (JsonNode) again = parse (&report);
  g_assert_true (json_node_is_null (node_at (again, "unsorted/images/0/flagged")));
  g_assert_true (json_node_is_null (node_at (again, "unsorted/images/0/image")));
}

/* -- the table -- */

static char **
rows_of (const LimenReport *report)
{
  g_autofree char *folder = g_dir_make_tmp ("limen-XXXXXX", NULL), *text = NULL;
  g_autofree char *path = g_build_filename (folder, "scores.csv", NULL);
  g_assert_true (limen_report_save_scores (report, path, NULL));
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_unlink (path);
  g_rmdir (folder);
  return g_strsplit (g_strchomp (text), "\n", -1);
}

/* The list of p-values of @scores; freed with g_free() */
static double *
p_of (const World *world, const LimenScores *scores, double delta)
{
  return limen_p_values (world->detector, scores, delta);
}

static void
check_row (char **field, double p, double conditional, const char *listed)
{
  g_assert_cmpuint (g_strv_length (field), ==, 7);
  g_assert_cmpfloat_with_epsilon (g_ascii_strtod (field[4], NULL), p, 1e-11);
  g_assert_cmpfloat_with_epsilon (g_ascii_strtod (field[5], NULL), conditional, 1e-11);
  g_assert_cmpstr (field[6], ==, listed);
}

static void
test_rows (void)
{
  for (LimenSide side = LIMEN_SIDE_LOW; side < N_SIDES; side++) {
    World world;
    begin (&world, side, (LimenRule){LIMEN_RULE_SIGMAS, 1}, LIMEN_PROMISE_FIXED);
    g_auto (GStrv) row = rows_of (&world.report);
    g_autofree double *p = p_of (&world, world.detector->anomaly, 0),
                      *c = p_of (&world, world.detector->anomaly, LIMEN_USUAL_DELTA);
    g_assert_cmpuint (g_strv_length (row), ==, 1 + N_NORMAL + N_ANOMALY + N_UNSORTED + 1);
    for (guint i = 0; row[i + 1]; i++) {
      g_auto (GStrv) field = g_strsplit (row[i + 1], ",", -1);
      guint a = i - N_NORMAL, u = a - N_ANOMALY;
      if (i < N_NORMAL)
        g_assert_true (g_str_has_suffix (row[i + 1], ",,,"));
      else if (a < N_ANOMALY)
        check_row (field, p[a], c[a], "");
      else if (u < N_UNSORTED)
        check_row (field, world.judged->p[u], world.judged->p_conditional[u],
                   world.judged->listed[u] ? "yes" : "no");
      else /* cat.png has the score of the first */
        check_row (field, world.judged->p[0], world.judged->p_conditional[0], "");
      g_assert_cmpstr (field[0], ==,
                       i < N_NORMAL     ? field[0]
                       : a < N_ANOMALY  ? "anomaly"
                       : u < N_UNSORTED ? "unsorted"
                                        : "picture");
    }
    end (&world);
  }
}

static void
test_pictures (void)
{
  World world;
  begin (&world, LIMEN_SIDE_LOW, (LimenRule){LIMEN_RULE_FALSE_ALARMS, 0.05, 0.95},
         LIMEN_PROMISE_LOOKING);
  g_auto (GStrv) pairs = limen_report_picture_text (&world.report);
  g_autofree char *promise = limen_rule_promise (world.detector),
                  *anywhere = limen_rule_anywhere (world.detector),
                  *list = limen_unsorted_sentence (world.judged);
  g_assert_true (g_strv_contains ((const char *const *)pairs, promise));
  g_assert_true (g_strv_contains ((const char *const *)pairs, anywhere));
  g_assert_true (g_strv_contains ((const char *const *)pairs, list));
  for (guint i = 0; pairs[i]; i += 2)
    if (g_str_equal (pairs[i], "Threshold"))
      g_assert_true (g_str_has_suffix (
          pairs[i + 1], ", set by the rule “at most 5 % false alarms with 95 % confidence”"));
  end (&world);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rule-report/rule-and-promise", test_rule_and_promise);
  g_test_add_func ("/rule-report/bands", test_bands);
  g_test_add_func ("/rule-report/curves", test_curves);
  g_test_add_func ("/rule-report/unsorted-images", test_unsorted_images);
  g_test_add_func ("/rule-report/what-there-is-not", test_what_there_is_not);
  g_test_add_func ("/rule-report/rows", test_rows);
  g_test_add_func ("/rule-report/pictures", test_pictures);
  return g_test_run ();
}
