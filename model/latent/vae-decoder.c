#include "model/latent/vae-decoder.h"
#include "model/latent/likelihood-rows.h"
#include "model/latent/vae-private.h"

#include <cblas.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define COLUMNS LIMEN_VAE_COLUMNS
#define TILE    LIMEN_LIKELIHOOD_ROWS
/* Tiles whose factors one float64 holds: 2^896 */
#define TILES_IN_PRODUCT 8
#define LOG_2PI          1.8378770664093453

/* @input: (latent + hidden, COLUMNS): offsets of z; then the units that switch
 * @hidden: (hidden, COLUMNS): before the ReLU; @unit_bias: (hidden): at the centre
 * @live: (hidden, latent + 1): weights and biases of the units that are on
 * @live_weight: (hidden, stride): theirs to the pixels, side by side
 * @weight: (latent + hidden, stride): from @input to the pixels; @bias: (stride)
 * @tile: (TILE, COLUMNS)
 * @sum, @product: (COLUMNS): of one tile
 * @all_factors, @total: (COLUMNS): of all tiles so far */
struct LimenVaeDecoder {
  const LimenVae *vae;
  float *input, *hidden, *unit_bias, *live, *live_weight, *weight, *bias, *tile;
  float sum[COLUMNS], product[COLUMNS];
  double all_factors[COLUMNS], total[COLUMNS];
};

LimenVaeDecoder *
limen_vae_decoder_new (const LimenVae *vae)
{
  LimenVaeDecoder *decoder = g_new (LimenVaeDecoder, 1);
  gsize latent = vae->shape.latent, hidden = vae->shape.hidden_decoder;
  gsize stride = vae->decoder.layer[1].stride;
  decoder->vae = vae;
  decoder->input = limen_floats_new ((latent + hidden) * COLUMNS);
  decoder->hidden = limen_floats_new (hidden * COLUMNS);
  decoder->unit_bias = limen_floats_new (hidden);
  decoder->live = limen_floats_new (hidden * (latent + 1));
  decoder->live_weight = limen_floats_new (hidden * stride);
  decoder->weight = limen_floats_new ((latent + hidden) * stride);
  decoder->bias = limen_floats_new (stride);
  decoder->tile = limen_floats_new ((gsize)TILE * COLUMNS);
  return decoder;
}

void
limen_vae_decoder_free (LimenVaeDecoder *decoder)
{
  float *memory[] = {decoder->input,       decoder->hidden, decoder->unit_bias, decoder->live,
                     decoder->live_weight, decoder->weight, decoder->bias,      decoder->tile};
  for (guint i = 0; i < G_N_ELEMENTS (memory); i++)
    free (memory[i]);
  g_free (decoder);
}

float *
limen_vae_decoder_offsets (LimenVaeDecoder *decoder)
{
  return decoder->input;
}

/* Units of the hidden layer before the ReLU; their biases are those at the centre. */
static void
run_units (LimenVaeDecoder *decoder, const double *centre, guint n)
{
  const LimenLinear *layer = &decoder->vae->decoder.layer[0];
  guint hidden = layer->outputs, latent = layer->inputs;
  for (guint h = 0; h < hidden; h++) {
    double bias = layer->bias[h];
    for (guint j = 0; j < latent; j++)
      bias += centre[j] * layer->weight[(gsize)j * layer->stride + h];
    decoder->unit_bias[h] = (float)bias;
  }
  cblas_sgemm (CblasRowMajor, CblasTrans, CblasNoTrans, (int)hidden, (int)n, (int)latent, 1,
               layer->weight, (int)layer->stride, decoder->input, COLUMNS, 0, decoder->hidden,
               COLUMNS);
}

typedef enum { OFF, ON, SWITCHES } UnitState;

static UnitState
unit_state (const float *row, float bias, guint n)
{
  float low = row[0], high = row[0];
  for (guint c = 1; c < n; c++) {
    low = row[c] < low ? row[c] : low;
    high = row[c] > high ? row[c] : high;
  }
  return high + bias <= 0 ? OFF : low + bias >= 0 ? ON : SWITCHES;
}

/* Notes the weights of a unit that is on throughout. */
static void
keep_live (LimenVaeDecoder *decoder, guint h, guint n_live)
{
  const LimenLinear *first = &decoder->vae->decoder.layer[0],
                    *second = &decoder->vae->decoder.layer[1];
  float *live = decoder->live + (gsize)n_live * (first->inputs + 1);
  for (guint j = 0; j < first->inputs; j++)
    live[j] = first->weight[(gsize)j * first->stride + h];
  live[first->inputs] = decoder->unit_bias[h];
  memcpy (decoder->live_weight + (gsize)n_live * second->stride,
          second->weight + (gsize)h * second->stride, second->stride * sizeof (float));
}

/* Makes a unit an input of the layer to the pixels. */
static void
keep_switching (LimenVaeDecoder *decoder, guint h, guint at, guint n)
{
  const LimenLinear *second = &decoder->vae->decoder.layer[1];
  const float *row = decoder->hidden + (gsize)h * COLUMNS;
  float *input = decoder->input + (gsize)at * COLUMNS, bias = decoder->unit_bias[h];
  for (guint c = 0; c < n; c++)
    input[c] = row[c] + bias > 0 ? row[c] + bias : 0;
  memcpy (decoder->weight + (gsize)at * second->stride, second->weight + (gsize)h * second->stride,
          second->stride * sizeof (float));
}

/* The live units in one: weights from z, and what they add to the biases. */
static void
fold_live (LimenVaeDecoder *decoder, guint n_live)
{
  const LimenLinear *second = &decoder->vae->decoder.layer[1];
  guint latent = decoder->vae->shape.latent, stride = second->stride;
  memcpy (decoder->bias, second->bias, stride * sizeof (float));
  if (n_live == 0) {
    memset (decoder->weight, 0, (gsize)latent * stride * sizeof (float));
    return;
  }
  cblas_sgemm (CblasRowMajor, CblasTrans, CblasNoTrans, (int)latent, (int)stride, (int)n_live, 1,
               decoder->live, (int)latent + 1, decoder->live_weight, (int)stride, 0,
               decoder->weight, (int)stride);
  cblas_sgemv (CblasRowMajor, CblasTrans, (int)n_live, (int)stride, 1, decoder->live_weight,
               (int)stride, decoder->live + latent, (int)latent + 1, 1, decoder->bias, 1);
}

/* Returns: how many inputs the layer to the pixels has */
static guint
choose_inputs (LimenVaeDecoder *decoder, guint n)
{
  guint latent = decoder->vae->shape.latent, n_live = 0, n_inputs = latent;
  for (guint h = 0; h < decoder->vae->shape.hidden_decoder; h++)
    switch (unit_state (decoder->hidden + (gsize)h * COLUMNS, decoder->unit_bias[h], n)) {
    case ON:
      keep_live (decoder, h, n_live++);
      break;
    case SWITCHES:
      keep_switching (decoder, h, n_inputs++, n);
      break;
    case OFF:
      break;
    }
  fold_live (decoder, n_live);
  return n_inputs;
}

/* Adds a tile of rows to the totals. */
static void
add_tile (LimenVaeDecoder *decoder, const LimenLikelihoodRows *rows)
{
  for (guint c = 0; c < rows->n; c++) {
    decoder->sum[c] = 0;
    decoder->product[c] = 1;
  }
  if (decoder->vae->sigma > 0)
    limen_gaussian_rows (rows, decoder->sum);
  else
    limen_bernoulli_rows (rows, decoder->sum, decoder->product);
  for (guint c = 0; c < rows->n; c++) {
    decoder->total[c] += decoder->sum[c];
    decoder->all_factors[c] *= decoder->product[c];
  }
}

static void
take_logarithms (LimenVaeDecoder *decoder, guint n)
{
  for (guint c = 0; c < n; c++) {
    decoder->total[c] += log (decoder->all_factors[c]);
    decoder->all_factors[c] = 1;
  }
}

void
limen_vae_decoder_run (LimenVaeDecoder *decoder, const double *centre, guint n, const float *x,
                       double *out)
{
  const LimenVae *vae = decoder->vae;
  guint observed = vae->shape.observed, stride = vae->decoder.layer[1].stride;
  run_units (decoder, centre, n);
  guint n_inputs = choose_inputs (decoder, n);
  for (guint c = 0; c < n; c++) {
    decoder->total[c] = 0;
    decoder->all_factors[c] = 1;
  }
  for (guint first = 0, tile = 1; first < observed; first += TILE, tile++) {
    LimenLikelihoodRows rows = {MIN (TILE, observed - first), n,        COLUMNS, decoder->tile,
                                decoder->bias + first,        x + first};
    cblas_sgemm (CblasRowMajor, CblasTrans, CblasNoTrans, (int)rows.n_rows, (int)n, (int)n_inputs,
                 1, decoder->weight + first, (int)stride, decoder->input, COLUMNS, 0, decoder->tile,
                 COLUMNS);
    add_tile (decoder, &rows);
    if (tile % TILES_IN_PRODUCT == 0)
      take_logarithms (decoder, n);
  }
  take_logarithms (decoder, n);
  double variance = vae->sigma * vae->sigma;
  for (guint c = 0; c < n; c++)
    out[c] = variance > 0
                 ? -0.5 * (decoder->total[c] / variance + observed * (LOG_2PI + log (variance)))
                 : -decoder->total[c];
}

static void
run_block (LimenVaeDecoder *decoder, const double *z, guint n, const float *x, double *out)
{
  guint latent = decoder->vae->shape.latent;
  g_autofree double *centre = g_new0 (double, latent);
  for (guint j = 0; j < latent; j++) {
    for (guint c = 0; c < n; c++)
      centre[j] += z[(gsize)c * latent + j] / n;
    for (guint c = 0; c < n; c++)
      decoder->input[(gsize)j * COLUMNS + c] = (float)(z[(gsize)c * latent + j] - centre[j]);
  }
  limen_vae_decoder_run (decoder, centre, n, x, out);
}

void
limen_vae_decoder_run_points (LimenVaeDecoder *decoder, const double *z, gsize n, const float *x,
                              double *out)
{
  for (gsize first = 0; first < n; first += COLUMNS)
    run_block (decoder, z + first * decoder->vae->shape.latent, (guint)MIN (COLUMNS, n - first), x,
               out + first);
}
