/* What scores beyond the likelihood need of a command line: their names, and the models that they
 * are made with. */
#pragma once

#include "model/bench/scorer.h"
#include "ui/cli/option.h"
#include "ui/cli/terminal.h"

/**
 * LimenModelOptions: --model, --vae, --reference, --k, --sigma
 * @model, @vae, @reference: (nullable): paths
 * @k: of the bound; @sigma: of a VAE's Gaussian decoder; 0: black and white pixels
 */
typedef struct {
  const char *model, *vae, *reference;
  guint k;
  double sigma;
} LimenModelOptions;

/** LimenScoreList: in the order in which they were named, none twice */
typedef struct {
  guint n;
  LimenScoreKind kind[LIMEN_N_SCORES];
} LimenScoreList;

/** limen_score_read, limen_score_list_read: LimenOptionReadFuncs: "nearest" into a LimenScoreKind,
 * "iwae,nearest" into a LimenScoreList */
gboolean
limen_score_read (const LimenOption *option, const char *text, gpointer field, GError **error);
gboolean
limen_score_list_read (const LimenOption *option, const char *text, gpointer field, GError **error);

/** limen_models_load: those that were named; @models: (out), to be cleared in any case. FALSE for
 * what can't be read, and for a model that was named and does not fit the flow */
gboolean limen_models_load (LimenBenchModels *models, const LimenModelOptions *options,
                            LimenTerminal *terminal, GError **error);
void limen_models_clear (LimenBenchModels *models);
/** limen_models_files: @path: (out) (4): (transfer none): of those that there are, the flow first;
 * NULL-terminated */
void limen_models_files (const LimenBenchModels *models, const char **path);
/** limen_models_take: adds their paths, as they were named, to @taken (element-type filename) */
void limen_models_take (const LimenModelOptions *options, GPtrArray *taken);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LimenBenchModels, limen_models_clear)

/* Rows of a @type with LimenImageInputs inputs, which has these models. */

/* clang-format off */
#define LIMEN_OPTION_MODELS_ROWS(type)                                                             \
  { "--vae", LIMEN_OPTION_TEXT, offsetof (type, inputs.models.vae), "FILE" },                             \
  { "--reference", LIMEN_OPTION_TEXT, offsetof (type, inputs.models.reference), "FILE" },                 \
  { "--k", LIMEN_OPTION_COUNT, offsetof (type, inputs.models.k), "N", .needs = "--vae",                   \
    .low = 1, .high = 1e5 },                                                                       \
  { "--sigma", LIMEN_OPTION_NUMBER, offsetof (type, inputs.models.sigma), "S", .needs = "--vae",          \
    .low = 1e-6, .high = 1e6 }
/* clang-format on */
