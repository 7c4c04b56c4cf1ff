#include "ui/study/prior/shown.h"

#include "model/base/number.h"

#define DATA 400 /* points shown of what is learned */

void
limen_prior_shown_fill_duel (LimenPriorShown *shown, const LimenDuel *duel, guint parameter,
                             guint mask, guint64 samples)
{
  g_return_if_fail (shown != NULL);
  shown->duel = (LimenDuelPlot){duel, mask, "Estimator duel", shown->duel_note, 0};
  shown->variance = (LimenVariancePlot){duel, parameter, mask, shown->variance_title};
  if (!duel)
    return;
  g_autofree char *name = limen_duel_parameter_name (duel, parameter);
  g_autofree char *n = limen_format_number (duel->cloud[0].n, 0);
  g_autofree char *all = limen_format_number ((double)samples, 0);
  g_snprintf (shown->duel_note, sizeof shown->duel_note, "%s%s%s single-sample gradient%s each", n,
              samples > duel->cloud[0].n ? " of " : "", samples > duel->cloud[0].n ? all : "",
              samples == 1 ? "" : "s");
  g_snprintf (shown->variance_title, sizeof shown->variance_title, "Variance of ∂%s per sample",
              name);
}

void
limen_prior_shown_fill_race (LimenPriorShown *shown, const LimenRaceView *view,
                             const LimenPoints *points, const LimenRaceState *race,
                             gboolean decoded)
{
  g_return_if_fail (shown && points && race);
  guint n_data = decoded ? MIN (points->n, DATA) : 0;
  shown->data = g_new0 (double, 2 * MAX (n_data, 1));
  for (guint i = 0; i < n_data; i++)
    for (guint c = 0; c < MIN (points->d, 2); c++)
      shown->data[2 * i + c] = points->x[(gsize)i * points->d + c];
  g_autofree char *note = limen_claim_say (limen_race_note_claims, LIMEN_RACE_NOTE_N_CLAIMS, race);
  g_strlcpy (shown->race_note, note, sizeof shown->race_note);
  shown->race = (LimenRacePlot){.title = "Training race",
                                .note = shown->race_note,
                                .runner = view ? view->runner : NULL,
                                .n_runners = view ? view->n : 0,
                                .best = race->best,
                                .hidden = race->hidden,
                                .n_steps = view ? (double)view->n_steps : 1,
                                .data = shown->data,
                                .n_data = n_data,
                                .decoded = decoded};
}

void
limen_prior_shown_fill (LimenPriorShown *shown, const LimenDuel *duel, guint parameter,
                        const LimenRaceView *view, const LimenPoints *points,
                        const LimenRaceState *race, gboolean decoded)
{
  g_return_if_fail (shown && points && race);
  *shown = (LimenPriorShown){0};
  limen_prior_shown_fill_duel (shown, duel, parameter, LIMEN_PRIOR_SHOWN,
                               duel ? duel->cloud[0].n : 0);
  limen_prior_shown_fill_race (shown, view, points, race, decoded);
}

void
limen_prior_shown_clear (LimenPriorShown *shown)
{
  g_return_if_fail (shown != NULL);
  g_clear_pointer (&shown->data, g_free);
}
