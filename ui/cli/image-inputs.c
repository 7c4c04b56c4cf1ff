#include "ui/cli/image-inputs.h"
#include "model/report/provenance.h"

void
limen_image_inputs_follow (LimenImageInputs *inputs, const LimenOptions *options)
{
  g_return_if_fail (inputs != NULL && options != NULL);
  LimenReading *own = &inputs->anomaly_reading;
  LimenReading range = limen_options_given (options, "--anomaly-range") ? *own : inputs->reading;
  if (!limen_options_given (options, "--anomaly-layout"))
    *own = inputs->reading;
  own->black = range.black;
  own->white = range.white;
}

void
limen_image_inputs_take (const LimenImageInputs *inputs, GPtrArray *taken)
{
  g_return_if_fail (inputs != NULL && taken != NULL);
  const GPtrArray *const paths[] = {inputs->normal, inputs->anomaly, inputs->validation,
                                    inputs->fit, inputs->unsorted};
  limen_models_take (&inputs->models, taken);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    for (guint k = 0; paths[i] && k < paths[i]->len; k++)
      g_ptr_array_add (taken, paths[i]->pdata[k]);
}

/* -- read -- */

static gboolean
load_set (LimenScoredSet *set, const LimenLoadedInputs *loaded, const GPtrArray *paths,
          const LimenReading *reading, LimenTerminal *terminal, GError **error)
{
  LimenImageSetOptions size = {.reading = *reading};
  if (!paths || paths->len == 0)
    return TRUE;
  if (loaded->models.flow)
    limen_nice_image_size (loaded->models.flow, &size.width, &size.height);
  else if (loaded->models.vae)
    limen_vae_image_size (loaded->models.vae, &size.width, &size.height);
  return limen_load_images_sized (set, paths, size, terminal, error);
}

gboolean
limen_image_inputs_load (LimenLoadedInputs *loaded, const LimenImageInputs *inputs,
                         LimenTerminal *terminal, GError **error)
{
  g_return_val_if_fail (loaded != NULL && inputs != NULL && terminal != NULL, FALSE);
  const LimenReading *reading = &inputs->reading;
  *loaded = (LimenLoadedInputs){0};
  return limen_models_load (&loaded->models, &inputs->models, terminal, error) &&
         load_set (&loaded->fit, loaded, inputs->fit, reading, terminal, error) &&
         load_set (&loaded->validation, loaded, inputs->validation, reading, terminal, error) &&
         load_set (&loaded->normal, loaded, inputs->normal, reading, terminal, error) &&
         load_set (&loaded->anomaly, loaded, inputs->anomaly, &inputs->anomaly_reading, terminal,
                   error) &&
         load_set (&loaded->unsorted, loaded, inputs->unsorted, reading, terminal, error) &&
         limen_invert_images (&loaded->anomaly, inputs->anomaly_inverted);
}

GHashTable *
limen_loaded_inputs_hash (const LimenLoadedInputs *loaded, GCancellable *cancellable,
                          GError **error)
{
  g_return_val_if_fail (loaded != NULL, NULL);
  const char *file[4] = {NULL};
  const LimenImageSet *const set[LIMEN_N_LOADED_SETS] = {
      loaded->fit.images, loaded->validation.images, loaded->normal.images, loaded->anomaly.images,
      loaded->unsorted.images};
  limen_models_files (&loaded->models, file);
  return limen_hash_files (file, G_N_ELEMENTS (file), set, LIMEN_N_LOADED_SETS, cancellable, error);
}

void
limen_loaded_inputs_clear (LimenLoadedInputs *loaded)
{
  g_return_if_fail (loaded != NULL);
  LimenScoredSet *const set[LIMEN_N_LOADED_SETS] = {
      &loaded->fit, &loaded->validation, &loaded->normal, &loaded->anomaly, &loaded->unsorted};
  limen_models_clear (&loaded->models);
  for (guint i = 0; i < LIMEN_N_LOADED_SETS; i++)
    limen_scored_set_clear (set[i]);
}
