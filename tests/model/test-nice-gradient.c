/* One image's log-likelihood as a sum over latents, its gradient, and steps towards the likely. */
#include "model/flow/nice-gradient.h"
#include "tests/model/data-files.h"
#include "tests/model/plain-nice.h"
#include "tests/model/random-nice.h"

#include <json-glib/json-glib.h>

static const LimenNiceShape shapes[] = {
    {2, 1, 1, 1}, {4, 3, 1, 2}, {6, 5, 3, 4}, {16, 21, 2, 3}, {36, 17, 5, 4}, {64, 8, 1, 6},
};

static double *
random_pixels (guint n, guint64 seed)
{
  LimenRandom random = limen_random_stream (seed, "pixels", 0);
  double *x = g_new (double, n);
  for (guint i = 0; i < n; i++)
    x[i] = limen_random_uniform (&random);
  return x;
}

static LimenNiceDetail *
detail_of (const LimenNice *nice, const double *x)
{
  g_autoptr (GError) error = NULL;
  LimenNiceDetail *detail = limen_nice_detail (nice, x, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (detail->dimension, ==, limen_nice_shape (nice).dimension);
  return detail;
}

/* -- the sum -- */

static double
sum_of (const LimenNiceDetail *detail)
{
  double sum = detail->constant;
  for (guint i = 0; i < detail->dimension; i++)
    sum += detail->contribution[i];
  return sum;
}

/* By the plain reference, whose weights are its own copy */
static void
test_contributions_add_up (void)
{
  for (guint s = 0; s < G_N_ELEMENTS (shapes); s++) {
    g_autoptr (LimenNice) nice = random_nice (shapes[s], s);
    g_autofree double *x = random_pixels (shapes[s].dimension, s);
    g_autoptr (LimenNiceDetail) detail = detail_of (nice, x);
    PlainNice plain = plain_nice (nice);
    double truth = -plain_nll (&plain, x);
    g_assert_cmpfloat_with_epsilon (detail->log_likelihood, truth, 1e-11 * fabs (truth));
    g_assert_cmpfloat_with_epsilon (sum_of (detail), truth, 1e-11 * fabs (truth));
    for (guint i = 0; i < detail->dimension; i++) {
      double z = detail->latent[i];
      g_assert_cmpfloat (detail->contribution[i], <=, LIMEN_NICE_PEAK);
      g_assert_cmpfloat_with_epsilon (detail->contribution[i], -log1p (exp (z)) - log1p (exp (-z)),
                                      1e-9);
    }
    g_free (plain.values);
  }
}

/* What other people's programs wrote, and its log-likelihoods in float64 */
static void
test_contributions_add_up_in_real_weights (void)
{
  static const char *const names[] = {"state-dict.pt", "f32.safetensors", "odd-couplings.pt",
                                      "one-hidden.pt", "six-couplings.pt"};
  g_autofree char *answers = shared_path ("reference/nice/expected.json");
  g_autofree char *digits = shared_path ("data/mnist/t10k-images-idx3-ubyte.gz");
  if (!answers || !digits)
    return;
  const char *paths[] = {digits, NULL};
  LimenImageSetOptions options = {.max_images = 64};
  g_autoptr (LimenImageSet) set = limen_image_set_load (paths, &options, NULL, NULL, NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_assert_true (json_parser_load_from_file (parser, answers, NULL));
  JsonObject *all = json_object_get_object_member (
      json_node_get_object (json_parser_get_root (parser)), "checkpoints");
  for (guint k = 0; k < G_N_ELEMENTS (names); k++) {
    g_autofree char *name = g_strdup_printf ("reference/nice/good/%s", names[k]);
    g_autofree char *path = shared_path (name);
    g_autoptr (LimenNice) nice = limen_nice_load (path, NULL, NULL);
    JsonArray *told =
        json_object_get_array_member (json_object_get_object_member (all, names[k]), "logp");
    for (guint i = 0; i < 64; i += 9) {
      float row[784];
      double x[784], truth = json_array_get_double_element (told, i);
      limen_image_set_copy_rows (set, i, 1, row);
      for (guint d = 0; d < 784; d++)
        x[d] = row[d];
      g_autoptr (LimenNiceDetail) detail = detail_of (nice, x);
      g_assert_cmpfloat_with_epsilon (sum_of (detail), truth, 1e-6 * fabs (truth));
    }
  }
}

/* The score that all images get is that of float32. */
static void
test_it_is_the_score_of_the_set (void)
{
  LimenNiceShape shape = {36, 40, 3, 4};
  g_autoptr (LimenNice) nice = random_nice (shape, 3);
  g_autoptr (LimenImageSet) set = random_images (20, 6, 6, 4);
  double score[20];
  g_assert_true (limen_nice_log_likelihood (nice, set, score, NULL, NULL, NULL, NULL));
  for (guint i = 0; i < 20; i++) {
    float row[36];
    double x[36];
    limen_image_set_copy_rows (set, i, 1, row);
    for (guint d = 0; d < 36; d++)
      x[d] = row[d];
    g_autoptr (LimenNiceDetail) detail = detail_of (nice, x);
    g_assert_cmpfloat_with_epsilon (detail->log_likelihood, score[i], 1e-6 * fabs (score[i]));
  }
}

/* -- the gradient -- */

/* Central differences of the plain reference. Where a hidden unit switches between the two points
 * there is no derivative to compare with: differences of two lengths do not agree there. */
static void
test_gradient_is_that_of_differences (void)
{
  guint compared = 0, all = 0;
  for (guint s = 0; s < G_N_ELEMENTS (shapes); s++)
    for (guint seed = 0; seed < 4; seed++) {
      g_autoptr (LimenNice) nice = random_nice (shapes[s], 100 * s + seed);
      g_autofree double *x = random_pixels (shapes[s].dimension, seed);
      g_autoptr (LimenNiceDetail) detail = detail_of (nice, x);
      PlainNice plain = plain_nice (nice);
      for (guint i = 0; i < shapes[s].dimension; i++, all++) {
        double slope[2], here = x[i];
        for (guint k = 0; k < 2; k++) {
          double h = k ? 1e-6 : 3e-6, up, down;
          x[i] = here + h;
          up = -plain_nll (&plain, x);
          x[i] = here - h;
          down = -plain_nll (&plain, x);
          slope[k] = (up - down) / (2 * h);
        }
        x[i] = here;
        if (fabs (slope[0] - slope[1]) > 1e-5 * fmax (1, fabs (slope[1])))
          continue;
        g_assert_cmpfloat_with_epsilon (detail->gradient[i], slope[1],
                                        1e-4 * fmax (1, fabs (slope[1])));
        compared++;
      }
      g_free (plain.values);
    }
  g_assert_cmpuint (compared, >, all * 99 / 100);
}

/* -- the ascent -- */

static LimenNiceAscent *
ascent_of (const LimenNice *nice, const double *x, guint most, double goal)
{
  g_autoptr (GError) error = NULL;
  LimenNiceAscent *ascent = limen_nice_ascend (nice, x, most, goal, NULL, &error);
  g_assert_no_error (error);
  return ascent;
}

static void
test_every_step_is_more_likely (void)
{
  for (guint s = 0; s < G_N_ELEMENTS (shapes); s++) {
    g_autoptr (LimenNice) nice = random_nice (shapes[s], s);
    g_autofree double *x = random_pixels (shapes[s].dimension, s + 50);
    g_autoptr (LimenNiceAscent) ascent = ascent_of (nice, x, 15, INFINITY);
    g_autoptr (LimenNiceDetail) before = detail_of (nice, x), after = detail_of (nice, ascent->x);
    g_assert_false (ascent->reached);
    g_assert_cmpuint (ascent->n_steps, >, 0);
    g_assert_cmpuint (ascent->n_steps, <=, 15);
    for (guint i = 0; i < ascent->n_steps; i++)
      g_assert_cmpfloat (ascent->log_likelihood[i + 1], >, ascent->log_likelihood[i]);
    g_assert_cmpfloat (ascent->log_likelihood[0], ==, before->log_likelihood);
    g_assert_cmpfloat (ascent->log_likelihood[ascent->n_steps], ==, after->log_likelihood);
    for (guint i = 0; i < ascent->dimension; i++)
      g_assert_true (ascent->x[i] >= 0 && ascent->x[i] <= 1);
  }
}

/* It ends where it was to end, and not far beyond. */
static void
test_it_ends_at_the_goal (void)
{
  g_autoptr (LimenNice) nice = random_nice (shapes[3], 7);
  g_autofree double *x = random_pixels (shapes[3].dimension, 8);
  g_autoptr (LimenNiceAscent) far = ascent_of (nice, x, 30, INFINITY);
  double first = far->log_likelihood[0], last = far->log_likelihood[far->n_steps];
  g_assert_cmpfloat (last, >, first + 0.5);
  for (guint k = 1; k < 6; k++) {
    double goal = first + (last - first) * k / 6;
    g_autoptr (LimenNiceAscent) ascent = ascent_of (nice, x, 30, goal);
    double end = ascent->log_likelihood[ascent->n_steps];
    g_assert_true (ascent->reached);
    g_assert_cmpfloat (end, >=, goal);
    g_assert_cmpfloat (end, <, goal + 1e-3);
  }
  g_autoptr (LimenNiceAscent) none = ascent_of (nice, x, 30, first - 1);
  g_assert_true (none->reached);
  g_assert_cmpuint (none->n_steps, ==, 0);
  for (guint i = 0; i < none->dimension; i++)
    g_assert_cmpfloat (none->x[i], ==, x[i]);
}

/* Weights that overflow: nothing is made up. */
static void
test_a_broken_flow_is_not_climbed (void)
{
  g_autoptr (LimenNice) nice = random_nice (shapes[1], 1);
  double x[4] = {0.5, 0.5, 0.5, 0.5};
  nice->coupling[0].layer[1].bias[0] = INFINITY;
  g_autoptr (LimenNiceDetail) detail = detail_of (nice, x);
  g_autoptr (LimenNiceAscent) ascent = ascent_of (nice, x, 10, INFINITY);
  g_assert_true (isinf (detail->log_likelihood) && detail->log_likelihood < 0);
  g_assert_cmpuint (ascent->n_steps, ==, 0);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpfloat (ascent->x[i], ==, x[i]);
}

static void
test_it_can_be_cancelled (void)
{
  g_autoptr (LimenNice) nice = random_nice (shapes[2], 1);
  g_autofree double *x = random_pixels (shapes[2].dimension, 1);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL, other = NULL;
  LimenRun run = {.cancellable = cancellable};
  g_cancellable_cancel (cancellable);
  g_assert_null (limen_nice_detail (nice, x, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (limen_nice_ascend (nice, x, 10, INFINITY, &run, &other));
  g_assert_error (other, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add_func ("/nice-gradient/" #name, test_##name)
  ADD (contributions_add_up);
  ADD (contributions_add_up_in_real_weights);
  ADD (it_is_the_score_of_the_set);
  ADD (gradient_is_that_of_differences);
  ADD (every_step_is_more_likely);
  ADD (it_ends_at_the_goal);
  ADD (a_broken_flow_is_not_climbed);
  ADD (it_can_be_cancelled);
#undef ADD
  return g_test_run ();
}
