#include "ui/detector/strips.h"

#include "ui/detector/gallery-opener.h"
#include "ui/detector/thumbnails.h"
#include "ui/widgets.h"

static GtkWidget *
heading (const char *text)
{
  GtkWidget *title = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (title, "caption-heading");
  return title;
}

/* -- what the line judges wrongly -- */

static GtkWidget *
judged_of (LimenDetectorSession *session)
{
  static const struct {
    const char *title;
    LimenStrip strip;
  } strips[] = {
      {"Just flagged, though normal", LIMEN_STRIP_FLAGGED},
      {"Just kept, though an anomaly", LIMEN_STRIP_PASSED},
      {"Worst false alarms", LIMEN_STRIP_WORST},
      {"Most convincing anomalies", LIMEN_STRIP_CONVINCING},
  };
  GtkFlowBox *all = GTK_FLOW_BOX (gtk_flow_box_new ());
  gtk_flow_box_set_selection_mode (all, GTK_SELECTION_NONE);
  gtk_flow_box_set_homogeneous (all, TRUE);
  gtk_flow_box_set_min_children_per_line (all, 1);
  gtk_flow_box_set_max_children_per_line (all, 2);
  gtk_flow_box_set_column_spacing (all, 24);
  gtk_flow_box_set_row_spacing (all, 8);
  gtk_widget_set_can_focus (GTK_WIDGET (all), FALSE); /* or it keeps Tab, and shows it nowhere */
  gtk_widget_add_css_class (GTK_WIDGET (all), "strips");
  for (guint i = 0; i < G_N_ELEMENTS (strips); i++) {
    GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
    LimenThumbnails *thumbnails = g_object_new (LIMEN_TYPE_THUMBNAILS, NULL);
    limen_thumbnails_set_session (thumbnails, session, strips[i].strip);
    limen_name (thumbnails, strips[i].title);
    gtk_box_append (GTK_BOX (box), heading (strips[i].title));
    gtk_box_append (GTK_BOX (box), GTK_WIDGET (thumbnails));
    gtk_flow_box_append (all, box);
  }
  return GTK_WIDGET (all);
}

/* -- which of the unsorted images are listed -- */

static void
show_listed (GtkWidget *box, LimenDetectorSession *session)
{
  const LimenUnsorted *unsorted = limen_detector_session_unsorted (session);
  gtk_widget_set_visible (box, unsorted != NULL);
  if (!unsorted)
    return;
  g_autofree char *sentence = limen_unsorted_sentence (unsorted);
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_first_child (box)), sentence);
  limen_describe (gtk_widget_get_last_child (box), sentence);
}

static GtkWidget *
listed_of (LimenDetectorSession *session)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6), *title = heading ("");
  LimenThumbnails *thumbnails = g_object_new (LIMEN_TYPE_THUMBNAILS, NULL);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_NONE);
  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_widget_set_margin_top (box, 8);
  limen_thumbnails_set_session (thumbnails, session, LIMEN_STRIP_LISTED);
  limen_name (thumbnails, "Unsorted images that are listed as anomalies");
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (thumbnails));
  limen_follow (box, session, "data-changed", G_CALLBACK (show_listed));
  show_listed (box, session);
  return box;
}

/* -- what is selected -- */

static GtkWidget *
tiles_of (LimenDetectorSession *session, LimenSelectionSession *selection, LimenStrip strip)
{
  LimenThumbnails *thumbnails = g_object_new (LIMEN_TYPE_THUMBNAILS, NULL);
  limen_thumbnails_set_session (thumbnails, session, strip);
  limen_thumbnails_set_selection (thumbnails, selection);
  limen_name (thumbnails, strip == LIMEN_STRIP_SELECTED_NORMAL ? "Selected normal images"
                                                               : "Selected anomalies");
  return GTK_WIDGET (thumbnails);
}

static GtkWidget *
selected_of (LimenDetectorSession *session, LimenSelectionSession *selection, GtkWidget *title)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *clear = gtk_button_new_with_label ("Clear");
  GtkWidget *gallery = limen_gallery_opener_button ("Gallery…", LIMEN_GALLERY_SELECTED);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_add_css_class (clear, "flat");
  limen_describe (clear, "Selects no image");
  limen_follow (selection, clear, "clicked", G_CALLBACK (limen_selection_session_clear));
  gtk_box_append (GTK_BOX (head), title);
  gtk_box_append (GTK_BOX (head), gallery);
  gtk_box_append (GTK_BOX (head), clear);
  gtk_box_append (GTK_BOX (box), head);
  gtk_box_append (GTK_BOX (box), tiles_of (session, selection, LIMEN_STRIP_SELECTED_NORMAL));
  gtk_box_append (GTK_BOX (box), tiles_of (session, selection, LIMEN_STRIP_SELECTED_ANOMALIES));
  return box;
}

static void
selection_changed_cb (GtkStack *stack, LimenSelectionSession *selection)
{
  GtkLabel *title = g_object_get_data (G_OBJECT (stack), "title");
  g_autofree char *words = limen_selection_session_words (selection);
  if (words)
    gtk_label_set_text (title, words);
  gtk_stack_set_visible_child_name (stack, words ? "selected" : "judged");
}

GtkWidget *
limen_detector_strips_new (LimenDetectorSession *session, LimenSelectionSession *selection)
{
  g_return_val_if_fail (LIMEN_IS_DETECTOR_SESSION (session), NULL);
  g_return_val_if_fail (LIMEN_IS_SELECTION_SESSION (selection), NULL);
  GtkStack *stack = GTK_STACK (gtk_stack_new ());
  GtkWidget *title = heading (""), *judged = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (judged), judged_of (session));
  gtk_box_append (GTK_BOX (judged), listed_of (session));
  gtk_box_append (GTK_BOX (judged), limen_gallery_opener_button ("All Images…", LIMEN_GALLERY_ALL));
  gtk_stack_set_vhomogeneous (stack, FALSE);
  gtk_stack_set_hhomogeneous (stack, FALSE);
  gtk_stack_add_named (stack, judged, "judged");
  gtk_stack_add_named (stack, selected_of (session, selection, title), "selected");
  limen_tell_seen (stack);
  g_object_set_data (G_OBJECT (stack), "title", title);
  limen_follow (stack, selection, "selection-changed", G_CALLBACK (selection_changed_cb));
  return GTK_WIDGET (stack);
}
