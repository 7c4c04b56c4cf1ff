#include "ui/selectable.h"

/* The label itself takes the focus when it is clicked, which Ctrl+C needs. */
static void
pressed_cb (GtkGestureClick *click)
{
  GtkWidget *label = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (click));
  gtk_widget_set_can_focus (label, TRUE);
}

static void
left_cb (GtkEventController *focus)
{
  GtkWidget *label = gtk_event_controller_get_widget (focus);
  gtk_label_select_region (GTK_LABEL (label), 0, 0);
  gtk_widget_set_can_focus (label, FALSE);
}

void
limen_selectable (GtkLabel *label)
{
  g_return_if_fail (GTK_IS_LABEL (label));
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 0);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), NULL);
  g_signal_connect (focus, "leave", G_CALLBACK (left_cb), NULL);
  gtk_widget_add_controller (GTK_WIDGET (label), GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (GTK_WIDGET (label), focus);
  gtk_label_set_selectable (label, TRUE);
  gtk_widget_set_can_focus (GTK_WIDGET (label), FALSE);
}
