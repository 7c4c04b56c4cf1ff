#include "ui/detector/corrections-bar.h"

#include "ui/detector/bar.h"
#include "ui/widgets.h"

static void
show (GtkRevealer *bar, LimenDetectorSession *session)
{
  g_autofree char *words =
      limen_corrections_words (limen_detector_session_state (session)->corrections);
  GtkLabel *label = g_object_get_data (G_OBJECT (bar), "words");
  g_autofree char *told =
      words ? g_strdup_printf ("%s by hand; nothing on the disk is changed.", words) : NULL;
  if (told) /* while it folds away, it keeps its words */
    gtk_label_set_text (label, told);
  gtk_revealer_set_reveal_child (bar, told != NULL);
}

GtkWidget *
limen_corrections_bar_new (LimenDetectorSession *session)
{
  g_return_val_if_fail (LIMEN_IS_DETECTOR_SESSION (session), NULL);
  GtkLabel *label;
  GtkWidget *undo = gtk_button_new_with_label ("Undo");
  GtkRevealer *bar = limen_detector_bar_new (&label, GTK_BUTTON (undo));
  limen_describe (undo, "Takes back the last that was moved or left out");
  g_object_set_data (G_OBJECT (bar), "words", label);
  limen_follow (session, undo, "clicked", G_CALLBACK (limen_detector_session_undo_correction));
  limen_follow (bar, session, "data-changed", G_CALLBACK (show));
  show (bar, session);
  return GTK_WIDGET (bar);
}
