#include "model/network/linear.h"
#include "model/base/random.h"

#include <cblas.h>
#include <stdlib.h>
#include <string.h>

/* No longer than the run of products that OpenBLAS sums at once: a longer one is cut at a place
 * that would depend on how many inputs are live, and the last bit with it. */
#define LIVE_PANEL 256
#define COLUMNS    LIMEN_BATCH_COLUMNS

LimenLinear
limen_linear_new (guint inputs, guint outputs)
{
  guint stride = (outputs + 11) / 12 * 12;
  return (LimenLinear){
      .inputs = inputs,
      .outputs = outputs,
      .stride = stride,
      .weight = limen_floats_new ((gsize)inputs * stride),
      .bias = limen_floats_new (stride),
  };
}

void
limen_linear_clear (LimenLinear *linear)
{
  free (linear->weight);
  free (linear->bias);
  *linear = (LimenLinear){0};
}

void
limen_linear_set_weight (LimenLinear *linear, const float *weight)
{
  enum { TILE = 32 };
  for (guint o0 = 0; o0 < linear->outputs; o0 += TILE)
    for (guint i = 0; i < linear->inputs; i++)
      for (guint o = o0; o < MIN (o0 + TILE, linear->outputs); o++)
        linear->weight[(gsize)i * linear->stride + o] = weight[(gsize)o * linear->inputs + i];
}

void
limen_linear_get_weight (const LimenLinear *linear, float *weight)
{
  enum { TILE = 32 };
  for (guint o0 = 0; o0 < linear->outputs; o0 += TILE)
    for (guint i = 0; i < linear->inputs; i++)
      for (guint o = o0; o < MIN (o0 + TILE, linear->outputs); o++)
        weight[(gsize)o * linear->inputs + i] = linear->weight[(gsize)i * linear->stride + o];
}

LimenLinearScratch
limen_linear_scratch_new (guint units)
{
  return (LimenLinearScratch){
      .live_weight = limen_floats_new ((gsize)LIVE_PANEL * ((units + 11) / 12 * 12)),
      .live_x = limen_floats_new ((gsize)LIVE_PANEL * COLUMNS),
  };
}

void
limen_linear_scratch_clear (LimenLinearScratch *scratch)
{
  free (scratch->live_weight);
  free (scratch->live_x);
  *scratch = (LimenLinearScratch){0};
}

/* Most rows that are live show it in their first few columns. */
static gboolean
is_live (const float *row, guint n_images)
{
  enum { RUN = 16 };
  const float *image = row + LIMEN_BATCH_MARGIN;
  for (guint first = 0; first < n_images; first += RUN) {
    guint n = 0, last = MIN (first + RUN, n_images);
    for (guint c = first; c < last; c++)
      n += image[c] != 0;
    if (n > 0)
      return TRUE;
  }
  return FALSE;
}

/* Copies the live inputs of one panel next to each other, or all; returns how many there are. */
static guint
gather_live (const LimenLinear *linear, const float *x, guint n_images, gboolean all, guint first,
             guint last, LimenLinearScratch *scratch)
{
  guint n_live = 0;
  for (guint i = first; i < last; i++) {
    const float *row = x + (gsize)i * COLUMNS;
    if (!all && !is_live (row, n_images))
      continue;
    memcpy (scratch->live_x + (gsize)n_live * COLUMNS, row, COLUMNS * sizeof (float));
    memcpy (scratch->live_weight + (gsize)n_live * linear->stride,
            linear->weight + (gsize)i * linear->stride, linear->stride * sizeof (float));
    n_live++;
  }
  return n_live;
}

static void
add_bias (const LimenLinear *linear, gboolean relu, float *y)
{
  for (guint o = 0; o < linear->stride; o++) {
    float *row = y + (gsize)o * COLUMNS, bias = linear->bias[o];
    if (relu)
      for (guint c = 0; c < COLUMNS; c++)
        row[c] = row[c] + bias < 0 ? 0 : row[c] + bias;
    else
      for (guint c = 0; c < COLUMNS; c++)
        row[c] += bias;
  }
}

static void
multiply (const LimenLinear *linear, const float *x, guint n_images, gboolean all,
          LimenLinearScratch *scratch, float *y)
{
  gboolean empty = TRUE;
  for (guint first = 0; first < linear->inputs; first += LIVE_PANEL) {
    guint last = MIN (first + LIVE_PANEL, linear->inputs);
    guint n_live = gather_live (linear, x, n_images, all, first, last, scratch);
    if (n_live == 0)
      continue;
    cblas_sgemm (CblasRowMajor, CblasTrans, CblasNoTrans, (int)linear->stride, COLUMNS, (int)n_live,
                 1, scratch->live_weight, (int)linear->stride, scratch->live_x, COLUMNS,
                 empty ? 0 : 1, y, COLUMNS);
    empty = FALSE;
  }
  if (empty)
    memset (y, 0, (gsize)linear->stride * COLUMNS * sizeof (float));
}

/* Tries whether anything changes where a third of the inputs, which are 0, is left out. */
static gpointer
compare_sums (gpointer unused)
{
  enum { INPUTS = 300, OUTPUTS = 24, SIZE = OUTPUTS * COLUMNS };
  LimenLinear linear = limen_linear_new (INPUTS, OUTPUTS);
  LimenLinearScratch scratch = limen_linear_scratch_new (INPUTS);
  LimenRandom random = limen_random_stream (1, "sums", 0);
  float *x = limen_floats_new (INPUTS * COLUMNS), *y = limen_floats_new (2 * SIZE);
  for (guint i = 0; i < INPUTS; i++) {
    for (guint c = 0; c < COLUMNS; c++)
      x[i * COLUMNS + c] = i % 3 == 0 ? 0 : (float)limen_random_normal (&random);
    for (guint o = 0; o < OUTPUTS; o++)
      linear.weight[i * OUTPUTS + o] = (float)limen_random_normal (&random);
  }
  multiply (&linear, x, LIMEN_BATCH_IMAGES, FALSE, &scratch, y);
  multiply (&linear, x, LIMEN_BATCH_IMAGES, TRUE, &scratch, y + SIZE);
  gboolean same = memcmp (y, y + SIZE, SIZE * sizeof (float)) == 0;
  free (x);
  free (y);
  limen_linear_scratch_clear (&scratch);
  limen_linear_clear (&linear);
  return GINT_TO_POINTER (same);
}

/* Most of OpenBLAS's kernels add one product after the other; those for the oldest processors,
 * which it also takes for any that it does not know yet, add every fourth to a sum of its own.
 * There an input that is left out changes the last bit. */
static gboolean
adds_in_order (void)
{
  static GOnce once = G_ONCE_INIT;
  return GPOINTER_TO_INT (g_once (&once, compare_sums, NULL));
}

void
limen_linear_forward (const LimenLinear *linear, const float *x, guint n_images, gboolean relu,
                      LimenLinearScratch *scratch, float *y)
{
  multiply (linear, x, n_images, !adds_in_order (), scratch, y);
  add_bias (linear, relu, y);
}
