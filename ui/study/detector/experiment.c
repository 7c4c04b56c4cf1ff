#include "ui/study/detector/loader.h"

LimenExperiment *
limen_experiment_new (void)
{
  return g_new0 (LimenExperiment, 1);
}

LimenExperiment *
limen_experiment_copy (const LimenExperiment *experiment)
{
  LimenExperiment *copy = g_memdup2 (experiment, sizeof *experiment);
  if (copy->flow)
    limen_nice_ref (copy->flow);
  for (int role = 0; role < LIMEN_N_SETS; role++) {
    copy->paths[role] = g_strdupv (copy->paths[role]);
    if (copy->set[role])
      limen_image_set_ref (copy->set[role]);
    if (copy->scores[role])
      limen_scores_ref (copy->scores[role]);
  }
  return copy;
}

void
limen_experiment_free (LimenExperiment *experiment)
{
  g_clear_pointer (&experiment->flow, limen_nice_unref);
  for (int role = 0; role < LIMEN_N_SETS; role++) {
    g_strfreev (experiment->paths[role]);
    g_clear_pointer (&experiment->set[role], limen_image_set_unref);
    g_clear_pointer (&experiment->scores[role], limen_scores_unref);
  }
  g_free (experiment);
}

void
limen_load_free (LimenLoad *load)
{
  limen_experiment_free (load->before);
  g_strfreev (load->paths);
  g_clear_pointer (&load->flow, limen_nice_unref);
  g_free (load);
}
