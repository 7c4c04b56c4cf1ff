#include "ui/header-words.h"

GtkWidget *
limen_word_or_icon (gboolean wordless, const char *word, const char *icon)
{
  g_return_val_if_fail (word != NULL && icon != NULL, NULL);
  if (wordless)
    return gtk_image_new_from_icon_name (icon);
  GtkWidget *label = gtk_label_new (word);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  return label;
}

gboolean
limen_word_is_cut (GtkWidget *word)
{
  g_return_val_if_fail (!word || GTK_IS_WIDGET (word), FALSE);
  return GTK_IS_LABEL (word) &&
         pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (word)));
}
