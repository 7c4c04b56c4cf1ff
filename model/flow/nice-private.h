/* What the files of this room share about the inside of a flow. */
#pragma once

#include "model/flow/nice.h"
#include "model/network/mlp.h"

/**
 * LimenNice:
 * @networks: (nullable): of the file it came from, see limen_nice_networks()
 * @coupling: (couplings): each from D/2 entries to D/2 shifts
 * @scale: (D): log-scales
 * @learned_from, @prints: (nullable): see limen_nice_set_learned()
 * @windows: (nullable): see limen_nice_set_windows()
 */
struct LimenNice {
  gatomicrefcount references;
  char *path, **networks;
  LimenNiceShape shape;
  LimenMlp *coupling;
  float *scale;
  char *learned_from;
  LimenImagePrints *prints;
  char *windows;
};

/** LIMEN_NICE_IMAGES, LIMEN_NICE_PRINTS, LIMEN_NICE_WINDOWS: names of notes in a file */
#define LIMEN_NICE_IMAGES  "limen.learned_from"
#define LIMEN_NICE_PRINTS  "limen.image_prints"
#define LIMEN_NICE_WINDOWS "limen.windows"

/** limen_nice_new: all weights 0 */
LimenNice *limen_nice_new (LimenNiceShape shape, const char *path);
/** limen_nice_copy: the same weights under another name */
LimenNice *limen_nice_copy (const LimenNice *nice, const char *path);
/** limen_nice_layer_name: (transfer full): "coupling.1.mid_block.0.0", as the course's model names
 * layer @layer of coupling @coupling */
char *limen_nice_layer_name (LimenNiceShape shape, guint coupling, guint layer);
