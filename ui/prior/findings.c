#include "ui/prior/findings.h"

#include "model/prior/sentences.h"
#include "ui/widgets.h"

#include <math.h>

#define EVIDENCE_DIGITS 10 /* enough to see that two are the same */

enum { OF_PHI, OF_LAMBDA, OF_THETA, OF_PRIOR, N_FINDINGS };

struct _LimenPriorFindings {
  AdwBin parent_instance;

  GtkLabel *said[N_FINDINGS];
  LimenPriorSession *session;
};

G_DEFINE_FINAL_TYPE (LimenPriorFindings, limen_prior_findings, ADW_TYPE_BIN)

/* The same p(x) with another prior, in the digits that hold. The numbers of the other model are
 * rounded, by which the two are apart beside what either may be off: no digit that only that makes
 * is shown. */
static char *
prior_text (LimenPriorFindings *self)
{
  const LimenGaussianCase *c = limen_prior_session_case (self->session);
  g_autoptr (LimenGaussianModel) standard = limen_standard_prior (c->model);
  LimenNumber one = limen_gaussian_model_known_evidence (c->model, c->x);
  LimenNumber other = limen_gaussian_model_known_evidence (standard, c->x);
  double error = fabs (one.value - other.value) + one.error + other.error;
  g_autofree char *same = limen_claim_say (limen_standard_claims, LIMEN_STANDARD_N_CLAIMS, c);
  g_autofree char *its = limen_format_digits ((LimenNumber){one.value, error}, EVIDENCE_DIGITS);
  g_autofree char *standards =
      limen_format_digits ((LimenNumber){other.value, error}, EVIDENCE_DIGITS);
  return g_strdup_printf ("log p(x) = %s, with the prior N(0, I) %s. %s", its, standards, same);
}

static void
duel_changed_cb (LimenPriorFindings *self)
{
  const LimenDuel *duel = limen_prior_session_duel (self->session);
  const guint index[] = {[OF_PHI] = 0, [OF_LAMBDA] = 2 * duel->k, [OF_THETA] = 4 * duel->k};
  for (guint i = 0; i < G_N_ELEMENTS (index); i++) {
    g_autofree char *sentence = limen_duel_sentence (duel, index[i]);
    gtk_label_set_text (self->said[i], sentence);
  }
  g_autofree char *prior = prior_text (self);
  gtk_label_set_text (self->said[OF_PRIOR], prior);
}

static GtkLabel *
add_label (GtkWidget *box, const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 24); /* four of them side by side */
  gtk_widget_add_css_class (label, style);
  gtk_widget_add_css_class (label, "caption");
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

static void
limen_prior_findings_class_init (LimenPriorFindingsClass *klass)
{
}

static void
limen_prior_findings_init (LimenPriorFindings *self)
{
  static const char *const titles[N_FINDINGS] = {[OF_PHI] = "φ = (μ, log s), here μ₁",
                                                 [OF_LAMBDA] = "λ = (λ1, λ2), here λ1₁",
                                                 [OF_THETA] = "θ = (A, b)",
                                                 [OF_PRIOR] = "Does a trainable prior help?"};
  GtkWidget *flow = gtk_flow_box_new ();
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (flow), GTK_SELECTION_NONE);
  gtk_flow_box_set_homogeneous (GTK_FLOW_BOX (flow), TRUE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (flow), N_FINDINGS);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (flow), 18);
  gtk_flow_box_set_row_spacing (GTK_FLOW_BOX (flow), 8);
  for (guint i = 0; i < N_FINDINGS; i++) {
    GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2), *child = gtk_flow_box_child_new ();
    gtk_widget_set_size_request (box, 180, -1);
    add_label (box, titles[i], "heading");
    self->said[i] = add_label (box, NULL, "dim-label");
    gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), box);
    gtk_widget_set_focusable (child, FALSE);
    gtk_flow_box_append (GTK_FLOW_BOX (flow), child);
  }
  limen_name (flow, "Findings");
  gtk_widget_set_margin_bottom (flow, 8);
  adw_bin_set_child (ADW_BIN (self), flow);
}

LimenPriorFindings *
limen_prior_findings_new (LimenPriorSession *session)
{
  g_return_val_if_fail (LIMEN_IS_PRIOR_SESSION (session), NULL);
  LimenPriorFindings *self = g_object_new (LIMEN_TYPE_PRIOR_FINDINGS, NULL);
  self->session = session;
  limen_follow (self, session, "duel-changed", G_CALLBACK (duel_changed_cb));
  duel_changed_cb (self);
  return self;
}
