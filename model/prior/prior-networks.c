#include "model/prior/prior-networks.h"
#include "model/base/random.h"

#include <cblas.h>
#include <math.h>
#include <string.h>

/* -- where things lie -- */

static LimenPriorLayer
take_layer (guint in, guint out, gsize *at)
{
  LimenPriorLayer layer = {in, out, *at};
  *at += ((gsize)in + 1) * out;
  return layer;
}

LimenPriorLayout
limen_prior_layout (guint d, guint k, guint hidden)
{
  LimenPriorLayout layout = {.d = d, .k = k, .hidden = hidden, .n_layers = hidden > 0 ? 2 : 1};
  gsize at = 0;
  if (hidden > 0) {
    layout.encoder[0] = take_layer (d, hidden, &at);
    layout.encoder[1] = take_layer (hidden, 2 * k, &at);
    layout.decoder[0] = take_layer (k, hidden, &at);
    layout.decoder[1] = take_layer (hidden, d, &at);
  } else {
    layout.encoder[0] = take_layer (d, k, &at);
    layout.decoder[0] = take_layer (k, d, &at);
    layout.log_s = at;
    at += k;
  }
  layout.lambda1 = at;
  layout.log_lambda2 = at + k;
  layout.n = at + 2 * (gsize)k;
  return layout;
}

static void
start_layer (LimenPriorLayer layer, guint64 seed, guint index, double *parameters)
{
  LimenRandom random = limen_random_stream (seed, "prior-start", index);
  for (gsize i = 0; i < (gsize)layer.in * layer.out; i++)
    parameters[layer.at + i] = limen_random_normal (&random) / sqrt (layer.in);
}

void
limen_prior_start (const LimenPriorLayout *layout, guint64 seed, double *parameters)
{
  memset (parameters, 0, layout->n * sizeof *parameters);
  for (guint i = 0; i < layout->n_layers; i++) {
    start_layer (layout->encoder[i], seed, i, parameters);
    start_layer (layout->decoder[i], seed, 2 + i, parameters);
  }
}

/* Encoder: μ' = (μ − λ1) / √λ2, s' = s / √λ2; decoder: f(z) = f(√λ2·z' + λ1). */
void
limen_prior_standardize (const LimenPriorLayout *layout, double *parameters)
{
  LimenPriorLayer code = layout->encoder[layout->n_layers - 1], from_z = layout->decoder[0];
  double *code_bias = parameters + code.at + (gsize)code.in * code.out;
  double *z_bias = parameters + from_z.at + (gsize)from_z.in * from_z.out;
  double *log_s = layout->hidden > 0 ? code_bias + layout->k : parameters + layout->log_s;
  for (gsize j = 0; j < layout->k; j++) {
    double *lambda1 = parameters + layout->lambda1 + j;
    double *log_lambda2 = parameters + layout->log_lambda2 + j, root = exp (0.5 * *log_lambda2);
    for (gsize i = 0; i < code.in; i++)
      parameters[code.at + j * code.in + i] /= root;
    code_bias[j] = (code_bias[j] - *lambda1) / root;
    log_s[j] -= 0.5 * *log_lambda2;
    for (gsize i = 0; i < from_z.out; i++) {
      double *weight = parameters + from_z.at + i * from_z.in + j;
      z_bias[i] += *weight * *lambda1;
      *weight *= root;
    }
    *lambda1 = *log_lambda2 = 0;
  }
}

/* Largest |log s| and |log λ2|, and any other parameter: no square, quotient or product of what is
 * made of them leaves the range of a double. */
#define MOST_LOG_S       200
#define MOST_LOG_LAMBDA2 100
#define MOST             1e50

/* tanh lies within ±1, so that a sum of sizes is the most that log s can be. */
static double
largest_log_s (const LimenPriorLayout *layout, const double *parameters, gsize j)
{
  LimenPriorLayer code = layout->encoder[1];
  if (layout->hidden == 0)
    return fabs (parameters[layout->log_s + j]);
  gsize row = layout->k + j;
  double sum = fabs (parameters[code.at + (gsize)code.in * code.out + row]);
  for (gsize i = 0; i < code.in; i++)
    sum += fabs (parameters[code.at + row * code.in + i]);
  return sum;
}

gboolean
limen_prior_is_in_reach (const LimenPriorLayout *layout, const double *parameters)
{
  for (gsize i = 0; i < layout->n; i++)
    if (!(fabs (parameters[i]) < MOST))
      return FALSE;
  for (gsize j = 0; j < layout->k; j++)
    if (!(fabs (parameters[layout->log_lambda2 + j]) < MOST_LOG_LAMBDA2) ||
        !(largest_log_s (layout, parameters, j) < MOST_LOG_S))
      return FALSE;
  return TRUE;
}

/* -- one layer -- */

/* OpenBLAS would wake threads for large products: a training keeps to one core. */
static gpointer
keep_blas_on_one_core (gpointer unused)
{
  openblas_set_num_threads (1);
  return NULL;
}

/* @y = x·Wᵀ + b; rows of @y are @y_stride apart */
static void
forward (LimenPriorLayer layer, const double *parameters, guint n, const double *x, double *y,
         guint y_stride)
{
  const double *bias = parameters + layer.at + (gsize)layer.in * layer.out;
  for (gsize i = 0; i < n; i++)
    memcpy (y + i * y_stride, bias, layer.out * sizeof *y);
  cblas_dgemm (CblasRowMajor, CblasNoTrans, CblasTrans, (int)n, (int)layer.out, (int)layer.in, 1, x,
               (int)layer.in, parameters + layer.at, (int)layer.in, 1, y, (int)y_stride);
}

/* dW = dyᵀ·x, db = Σ dy */
static void
backward_weights (LimenPriorLayer layer, guint n, const double *x, const double *dy,
                  guint dy_stride, double *gradient)
{
  double *bias = gradient + layer.at + (gsize)layer.in * layer.out;
  cblas_dgemm (CblasRowMajor, CblasTrans, CblasNoTrans, (int)layer.out, (int)layer.in, (int)n, 1,
               dy, (int)dy_stride, x, (int)layer.in, 0, gradient + layer.at, (int)layer.in);
  memset (bias, 0, layer.out * sizeof *bias);
  for (gsize i = 0; i < n; i++)
    for (gsize j = 0; j < layer.out; j++)
      bias[j] += dy[i * dy_stride + j];
}

/* dx = dy·W */
static void
backward_input (LimenPriorLayer layer, const double *parameters, guint n, const double *dy,
                double *dx)
{
  cblas_dgemm (CblasRowMajor, CblasNoTrans, CblasNoTrans, (int)n, (int)layer.in, (int)layer.out, 1,
               dy, (int)layer.out, parameters + layer.at, (int)layer.in, 0, dx, (int)layer.in);
}

static void
apply_tanh (double *y, gsize n)
{
  for (gsize i = 0; i < n; i++)
    y[i] = tanh (y[i]);
}

/* From the derivative behind tanh, whose values are @y, to that before it */
static void
backward_tanh (const double *y, gsize n, double *dy)
{
  for (gsize i = 0; i < n; i++)
    dy[i] *= 1 - y[i] * y[i];
}

/* -- a batch -- */

LimenPriorPass *
limen_prior_pass_new (const LimenPriorLayout *layout, guint most)
{
  static GOnce once = G_ONCE_INIT;
  g_once (&once, keep_blas_on_one_core, NULL);
  gsize n = most, d = layout->d, k = layout->k, hidden = MAX (layout->hidden, 1);
  LimenPriorPass *pass = g_new (LimenPriorPass, 1);
  *pass = (LimenPriorPass){
      .most = most,
      .x = g_new0 (double, n *d),
      .code = g_new0 (double, n * 2 * k),
      .s = g_new0 (double, n *k),
      .e = g_new0 (double, n *k),
      .z = g_new0 (double, n *k),
      .decoded = g_new0 (double, n *d),
      .hidden_e = g_new0 (double, n *hidden),
      .hidden_d = g_new0 (double, n *hidden),
      .l = g_new0 (double, n),
      .d_code = g_new0 (double, n * 2 * k),
      .d_z = g_new0 (double, n *k),
      .d_decoded = g_new0 (double, n *d),
      .d_hidden = g_new0 (double, n *hidden),
  };
  return pass;
}

void
limen_prior_pass_free (LimenPriorPass *pass)
{
  if (!pass)
    return;
  double *arrays[] = {pass->x,       pass->code,      pass->s,        pass->e, pass->z,
                      pass->decoded, pass->hidden_e,  pass->hidden_d, pass->l, pass->d_code,
                      pass->d_z,     pass->d_decoded, pass->d_hidden};
  for (gsize i = 0; i < G_N_ELEMENTS (arrays); i++)
    g_free (arrays[i]);
  g_free (pass);
}

void
limen_prior_encode (const LimenPriorLayout *layout, const double *parameters, LimenPriorPass *pass,
                    guint n)
{
  gsize k = layout->k;
  if (layout->hidden > 0) {
    forward (layout->encoder[0], parameters, n, pass->x, pass->hidden_e, layout->hidden);
    apply_tanh (pass->hidden_e, (gsize)n * layout->hidden);
    forward (layout->encoder[1], parameters, n, pass->hidden_e, pass->code, 2 * layout->k);
  } else {
    forward (layout->encoder[0], parameters, n, pass->x, pass->code, 2 * layout->k);
    for (gsize i = 0; i < n; i++)
      memcpy (pass->code + (2 * i + 1) * k, parameters + layout->log_s, k * sizeof *parameters);
  }
  for (gsize i = 0; i < n; i++)
    for (gsize j = 0; j < k; j++)
      pass->s[i * k + j] = exp (pass->code[(2 * i + 1) * k + j]);
}

void
limen_prior_place (const LimenPriorLayout *layout, LimenPriorPass *pass, guint n)
{
  gsize k = layout->k;
  for (gsize i = 0; i < n; i++)
    for (gsize j = 0; j < k; j++)
      pass->z[i * k + j] = pass->code[2 * i * k + j] + pass->s[i * k + j] * pass->e[i * k + j];
}

void
limen_prior_decode (const LimenPriorLayout *layout, const double *parameters, LimenPriorPass *pass,
                    guint n)
{
  const double *input = pass->z;
  if (layout->hidden > 0) {
    forward (layout->decoder[0], parameters, n, pass->z, pass->hidden_d, layout->hidden);
    apply_tanh (pass->hidden_d, (gsize)n * layout->hidden);
    input = pass->hidden_d;
  }
  forward (layout->decoder[layout->n_layers - 1], parameters, n, input, pass->decoded, layout->d);
}

void
limen_prior_decode_backward (const LimenPriorLayout *layout, const double *parameters,
                             LimenPriorPass *pass, guint n, double *gradient)
{
  const double *dy = pass->d_decoded;
  if (layout->hidden > 0) {
    backward_weights (layout->decoder[1], n, pass->hidden_d, dy, layout->d, gradient);
    backward_input (layout->decoder[1], parameters, n, dy, pass->d_hidden);
    backward_tanh (pass->hidden_d, (gsize)n * layout->hidden, pass->d_hidden);
    dy = pass->d_hidden;
  }
  backward_weights (layout->decoder[0], n, pass->z, dy, layout->decoder[0].out, gradient);
  backward_input (layout->decoder[0], parameters, n, dy, pass->d_z);
}

void
limen_prior_encode_backward (const LimenPriorLayout *layout, const double *parameters,
                             LimenPriorPass *pass, guint n, double *gradient)
{
  gsize k = layout->k;
  if (layout->hidden > 0) {
    backward_weights (layout->encoder[1], n, pass->hidden_e, pass->d_code, 2 * layout->k, gradient);
    backward_input (layout->encoder[1], parameters, n, pass->d_code, pass->d_hidden);
    backward_tanh (pass->hidden_e, (gsize)n * layout->hidden, pass->d_hidden);
    backward_weights (layout->encoder[0], n, pass->x, pass->d_hidden, layout->hidden, gradient);
    return;
  }
  backward_weights (layout->encoder[0], n, pass->x, pass->d_code, 2 * layout->k, gradient);
  memset (gradient + layout->log_s, 0, k * sizeof *gradient);
  for (gsize i = 0; i < n; i++)
    for (gsize j = 0; j < k; j++)
      gradient[layout->log_s + j] += pass->d_code[(2 * i + 1) * k + j];
}
