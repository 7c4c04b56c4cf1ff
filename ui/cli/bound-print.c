/* What limen bound prints. */
#include "ui/cli/bound.h"

#include <math.h>

static void
print_gaussian (const char *label, const char *name, const LimenGaussian *gaussian)
{
  g_autofree char *text = limen_bound_report_gaussian (name, gaussian);
  limen_say (stdout, "%-12s%s", label, text);
}

static void
print_model (const LimenBoundRun *run, const LimenBoundReport *report)
{
  g_autofree char *shown =
      limen_display_name (report->vae ? limen_vae_path (report->vae) : report->case_file);
  if (!report->vae) {
    guint latent = run->gaussian_case->model->latent;
    limen_say (stdout, "%-12s%s: %u latent variable%s, %u observed", "case", shown, latent,
               latent == 1 ? "" : "s", run->gaussian_case->model->observed);
    return;
  }
  LimenVaeShape shape = limen_vae_shape (report->vae);
  gboolean gaussian = limen_vae_likelihood (report->vae) == LIMEN_VAE_GAUSSIAN;
  limen_say (stdout, "%-12s%s: %u pixels, %u latent variables, %s decoder", "vae", shown,
             shape.observed, shape.latent, gaussian ? "Gaussian" : "Bernoulli");
  if (report->n_images > 0) {
    limen_say (stdout, "%-12sthe first %u of %u in %s", "images", report->n_images,
               limen_image_set_n_images (report->images.images),
               limen_image_set_name (report->images.images));
    return;
  }
  g_autofree char *name = limen_image_set_image_name (report->images.images, report->index);
  limen_say (stdout, "%-12s%s", "image", name);
}

static void
print_evidence (const LimenBoundReport *report)
{
  const LimenBoundStudy *study = report->study;
  const LimenBoundRow *last = &report->row[report->n_rows - 1];
  g_autofree char *evidence =
      limen_known_text ((LimenNumber){study->log_evidence, study->log_evidence_error}, 10);
  g_autofree char *mean = limen_mean_text (last->estimate.mean, last->estimate.standard_error, 6);
  if (isfinite (study->log_evidence))
    limen_say (stdout, "%-12s%s nats", "log p(x)", evidence);
  else if (last->estimate.n > 1)
    limen_say (stdout, "%-12snot below the bound, estimated at %s nats%s (K = %u)", "log p(x)",
               mean, report->n_images > 0 ? " on average" : "", last->k);
}

/* Columns stand only where something is in them. */
static void
print_row (const LimenBoundRow *row, gboolean exact)
{
  g_autoptr (GString) line = g_string_new (NULL);
  g_autofree char *value = limen_known_text (row->exact, 10);
  g_autofree char *gap = limen_size_text (row->gap, 4);
  g_autofree char *mean = limen_mean_text (row->estimate.mean, row->estimate.standard_error, 6);
  g_string_append_printf (line, "%-12u", row->k);
  if (exact && isfinite (row->exact.value))
    g_string_append_printf (line, "%-18s %-14s ", value, gap);
  else if (row->estimate.n == 0)
    g_string_append (line, "not known exactly; estimated with --samples above 0");
  else if (exact)
    g_string_append_printf (line, "%-34s", "");
  if (row->estimate.n > 0)
    g_string_append (line, mean);
  limen_say (stdout, "%s", g_strchomp (line->str));
}

static void
print_rows (const LimenBoundReport *report)
{
  g_autoptr (GString) head = g_string_new (NULL);
  gboolean exact = FALSE, estimated = FALSE;
  for (guint i = 0; i < report->n_rows; i++) {
    exact = exact || isfinite (report->row[i].exact.value);
    estimated = estimated || report->row[i].estimate.n > 0;
  }
  g_string_append_printf (head, "%-12s", "K");
  if (exact)
    g_string_append_printf (head, "%-19s%-15s", "exactly, nats", "gap");
  if (estimated)
    g_string_append (head, "Monte Carlo ± standard error");
  limen_say (stdout, "%s", g_strchomp (head->str));
  for (guint i = 0; i < report->n_rows; i++)
    print_row (&report->row[i], exact);
}

/* What is proven of the variance of a VAE's weights, where its value does not say it: "infinite"
 * stands there without a reason, or nothing stands there. */
static void
print_variance_proof (const LimenBoundReport *report)
{
  const LimenBoundProposal *proposal = &report->study->proposal[0];
  if (!report->vae || !proposal->q || isfinite (proposal->weight_variance))
    return;
  g_autofree char *reason =
      limen_variance_reason (proposal->variance_kind, proposal->q,
                             limen_vae_likelihood (report->vae) == LIMEN_VAE_BERNOULLI);
  if (proposal->variance_kind == LIMEN_VARIANCE_INFINITE)
    limen_say (stdout, "%-12s%s", "", reason);
  else
    limen_say (stdout, "%-12s%s", "Var(w/p(x))",
               proposal->variance_kind == LIMEN_VARIANCE_FINITE ? "finite; its value is not known"
                                                                : reason);
}

void
limen_bound_run_print (const LimenBoundRun *run, const LimenBoundReport *report)
{
  g_return_if_fail (run != NULL && report != NULL);
  const LimenBoundProposal *proposal = &report->study->proposal[0];
  g_autofree char *sentence = limen_bound_report_sentence (report);
  g_autofree char *variance = limen_bound_report_variance (report);
  print_model (run, report);
  if (proposal->q)
    print_gaussian ("proposal", proposal->name, proposal->q);
  if (report->posterior)
    print_gaussian ("posterior", "", report->posterior);
  print_evidence (report);
  if (variance)
    limen_say (stdout, "%-12s%s", "Var(w/p(x))", variance);
  print_variance_proof (report);
  print_rows (report);
  if (sentence)
    limen_say (stdout, "%s", sentence);
}
