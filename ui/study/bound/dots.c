#include "ui/study/bound/dots.h"

#include <string.h>

#define SEED      1
#define ROUNDS    20
#define DRAWS     30000 /* in a round, for each dot, in closed form */
#define VAE_DRAWS 5000  /* through a decoder */

struct LimenDotsWork {
  gatomicrefcount references;
  LimenGaussianCase *gaussian_case;
  LimenVaeTarget *vae_target;
  LimenVae *vae;
  guint n, aside;
  LimenGaussian *q[LIMEN_BOUND_MOST_PROPOSALS];
  LimenClosedForm *form[LIMEN_BOUND_MOST_PROPOSALS]; /* (nullable) */

  GMutex lock; /* of all that follows */
  guint rounds, shown;
  LimenRunningMean estimate[LIMEN_BOUND_MOST_PROPOSALS][LIMEN_BOUND_N_DOTS];
};

LimenDotsWork *
limen_dots_work_new (const LimenBoundStudy *study, const LimenGaussianCase *gaussian_case,
                     LimenVae *vae, const float *x, guint aside)
{
  g_return_val_if_fail (study != NULL && (gaussian_case || (vae && x)), NULL);
  LimenDotsWork *work = g_new0 (LimenDotsWork, 1);
  g_atomic_ref_count_init (&work->references);
  g_mutex_init (&work->lock);
  work->aside = aside;
  work->n = aside > 0 ? MIN (study->n_proposals, 1) : study->n_proposals;
  for (guint i = 0; i < work->n; i++) {
    const LimenClosedForm *form = study->proposal[i].form;
    work->q[i] = limen_gaussian_copy (study->proposal[i].q);
    work->form[i] = form ? limen_closed_form_copy (form) : NULL;
  }
  if (vae) {
    work->vae = limen_vae_ref (vae);
    work->vae_target = limen_vae_target_new (vae, x);
  } else
    work->gaussian_case = limen_gaussian_case_copy (gaussian_case);
  return work;
}

LimenDotsWork *
limen_dots_work_ref (LimenDotsWork *work)
{
  g_return_val_if_fail (work != NULL, NULL);
  g_atomic_ref_count_inc (&work->references);
  return work;
}

void
limen_dots_work_unref (LimenDotsWork *work)
{
  g_return_if_fail (work != NULL);
  if (!g_atomic_ref_count_dec (&work->references))
    return;
  for (guint i = 0; i < work->n; i++) {
    limen_gaussian_free (work->q[i]);
    g_clear_pointer (&work->form[i], limen_closed_form_free);
  }
  g_clear_pointer (&work->gaussian_case, limen_gaussian_case_free);
  g_clear_pointer (&work->vae_target, limen_vae_target_free);
  g_clear_pointer (&work->vae, limen_vae_unref);
  g_mutex_clear (&work->lock);
  g_free (work);
}

static gboolean
add_round (LimenDotsWork *work, const LimenTarget *target, guint round, GCancellable *cancellable,
           GError **error)
{
  guint draws = work->vae ? VAE_DRAWS : DRAWS;
  for (guint dot = 0; dot < (work->aside ? 1 : LIMEN_BOUND_N_DOTS); dot++)
    for (guint i = 0; i < work->n; i++) {
      guint k = work->aside ? work->aside : limen_bound_dots[dot], n = CLAMP (draws / k, 1, 1000);
      guint stream = work->aside ? LIMEN_BOUND_N_DOTS : dot;
      guint64 seed = ((guint64)SEED << 48) | (guint64)round << 16 | stream << 8 | i;
      LimenEstimate estimate;
      LimenTarget own = *target;
      own.log_weight = work->form[i] ? limen_closed_form_log_weights : NULL;
      own.weights = work->form[i];
      if (!limen_monte_carlo_bound (&own, work->q[i], (LimenBoundDraws){k, n, seed}, &estimate,
                                    &(LimenRun){.cancellable = cancellable}, error))
        return FALSE;
      LimenRunningMean more = limen_running_mean_of (estimate);
      g_mutex_lock (&work->lock);
      limen_running_mean_join (&work->estimate[i][dot], &more);
      work->rounds++;
      g_mutex_unlock (&work->lock);
    }
  return TRUE;
}

gpointer
limen_dots_work_run (gpointer data, const LimenRun *run, GError **error)
{
  g_return_val_if_fail (data != NULL, NULL);
  LimenDotsWork *work = data;
  LimenTarget target = work->vae ? limen_vae_target (work->vae_target)
                                 : limen_gaussian_case_target (work->gaussian_case);
  for (guint round = 0; round < ROUNDS; round++)
    if (!add_round (work, &target, round, run->cancellable, error))
      return NULL;
  return limen_dots_work_ref (work);
}

gboolean
limen_dots_work_show (LimenDotsWork *work, LimenBoundStudy *study)
{
  g_return_val_if_fail (work != NULL && study != NULL, FALSE);
  g_mutex_lock (&work->lock);
  gboolean more = work->rounds > work->shown;
  for (guint i = 0; !work->aside && i < MIN (work->n, study->n_proposals); i++)
    memcpy (study->proposal[i].estimate, work->estimate[i], sizeof work->estimate[i]);
  if (work->aside) {
    study->aside_k = work->aside;
    study->aside = work->estimate[0][0];
  }
  work->shown = work->rounds;
  g_mutex_unlock (&work->lock);
  return more;
}
