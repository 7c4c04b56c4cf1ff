/* The models and the sets of images that bench, detect and score are given: their options, what
 * follows from what was given, the files, and all of it read. */
#pragma once

#include "model/detect/detector.h"
#include "ui/cli/bench-models.h"
#include "ui/cli/images.h"
#include "ui/cli/options.h"

/**
 * LimenImageInputs: as they were given
 * @normal, @anomaly, @validation, @fit, @unsorted: (nullable) (element-type filename): NULL for
 * those of which a command has no option
 * @unsorted: images that are scored, and count in no rate
 * @reading: how arrays of images are read; @anomaly_reading: those of anomalies, which may be
 * @anomaly_inverted: black for white
 * @split: its seed is that of the bound's draws, too
 */
typedef struct {
  LimenModelOptions models;
  GPtrArray *normal, *anomaly, *validation, *fit, *unsorted;
  LimenReading reading, anomaly_reading;
  gboolean anomaly_inverted;
  LimenSplit split;
} LimenImageInputs;

#define LIMEN_IMAGE_INPUTS_DEFAULTS                                                                \
  {                                                                                                \
    .models = {.k = LIMEN_SCORER_K}, .split = {LIMEN_SPLIT_RANDOM, 0},                             \
  }

/** limen_image_inputs_follow: anomalies are read as normal images are where nothing else was said
 * of them; @inputs: in @options */
void limen_image_inputs_follow (LimenImageInputs *inputs, const LimenOptions *options);
/** limen_image_inputs_take: adds all files that were named to @taken (element-type filename) */
void limen_image_inputs_take (const LimenImageInputs *inputs, GPtrArray *taken);

/** LimenLoadedInputs: what was read; sets without images where no files were named */
typedef struct {
  LimenBenchModels models;
  LimenScoredSet fit, validation, normal, anomaly, unsorted;
} LimenLoadedInputs;

#define LIMEN_N_LOADED_SETS 5

/** limen_image_inputs_load: @loaded: (out): to be cleared in any case. FALSE for what can't be read
 * and for models that do not fit each other */
gboolean limen_image_inputs_load (LimenLoadedInputs *loaded, const LimenImageInputs *inputs,
                                  LimenTerminal *terminal, GError **error);
/** limen_loaded_inputs_hash: (transfer full): limen_hash_files() of all that was read */
GHashTable *limen_loaded_inputs_hash (const LimenLoadedInputs *loaded, GCancellable *cancellable,
                                      GError **error);
void limen_loaded_inputs_clear (LimenLoadedInputs *loaded);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LimenLoadedInputs, limen_loaded_inputs_clear)

/* Rows of a @type with LimenImageInputs inputs: those of a division, and of anomalies that are read
 * in a way of their own. */

/* clang-format off */
#define LIMEN_OPTION_INPUT(type, member) offsetof (type, inputs.member)

#define LIMEN_OPTION_SPLIT_ROWS(type)                                                              \
  { "--split", LIMEN_OPTION_CHOICE, LIMEN_OPTION_INPUT (type, split.kind), "random|ordered",       \
    .words = { [LIMEN_SPLIT_ORDERED] = "ordered", [LIMEN_SPLIT_RANDOM] = "random" } },             \
  { "--seed", LIMEN_OPTION_SEED, LIMEN_OPTION_INPUT (type, split.seed), "N" }

#define LIMEN_OPTION_INPUT_READING_ROWS(type)                                                      \
  { "--range", LIMEN_OPTION_RANGE, LIMEN_OPTION_INPUT (type, reading), "BLACK..WHITE" },           \
  { "--layout", LIMEN_OPTION_LAYOUT, LIMEN_OPTION_INPUT (type, reading), "WORD,..." }

#define LIMEN_OPTION_ANOMALY_READING_ROWS(type)                                                    \
  { "--anomaly-range", LIMEN_OPTION_RANGE, LIMEN_OPTION_INPUT (type, anomaly_reading),             \
    "BLACK..WHITE" },                                                                              \
  { "--anomaly-layout", LIMEN_OPTION_LAYOUT, LIMEN_OPTION_INPUT (type, anomaly_reading),           \
    "WORD,..." },                                                                                  \
  { "--anomaly-inverted", LIMEN_OPTION_FLAG, LIMEN_OPTION_INPUT (type, anomaly_inverted) }
/* clang-format on */
