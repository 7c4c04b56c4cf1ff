#include "ui/detector/bar.h"

/* What has slid away is not there: a screen reader would still find its words. */
static void
revealed_cb (GtkRevealer *bar)
{
  gtk_widget_set_visible (GTK_WIDGET (bar), gtk_revealer_get_reveal_child (bar) ||
                                                gtk_revealer_get_child_revealed (bar));
}

GtkRevealer *
limen_detector_bar_new (GtkLabel **label, GtkButton *button)
{
  g_return_val_if_fail (label != NULL && GTK_IS_BUTTON (button), NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *bar = gtk_revealer_new ();
  *label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (*label, 0);
  gtk_label_set_wrap (*label, TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (*label), TRUE);
  gtk_widget_set_valign (GTK_WIDGET (button), GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (box, "polarity");
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("dialog-warning-symbolic"));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (*label));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (button));
  gtk_revealer_set_child (GTK_REVEALER (bar), box);
  gtk_widget_set_visible (bar, FALSE);
  g_signal_connect (bar, "notify::reveal-child", G_CALLBACK (revealed_cb), NULL);
  g_signal_connect (bar, "notify::child-revealed", G_CALLBACK (revealed_cb), NULL);
  return GTK_REVEALER (bar);
}
