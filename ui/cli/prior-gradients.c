/* limen prior gradients */
#include "model/base/replace-file.h"
#include "ui/cli/prior.h"

#include <string.h>

static void
gradient_run_clear (LimenGradientRun *run)
{
  g_clear_pointer (&run->gaussian_case, limen_gaussian_case_free);
  g_clear_pointer (&run->variance, g_free);
  g_clear_pointer (&run->duel, limen_duel_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LimenGradientRun, gradient_run_clear)

static guint
shown_of (const LimenGradientOptions *options)
{
  return options->estimator < LIMEN_N_ESTIMATORS ? 1u << options->estimator
                                                 : (1u << LIMEN_N_ESTIMATORS) - 1;
}

/* Progress over all estimators */
typedef struct {
  LimenSession *session;
  guint done, all;
} Measuring;

static void
measuring_progressed_cb (double fraction, gpointer data)
{
  const Measuring *measuring = data;
  limen_session_progress ((measuring->done + fraction) / measuring->all, measuring->session);
}

/* All draws take the place of those of the clouds, which are a first few of them. */
static gboolean
measure (LimenGradientRun *run, const LimenGradientCase *c, GError **error)
{
  const LimenGradientOptions *options = &run->options->gradients;
  guint shown = shown_of (options);
  Measuring measuring = {run->session, 0, 0};
  for (guint i = 0; i < LIMEN_N_ESTIMATORS; i++)
    measuring.all += shown >> i & 1;
  limen_session_start (run->session, "drawing samples");
  for (guint i = 0; i < LIMEN_N_ESTIMATORS; i++) {
    if (!(shown >> i & 1))
      continue;
    if (!limen_gradient_measure (c, i, options->seed, options->samples, LIMEN_PART_A,
                                 run->duel->cloud[i].measured, measuring_progressed_cb, &measuring,
                                 run->session->cancellable, error))
      return FALSE;
    measuring.done++;
  }
  return TRUE;
}

static gboolean
study (LimenGradientRun *run, GError **error)
{
  const LimenGradientOptions *options = &run->options->gradients;
  LimenGradientCase c;
  guint n_drawn = run->options->plot ? MIN (options->samples, LIMEN_DUEL_MOST) : 1;
  run->gaussian_case = limen_gaussian_case_load (options->case_file, error);
  if (!run->gaussian_case)
    return FALSE;
  run->variance = g_new (double, run->gaussian_case->model->latent);
  if (!limen_gradient_case_of (run->gaussian_case, run->variance, &c, error)) {
    g_autofree char *shown = limen_display_name (options->case_file);
    g_prefix_error (error, "%s: ", shown);
    return FALSE;
  }
  c.shift = options->shift;
  run->duel = limen_duel_new (&c, n_drawn, options->seed);
  return measure (run, &c, error);
}

static gboolean
write_outputs (const LimenGradientRun *run, const LimenGradientReport *report, GError **error)
{
  const LimenOptions *options = run->options;
  gboolean to_stdout = options->json && g_str_equal (options->json, "-");
  g_autofree char *json = options->json ? limen_gradient_report_json (report) : NULL;
  if (options->plot && !limen_gradient_run_draw (run, report, error))
    return FALSE;
  if (json && !to_stdout &&
      !limen_replace_file_with_bytes (options->json, json, strlen (json), error))
    return FALSE;
  limen_session_clear (run->session);
  if (to_stdout)
    fputs (json, stdout);
  else
    limen_gradient_run_print (run, report);
  return TRUE;
}

static gboolean
tell (const LimenGradientRun *run, GError **error)
{
  const LimenGradientOptions *options = &run->options->gradients;
  LimenGradientReport report = {.duel = run->duel,
                                .shown = shown_of (options),
                                .samples = options->samples,
                                .seed = options->seed,
                                .shift = options->shift,
                                .case_file = options->case_file};
  g_autoptr (GHashTable) hashes = NULL;
  if (run->options->json || run->options->plot) {
    hashes = limen_gradient_report_hash_files (&report, run->session->cancellable, error);
    if (!hashes)
      return FALSE;
  }
  report.sha256 = hashes;
  return !g_cancellable_set_error_if_cancelled (run->session->cancellable, error) &&
         write_outputs (run, &report, error);
}

gboolean
limen_command_prior_gradients (const LimenOptions *options, LimenSession *session, GError **error)
{
  g_auto (LimenGradientRun) run = {.options = options, .session = session};
  const char *const outputs[] = {options->json, options->plot};
  return limen_prior_check_outputs (outputs, G_N_ELEMENTS (outputs), options->gradients.case_file,
                                    error) &&
         study (&run, error) && tell (&run, error);
}
