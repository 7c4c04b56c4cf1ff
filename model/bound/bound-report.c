#include "model/bound/bound-report.h"
#include "model/bound/sentences.h"
#include "model/report/json.h"

#include <float.h>
#include <math.h>

#define MOST_SPOKEN_K 50
#define MOST_SHOWN    4 /* latent variables whose distribution fits into a line */

static const LimenBoundProposal *
proposal_of (const LimenBoundReport *report)
{
  return report->study->n_proposals > 0 ? &report->study->proposal[0] : NULL;
}

static const char *
proposal_name (const LimenBoundReport *report)
{
  return report->proposal ? report->proposal : proposal_of (report)->name;
}

static gboolean
is_exact (const LimenBoundReport *report)
{
  const LimenBoundProposal *proposal = proposal_of (report);
  return proposal && proposal->bound;
}

/* -- words -- */

guint
limen_bound_report_k (const LimenBoundReport *report)
{
  guint k = report->row[report->n_rows - 1].k;
  for (guint i = 0; i < report->n_rows && is_exact (report); i++)
    if (report->row[i].k <= MOST_SPOKEN_K)
      k = report->row[i].k;
  return k;
}

/* Of the K that is spoken of, or where only estimates exist, of the estimate of the largest */
LimenBoundState
limen_bound_report_state (const LimenBoundReport *report)
{
  const LimenBoundRow *last = &report->row[report->n_rows - 1];
  LimenBoundState state = limen_bound_state (report->study, limen_bound_report_k (report));
  state.n_images = report->n_images;
  state.estimate_k = last->k;
  state.estimate = last->estimate;
  return state;
}

char *
limen_bound_report_sentence (const LimenBoundReport *report)
{
  LimenBoundState state = limen_bound_report_state (report);
  if (isnan (state.gap.value) && state.estimate.n < 2)
    state.estimate.n = 0; /* nothing is under way here */
  guint first = limen_claim_first (limen_bound_claims, LIMEN_BOUND_N_CLAIMS, &state);
  gboolean waits = g_str_equal (limen_bound_claims[first].name, "waiting");
  return waits ? NULL : limen_claim_words (&limen_bound_claims[first], &state);
}

/* -- JSON -- */

static void
add_gaussian (JsonBuilder *json, const LimenGaussian *gaussian)
{
  guint k = gaussian->dimension;
  limen_json_numbers (json, "mean", gaussian->mean, k);
  limen_json_begin_array (json, "covariance");
  for (guint i = 0; i < k; i++) {
    json_builder_begin_array (json);
    for (guint j = 0; j < k; j++)
      limen_json_value (json, gaussian->covariance[i * k + j]);
    json_builder_end_array (json);
  }
  json_builder_end_array (json);
}

/* A member for each K: of the number itself, or of its error */
static void
add_exact (JsonBuilder *json, const char *key, const LimenBoundReport *report, gboolean error)
{
  limen_json_begin_object (json, key);
  for (guint i = 0; i < report->n_rows; i++) {
    LimenNumber exact = report->row[i].exact;
    g_autofree char *k = g_strdup_printf ("%u", report->row[i].k);
    if (isfinite (exact.value))
      limen_json_number (json, k, error ? exact.error : exact.value);
  }
  json_builder_end_object (json);
}

static void
add_estimates (JsonBuilder *json, const LimenBoundReport *report)
{
  limen_json_begin_object (json, "monte_carlo");
  for (guint i = 0; i < report->n_rows; i++) {
    const LimenBoundRow *row = &report->row[i];
    g_autofree char *k = g_strdup_printf ("%u", row->k);
    if (row->estimate.n == 0)
      continue;
    limen_json_begin_object (json, k);
    limen_json_number (json, "mean", row->estimate.mean);
    limen_json_number (json, "standard_error", row->estimate.standard_error);
    if (report->n_images > 0)
      limen_json_number (json, "mc_standard_error", row->monte_carlo_error);
    json_builder_end_object (json);
  }
  json_builder_end_object (json);
}

static LimenNumber
variance_of (const LimenBoundReport *report)
{
  return proposal_of (report) ? limen_bound_study_variance (report->study, 0)
                              : (LimenNumber){NAN, NAN};
}

/* Of a variance that is finite and too large for float64 the logarithm says how large. */
static void
add_variance (JsonBuilder *json, const LimenBoundReport *report)
{
  const LimenBoundProposal *proposal = proposal_of (report);
  LimenNumber variance = variance_of (report);
  if (variance.value == INFINITY)
    limen_json_text (json, "variance_of_weight", "infinite");
  else
    limen_json_number (json, "variance_of_weight", variance.value);
  limen_json_number (json, "variance_of_weight_error",
                     isinf (variance.value) ? NAN : variance.error);
  limen_json_number (json, "log_variance_of_weight",
                     proposal && proposal->form ? proposal->form->log_weight_variance.value
                                                : log (variance.value));
}

/* Of a VAE: what is proven, whether a value is known or not. */
static void
add_variance_proof (JsonBuilder *json, const LimenBoundReport *report)
{
  static const char *const kinds[] = {[LIMEN_VARIANCE_UNKNOWN] = "not known",
                                      [LIMEN_VARIANCE_FINITE] = "finite",
                                      [LIMEN_VARIANCE_INFINITE] = "infinite"};
  const LimenBoundProposal *proposal = proposal_of (report);
  if (!report->vae || !proposal || !proposal->q)
    return;
  limen_json_text (json, "variance_of_weight_is", kinds[proposal->variance_kind]);
}

static void
add_distributions (JsonBuilder *json, const LimenBoundReport *report)
{
  const LimenBoundProposal *proposal = proposal_of (report);
  if (proposal && proposal->q) {
    limen_json_begin_object (json, "proposal");
    limen_json_text (json, "name", proposal_name (report));
    add_gaussian (json, proposal->q);
    json_builder_end_object (json);
  }
  if (report->posterior) {
    limen_json_begin_object (json, "posterior");
    add_gaussian (json, report->posterior);
    json_builder_end_object (json);
  }
}

static void
add_vae (JsonBuilder *json, const LimenBoundReport *report)
{
  LimenVaeShape shape = limen_vae_shape (report->vae);
  gboolean gaussian = limen_vae_likelihood (report->vae) == LIMEN_VAE_GAUSSIAN;
  limen_json_begin_object (json, "vae");
  limen_json_file (json, report->sha256, limen_vae_path (report->vae));
  limen_json_networks (json, limen_vae_networks (report->vae));
  limen_json_count (json, "observed", shape.observed);
  limen_json_count (json, "hidden_encoder", shape.hidden_encoder);
  limen_json_count (json, "hidden_decoder", shape.hidden_decoder);
  limen_json_count (json, "latent", shape.latent);
  limen_json_text (json, "likelihood", gaussian ? "gaussian" : "bernoulli");
  if (gaussian)
    limen_json_number (json, "sigma", limen_vae_sigma (report->vae));
  json_builder_end_object (json);
}

static void
add_images (JsonBuilder *json, const LimenBoundReport *report)
{
  limen_json_begin_object (json, "images");
  limen_json_set (json, report->sha256, &report->images);
  json_builder_end_object (json);
  if (report->n_images > 0) {
    limen_json_count (json, "n_images", report->n_images);
    return;
  }
  g_autofree char *name = limen_image_set_image_name (report->images.images, report->index);
  limen_json_begin_object (json, "image");
  limen_json_count (json, "index", report->index);
  limen_json_text (json, "name", name);
  json_builder_end_object (json);
}

char *
limen_bound_report_json (const LimenBoundReport *report)
{
  g_autoptr (JsonBuilder) json = json_builder_new ();
  json_builder_begin_object (json);
  limen_json_number (json, "log_evidence", report->study->log_evidence);
  limen_json_number (json, "log_evidence_error", report->study->log_evidence_error);
  add_exact (json, "vlb", report, FALSE);
  add_exact (json, "vlb_error", report, TRUE);
  add_estimates (json, report);
  add_variance (json, report);
  add_variance_proof (json, report);
  add_distributions (json, report);
  if (report->case_file) {
    limen_json_begin_object (json, "case");
    limen_json_file (json, report->sha256, report->case_file);
    json_builder_end_object (json);
  }
  if (report->vae)
    add_vae (json, report);
  if (report->images.images)
    add_images (json, report);
  limen_json_count (json, "samples", report->samples);
  limen_json_count (json, "seed", (gint64)report->seed);
  limen_json_text (json, "software", "Limen " LIMEN_VERSION);
  json_builder_end_object (json);
  return limen_json_to_text (json);
}

/* -- text -- */

static char *
row_text (const LimenBoundRow *row, gboolean of_images)
{
  g_autofree char *exact = limen_known_digits (row->exact, 10);
  g_autofree char *mean = limen_mean_text (row->estimate.mean, row->estimate.standard_error, 6);
  if (isfinite (row->exact.value))
    return g_strdup_printf ("K = %u: %s nats", row->k, exact);
  return g_strdup_printf ("K = %u: %s nats, mean ± standard error, %" G_GUINT64_FORMAT " %s%s",
                          row->k, mean, row->estimate.n, of_images ? "image" : "draw",
                          row->estimate.n == 1 ? "" : "s");
}

static void
add_rows (GStrvBuilder *pairs, const LimenBoundReport *report)
{
  g_autoptr (GString) lines = g_string_new (NULL);
  for (guint i = 0; i < report->n_rows; i++) {
    g_autofree char *line = row_text (&report->row[i], report->n_images > 0);
    if (isfinite (report->row[i].exact.value) || report->row[i].estimate.n > 0)
      g_string_append_printf (lines, "%s%s", lines->len ? "\n" : "", line);
  }
  if (lines->len > 0)
    limen_text_add (pairs, "Bound", g_strdup (lines->str));
}

char *
limen_bound_report_variance (const LimenBoundReport *report)
{
  const LimenBoundProposal *proposal = proposal_of (report);
  LimenNumber variance = variance_of (report);
  if (!isnan (variance.value))
    return limen_known_digits (variance, 10);
  double power =
      proposal && proposal->form ? proposal->form->log_weight_variance.value / G_LN10 : NAN;
  g_autofree char *digits = limen_known_text ((LimenNumber){power, fabs (power) * DBL_EPSILON}, 1);
  return isfinite (power) ? g_strdup_printf ("10^%s", digits) : NULL;
}

static void
add_evidence (GStrvBuilder *pairs, const LimenBoundReport *report)
{
  const LimenBoundStudy *study = report->study;
  g_autofree char *evidence =
      limen_known_text ((LimenNumber){study->log_evidence, study->log_evidence_error}, 10);
  char *variance = limen_bound_report_variance (report);
  if (isfinite (study->log_evidence))
    limen_text_add (pairs, "Log evidence", g_strdup_printf ("%s nats", evidence));
  if (variance)
    limen_text_add (pairs, "Variance of w/p(x)", variance);
}

char *
limen_bound_report_gaussian (const char *name, const LimenGaussian *gaussian)
{
  guint k = gaussian->dimension;
  if (k > MOST_SHOWN)
    return g_strdup_printf ("%s of %u latent variables", name, k);
  g_autoptr (GString) text = g_string_new (name);
  g_string_append (text, text->len > 0 ? ": mean (" : "mean (");
  for (guint i = 0; i < k + k * k; i++) {
    g_autofree char *number =
        limen_decimal (i < k ? gaussian->mean[i] : gaussian->covariance[i - k], "%.6g");
    g_string_append (text, i == k                ? "), covariance ("
                           : i == 0              ? ""
                           : i > k && i % k == 0 ? "; "
                                                 : ", ");
    g_string_append (text, number);
  }
  g_string_append_c (text, ')');
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* What the bound is of, beside the files */
static void
add_what (GStrvBuilder *pairs, const LimenBoundReport *report)
{
  const LimenBoundProposal *proposal = proposal_of (report);
  gboolean gaussian = report->vae && limen_vae_likelihood (report->vae) == LIMEN_VAE_GAUSSIAN;
  g_autofree char *sigma = gaussian ? limen_decimal (limen_vae_sigma (report->vae), "%.10g") : NULL;
  if (proposal)
    limen_text_add (pairs, "Proposal",
                    proposal->q ? limen_bound_report_gaussian (proposal_name (report), proposal->q)
                                : g_strdup (proposal_name (report)));
  if (report->vae)
    limen_text_add (pairs, "Decoder",
                    gaussian ? g_strdup_printf ("Gaussian, sigma %s", sigma)
                             : g_strdup ("Bernoulli"));
}

char **
limen_bound_report_picture_text (const LimenBoundReport *report)
{
  g_autoptr (GStrvBuilder) pairs = g_strv_builder_new ();
  const char *const case_file[] = {report->case_file, NULL},
                    *const vae[] = {report->vae ? limen_vae_path (report->vae) : NULL, NULL};
  const char *model = report->case_file ? report->case_file : vae[0];
  g_autofree char *shown = model ? g_filename_display_basename (model) : g_strdup ("a model");
  char *sentence = limen_bound_report_sentence (report);
  limen_text_add (pairs, "Title", g_strdup_printf ("Importance-weighted bound under %s", shown));
  if (sentence)
    limen_text_add (pairs, "Description", sentence);
  limen_text_add (pairs, "Software", g_strdup ("Limen " LIMEN_VERSION));
  add_what (pairs, report);
  add_evidence (pairs, report);
  add_rows (pairs, report);
  if (report->samples > 0)
    limen_text_add (
        pairs, "Estimates",
        g_strdup_printf ("%u bounds for %s, seed %" G_GUINT64_FORMAT, report->samples,
                         report->n_images > 0 ? "each image and the largest K" : "each K",
                         report->seed));
  limen_text_add_files (pairs, "Case", report->sha256, case_file);
  limen_text_add_files (pairs, "Model", report->sha256, vae);
  limen_text_add_set (pairs, "Images", report->sha256, &report->images);
  if (report->images.images && report->n_images == 0)
    limen_text_add (pairs, "Image",
                    limen_image_set_image_name (report->images.images, report->index));
  return g_strv_builder_end (pairs);
}
