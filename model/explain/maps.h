/* The maps of an explanation: a number for each pixel. */
#pragma once

#include "model/explain/explanation.h"

/**
 * LimenExplainMap:
 * @LIMEN_EXPLAIN_NONE: the picture alone
 * @LIMEN_EXPLAIN_GRADIENT: |∂ log p/∂x|, nats per unit of a pixel, which is 1 from black to white:
 * how much log p would move with the pixel
 * @LIMEN_EXPLAIN_LATENTS: softplus(z) + softplus(−z) − 2 log 2, nats, 0 or more: how much the
 * latent at the place of the pixel takes away; all of them are what log p lacks to the most of any
 * point
 * @LIMEN_EXPLAIN_WINDOWS: how unusual the windows around a place are, by the measure of the model
 * of windows; at the size of the picture
 * @LIMEN_EXPLAIN_LIKELY: how much brighter (or, below 0, darker) a pixel is of the image that was
 * moved towards the likely
 */
typedef enum {
  LIMEN_EXPLAIN_NONE,
  LIMEN_EXPLAIN_GRADIENT,
  LIMEN_EXPLAIN_LATENTS,
  LIMEN_EXPLAIN_WINDOWS,
  LIMEN_EXPLAIN_LIKELY,
  LIMEN_N_EXPLAIN_MAPS
} LimenExplainMap;

/**
 * LimenExplainedMap:
 * @value: (rows, columns), row-major
 * @low, @high: what the ends of a scale of colours are to be: of a map that is @both_ways they are
 * as far from 0; @high is the 99.5 % quantile of the sizes where a few pixels are far above it
 * @smooth: between its numbers there are others, as between windows
 * @spread: its sizes differ so much that colours are to follow their logarithm: @low is above 0
 *
 * A plain value that owns its numbers.
 */
typedef struct {
  guint columns, rows;
  float *value;
  double low, high;
  gboolean both_ways, smooth, spread;
} LimenExplainedMap;

/** limen_explain_map_name: for files: "gradient", "latents", "windows", "likely";
 * "picture" */
const char *limen_explain_map_name (LimenExplainMap map);
/** limen_explain_map_title: for people: "Gradient" */
const char *limen_explain_map_title (LimenExplainMap map);
/** limen_explain_map_unit: beside its scale: "nats per unit of a pixel" */
const char *limen_explain_map_unit (LimenExplainMap map);
/** limen_explain_map_meaning: one sentence on what it shows */
const char *limen_explain_map_meaning (LimenExplainMap map);

/** limen_explanation_has_map: whether there is one; the picture alone always is */
gboolean limen_explanation_has_map (const LimenExplanation *explanation, LimenExplainMap map);
/** limen_explanation_map: (transfer full): one that it has, and not LIMEN_EXPLAIN_NONE */
LimenExplainedMap *limen_explanation_map (const LimenExplanation *explanation, LimenExplainMap map);
void limen_explained_map_free (LimenExplainedMap *map);
/** limen_explained_map_save: (rows, columns) of float32 as .npy: limen_npy_save() */
gboolean limen_explained_map_save (const LimenExplainedMap *map, const char *path, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenExplainedMap, limen_explained_map_free)
