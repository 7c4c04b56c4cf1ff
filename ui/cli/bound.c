/* limen bound */
#include "ui/cli/bound.h"
#include "model/base/replace-file.h"

#include <math.h>
#include <string.h>

#define MOST_EXACT 2 /* dimensions of a latent space that quadrature can cover */

static void
bound_run_clear (LimenBoundRun *run)
{
  g_clear_pointer (&run->gaussian_case, limen_gaussian_case_free);
  g_clear_pointer (&run->posterior, limen_gaussian_free);
  g_clear_pointer (&run->vae, limen_vae_unref);
  g_clear_pointer (&run->exact, limen_vae_exact_free);
  g_clear_pointer (&run->study, limen_bound_study_free);
  limen_scored_set_clear (&run->images);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LimenBoundRun, bound_run_clear)

/* -- estimates -- */

/* Progress over all K: the work for each is in proportion to it. */
typedef struct {
  LimenSession *session;
  double done, part, all;
} Estimation;

static void
estimation_progressed_cb (double fraction, gpointer data)
{
  const Estimation *estimation = data;
  limen_session_progress ((estimation->done + fraction * estimation->part) / estimation->all,
                          estimation->session);
}

/* The picture has dots only where the page has them. */
static void
set_dot (LimenBoundProposal *proposal, guint k, LimenEstimate estimate)
{
  for (guint i = 0; i < LIMEN_BOUND_N_DOTS; i++)
    if (limen_bound_dots[i] == k)
      proposal->estimate[i] = limen_running_mean_of (estimate);
}

static gboolean
estimate (LimenBoundRun *run, const LimenTarget *target, GError **error)
{
  const LimenBoundOptions *options = &run->options->bound;
  LimenBoundProposal *proposal = &run->study->proposal[0];
  Estimation estimation = {.session = run->session};
  if (options->samples == 0)
    return TRUE;
  for (guint i = 0; i < options->k.n; i++)
    estimation.all += options->k.value[i];
  limen_session_start (run->session, "drawing samples");
  for (guint i = 0; i < options->k.n; i++) {
    LimenEstimate *found = &run->row[i].estimate;
    guint k = options->k.value[i];
    estimation.part = k;
    if (!limen_monte_carlo_bound (target, proposal->q, k, options->samples, options->seed, found,
                                  estimation_progressed_cb, &estimation, run->session->cancellable,
                                  error))
      return FALSE;
    set_dot (proposal, k, *found);
    estimation.done += k;
  }
  return TRUE;
}

static void
fill_exact (LimenBoundRun *run)
{
  for (guint i = 0; i < run->options->bound.k.n; i++) {
    run->row[i].exact = limen_bound_study_known (run->study, 0, run->row[i].k);
    run->row[i].gap = limen_bound_study_gap (run->study, 0, run->row[i].k);
  }
}

/* -- a case -- */

static gboolean
study_case (LimenBoundRun *run, GError **error)
{
  const LimenBoundOptions *options = &run->options->bound;
  LimenProposalKind kind = (LimenProposalKind)options->proposal;
  run->gaussian_case = limen_gaussian_case_load (options->case_file, error);
  if (!run->gaussian_case)
    return FALSE;
  LimenTarget target = limen_gaussian_case_target (run->gaussian_case);
  limen_session_start (run->session, "integrating");
  run->study = limen_bound_study_new_gaussian (run->gaussian_case, &kind, 1);
  if (kind == LIMEN_PROPOSAL_OWN) { /* named as it was asked for */
    g_free (run->study->proposal[0].name);
    run->study->proposal[0].name = g_strdup ("own");
  }
  run->posterior =
      limen_gaussian_model_posterior (run->gaussian_case->model, run->gaussian_case->x);
  fill_exact (run);
  target = limen_bound_study_target (run->study, 0, target);
  return estimate (run, &target, error);
}

/* -- a VAE -- */

/* FALSE where there are not as many images as @option, which said @value, asks for */
static gboolean
check_reach (const LimenBoundRun *run, const char *option, guint value, guint needed,
             GError **error)
{
  guint n = limen_image_set_n_images (run->images.images);
  if (needed <= n && needed > 0) /* not wrapped */
    return TRUE;
  g_set_error (error, LIMEN_ERROR, LIMEN_ERROR_ARGUMENT,
               "%s %u goes beyond the end of %s, which has %u image%s; choose a smaller number.",
               option, value, limen_image_set_name (run->images.images), n, n == 1 ? "" : "s");
  return FALSE;
}

static gboolean
load_vae (LimenBoundRun *run, GError **error)
{
  const LimenBoundOptions *options = &run->options->bound;
  LimenImageSetOptions as_they_are = {.reading = run->options->reading};
  limen_session_start (run->session, "reading weights");
  run->vae = limen_vae_load (options->vae, options->sigma, run->session->cancellable, error);
  if (run->vae)
    limen_tell_network (run->session, options->vae, limen_vae_path (run->vae),
                        limen_vae_networks (run->vae));
  if (!run->vae ||
      !limen_load_images (&run->images, options->images, as_they_are, run->session, error))
    return FALSE;
  limen_tell_guesses (run->images.images, run->session);
  return options->count > 0
             ? check_reach (run, "--count", options->count, options->count, error)
             : check_reach (run, "--index", options->index, options->index + 1, error);
}

static gboolean
study_image_exactly (LimenBoundRun *run, const float *x, GError **error)
{
  limen_session_start (run->session, "integrating");
  g_autoptr (LimenVaeMap) map = limen_vae_map_new (run->vae, error);
  if (!map)
    return FALSE;
  run->exact = limen_vae_exact_new (map, x, NULL, run->session->cancellable, error);
  if (!run->exact)
    return FALSE;
  run->study = limen_bound_study_new (NAN);
  limen_bound_study_add (run->study, "q(z|x)", limen_gaussian_copy (run->exact->q), NULL, NAN, NAN);
  limen_vae_exact_into_study (run->exact, run->study, 0);
  fill_exact (run);
  return TRUE;
}

static gboolean
study_image (LimenBoundRun *run, GError **error)
{
  const LimenBoundOptions *options = &run->options->bound;
  LimenVaeShape shape = limen_vae_shape (run->vae);
  g_autofree float *x = g_new (float, shape.observed);
  if (!limen_vae_take_image (run->vae, run->images.images, options->index, x, error))
    return FALSE;
  if (shape.latent <= MOST_EXACT && !study_image_exactly (run, x, error))
    return FALSE;
  if (shape.latent > MOST_EXACT) {
    run->study = limen_bound_study_new (NAN);
    limen_bound_study_add (run->study, "q(z|x)", NULL, NULL, NAN, NAN);
    g_autoptr (LimenGaussian) q = limen_vae_encode (run->vae, x);
    limen_vae_proposal_into_study (run->vae, x, q, run->study, 0);
  }
  g_autoptr (LimenVaeTarget) target = limen_vae_target_new (run->vae, x);
  LimenTarget plain = limen_vae_target (target);
  return estimate (run, &plain, error);
}

static gboolean
study_images (LimenBoundRun *run, GError **error)
{
  const LimenBoundOptions *options = &run->options->bound;
  LimenVaeSetBound table[LIMEN_MOST_COUNTS];
  guint most_k = options->k.value[options->k.n - 1];
  limen_session_start (run->session, "drawing samples");
  if (!limen_vae_set_bound (run->vae, run->images.images, 0, options->count, options->k.value,
                            options->k.n, options->samples * most_k, options->seed, table, NULL,
                            NULL, limen_session_progress, run->session, run->session->cancellable,
                            error))
    return FALSE;
  run->study = limen_bound_study_new (NAN);
  LimenBoundProposal *proposal = limen_bound_study_add (run->study, "q(z|x)", NULL, NULL, NAN, NAN);
  for (guint i = 0; i < options->k.n; i++) {
    run->row[i].estimate = table[i].bound;
    run->row[i].monte_carlo_error = table[i].monte_carlo_error;
    set_dot (proposal, table[i].k, table[i].bound);
  }
  return TRUE;
}

static gboolean
study_vae (LimenBoundRun *run, GError **error)
{
  const LimenBoundOptions *options = &run->options->bound;
  if (!load_vae (run, error))
    return FALSE;
  guint latent = limen_vae_shape (run->vae).latent;
  if (latent > MOST_EXACT && options->samples == 0) {
    g_autofree char *shown = limen_display_name (options->vae);
    g_set_error (error, LIMEN_ERROR, LIMEN_ERROR_ARGUMENT,
                 "%s has %u latent variables, for which there are only estimates; ask for more "
                 "than 0 --samples.",
                 shown, latent);
    return FALSE;
  }
  return options->count > 0 ? study_images (run, error) : study_image (run, error);
}

/* -- results -- */

static LimenBoundReport
report_of (const LimenBoundRun *run)
{
  const LimenBoundOptions *options = &run->options->bound;
  return (LimenBoundReport){.study = run->study,
                            .row = run->row,
                            .n_rows = options->k.n,
                            .samples = options->samples,
                            .seed = options->seed,
                            .posterior = run->posterior,
                            .case_file = options->case_file,
                            .vae = run->vae,
                            .sigma = options->sigma,
                            .images = {run->images.images, run->images.problems},
                            .index = options->index,
                            .n_images = options->count};
}

static gboolean
write_outputs (const LimenBoundRun *run, const LimenBoundReport *report, GError **error)
{
  const LimenOptions *options = run->options;
  gboolean to_stdout = options->json && g_str_equal (options->json, "-");
  g_autofree char *json = options->json ? limen_bound_report_json (report) : NULL;
  if (options->plot && !limen_bound_run_draw (run, report, error))
    return FALSE;
  if (json && !to_stdout &&
      !limen_replace_file_with_bytes (options->json, json, strlen (json), error))
    return FALSE;
  limen_session_clear (run->session);
  if (to_stdout)
    fputs (json, stdout);
  else
    limen_bound_run_print (run, report);
  return TRUE;
}

static gboolean
tell (const LimenBoundRun *run, GError **error)
{
  LimenBoundReport report = report_of (run);
  g_autoptr (GHashTable) hashes = NULL;
  if (run->options->json || run->options->plot) {
    hashes = limen_bound_report_hash_files (&report, run->session->cancellable, error);
    if (!hashes)
      return FALSE;
  }
  report.sha256 = hashes;
  return !g_cancellable_set_error_if_cancelled (run->session->cancellable, error) &&
         write_outputs (run, &report, error);
}

static gboolean
check_outputs (const LimenOptions *options, GError **error)
{
  const char *outputs[] = {options->json, options->plot};
  g_autoptr (GPtrArray) taken = g_ptr_array_copy (options->bound.images, NULL, NULL);
  g_ptr_array_add (taken,
                   (gpointer)(options->bound.vae ? options->bound.vae : options->bound.case_file));
  for (guint i = 0; i < G_N_ELEMENTS (outputs); i++)
    if (outputs[i] && !g_str_equal (outputs[i], "-") &&
        !limen_check_output (outputs[i], taken, error))
      return FALSE;
  return TRUE;
}

gboolean
limen_command_bound (const LimenOptions *options, LimenSession *session, GError **error)
{
  g_auto (LimenBoundRun) run = {.options = options, .session = session};
  for (guint i = 0; i < options->bound.k.n; i++)
    run.row[i] = (LimenBoundRow){.k = options->bound.k.value[i],
                                 .exact = {NAN, NAN},
                                 .gap = {NAN, NAN},
                                 .monte_carlo_error = NAN};
  return check_outputs (options, error) &&
         (options->bound.vae ? study_vae (&run, error) : study_case (&run, error)) &&
         tell (&run, error);
}
