/* Encoder and decoder of the small VAE: forward and backward over a batch, in float64, on one core.
 * All parameters lie in one array: a gradient is another of the same layout. */
#pragma once

#include <glib.h>

/**
 * LimenPriorLayer: y = W·x + b, where in the array of parameters
 * @at: W: (out, in), row-major, then b: (out)
 */
typedef struct {
  guint in, out;
  gsize at;
} LimenPriorLayer;

/**
 * LimenPriorLayout: what lies where
 * @d, @k, @hidden: sizes of x, z and the hidden layers
 * @n_layers: of each network: 2, or 1 where @hidden is 0
 * @encoder: d → hidden → (μ, log s): 2k; or d → μ: k
 * @decoder: k → hidden → d; or k → d
 * @log_s: (k): where @hidden is 0
 * @lambda1, @log_lambda2: (k)
 * @n: how many parameters there are
 */
typedef struct {
  guint d, k, hidden, n_layers;
  LimenPriorLayer encoder[2], decoder[2];
  gsize log_s, lambda1, log_lambda2, n;
} LimenPriorLayout;

LimenPriorLayout limen_prior_layout (guint d, guint k, guint hidden);
/** limen_prior_start: @parameters: (n): weights of N(0, 1 / in), else 0: r = N(0, I), s = 1 where
 * there is no hidden layer */
void limen_prior_start (const LimenPriorLayout *layout, guint64 seed, double *parameters);

/** limen_prior_standardize: (λ1, λ2) → (0, 1), with another encoder and decoder: z' = (z − λ1) /
 * √λ2. Neither p(x) nor the bound of any x moves. */
void limen_prior_standardize (const LimenPriorLayout *layout, double *parameters);
/** limen_prior_is_in_reach: whether all is finite, and s and λ2 far from what overflows, whatever x
 * may be */
gboolean limen_prior_is_in_reach (const LimenPriorLayout *layout, const double *parameters);

/**
 * LimenPriorPass: what a batch leaves on its way, for @most rows; all row-major
 * @x: (n, d)
 * @code: (n, 2k): μ and log s beside each other
 * @s, @e, @z: (n, k): z = μ + s·e
 * @decoded: (n, d): f(z)
 * @hidden_e, @hidden_d: (n, hidden): of encoder and decoder, behind tanh
 * @l: (n): the bound of each row at its draw
 * @d_code, @d_z, @d_decoded, @d_hidden: derivatives with respect to these
 */
typedef struct {
  guint most;
  double *x, *code, *s, *e, *z, *decoded, *hidden_e, *hidden_d, *l;
  double *d_code, *d_z, *d_decoded, *d_hidden;
} LimenPriorPass;

LimenPriorPass *limen_prior_pass_new (const LimenPriorLayout *layout, guint most);
void limen_prior_pass_free (LimenPriorPass *pass);

/** limen_prior_encode: @n rows of x to code and s */
void limen_prior_encode (const LimenPriorLayout *layout, const double *parameters,
                         LimenPriorPass *pass, guint n);
/** limen_prior_place: z = μ + s·e */
void limen_prior_place (const LimenPriorLayout *layout, LimenPriorPass *pass, guint n);
/** limen_prior_decode: z to decoded */
void limen_prior_decode (const LimenPriorLayout *layout, const double *parameters,
                         LimenPriorPass *pass, guint n);
/** limen_prior_decode_backward: d_decoded to d_z, and to the decoder's part of @gradient */
void limen_prior_decode_backward (const LimenPriorLayout *layout, const double *parameters,
                                  LimenPriorPass *pass, guint n, double *gradient);
/** limen_prior_encode_backward: d_code to the encoder's part of @gradient */
void limen_prior_encode_backward (const LimenPriorLayout *layout, const double *parameters,
                                  LimenPriorPass *pass, guint n, double *gradient);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenPriorPass, limen_prior_pass_free)
