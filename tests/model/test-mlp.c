#include "model/base/random.h"
#include "model/network/mlp.h"

#include <math.h>
#include <stdlib.h>

#define COLUMNS LIMEN_BATCH_COLUMNS

static void
fill (float *values, gsize n, LimenRandom *random, double scale)
{
  for (gsize i = 0; i < n; i++)
    values[i] = (float)(scale * limen_random_normal (random));
}

static LimenMlp
random_mlp (const guint *units, guint n_layers, guint64 seed)
{
  LimenMlp mlp = limen_mlp_new (units, n_layers);
  LimenRandom random = limen_random_stream (seed, "weights", 0);
  for (guint l = 0; l < n_layers; l++) {
    LimenLinear *linear = &mlp.layer[l];
    float *weight = limen_floats_new ((gsize)linear->inputs * linear->outputs);
    fill (weight, (gsize)linear->inputs * linear->outputs, &random, 1 / sqrt (linear->inputs));
    limen_linear_set_weight (linear, weight);
    fill (linear->bias, linear->outputs, &random, 0.3);
    free (weight);
  }
  return mlp;
}

/* The slow plain reference, one image, in float64. */
static void
plain_forward (const LimenMlp *mlp, const double *x, double *y)
{
  double a[2048], b[2048];
  for (guint i = 0; i < mlp->layer[0].inputs; i++)
    a[i] = x[i];
  for (guint l = 0; l < mlp->n_layers; l++) {
    const LimenLinear *linear = &mlp->layer[l];
    for (guint o = 0; o < linear->outputs; o++) {
      b[o] = linear->bias[o];
      for (guint i = 0; i < linear->inputs; i++)
        b[o] += (double)linear->weight[(gsize)i * linear->stride + o] * a[i];
      if (l + 1 < mlp->n_layers)
        b[o] = MAX (b[o], 0);
    }
    for (guint o = 0; o < linear->outputs; o++)
      a[o] = b[o];
  }
  for (guint o = 0; o < mlp->layer[mlp->n_layers - 1].outputs; o++)
    y[o] = a[o];
}

/* Sparse inputs, as images have them: a third of the units is 0 in the whole batch. */
static float *
random_inputs (guint units, guint n, guint64 seed)
{
  LimenRandom random = limen_random_stream (seed, "inputs", 0);
  float *x = limen_floats_new ((gsize)units * n);
  fill (x, (gsize)units * n, &random, 1);
  for (guint i = 0; i < n; i++)
    for (guint u = 0; u < units; u++)
      if (u % 3 == 0 || (i + u) % 5 == 0)
        x[(gsize)i * units + u] = 0;
  return x;
}

static void
place (float *columns, const float *x, guint units, guint image, guint column)
{
  for (guint u = 0; u < units; u++)
    columns[(gsize)u * COLUMNS + LIMEN_BATCH_MARGIN + column] = x[(gsize)image * units + u];
}

static void
test_matches_plain_reference (void)
{
  const guint units[] = {50, 333, 270, 37};
  LimenMlp mlp = random_mlp (units, 3, 1);
  LimenMlpScratch scratch = limen_mlp_scratch_new (333);
  float *x = random_inputs (50, 20, 2), *columns = limen_floats_new (50 * COLUMNS);
  for (guint i = 0; i < 20; i++)
    place (columns, x, 50, i, i);
  const float *y = limen_mlp_forward (&mlp, columns, 20, &scratch);
  for (guint i = 0; i < 20; i++) {
    double in[50], expected[37];
    for (guint u = 0; u < 50; u++)
      in[u] = x[i * 50 + u];
    plain_forward (&mlp, in, expected);
    for (guint o = 0; o < 37; o++)
      g_assert_cmpfloat_with_epsilon (y[o * COLUMNS + LIMEN_BATCH_MARGIN + i], expected[o], 2e-5);
  }
  free (x);
  free (columns);
  limen_mlp_scratch_clear (&scratch);
  limen_mlp_clear (&mlp);
}

/* Every image in other company and at another place of the batch, to the last bit. */
static void
test_an_image_is_alone_in_its_batch (void)
{
  enum { N = 900, IN = 400, OUT = 397 };
  const guint units[] = {IN, 1000, 511, OUT};
  LimenMlp mlp = random_mlp (units, 3, 3);
  LimenMlpScratch scratch = limen_mlp_scratch_new (1000);
  float *x = random_inputs (IN, N, 4), *columns = limen_floats_new (IN * COLUMNS);
  float *first = limen_floats_new ((gsize)N * OUT);
  guint32 order[N];
  LimenRandom random = limen_random_stream (5, "order", 0);
  for (guint i = 0; i < N; i++)
    order[i] = i;
  guint compared = 0;
  for (guint round = 0; round < 5; round++) {
    guint size = round == 0 ? LIMEN_BATCH_IMAGES : 1 + limen_random_below (&random, 300);
    for (guint start = 0; start < N; start += size) {
      guint n = MIN (size, N - start);
      for (guint c = 0; c < n; c++)
        place (columns, x, IN, order[start + c], c);
      const float *y = limen_mlp_forward (&mlp, columns, n, &scratch);
      for (guint c = 0; c < n; c++)
        for (guint o = 0; o < OUT; o++) {
          float value = y[(gsize)o * COLUMNS + LIMEN_BATCH_MARGIN + c];
          float *kept = &first[(gsize)order[start + c] * OUT + o];
          if (round == 0)
            *kept = value;
          else
            compared++;
          g_assert_cmpfloat (value, ==, *kept);
        }
    }
    limen_random_shuffle (&random, order, N);
  }
  g_assert_cmpuint (compared, ==, 4 * N * OUT);
  free (x);
  free (columns);
  free (first);
  limen_mlp_scratch_clear (&scratch);
  limen_mlp_clear (&mlp);
}

static void
test_black_images_give_the_bias_path (void)
{
  const guint units[] = {10, 20, 5};
  LimenMlp mlp = random_mlp (units, 2, 6);
  LimenMlpScratch scratch = limen_mlp_scratch_new (20);
  float *columns = limen_floats_new (10 * COLUMNS);
  double black[10] = {0}, expected[5];
  const float *y = limen_mlp_forward (&mlp, columns, 1, &scratch);
  plain_forward (&mlp, black, expected);
  for (guint o = 0; o < 5; o++)
    g_assert_cmpfloat_with_epsilon (y[o * COLUMNS + LIMEN_BATCH_MARGIN], expected[o], 1e-6);
  free (columns);
  limen_mlp_scratch_clear (&scratch);
  limen_mlp_clear (&mlp);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mlp/matches-plain-reference", test_matches_plain_reference);
  g_test_add_func ("/mlp/an-image-is-alone-in-its-batch", test_an_image_is_alone_in_its_batch);
  g_test_add_func ("/mlp/black-images-give-the-bias-path", test_black_images_give_the_bias_path);
  return g_test_run ();
}
