/* What the integral over the latent space of a VAE is a sum of: squares of which only the middle
 * was looked at, and polygons on which the network is affine, with a rule each. Inside of
 * vae-integral.h. */
#pragma once

#include "model/bound/polygon.h"
#include "model/bound/vae-integral.h"
#include "model/latent/vae-affine.h"

/**
 * LimenPiece: of the latent space
 * @polygon: (nullable): relative to @middle; NULL: a square of which only the middle was looked at
 * @upper, @rise: of a square: above what is in it, absolutely and over its middle, nats
 * @lines: that pass through it; @coarse: whether it is too wide for q
 * @order: of the rule (its index) that @log_value is by
 * @log_value, @log_error: of its integral; @log_q: of that of q
 * @points: (nullable): LimenVaePoint of the last rule and of the one before, where they are wanted
 */
typedef struct {
  double middle[2], half, upper, rise;
  guint lines, order;
  gboolean coarse;
  LimenPolygon *polygon;
  double log_value, log_error, log_q;
  GArray *points[2];
} LimenPiece;

/* @depth: at which squares wait; @keeps: whether points are wanted
 * @q: (nullable): with its least standard deviation @width_of_q; @log_scale: the integral, as far
 * as it is known: what of q counts as much as all of it
 * @peak: the highest value found; @nodes: evaluated so far
 * @piece: LimenPiece; @made: (n_batches): of the round under way, what has become of each piece
 * @chosen: (n_chosen): indices of the pieces to be divided */
typedef struct {
  const LimenVae *vae;
  const float *x;
  const LimenVaeIntegrand *integrand;
  guint latent;
  double depth;
  gboolean keeps;
  const LimenGaussian *q;
  double width_of_q, log_scale;
  LimenVaeAffine **affine;
  GArray *piece, **made;
  guint *chosen, n_chosen;
  double peak, *batch_peak;
  gsize nodes, *batch_nodes;
} LimenSearch;

/* What one batch works with. */
typedef struct {
  const LimenSearch *search;
  LimenVaeAffine *affine;
  GArray *made;
  double peak;
  gsize nodes;
} LimenBench;

/** limen_vae_quadratic: −½ zᵀPz + bᵀz + constant. @gradient: (nullable) (latent): to be added to */
double limen_vae_quadratic (const LimenVaeIntegrand *integrand, guint latent, const double *z,
                            double *gradient);
/** limen_piece_look: at the middle of a square: what is in all of it at most */
void limen_piece_look (LimenBench *bench, LimenPiece *piece);
/** limen_piece_divide: a square into its quarters or, once it is small enough, into polygons; of a
 * polygon, a rule of higher order or two halves. What comes of it is added to @bench->made */
void limen_piece_divide (LimenBench *bench, const LimenPiece *piece);
void limen_piece_clear (LimenPiece *piece);
