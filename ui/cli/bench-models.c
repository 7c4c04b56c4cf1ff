#include "ui/cli/bench-models.h"
#include "ui/cli/images.h"
#include "ui/cli/words.h"

#include <string.h>

/* -- names of scores -- */

static gboolean
refuse_name (const LimenOption *option, const char *name, GError **error)
{
  const char *known[LIMEN_N_SCORES + 1] = {NULL};
  for (guint k = 0; k < LIMEN_N_SCORES; k++)
    known[k] = limen_score_name ((LimenScoreKind)k);
  const char *meant = limen_closest_word (name, known, LIMEN_N_SCORES);
  g_autofree char *all = g_strjoinv (", ", (char **)known), *shown = limen_display_name (name);
  if (meant)
    return limen_option_refuse (error, option->name, "knows no score %s; did you mean %s?", shown,
                                meant);
  return limen_option_refuse (error, option->name, "knows no score %s; there are %s.", shown, all);
}

gboolean
limen_score_read (const LimenOption *option, const char *text, gpointer field, GError **error)
{
  g_return_val_if_fail (option != NULL && text != NULL && field != NULL, FALSE);
  return limen_score_find (text, field) || refuse_name (option, text, error);
}

gboolean
limen_score_list_read (const LimenOption *option, const char *text, gpointer field, GError **error)
{
  g_return_val_if_fail (option != NULL && text != NULL && field != NULL, FALSE);
  LimenScoreList *list = field;
  g_auto (GStrv) names = g_strsplit (text, ",", -1);
  guint seen = 0;
  list->n = 0;
  if (!*names)
    return limen_option_refuse (error, option->name, "needs the names of scores.");
  for (char **name = names; *name; name++) {
    LimenScoreKind kind;
    if (!limen_score_find (*name, &kind))
      return refuse_name (option, *name, error);
    if (seen & LIMEN_SCORE_BIT (kind))
      return limen_option_refuse (error, option->name, "names %s twice.", *name);
    seen |= LIMEN_SCORE_BIT (kind);
    list->kind[list->n++] = kind;
  }
  return TRUE;
}

/* -- models -- */

static LimenNice *
load_flow (const char *path, LimenTerminal *terminal, GError **error)
{
  LimenNice *flow = limen_nice_load (path, terminal->run.cancellable, error);
  if (flow)
    limen_tell_network (terminal, path, limen_nice_path (flow), limen_nice_networks (flow));
  return flow;
}

static LimenVae *
load_vae (const LimenModelOptions *options, LimenTerminal *terminal, GError **error)
{
  LimenVae *vae = limen_vae_load (options->vae, options->sigma, terminal->run.cancellable, error);
  if (vae)
    limen_tell_network (terminal, options->vae, limen_vae_path (vae), limen_vae_networks (vae));
  return vae;
}

/* What was named must be of use: a model that does not fit the others is refused. */
static gboolean
check (const LimenBenchModels *models, const LimenModelOptions *options, GError **error)
{
  const struct {
    const char *path;
    LimenScoreKind kind;
  } named[] = {{options->vae, LIMEN_SCORE_IWAE},
               {options->reference, LIMEN_SCORE_LIKELIHOOD_RATIO}};
  for (guint i = 0; i < G_N_ELEMENTS (named); i++) {
    g_autofree char *lack = named[i].path ? limen_bench_needs (named[i].kind, models) : NULL;
    g_autofree char *shown = lack ? limen_display_name (named[i].path) : NULL;
    if (lack)
      return limen_fail (error, LIMEN_ERROR_MISMATCH, "%s does not fit the flow: %s", shown, lack);
  }
  return TRUE;
}

gboolean
limen_models_load (LimenBenchModels *models, const LimenModelOptions *options,
                   LimenTerminal *terminal, GError **error)
{
  g_return_val_if_fail (models != NULL && options != NULL && terminal != NULL, FALSE);
  *models = (LimenBenchModels){0};
  limen_terminal_start (terminal, "reading weights");
  models->flow = options->model ? load_flow (options->model, terminal, error) : NULL;
  if (options->model && !models->flow)
    return FALSE;
  models->vae = options->vae ? load_vae (options, terminal, error) : NULL;
  if (options->vae && !models->vae)
    return FALSE;
  models->reference = options->reference ? load_flow (options->reference, terminal, error) : NULL;
  return (!options->reference || models->reference) && check (models, options, error);
}

void
limen_models_clear (LimenBenchModels *models)
{
  g_return_if_fail (models != NULL);
  g_clear_pointer (&models->flow, limen_nice_unref);
  g_clear_pointer (&models->vae, limen_vae_unref);
  g_clear_pointer (&models->reference, limen_nice_unref);
}

void
limen_models_files (const LimenBenchModels *models, const char **path)
{
  g_return_if_fail (models != NULL && path != NULL);
  if (models->flow)
    *path++ = limen_nice_path (models->flow);
  if (models->vae)
    *path++ = limen_vae_path (models->vae);
  if (models->reference)
    *path++ = limen_nice_path (models->reference);
  *path = NULL;
}

void
limen_models_take (const LimenModelOptions *options, GPtrArray *taken)
{
  g_return_if_fail (options != NULL && taken != NULL);
  const char *const path[] = {options->model, options->vae, options->reference};
  for (guint i = 0; i < G_N_ELEMENTS (path); i++)
    if (path[i])
      g_ptr_array_add (taken, (gpointer)path[i]);
}
