#include "ui/cli/bench-work.h"
#include "model/report/provenance.h"

static gboolean
load_set (LimenScoredSet *set, const LimenBenchWork *work, const GPtrArray *paths,
          const LimenReading *reading, LimenTerminal *terminal, GError **error)
{
  return !paths || paths->len == 0 ||
         limen_load_images_for (set, work->models.flow, paths, reading, terminal, error);
}

static gboolean
load (LimenBenchWork *work, const LimenBenchRequest *request, LimenTerminal *terminal,
      GError **error)
{
  const LimenReading *reading = &request->reading;
  return limen_models_load (&work->models, request->models, terminal, error) &&
         load_set (&work->fit, work, request->fit, reading, terminal, error) &&
         load_set (&work->validation, work, request->validation, reading, terminal, error) &&
         load_set (&work->normal, work, request->normal, reading, terminal, error) &&
         load_set (&work->anomaly, work, request->anomaly, &request->anomaly_reading, terminal,
                   error) &&
         load_set (&work->unsorted, work, request->unsorted, reading, terminal, error) &&
         limen_invert_images (&work->anomaly, request->anomaly_inverted);
}

static LimenImageSet *
ref_or_null (const LimenScoredSet *set)
{
  return set->images ? limen_image_set_ref (set->images) : NULL;
}

static LimenBenchInput *
input_of (const LimenBenchWork *work, const LimenBenchRequest *request)
{
  const LimenBenchModels *models = &work->models;
  LimenBenchInput *input = g_new0 (LimenBenchInput, 1);
  input->models.flow = limen_nice_ref (models->flow);
  input->models.vae = models->vae ? limen_vae_ref (models->vae) : NULL;
  input->models.reference = models->reference ? limen_nice_ref (models->reference) : NULL;
  input->normal = ref_or_null (&work->normal);
  input->anomaly = ref_or_null (&work->anomaly);
  input->unsorted = ref_or_null (&work->unsorted);
  input->fit = ref_or_null (&work->fit);
  input->validation = ref_or_null (&work->validation);
  input->split = request->split;
  input->sigmas = request->sigmas;
  input->kinds = request->kinds;
  input->k = request->models->k;
  input->draws = request->split.seed;
  input->tally = limen_bench_tally_new ();
  return input;
}

gboolean
limen_bench_work (LimenBenchWork *work, const LimenBenchRequest *request, LimenTerminal *terminal,
                  GError **error)
{
  g_return_val_if_fail (work != NULL && request != NULL && terminal != NULL, FALSE);
  *work = (LimenBenchWork){0};
  if (!load (work, request, terminal, error))
    return FALSE;
  LimenBenchInput *input = input_of (work, request);
  limen_terminal_start (terminal, "scoring images");
  work->result = limen_bench_result_new (input, &terminal->run, error);
  limen_bench_input_free (input);
  return work->result != NULL;
}

void
limen_bench_work_clear (LimenBenchWork *work)
{
  g_return_if_fail (work != NULL);
  LimenScoredSet *const sets[] = {&work->fit, &work->validation, &work->normal, &work->anomaly,
                                  &work->unsorted};
  limen_models_clear (&work->models);
  for (guint i = 0; i < G_N_ELEMENTS (sets); i++)
    limen_scored_set_clear (sets[i]);
  g_clear_pointer (&work->result, limen_bench_result_unref);
}

GHashTable *
limen_bench_work_hash (const LimenBenchWork *work, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (work != NULL, NULL);
  const char *file[4] = {NULL};
  const LimenImageSet *const set[] = {work->fit.images, work->validation.images,
                                      work->normal.images, work->anomaly.images,
                                      work->unsorted.images};
  limen_models_files (&work->models, file);
  return limen_hash_files (file, G_N_ELEMENTS (file), set, G_N_ELEMENTS (set), cancellable, error);
}

void
limen_bench_warn_of_optimism (const LimenBenchWork *work, LimenTerminal *terminal)
{
  g_return_if_fail (work != NULL && work->result != NULL && terminal != NULL);
  g_auto (GStrv) optimism = limen_bench_optimism (&work->result->division->counts);
  for (char **line = optimism; *line; line++)
    limen_terminal_warn (terminal, limen_image_set_name (work->normal.images), *line);
}

void
limen_bench_take (const LimenBenchRequest *request, GPtrArray *taken)
{
  g_return_if_fail (request != NULL && taken != NULL);
  const GPtrArray *const paths[] = {request->normal, request->anomaly, request->validation,
                                    request->fit, request->unsorted};
  limen_models_take (request->models, taken);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    for (guint j = 0; paths[i] && j < paths[i]->len; j++)
      g_ptr_array_add (taken, paths[i]->pdata[j]);
}
