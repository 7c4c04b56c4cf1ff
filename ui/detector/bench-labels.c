#include "ui/detector/bench-labels.h"

GtkWidget *
limen_bench_label (GtkWidget *box, const char *style)
{
  g_return_val_if_fail (GTK_IS_BOX (box), NULL);
  GtkWidget *label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  if (style)
    gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

GtkWidget *
limen_bench_box (GtkWidget *parent, GtkOrientation orientation, int spacing)
{
  g_return_val_if_fail (!parent || GTK_IS_BOX (parent), NULL);
  GtkWidget *box = gtk_box_new (orientation, spacing);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  if (parent)
    gtk_box_append (GTK_BOX (parent), box);
  return box;
}
