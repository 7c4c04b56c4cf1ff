#include "ui/game/certificate-view.h"

#include "ui/widgets.h"

#include <adwaita.h>

#define WIDEST 980 /* of lines that are easily read */

#define LIMEN_TYPE_CERTIFICATE_VIEW (limen_certificate_view_get_type ())
G_DECLARE_FINAL_TYPE (LimenCertificateView, limen_certificate_view, LIMEN, CERTIFICATE_VIEW, AdwBin)

struct _LimenCertificateView {
  AdwBin parent_instance;

  GtkBox *steps;
  LimenGameSession *session;
};

G_DEFINE_FINAL_TYPE (LimenCertificateView, limen_certificate_view, ADW_TYPE_BIN)

static GtkWidget *
add_label (GtkWidget *box, const char *text, gboolean selectable)
{
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_yalign (GTK_LABEL (label), 0);
  gtk_label_set_selectable (GTK_LABEL (label), selectable);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static void
add_step (LimenCertificateView *self, guint number, const char *text)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  g_autofree char *mark = g_strdup_printf ("%u", number);
  GtkWidget *label = add_label (row, mark, FALSE);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_set_hexpand (add_label (row, text, TRUE), TRUE);
  gtk_box_append (self->steps, row);
}

static void
game_changed_cb (LimenCertificateView *self)
{
  const LimenSolution *solution = limen_game_session_solution (self->session);
  g_auto (GStrv) steps = g_strsplit (solution->certificate, "\n", -1);
  GtkWidget *old;
  while ((old = gtk_widget_get_first_child (GTK_WIDGET (self->steps))))
    gtk_box_remove (self->steps, old);
  for (guint i = 0; steps[i]; i++)
    add_step (self, i + 1, steps[i]);
}

static void
limen_certificate_view_dispose (GObject *object)
{
  LimenCertificateView *self = LIMEN_CERTIFICATE_VIEW (object);
  if (self->session)
    g_signal_handlers_disconnect_by_data (self->session, self);
  self->session = NULL;
  G_OBJECT_CLASS (limen_certificate_view_parent_class)->dispose (object);
}

static void
limen_certificate_view_class_init (LimenCertificateViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = limen_certificate_view_dispose;
}

static void
limen_certificate_view_init (LimenCertificateView *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  GtkWidget *clamp = adw_clamp_new (), *scroller = gtk_scrolled_window_new ();
  GtkWidget *heading = add_label (column, "Why this is the solution", FALSE);
  self->steps = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 10));
  gtk_widget_add_css_class (heading, "heading");
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->steps));
  gtk_widget_set_margin_top (column, 14);
  gtk_widget_set_margin_bottom (column, 14);
  gtk_widget_set_margin_start (column, 16);
  gtk_widget_set_margin_end (column, 16);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), WIDEST);
  adw_clamp_set_child (ADW_CLAMP (clamp), column);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  adw_bin_set_child (ADW_BIN (self), scroller);
  gtk_widget_add_css_class (GTK_WIDGET (self), "certificate");
  gtk_widget_add_css_class (GTK_WIDGET (self), "plot");
  gtk_widget_add_css_class (GTK_WIDGET (self), "view");
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  limen_name (self, "Certificate of the solution");
}

GtkWidget *
limen_certificate_view_new (LimenGameSession *session)
{
  g_return_val_if_fail (LIMEN_IS_GAME_SESSION (session), NULL);
  LimenCertificateView *self = g_object_new (LIMEN_TYPE_CERTIFICATE_VIEW, NULL);
  self->session = session;
  g_signal_connect_swapped (session, "game-changed", G_CALLBACK (game_changed_cb), self);
  game_changed_cb (self);
  return GTK_WIDGET (self);
}
