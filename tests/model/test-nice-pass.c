/* Gradients of a flow, and the steps they make. */
#include "model/flow/nice-pass.h"
#include "tests/model/data-files.h"
#include "tests/model/plain-nice.h"
#include "tests/model/random-nice.h"

#include <json-glib/json-glib.h>
#include <stdlib.h>

/* With β₁ = 0 and no step, Adam's mean of the gradient is the gradient. */
static const LimenAdam only_look = {.beta1 = 0, .beta2 = 0, .rate = 0, .root = 1};

typedef struct {
  LimenNice *nice;
  LimenCrew *crew;
  LimenNicePass *pass;
  guint n;
  double *x; /* (n, D) */
} Fixture;

static Fixture
fixture_new (LimenNice *nice, guint n)
{
  LimenCrew *crew = limen_crew_new ();
  guint dimension = limen_nice_shape (nice).dimension;
  return (Fixture){nice, crew, limen_nice_pass_new (nice, crew, n), n,
                   g_new (double, n *dimension)};
}

static void
fixture_clear (Fixture *f)
{
  limen_nice_pass_free (f->pass);
  limen_crew_free (f->crew);
  limen_nice_unref (f->nice);
  g_free (f->x);
}

static void
put_images (Fixture *f)
{
  guint dimension = f->nice->shape.dimension;
  for (guint i = 0; i < f->n; i++)
    for (guint d = 0; d < dimension; d++)
      f->pass->state[d % 2][(d / 2) * f->n + i] = (float)f->x[i * dimension + d];
}

static Fixture
random_fixture (LimenNiceShape shape, guint n, guint64 seed)
{
  LimenRandom random = limen_random_stream (seed, "test", 0);
  Fixture f = fixture_new (random_nice (shape, seed), n);
  for (guint i = 0; i < n * shape.dimension; i++)
    f.x[i] = (float)limen_random_normal (&random);
  put_images (&f);
  return f;
}

/* In the order of PlainNice. */
static double *
take_gradient (Fixture *f)
{
  LimenNiceShape shape = f->nice->shape;
  double nll, *gradient = g_new (double, plain_n (shape)), *end = gradient;
  g_assert_true (limen_nice_pass_forward (f->pass, f->n, TRUE, &nll));
  g_assert_true (limen_nice_pass_backward (f->pass, &only_look, &only_look));
  for (guint c = 0; c < shape.couplings; c++)
    for (guint l = 0; l <= shape.depth; l++)
      end = plain_append (end, &f->nice->coupling[c].layer[l],
                          limen_mlp_trainer_weight_moments (f->pass->coupling[c], l)->mean,
                          limen_mlp_trainer_bias_moments (f->pass->coupling[c], l)->mean);
  for (guint d = 0; d < shape.dimension; d++)
    *end++ = f->pass->scale.mean[d];
  return gradient;
}

static double
norm (const double *values, gsize n)
{
  double sum = 0;
  for (gsize i = 0; i < n; i++)
    sum += values[i] * values[i];
  return sqrt (sum);
}

/* ∂ mean NLL / ∂ weight @index, by central differences in float64. */
static double
central_difference (PlainNice *plain, guint index, const double *x, guint n)
{
  const double h = 1e-6;
  double before = plain->values[index], up, down;
  plain->values[index] = before + h;
  up = plain_mean_nll (plain, x, n);
  plain->values[index] = before - h;
  down = plain_mean_nll (plain, x, n);
  plain->values[index] = before;
  return (up - down) / (2 * h);
}

/* Every @every-th weight. */
static void
check_against_differences (Fixture *f, guint every)
{
  PlainNice plain = plain_nice (f->nice);
  g_autofree double *gradient = take_gradient (f);
  double size = 0.05 * norm (gradient, plain.n) / sqrt (plain.n), nll;
  guint n_large = 0;
  limen_nice_pass_forward (f->pass, f->n, FALSE, &nll);
  g_assert_cmpfloat_with_epsilon (nll, plain_mean_nll (&plain, f->x, f->n), 1e-5 * fabs (nll));
  for (guint i = 0; i < plain.n; i += every) {
    double expected = central_difference (&plain, i, f->x, f->n);
    g_assert_cmpfloat_with_epsilon (gradient[i], expected, 1e-4 * MAX (fabs (expected), size));
    n_large += fabs (expected) > size;
  }
  g_assert_cmpuint (n_large, >, plain.n / every / 10);
  g_free (plain.values);
}

static void
test_all_weights_of_a_small_flow (void)
{
  static const LimenNiceShape shapes[] = {{10, 7, 2, 3}, {6, 5, 1, 4}, {4, 9, 4, 1}};
  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++) {
    Fixture f = random_fixture (shapes[i], 5, i);
    check_against_differences (&f, 1);
    fixture_clear (&f);
  }
}

static void
test_layers_of_many_tiles (void)
{
  Fixture f = random_fixture ((LimenNiceShape){150, 133, 2, 3}, 7, 10);
  check_against_differences (&f, 211);
  fixture_clear (&f);
}

/* Units that no image wakes, in one layer all of them. */
static void
test_sleeping_units (void)
{
  Fixture f = random_fixture ((LimenNiceShape){140, 80, 3, 3}, 4, 20);
  for (guint o = 0; o < 80; o++) {
    if (o % 3 == 0)
      f.nice->coupling[1].layer[0].bias[o] = -100;
    if (o >= 60)
      f.nice->coupling[0].layer[1].bias[o] = -100;
    f.nice->coupling[2].layer[1].bias[o] = -100;
  }
  check_against_differences (&f, 97);
  fixture_clear (&f);
}

static void
test_images_beyond_the_last_do_not_count (void)
{
  Fixture f = random_fixture ((LimenNiceShape){40, 30, 2, 2}, 9, 30);
  PlainNice plain = plain_nice (f.nice);
  double nll;
  g_assert_true (limen_nice_pass_forward (f.pass, 4, FALSE, &nll));
  g_assert_cmpfloat_with_epsilon (nll, plain_mean_nll (&plain, f.x, 4), 1e-5 * fabs (nll));
  g_free (plain.values);
  fixture_clear (&f);
}

/* Against what PyTorch computed in float64. */

static void
put_mnist (Fixture *f)
{
  g_autofree char *path = shared_path ("data/mnist/t10k-images-idx3-ubyte.gz");
  const char *paths[] = {path, NULL};
  LimenImageSetOptions options = {.max_images = f->n};
  g_autoptr (GError) error = NULL;
  g_autoptr (LimenImageSet) set = limen_image_set_load (paths, &options, NULL, NULL, &error);
  g_autofree float *rows = g_new (float, f->n * 784);
  g_assert_no_error (error);
  limen_image_set_copy_rows (set, 0, f->n, rows);
  for (guint i = 0; i < f->n * 784; i++)
    f->x[i] = rows[i];
  put_images (f);
}

/* @gradient: (inputs, outputs) where @weight, as the reference has (outputs, inputs) */
static void
check_parameter (JsonObject *parameters, const char *name, const double *gradient, guint inputs,
                 guint outputs)
{
  JsonObject *expected = json_object_get_object_member (parameters, name);
  JsonArray *first = json_object_get_array_member (expected, "first");
  gsize n = (gsize)inputs * outputs;
  double size = json_object_get_double_member (expected, "norm"), sum = 0;
  for (gsize i = 0; i < n; i++)
    sum += gradient[i];
  g_test_message ("%s", name);
  g_assert_cmpfloat_with_epsilon (norm (gradient, n), size, 1e-4 * size);
  g_assert_cmpfloat_with_epsilon (sum, json_object_get_double_member (expected, "sum"),
                                  1e-4 * size * sqrt ((double)n));
  for (guint i = 0; i < 4; i++) { /* of output 0 */
    double value = json_array_get_double_element (first, i);
    g_assert_cmpfloat_with_epsilon (gradient[inputs > 1 ? i * outputs : i], value,
                                    1e-4 * MAX (fabs (value), size / sqrt ((double)n)));
  }
}

static void
check_all_parameters (JsonObject *parameters, LimenNiceShape shape, const double *gradient)
{
  for (guint c = 0; c < shape.couplings; c++)
    for (guint l = 0; l <= shape.depth; l++) {
      guint inputs = l == 0 ? shape.dimension / 2 : shape.width;
      guint outputs = l == shape.depth ? shape.dimension / 2 : shape.width;
      g_autofree char *layer = l == 0             ? g_strdup ("in_block.0")
                               : l == shape.depth ? g_strdup ("out_block")
                                                  : g_strdup_printf ("mid_block.%u.0", l - 1);
      g_autofree char *weight = g_strdup_printf ("coupling.%u.%s.weight", c, layer);
      g_autofree char *bias = g_strdup_printf ("coupling.%u.%s.bias", c, layer);
      check_parameter (parameters, weight, gradient, inputs, outputs);
      check_parameter (parameters, bias, gradient + inputs * outputs, 1, outputs);
      gradient += inputs * outputs + outputs;
    }
  check_parameter (parameters, "scaling.scale", gradient, 1, shape.dimension);
}

static void
test_reference_gradients (void)
{
  g_autofree char *json = shared_path ("reference/nice/gradients.json");
  g_autofree char *weights = shared_path ("reference/nice/good/state-dict.pt");
  if (!json)
    return;
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  json_parser_load_from_file (parser, json, &error);
  g_assert_no_error (error);
  JsonObject *expected = json_node_get_object (json_parser_get_root (parser));
  LimenNice *nice = limen_nice_load (weights, NULL, &error);
  g_assert_no_error (error);
  Fixture f = fixture_new (nice, 64);
  put_mnist (&f);
  g_autofree double *gradient = take_gradient (&f);
  double nll;
  limen_nice_pass_forward (f.pass, 64, FALSE, &nll);
  g_assert_cmpfloat_with_epsilon (nll, json_object_get_double_member (expected, "value"), 1e-2);
  check_all_parameters (json_object_get_object_member (expected, "parameters"), nice->shape,
                        gradient);
  fixture_clear (&f);
}

/* Adam */

static void
test_adam_follows_the_algorithm (void)
{
  enum { STEPS = 60 };
  LimenRandom random = limen_random_stream (40, "test", 0);
  LimenMoments moments = limen_moments_new (3);
  float weight[2] = {0.5f, -0.25f};
  double w[2] = {0.5, -0.25}, m[2] = {0}, v[2] = {0};
  for (guint t = 1; t <= STEPS; t++) {
    LimenAdam adam = limen_adam_at (t, 0.01 / t, 0.9, 0.99);
    gboolean none = t % 7 == 0;
    float g[2] = {(float)limen_random_normal (&random), 1e-3f * t};
    limen_adam_move (&adam, none ? NULL : g, 2, weight, &moments, 1);
    for (guint i = 0; i < 2; i++) {
      double gradient = none ? 0 : g[i];
      m[i] = 0.9 * m[i] + 0.1 * gradient;
      v[i] = 0.99 * v[i] + 0.01 * gradient * gradient;
      w[i] -= 0.01 / t * m[i] / (1 - pow (0.9, t)) / (sqrt (v[i] / (1 - pow (0.99, t))) + 1e-8);
      g_assert_cmpfloat_with_epsilon (weight[i], w[i], 1e-6);
    }
  }
  g_assert_cmpfloat (moments.mean[0], ==, 0);
  limen_moments_clear (&moments);
}

/* Denormal numbers are slow on many processors. */
static void
test_moments_of_sleepers_stay_normal (void)
{
  LimenMoments moments = limen_moments_new (1);
  LimenAdam adam = limen_adam_at (1000, 1e-3, 0.9, 0.99);
  float weight = 1, gradient = 1;
  limen_adam_move (&adam, &gradient, 1, &weight, &moments, 0);
  for (guint i = 0; i < 20000; i++)
    limen_adam_move (&adam, NULL, 1, &weight, &moments, 0);
  float rested = weight;
  for (guint i = 0; i < 1000; i++)
    limen_adam_move (&adam, NULL, 1, &weight, &moments, 0);
  g_assert_true (isnormal (moments.mean[0]) && isnormal (moments.square[0]));
  g_assert_cmpfloat (weight, ==, rested);
  limen_moments_clear (&moments);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nice-pass/all-weights-of-a-small-flow", test_all_weights_of_a_small_flow);
  g_test_add_func ("/nice-pass/layers-of-many-tiles", test_layers_of_many_tiles);
  g_test_add_func ("/nice-pass/sleeping-units", test_sleeping_units);
  g_test_add_func ("/nice-pass/images-beyond-the-last-do-not-count",
                   test_images_beyond_the_last_do_not_count);
  g_test_add_func ("/nice-pass/reference-gradients", test_reference_gradients);
  g_test_add_func ("/adam/follows-the-algorithm", test_adam_follows_the_algorithm);
  g_test_add_func ("/adam/moments-of-sleepers-stay-normal", test_moments_of_sleepers_stay_normal);
  return g_test_run ();
}
