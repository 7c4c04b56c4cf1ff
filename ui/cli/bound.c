/* limen bound */
#include "ui/cli/bound.h"
#include "ui/cli/commands.h"
#include "ui/cli/options.h"
#include "ui/study/bound/told.h"

#include <math.h>

#define MOST_EXACT 2 /* dimensions of a latent space that quadrature can cover */

static void
bound_run_clear (LimenBoundRun *run)
{
  g_clear_pointer (&run->gaussian_case, limen_gaussian_case_free);
  g_clear_pointer (&run->posterior, limen_gaussian_free);
  g_clear_pointer (&run->vae_target, limen_vae_target_free);
  g_clear_pointer (&run->vae, limen_vae_unref);
  g_clear_pointer (&run->exact, limen_vae_exact_free);
  g_clear_pointer (&run->study, limen_bound_study_free);
  limen_scored_set_clear (&run->images);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LimenBoundRun, bound_run_clear)

/* -- estimates -- */

/* Progress over all K: the work for each is in proportion to it. */
typedef struct {
  LimenTerminal *terminal;
  double done, part, all;
} Estimation;

static void
estimation_progressed_cb (double fraction, gpointer data)
{
  const Estimation *estimation = data;
  limen_terminal_progress ((estimation->done + fraction * estimation->part) / estimation->all,
                           estimation->terminal);
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
estimate (LimenBoundRun *run, GError **error)
{
  const LimenBoundOptions *options = run->options;
  LimenBoundProposal *proposal = &run->study->proposal[0];
  Estimation estimation = {.terminal = run->terminal};
  if (options->samples == 0)
    return TRUE;
  for (guint i = 0; i < options->k.n; i++)
    estimation.all += options->k.value[i];
  limen_terminal_start (run->terminal, "drawing samples");
  LimenRun part = {estimation_progressed_cb, &estimation, run->terminal->run.cancellable};
  for (guint i = 0; i < options->k.n; i++) {
    LimenEstimate *found = &run->row[i].estimate;
    guint k = options->k.value[i];
    estimation.part = k;
    LimenBoundDraws draws = {k, options->samples, options->seed};
    if (!limen_monte_carlo_bound (&run->target, proposal->q, draws, found, &part, error))
      return FALSE;
    set_dot (proposal, k, *found);
    estimation.done += k;
  }
  return TRUE;
}

static void
fill_exact (LimenBoundRun *run)
{
  for (guint i = 0; i < run->options->k.n; i++) {
    run->row[i].exact = limen_bound_study_known (run->study, 0, run->row[i].k);
    run->row[i].gap = limen_bound_study_gap (run->study, 0, run->row[i].k);
  }
}

/* -- a case -- */

static gboolean
study_case (LimenBoundRun *run, GError **error)
{
  const LimenBoundOptions *options = run->options;
  LimenProposalKind kind = (LimenProposalKind)options->proposal;
  run->gaussian_case = limen_gaussian_case_load (options->case_file, error);
  if (!run->gaussian_case)
    return FALSE;
  LimenTarget target = limen_gaussian_case_target (run->gaussian_case);
  limen_terminal_start (run->terminal, "integrating");
  run->study = limen_bound_study_new_gaussian (run->gaussian_case, &kind, 1);
  if (kind == LIMEN_PROPOSAL_OWN) { /* named as it was asked for */
    g_free (run->study->proposal[0].name);
    run->study->proposal[0].name = g_strdup ("own");
  }
  run->posterior =
      limen_gaussian_model_posterior (run->gaussian_case->model, run->gaussian_case->x);
  fill_exact (run);
  run->target = limen_bound_study_target (run->study, 0, target);
  return estimate (run, error);
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
  const LimenBoundOptions *options = run->options;
  LimenImageSetOptions as_they_are = {.reading = run->options->reading};
  limen_terminal_start (run->terminal, "reading weights");
  run->vae = limen_vae_load (options->vae, options->sigma, run->terminal->run.cancellable, error);
  if (run->vae)
    limen_tell_network (run->terminal, options->vae, limen_vae_path (run->vae),
                        limen_vae_networks (run->vae));
  if (!run->vae ||
      !limen_load_images (&run->images, options->images, as_they_are, run->terminal, error))
    return FALSE;
  limen_tell_guesses (run->images.images, run->terminal);
  return options->count > 0
             ? check_reach (run, "--count", options->count, options->count, error)
             : check_reach (run, "--index", options->index, options->index + 1, error);
}

static gboolean
study_image_exactly (LimenBoundRun *run, const float *x, GError **error)
{
  limen_terminal_start (run->terminal, "integrating");
  g_autoptr (LimenVaeMap) map = limen_vae_map_new (run->vae, error);
  if (!map)
    return FALSE;
  run->exact = limen_vae_exact_new (map, x, NULL, run->terminal->run.cancellable, error);
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
  const LimenBoundOptions *options = run->options;
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
  run->vae_target = limen_vae_target_new (run->vae, x);
  run->target = limen_vae_target (run->vae_target);
  return estimate (run, error);
}

static gboolean
study_images (LimenBoundRun *run, GError **error)
{
  const LimenBoundOptions *options = run->options;
  LimenVaeSetBound table[LIMEN_MOST_COUNTS];
  guint most_k = options->k.value[options->k.n - 1];
  limen_terminal_start (run->terminal, "drawing samples");
  LimenVaeSetPlan plan = {.vae = run->vae,
                          .set = run->images.images,
                          .n = options->count,
                          .k = options->k.value,
                          .n_k = options->k.n,
                          .samples = options->samples * most_k,
                          .seed = options->seed};
  if (!limen_vae_set_bound (&plan, table, &run->terminal->run, error))
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
  const LimenBoundOptions *options = run->options;
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
  const LimenBoundOptions *options = run->options;
  return (LimenBoundReport){.study = run->study,
                            .row = run->row,
                            .n_rows = options->k.n,
                            .samples = options->samples,
                            .seed = options->seed,
                            .posterior = run->posterior,
                            .case_file = options->case_file,
                            .vae = run->vae,
                            .images = {run->images.images, run->images.problems},
                            .index = options->index,
                            .n_images = options->count};
}

static gboolean
write_outputs (const LimenBoundRun *run, const LimenBoundReport *report, GError **error)
{
  const LimenBoundOptions *options = run->options;
  g_autofree char *json = options->json ? limen_bound_report_json (report) : NULL;
  g_auto (LimenTold) told = {0};
  if (options->plot.path)
    told = limen_bound_told (report, run->target.log_joint ? &run->target : NULL,
                             run->exact ? g_steal_pointer (&run->exact->posterior) : NULL);
  if (!limen_write_outputs (run->terminal, &options->plot, &told, options->json, json, error))
    return FALSE;
  if (!limen_is_stdout (options->json))
    limen_bound_run_print (run, report);
  return TRUE;
}

static gboolean
tell (const LimenBoundRun *run, GError **error)
{
  LimenBoundReport report = report_of (run);
  g_autoptr (GHashTable) hashes = NULL;
  if (run->options->json || run->options->plot.path) {
    const char *file[] = {report.case_file, run->vae ? limen_vae_path (run->vae) : NULL};
    const LimenImageSet *set = report.images.images;
    hashes = limen_hash_files (file, G_N_ELEMENTS (file), &set, 1, run->terminal->run.cancellable,
                               error);
    if (!hashes)
      return FALSE;
  }
  report.sha256 = hashes;
  return !g_cancellable_set_error_if_cancelled (run->terminal->run.cancellable, error) &&
         write_outputs (run, &report, error);
}

static gboolean
check_outputs (const LimenBoundOptions *options, GError **error)
{
  const char *outputs[] = {options->json, options->plot.path};
  g_autoptr (GPtrArray) taken = g_ptr_array_copy (options->images, NULL, NULL);
  g_ptr_array_add (taken, (gpointer)(options->vae ? options->vae : options->case_file));
  return limen_check_outputs (outputs, G_N_ELEMENTS (outputs), taken, error);
}

static gboolean
run (gconstpointer values, LimenTerminal *terminal, GError **error)
{
  const LimenBoundOptions *options = values;
  g_auto (LimenBoundRun) run = {.options = options, .terminal = terminal};
  for (guint i = 0; i < options->k.n; i++)
    run.row[i] = (LimenBoundRow){
        .k = options->k.value[i], .exact = {NAN, NAN}, .gap = {NAN, NAN}, .monte_carlo_error = NAN};
  return check_outputs (options, error) &&
         (options->vae ? study_vae (&run, error) : study_case (&run, error)) && tell (&run, error);
}

/* -- words -- */

static void
init (gpointer values)
{
  *(LimenBoundOptions *)values = (LimenBoundOptions){
      .proposal = LIMEN_PROPOSAL_OWN, .k = {5, {1, 5, 50, 500, 5000}}, .plot = LIMEN_PLOT_DEFAULTS};
}

static gboolean
check_sources (const LimenOptions *options, GError **error)
{
  const LimenBoundOptions *bound = options->values;
  if (!bound->case_file && !bound->vae)
    return limen_option_refuse (error, "limen", "bound needs --case FILE.json or --vae FILE.");
  if (bound->case_file && bound->vae)
    return limen_option_refuse (error, "--case", "and --vae exclude each other.");
  if (bound->case_file || limen_options_given (options, "--proposal"))
    return TRUE; /* what needs --vae and --case, their table says */
  if (bound->images->len == 0)
    return limen_option_refuse (error, "--vae", "needs --images PATH...");
  if (bound->count > 0 && limen_options_given (options, "--index"))
    return limen_option_refuse (error, "--index", "and --count exclude each other.");
  if (bound->count > 0 && bound->samples == 0)
    return limen_option_refuse (error, "--count", "needs --samples of at least 1.");
  return TRUE;
}

/* Averages: one bound for each of many images, many of one */
static gboolean
check (const LimenOptions *options, GError **error)
{
  LimenBoundOptions *bound = options->values;
  if (!limen_options_given (options, "--samples"))
    bound->samples = bound->count > 0 ? 1 : 1000;
  if ((guint64)bound->samples * bound->k.value[bound->k.n - 1] > G_MAXUINT)
    return limen_option_refuse (error, "--samples", "times the largest K may be at most %u.",
                                G_MAXUINT);
  return check_sources (options, error);
}

#define FIELD(name) offsetof (LimenBoundOptions, name)

/* clang-format off */
static const LimenOption options[] = {
  { "--case", LIMEN_OPTION_TEXT, FIELD (case_file), "FILE.json" },
  { "--proposal", LIMEN_OPTION_CHOICE, FIELD (proposal), "own|prior|elbo|moments|posterior",
    .needs = "--case",
    .words = { [LIMEN_PROPOSAL_PRIOR] = "prior", [LIMEN_PROPOSAL_ELBO] = "elbo", [LIMEN_PROPOSAL_MOMENTS] = "moments", [LIMEN_PROPOSAL_OWN] = "own", [LIMEN_PROPOSAL_POSTERIOR] = "posterior" } },
  { "--vae", LIMEN_OPTION_TEXT, FIELD (vae), "FILE" },
  { "--images", LIMEN_OPTION_PATHS, FIELD (images), "PATH...", .needs = "--vae" },
  { "--index", LIMEN_OPTION_COUNT, FIELD (index), "N", .needs = "--vae", .low = 0,
    .high = G_MAXUINT },
  { "--count", LIMEN_OPTION_COUNT, FIELD (count), "N", .needs = "--vae", .low = 1,
    .high = G_MAXUINT },
  { "--sigma", LIMEN_OPTION_NUMBER, FIELD (sigma), "S", .needs = "--vae", .low = 1e-6,
    .high = 1e6 },
  { "--k", LIMEN_OPTION_COUNTS, FIELD (k), "LIST", .low = 1, .high = 1e6 },
  { "--samples", LIMEN_OPTION_COUNT, FIELD (samples), "N", .low = 0, .high = 1e6 },
  { "--seed", LIMEN_OPTION_SEED, FIELD (seed), "N" },
  LIMEN_OPTION_JSON_ROW (LimenBoundOptions),
  LIMEN_OPTION_PLOT_ROWS (LimenBoundOptions),
  LIMEN_OPTION_READING_ROWS (LimenBoundOptions),
  LIMEN_OPTION_HELP_ROW,
};
/* clang-format on */

const LimenCommand limen_command_bound = {
    .name = "bound",
    .summary = "how far the importance-weighted bound is from log p(x)",
    .instead = "--case, --vae or --images",
    LIMEN_COMMAND_OPTIONS (options, LimenBoundOptions),
    .init = init,
    .check = check,
    .run = run,
};
