#include "ui/bound/panel.h"

#include "model/bound/sentences.h"
#include "model/data/builtin.h"
#include "ui/drop-zones.h"
#include "ui/fields.h"
#include "ui/networks-menu.h"
#include "ui/news.h"
#include "ui/rows.h"
#include "ui/widgets.h"

#include <float.h>
#include <math.h>

#define SLOPE_ROUNDING 1e-10 /* of a difference of logarithms 2e-4 apart */

#define DASH "–"

enum { MEAN_1, MEAN_2, VARIANCE_1, VARIANCE_2, CORRELATION, N_NUMBERS };

struct _LimenBoundPanel {
  AdwBin parent_instance;

  /* of the panel */
  AdwPreferencesGroup *at_k;
  GtkLabel *bound_label, *evidence_label, *gap_label, *slope_label, *estimate_label,
      *variance_label;
  AdwActionRow *estimate_row, *variance_row, *observation_row, *file_row, *image_row, *set_row;
  AdwComboRow *preset_row, *compare_row, *model_row;
  GtkScale *morph_scale;
  GtkSwitch *shade;
  AdwExpanderRow *numbers_row;
  GtkAdjustment *number[N_NUMBERS], *morph, *image, *k;

  /* owned references */
  GMenu *networks; /* of the button; */
  GMenu *others;   /* nullable: its section */

  /* borrowed references */
  LimenBoundSession *session;
  LimenBoundPlots *plots;
  gboolean showing; /* widgets are being set to what the session says */
};

G_DEFINE_FINAL_TYPE (LimenBoundPanel, limen_bound_panel, ADW_TYPE_BIN)

/* -- what the session says -- */

/* The digits that hold, at most @decimals behind the point */
static void
set_known (GtkLabel *label, LimenNumber number, guint decimals)
{
  g_autofree char *text = limen_format_known (number, decimals);
  gtk_label_set_text (label, text);
}

/* Of the K in the hand, and of no other */
static void
show_estimate (LimenBoundPanel *self)
{
  const LimenBoundStudy *study = limen_bound_session_study (self->session);
  guint k = limen_bound_session_state (self->session)->k;
  LimenEstimate estimate = limen_bound_study_estimate (study, 0, k);
  g_autofree char *shown_k = limen_format_number (k, 0);
  g_autofree char *subtitle =
      g_strdup_printf (estimate.n < 2 ? "at K = %s, under way" : "± 2 s.e., at K = %s", shown_k);
  adw_action_row_set_subtitle (self->estimate_row, subtitle);
  if (estimate.n < 2) {
    gtk_label_set_text (self->estimate_label, DASH);
    return;
  }
  g_autofree char *text = limen_format_mean (estimate.mean, 2 * estimate.standard_error, 6);
  gtk_label_set_text (self->estimate_label, text);
}

/* Where log p(x) is not known, it is not below the bound with the most samples. */
static void
show_evidence (LimenBoundPanel *self)
{
  LimenBoundState state =
      limen_bound_state (limen_bound_session_study (self->session), LIMEN_BOUND_MOST_K);
  g_autofree char *text =
      limen_claim_say (limen_bound_evidence_claims, LIMEN_BOUND_N_EVIDENCE_CLAIMS, &state);
  gtk_label_set_text (self->evidence_label, text ? text : DASH);
}

static void
show_k (LimenBoundPanel *self)
{
  const LimenBoundStudy *study = limen_bound_session_study (self->session);
  guint k = limen_bound_session_state (self->session)->k;
  LimenNumber gap = limen_bound_study_gap (study, 0, k);
  const LimenImportanceBound *bound = study->proposal[0].bound;
  g_autofree char *number = limen_format_number (k, 0);
  g_autofree char *title = g_strdup_printf ("At K = %s", number);
  adw_preferences_group_set_title (self->at_k, title);
  gtk_adjustment_set_value (self->k, k);
  set_known (self->bound_label, limen_bound_study_known (study, 0, k), 6);
  show_evidence (self);
  g_autofree char *digits = limen_format_size (gap, 4);
  g_autofree char *nats = g_strconcat (digits, isnan (gap.value) ? "" : " nats", NULL);
  gtk_label_set_text (self->gap_label, nats);
  double slope = bound && gap.value > 1e-9 ? limen_importance_bound_slope (bound, k) : NAN;
  /* the quotient of two integrals by the rule that the gap is by: each as far off as that */
  double error = isnan (gap.error) ? NAN : 2 * gap.error / gap.value + SLOPE_ROUNDING;
  set_known (self->slope_label, (LimenNumber){slope, error * MAX (fabs (slope), 1)}, 3);
  show_estimate (self);
}

/* Of a VAE, what is proven of it is said in words. */
static void
show_variance_proof (LimenBoundPanel *self, const LimenBoundProposal *proposal)
{
  LimenVae *vae = limen_bound_session_vae (self->session);
  LimenVarianceKind kind = proposal->variance_kind;
  gboolean spoken = vae && proposal->q && !isfinite (proposal->weight_variance);
  g_autofree char *reason =
      spoken ? limen_variance_reason (kind, proposal->q,
                                      limen_vae_likelihood (vae) == LIMEN_VAE_BERNOULLI)
             : NULL;
  adw_action_row_set_subtitle (self->variance_row, reason ? reason : "");
  if (spoken && kind == LIMEN_VARIANCE_FINITE)
    gtk_label_set_text (self->variance_label, "finite");
  else if (spoken && kind == LIMEN_VARIANCE_INFINITE)
    gtk_label_set_text (self->variance_label, "infinite");
}

/* A variance that only the tails make is too large to be written out. */
static void
show_variance (LimenBoundPanel *self)
{
  const LimenBoundStudy *study = limen_bound_session_study (self->session);
  const LimenClosedForm *form = study->proposal[0].form;
  LimenNumber variance = limen_bound_study_variance (study, 0);
  double log_variance = form ? form->log_weight_variance.value : log (variance.value);
  if (isfinite (log_variance) && log_variance >= log (1e6)) {
    double power = round (log_variance / G_LN10);
    g_autofree char *digits =
        limen_format_known ((LimenNumber){power, fabs (power) * DBL_EPSILON}, 0);
    g_autofree char *text = g_strdup_printf ("about 10<sup>%s</sup>", digits);
    gtk_label_set_markup (self->variance_label, text);
    show_variance_proof (self, &study->proposal[0]);
    return;
  }
  g_autofree char *digits = limen_format_digits (variance, 4);
  gtk_label_set_text (self->variance_label, digits);
  show_variance_proof (self, &study->proposal[0]);
}

static void
show_proposal (LimenBoundPanel *self)
{
  const LimenGaussian *q = limen_bound_session_proposal (self->session);
  show_variance (self);
  adw_combo_row_set_selected (self->preset_row, limen_bound_session_state (self->session)->preset);
  adw_combo_row_set_selected (self->compare_row,
                              limen_bound_session_state (self->session)->compare);
  gtk_adjustment_set_value (self->morph, 100 * limen_bound_session_state (self->session)->morph);
  gtk_widget_set_visible (GTK_WIDGET (self->numbers_row), q->dimension == 2);
  gtk_widget_set_sensitive (GTK_WIDGET (self->morph_scale),
                            limen_bound_session_posterior (self->session) != NULL);
  if (q->dimension != 2)
    return;
  const double *c = q->covariance;
  double numbers[N_NUMBERS] = {q->mean[0], q->mean[1], c[0], c[3], c[1] / sqrt (c[0] * c[3])};
  for (guint i = 0; i < N_NUMBERS; i++)
    gtk_adjustment_set_value (self->number[i], numbers[i]);
  g_autofree char *m1 = limen_format_number (q->mean[0], 2),
                  *m2 = limen_format_number (q->mean[1], 2);
  g_autofree char *v1 = limen_format_digits ((LimenNumber){c[0], 0}, 2),
                  *v2 = limen_format_digits ((LimenNumber){c[3], 0}, 2);
  g_autofree char *subtitle = g_strdup_printf ("%s, %s; variances %s, %s", m1, m2, v1, v2);
  adw_expander_row_set_subtitle (self->numbers_row, subtitle);
}

static void
study_changed_cb (LimenBoundPanel *self)
{
  self->showing = TRUE;
  show_proposal (self);
  show_k (self);
  self->showing = FALSE;
}

/* "1.2, 0.9, 0.1" */
static char *
list_numbers (const double *x, guint n)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < MIN (n, 6); i++) {
    g_autofree char *number = limen_format_number (x[i], 2);
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", number);
  }
  if (n > 6)
    g_string_append (text, ", …");
  return g_strdup (text->str);
}

static void
show_vae (LimenBoundPanel *self, LimenVae *vae)
{
  guint index = limen_bound_session_state (self->session)->index;
  LimenImageSet *images = limen_bound_session_images (self->session);
  LimenVaeShape shape = limen_vae_shape (vae);
  const char *path = limen_vae_path (vae);
  g_autofree char *name =
      limen_is_builtin (path) ? g_strdup (limen_builtin_title (path)) : g_path_get_basename (path);
  const char *const *networks = limen_vae_networks (vae);
  g_autofree char *file = limen_display_name (name), *shown = limen_networks_label (file, networks);
  limen_networks_menu (self->networks, &self->others, path, networks, "bound.use");
  g_autofree char *text =
      g_strdup_printf ("%s · %u-%u-%u", shown, shape.observed, shape.hidden_encoder, shape.latent);
  g_autofree char *count = limen_format_number (limen_image_set_n_images (images), 0);
  g_autofree char *told = limen_image_set_reading (images);
  g_autofree char *of = g_strdup_printf ("of %s · %s%s%s", count, limen_image_set_name (images),
                                         told ? "\n" : "", told ? told : "");
  g_auto (GStrv) notes = limen_image_set_read_notes (images);
  adw_action_row_set_subtitle (self->file_row, text);
  limen_rows_tell (self->image_row, of, (const char *const *)notes);
  gtk_adjustment_set_upper (self->image, limen_image_set_n_images (images) - 1.0);
  gtk_adjustment_set_value (self->image, index);
}

static void
source_changed_cb (LimenBoundPanel *self)
{
  static const char *const gaussian[] = {
      "Prior", "ELBO-optimal", "Moment-matched", "Offset", "Exact posterior", "Yours", NULL};
  static const char *const of_vae[] = {"Prior",   "Encoder (no closed form)", "Moment-matched",
                                       "Encoder", "Moments of the posterior", "Yours",
                                       NULL};
  LimenVae *vae = limen_bound_session_vae (self->session);
  const LimenGaussianCase *c = limen_bound_session_case (self->session);
  self->showing = TRUE;
  g_autoptr (GtkStringList) presets = gtk_string_list_new (vae ? of_vae : gaussian);
  adw_combo_row_set_model (self->preset_row, G_LIST_MODEL (presets));
  adw_combo_row_set_selected (self->model_row, vae != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->compare_row), !vae);
  gtk_widget_set_visible (GTK_WIDGET (self->observation_row), !vae);
  gtk_widget_set_visible (GTK_WIDGET (self->file_row), vae != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->image_row), vae != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->set_row), vae != NULL);
  g_autofree char *x = list_numbers (c->x, c->model->observed);
  adw_action_row_set_subtitle (self->observation_row, x);
  if (vae)
    show_vae (self, vae);
  self->showing = FALSE;
  study_changed_cb (self);
}

static void
dots_changed_cb (LimenBoundPanel *self)
{
  show_estimate (self);
  show_evidence (self);
}

static void
view_changed_cb (LimenBoundPanel *self)
{
  gtk_switch_set_active (self->shade, limen_bound_session_state (self->session)->implied);
}

static void
k_changed_cb (LimenBoundPanel *self)
{
  show_k (self);
}

/* -- what the user says -- */

static void
preset_changed_cb (LimenBoundPanel *self)
{
  guint preset = adw_combo_row_get_selected (self->preset_row);
  if (!self->showing && preset < LIMEN_N_PROPOSALS)
    limen_bound_session_set_preset (self->session, preset);
}

static void
numbers_changed_cb (LimenBoundPanel *self)
{
  double n[N_NUMBERS];
  if (self->showing)
    return;
  for (guint i = 0; i < N_NUMBERS; i++)
    n[i] = gtk_adjustment_get_value (self->number[i]);
  double covariance = n[CORRELATION] * sqrt (n[VARIANCE_1] * n[VARIANCE_2]);
  LimenGaussian *q =
      limen_gaussian_new ("The proposal", 2, (double[]){n[MEAN_1], n[MEAN_2]},
                          (double[]){n[VARIANCE_1], covariance, covariance, n[VARIANCE_2]}, NULL);
  if (q)
    limen_bound_session_set_proposal (self->session, q, TRUE);
}

static void
morph_changed_cb (LimenBoundPanel *self)
{
  if (!self->showing)
    limen_bound_session_set_morph (self->session, gtk_adjustment_get_value (self->morph) / 100);
}

static void
compare_changed_cb (LimenBoundPanel *self)
{
  if (!self->showing)
    limen_bound_session_set_compare (self->session, adw_combo_row_get_selected (self->compare_row));
}

static void
shade_changed_cb (GtkSwitch *toggle, GParamSpec *pspec, LimenBoundPanel *self)
{
  limen_bound_session_set_shade (self->session, gtk_switch_get_active (toggle));
}

static void
model_changed_cb (LimenBoundPanel *self)
{
  if (!self->showing)
    limen_bound_session_use_model (self->session,
                                   adw_combo_row_get_selected (self->model_row) == 1);
}

static void
image_changed_cb (LimenBoundPanel *self)
{
  if (!self->showing)
    limen_bound_session_set_image (self->session, (guint)gtk_adjustment_get_value (self->image));
}

static void
k_set_cb (LimenBoundPanel *self)
{
  limen_bound_session_set_k (self->session, (guint)lround (gtk_adjustment_get_value (self->k)));
}

/* -- the object -- */

static void
limen_bound_panel_dispose (GObject *object)
{
  LimenBoundPanel *self = LIMEN_BOUND_PANEL (object);
  if (self->session)
    g_signal_handlers_disconnect_by_data (self->session, self);
  self->session = NULL;
  g_clear_object (&self->networks);
  g_clear_object (&self->others);
  G_OBJECT_CLASS (limen_bound_panel_parent_class)->dispose (object);
}

static void
limen_bound_panel_class_init (LimenBoundPanelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = limen_bound_panel_dispose;
}

static GtkAdjustment *
adjustment (double low, double high, double step)
{
  return gtk_adjustment_new (0, low, high, step, 10 * step, 0);
}

static void
limen_bound_panel_init (LimenBoundPanel *self)
{
}

static void
add_results (LimenBoundPanel *self, GtkWidget *panel)
{
  self->at_k = limen_rows_group (panel, "At K");
  self->k = adjustment (1, LIMEN_BOUND_MOST_K, 1);
  limen_rows_spin (self->at_k, "K", self->k, 0);
  self->bound_label = limen_rows_value (self->at_k, "VLB, exact", "hand");
  self->evidence_label = limen_rows_value (self->at_k, "log p(x)", NULL);
  self->gap_label = limen_rows_value (self->at_k, "Gap", NULL);
  self->slope_label = limen_rows_value (self->at_k, "Slope of the gap, log–log", NULL);
  self->estimate_label = limen_rows_value (self->at_k, "Monte Carlo", NULL);
  self->estimate_row = limen_rows_row_of (self->estimate_label);
}

static void
add_numbers (LimenBoundPanel *self, AdwPreferencesGroup *group)
{
  static const char *const titles[N_NUMBERS] = {"Mean of z₁", "Mean of z₂", "Variance of z₁",
                                                "Variance of z₂", "Correlation"};
  self->numbers_row = ADW_EXPANDER_ROW (adw_expander_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->numbers_row), "Mean and covariance");
  for (guint i = 0; i < N_NUMBERS; i++) {
    self->number[i] = i == CORRELATION  ? adjustment (-0.999, 0.999, 0.01)
                      : i >= VARIANCE_1 ? adjustment (1e-6, 1e6, 0.01)
                                        : adjustment (-1e6, 1e6, 0.01);
    GtkWidget *spin =
        gtk_spin_button_new (self->number[i], 1, i >= VARIANCE_1 && i < CORRELATION ? 5 : 3);
    GtkWidget *row = adw_action_row_new ();
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), titles[i]);
    gtk_widget_set_valign (spin, GTK_ALIGN_CENTER);
    gtk_widget_add_css_class (spin, "numeric");
    limen_field_spin (GTK_SPIN_BUTTON (spin));
    limen_name (spin, titles[i]);
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), spin);
    adw_expander_row_add_row (self->numbers_row, row);
    limen_follow (self, self->number[i], "value-changed", G_CALLBACK (numbers_changed_cb));
  }
  adw_preferences_group_add (group, GTK_WIDGET (self->numbers_row));
}

static void
add_proposal (LimenBoundPanel *self, GtkWidget *panel)
{
  static const char *const none[] = {NULL};
  static const char *const pairs[] = {"Moment-matched, ELBO-optimal", "Prior, ELBO-optimal",
                                      "Prior, moment-matched", "Nothing", NULL};
  AdwPreferencesGroup *group = limen_rows_group (panel, "Proposal q(z|x)");
  self->preset_row = limen_rows_combo (group, "Preset", none);
  add_numbers (self, group);
  GtkLabel *percent = limen_rows_value (group, "Towards the posterior", "hand");
  gtk_label_set_text (percent, "0 %");
  self->morph = adjustment (0, 100, 1);
  self->morph_scale = limen_rows_scale (group, "Towards the posterior", self->morph);
  self->variance_label = limen_rows_value (group, "Var(w) / p²", NULL);
  self->variance_row = limen_rows_row_of (self->variance_label);
  self->compare_row = limen_rows_combo (group, "Compare with", pairs);
  self->shade =
      limen_rows_switch (group, "Shade what K samples make of q", "else the posterior is shaded");
  g_signal_connect_object (self->shade, "notify::active", G_CALLBACK (shade_changed_cb), self, 0);
  limen_follow (self, self->preset_row, "notify::selected", G_CALLBACK (preset_changed_cb));
  limen_follow (self, self->morph, "value-changed", G_CALLBACK (morph_changed_cb));
  limen_follow (self, self->compare_row, "notify::selected", G_CALLBACK (compare_changed_cb));
  g_object_set_data (G_OBJECT (self->morph), "label", percent);
}

static void
add_networks_button (LimenBoundPanel *self)
{
  static const char *const names[] = {LIMEN_BUILTIN_VAE, LIMEN_BUILTIN_MNIST_VAE,
                                      LIMEN_BUILTIN_FASHION_VAE};
  g_autoptr (GMenu) own = g_menu_new ();
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (GMenuItem) item = g_menu_item_new (limen_builtin_title (names[i]), NULL);
    g_menu_item_set_action_and_target (item, "bound.use", "s", names[i]);
    g_menu_append_item (own, item);
  }
  self->networks = g_menu_new ();
  g_menu_append_section (self->networks, "Brought along", G_MENU_MODEL (own));
  GtkMenuButton *button = limen_rows_menu (self->file_row, "view-more-symbolic", "Other VAEs");
  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (self->networks));
}

static void
add_source (LimenBoundPanel *self, GtkWidget *panel)
{
  static const char *const models[] = {"Linear Gaussian", "VAE on images", NULL};
  AdwPreferencesGroup *group = limen_rows_group (panel, "Source");
  self->model_row = limen_rows_combo (group, "Model", models);
  self->observation_row = limen_rows_row (group, "Observation x", NULL);
  limen_drop_zones_add_row (self->observation_row, "case");
  limen_rows_button (self->observation_row, "folder-open-symbolic", "Open a case", "bound.open");
  self->file_row = limen_rows_row (group, "VAE", NULL);
  limen_drop_zones_add_row (self->file_row, "vae");
  add_networks_button (self);
  limen_rows_button (self->file_row, "folder-open-symbolic", "Open weights of a VAE", "bound.open");
  self->image = adjustment (0, 0, 1);
  self->image_row = limen_rows_row_of (limen_rows_spin (group, "Image", self->image, 0));
  limen_drop_zones_add_row (self->image_row, "images");
  GtkWidget *set = gtk_button_new_with_label ("Over a Set…");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (set), "bound.set");
  self->set_row = limen_rows_row (group, "Mean over many images", set);
  limen_follow (self, self->model_row, "notify::selected", G_CALLBACK (model_changed_cb));
  limen_follow (self, self->k, "value-changed", G_CALLBACK (k_set_cb));
  limen_follow (self, self->image, "value-changed", G_CALLBACK (image_changed_cb));
}

static void
morph_shown_cb (GtkAdjustment *morph, LimenBoundPanel *self)
{
  g_autofree char *text = g_strdup_printf ("%.0f %%", gtk_adjustment_get_value (morph));
  gtk_label_set_text (g_object_get_data (G_OBJECT (morph), "label"), text);
}

LimenBoundPanel *
limen_bound_panel_new (LimenBoundSession *session, LimenBoundPlots *plots)
{
  g_return_val_if_fail (LIMEN_IS_BOUND_SESSION (session) && plots != NULL, NULL);
  LimenBoundPanel *self = g_object_new (LIMEN_TYPE_BOUND_PANEL, NULL);
  GtkWidget *panel = limen_rows_panel ();
  self->session = session;
  self->plots = plots;
  add_results (self, panel);
  add_proposal (self, panel);
  add_source (self, panel);
  adw_bin_set_child (ADW_BIN (self), panel);
  g_signal_connect_object (self->morph, "value-changed", G_CALLBACK (morph_shown_cb), self, 0);
  limen_news_connect (session, "source-changed", G_CALLBACK (source_changed_cb), self);
  limen_news_connect (session, "study-changed", G_CALLBACK (study_changed_cb), self);
  limen_news_connect (session, "k-changed", G_CALLBACK (k_changed_cb), self);
  limen_news_connect (session, "dots-changed", G_CALLBACK (dots_changed_cb), self);
  limen_news_connect (session, "view-changed", G_CALLBACK (view_changed_cb), self);
  view_changed_cb (self);
  source_changed_cb (self);
  return self;
}
