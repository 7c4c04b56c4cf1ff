/* What is said of scores that cannot be had. */
#include "model/bench/bench.h"

/* There is no flow. */
static gboolean
has_no_flow (gconstpointer data)
{
  const LimenBenchModels *models = data;
  return !models->flow;
}

/* There is no VAE. */
static gboolean
has_no_vae (gconstpointer data)
{
  const LimenBenchModels *models = data;
  return !models->vae;
}

/* There is no second flow. */
static gboolean
has_no_reference (gconstpointer data)
{
  const LimenBenchModels *models = data;
  return !models->reference;
}

/* There is neither a flow nor a VAE. */
static gboolean
has_nothing (gconstpointer data)
{
  return has_no_flow (data) && has_no_vae (data);
}

/* There is a VAE of black and white pixels, and no flow. */
static gboolean
has_only_black_and_white (gconstpointer data)
{
  const LimenBenchModels *models = data;
  return !models->flow && models->vae && limen_vae_likelihood (models->vae) == LIMEN_VAE_BERNOULLI;
}

/* There are a flow and a VAE, of images of different numbers of pixels. */
static gboolean
has_another_vae (gconstpointer data)
{
  const LimenBenchModels *models = data;
  return models->flow && models->vae &&
         limen_vae_shape (models->vae).observed != limen_nice_shape (models->flow).dimension;
}

/* There are two flows, of images of different numbers of pixels. */
static gboolean
has_another_reference (gconstpointer data)
{
  const LimenBenchModels *models = data;
  return models->flow && models->reference &&
         limen_nice_shape (models->reference).dimension !=
             limen_nice_shape (models->flow).dimension;
}

static char *
say_another_vae (gconstpointer data)
{
  const LimenBenchModels *models = data;
  return g_strdup_printf ("The VAE was made for %u pixels, the flow for %u; open a VAE and a flow "
                          "that fit the same images.",
                          limen_vae_shape (models->vae).observed,
                          limen_nice_shape (models->flow).dimension);
}

static char *
say_another_reference (gconstpointer data)
{
  const LimenBenchModels *models = data;
  return g_strdup_printf ("The second flow was made for %u pixels, the first for %u; open two that "
                          "fit the same images.",
                          limen_nice_shape (models->reference).dimension,
                          limen_nice_shape (models->flow).dimension);
}

static const LimenClaim of_flow[] = {
    {"no flow", has_no_flow, .words = "This score needs a flow; open the weights of one."},
};

static const LimenClaim of_complexity[] = {
    {"black and white", has_only_black_and_white,
     .words = "This score needs a flow: the likelihood of this VAE is that of black and white "
              "pixels, which is no code length of the image; open the weights of a flow."},
    {"no flow", has_no_flow, .words = "This score needs a flow; open the weights of one."},
};

static const LimenClaim of_vae[] = {
    {"no VAE", has_no_vae, .words = "This score needs a VAE; open the weights of one."},
    {"another VAE", has_another_vae, say_another_vae},
};

static const LimenClaim of_combined[] = {
    {"nothing", has_nothing, .words = "This score needs a flow or a VAE; open the weights of one."},
};

static const LimenClaim of_ratio[] = {
    {"no flow", has_no_flow, .words = "This score needs two flows; open the weights of the first."},
    {"no second flow", has_no_reference,
     .words = "This score needs a second flow, trained on what normal images have in common with "
              "others; open its weights as the reference."},
    {"another flow", has_another_reference, say_another_reference},
};

#define CLAIMS(claims)                                                                             \
  {                                                                                                \
    claims, G_N_ELEMENTS (claims)                                                                  \
  }

static const struct {
  const LimenClaim *claims;
  guint n;
} tables[LIMEN_N_SCORES] = {
    [LIMEN_SCORE_LOG_LIKELIHOOD] = CLAIMS (of_flow),    [LIMEN_SCORE_TYPICALITY] = CLAIMS (of_flow),
    [LIMEN_SCORE_COMPLEXITY] = CLAIMS (of_complexity),  [LIMEN_SCORE_IWAE] = CLAIMS (of_vae),
    [LIMEN_SCORE_VAE_STATISTICS] = CLAIMS (of_vae),     [LIMEN_SCORE_LATENT_FIT] = CLAIMS (of_flow),
    [LIMEN_SCORE_COMBINED] = CLAIMS (of_combined),      [LIMEN_SCORE_NEAREST] = {NULL, 0},
    [LIMEN_SCORE_LIKELIHOOD_RATIO] = CLAIMS (of_ratio),
};

const LimenClaim *
limen_bench_claims (LimenScoreKind kind, guint *n)
{
  g_return_val_if_fail (kind < LIMEN_N_SCORES, NULL);
  *n = tables[kind].n;
  return tables[kind].claims;
}
