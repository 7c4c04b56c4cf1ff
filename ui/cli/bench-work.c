#include "ui/cli/bench-work.h"

static LimenImageSet *
ref_or_null (const LimenScoredSet *set)
{
  return set->images ? limen_image_set_ref (set->images) : NULL;
}

static LimenBenchInput *
input_of (const LimenLoadedInputs *in, const LimenImageInputs *inputs)
{
  const LimenBenchModels *models = &in->models;
  LimenBenchInput *input = g_new0 (LimenBenchInput, 1);
  input->models.flow = models->flow ? limen_nice_ref (models->flow) : NULL;
  input->models.vae = models->vae ? limen_vae_ref (models->vae) : NULL;
  input->models.reference = models->reference ? limen_nice_ref (models->reference) : NULL;
  input->normal = ref_or_null (&in->normal);
  input->anomaly = ref_or_null (&in->anomaly);
  input->unsorted = ref_or_null (&in->unsorted);
  input->fit = ref_or_null (&in->fit);
  input->validation = ref_or_null (&in->validation);
  input->split = inputs->split;
  input->k = inputs->models.k;
  input->draws = inputs->split.seed;
  input->tally = limen_bench_tally_new ();
  return input;
}

gboolean
limen_bench_work (LimenBenchWork *work, const LimenImageInputs *inputs, double sigmas, guint kinds,
                  LimenTerminal *terminal, GError **error)
{
  g_return_val_if_fail (work != NULL && inputs != NULL && terminal != NULL, FALSE);
  *work = (LimenBenchWork){0};
  if (!limen_image_inputs_load (&work->in, inputs, terminal, error))
    return FALSE;
  LimenBenchInput *input = input_of (&work->in, inputs);
  input->sigmas = sigmas;
  input->kinds = kinds;
  limen_terminal_start (terminal, "scoring images");
  work->result = limen_bench_result_new (input, &terminal->run, error);
  limen_bench_input_free (input);
  return work->result != NULL;
}

void
limen_bench_work_clear (LimenBenchWork *work)
{
  g_return_if_fail (work != NULL);
  limen_loaded_inputs_clear (&work->in);
  g_clear_pointer (&work->result, limen_bench_result_unref);
}

void
limen_bench_warn_of_optimism (const LimenBenchWork *work, LimenTerminal *terminal)
{
  g_return_if_fail (work != NULL && work->result != NULL && terminal != NULL);
  g_auto (GStrv) optimism = limen_bench_optimism (&work->result->division->counts);
  for (char **line = optimism; *line; line++)
    limen_terminal_warn (terminal, limen_image_set_name (work->in.normal.images), *line);
}
