/* How many bits a general compressor needs for an image: what a likelihood is to be measured
 * against. */
#pragma once

#include "model/data/image-set.h"

/** LimenCompressor: what one worker needs to compress images of one size */
typedef struct LimenCompressor LimenCompressor;

LimenCompressor *limen_compressor_new (guint width, guint height);
void limen_compressor_free (LimenCompressor *compressor);
/**
 * limen_compressor_bits: L = 8·min(bytes of the IDAT data of a grey 8-bit PNG, bytes of zlib's
 * stream of the pixels), the latter at level 9; the PNG is that of libpng's defaults
 * @x: (width·height), row-major, in [0, 1]: v/255 of 8-bit pixels v; others are rounded to such
 *
 * Returns: bits. What zlib and libpng make of an image depends on their versions.
 */
double limen_compressor_bits (LimenCompressor *compressor, const float *x);

/**
 * limen_complexity_score: S = −log₂ p − L of Serrà et al., "Input complexity and
 * out-of-distribution detection with likelihood-based generative models" (2020, equation 3), where
 * −log₂ p = 8·D − log p/ln 2 is the code length of the image with 8 bits a pixel, as L is
 * @log_likelihood: of a density of pixels in [0, 1], nats
 * @bits: L
 * @dimension: D, pixels of an image
 *
 * Returns: bits; high where a model that knows the images codes worse than a compressor that does
 * not
 */
double limen_complexity_score (double log_likelihood, double bits, guint dimension);
/** limen_bits_per_dimension: 8 − log p/(D ln 2): the code length above for each pixel */
double limen_bits_per_dimension (double log_likelihood, guint dimension);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenCompressor, limen_compressor_free)
