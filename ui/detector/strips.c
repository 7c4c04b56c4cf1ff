#include "ui/detector/strips.h"

#include "ui/detector/thumbnails.h"
#include "ui/widgets.h"

GtkWidget *
limen_detector_strips_new (LimenDetectorSession *session)
{
  g_return_val_if_fail (LIMEN_IS_DETECTOR_SESSION (session), NULL);
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
    GtkWidget *title = gtk_label_new (strips[i].title);
    LimenThumbnails *thumbnails = g_object_new (LIMEN_TYPE_THUMBNAILS, NULL);
    gtk_label_set_xalign (GTK_LABEL (title), 0);
    gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
    gtk_widget_add_css_class (title, "caption-heading");
    limen_thumbnails_set_session (thumbnails, session, strips[i].strip);
    limen_name (thumbnails, strips[i].title);
    gtk_box_append (GTK_BOX (box), title);
    gtk_box_append (GTK_BOX (box), GTK_WIDGET (thumbnails));
    gtk_flow_box_append (all, box);
  }
  return GTK_WIDGET (all);
}
