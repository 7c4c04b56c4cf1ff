#include "ui/detector/arrival-toast.h"

#include "ui/appearance.h"
#include "ui/problems.h"
#include "ui/toasts.h"

#define WIDE_FROM 700 /* pixels at the usual size of text, as */
#define EACH      90  /* of a button: where they have no room beside each other, below */
#define BUTTONS   230
#define LINES     5
#define MORE      12 /* lines, where a narrow window breaks the same words more often */

static void
swap_cb (GtkWidget *page)
{
  gtk_widget_activate_action (page, "detector.swap", NULL);
}

static void
second_cb (GtkWidget *page)
{
  gtk_widget_activate_action (page, "detector.second-flow", NULL);
}

static void
undo_cb (GtkWidget *page)
{
  gtk_widget_activate_action (page, "detector.undo", NULL);
}

static void
details_cb (GtkButton *button, GtkWidget *page)
{
  limen_problems_present (page, NULL, g_object_get_data (G_OBJECT (button), "problems"));
}

static GtkWidget *
add_button (GtkWidget *row, const char *label)
{
  GtkWidget *button = gtk_button_new_with_label (label);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (row), button);
  return button;
}

static GtkWidget *
buttons_new (GtkWidget *page, GPtrArray *problems, gboolean can_swap, gboolean second)
{
  int n = 1 + (problems != NULL) + can_swap;
  gboolean column = limen_toasts_room (page) < n * EACH * limen_appearance_text_scale (page);
  GtkWidget *row = gtk_box_new (column ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_set_halign (row, GTK_ALIGN_END);
  if (problems) {
    GtkWidget *details = add_button (row, "Details");
    g_object_set_data_full (G_OBJECT (details), "problems", g_ptr_array_ref (problems),
                            (GDestroyNotify)g_ptr_array_unref);
    g_signal_connect_object (details, "clicked", G_CALLBACK (details_cb), page, 0);
  }
  if (second) /* which changes no set: there is nothing to swap */
    g_signal_connect_object (add_button (row, "As Second Flow"), "clicked", G_CALLBACK (second_cb),
                             page, G_CONNECT_SWAPPED);
  else if (can_swap)
    g_signal_connect_object (add_button (row, "Swap"), "clicked", G_CALLBACK (swap_cb), page,
                             G_CONNECT_SWAPPED);
  g_signal_connect_object (add_button (row, "Undo"), "clicked", G_CALLBACK (undo_cb), page,
                           G_CONNECT_SWAPPED);
  return row;
}

/* Buttons beside the words, or below them where the window has no room */
AdwToast *
limen_arrival_toast_tell (GtkWidget *page, const char *sentence, GPtrArray *problems,
                          gboolean can_swap, gboolean second)
{
  g_return_val_if_fail (GTK_IS_WIDGET (page) && sentence != NULL, NULL);
  gboolean wide = gtk_widget_get_width (page) >= WIDE_FROM * limen_appearance_text_scale (page);
  AdwToast *toast = adw_toast_new ("");
  GtkWidget *all =
      gtk_box_new (wide ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL, wide ? 12 : 6);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  gtk_widget_set_hexpand (all, TRUE);
  gtk_widget_set_halign (all, GTK_ALIGN_FILL);
  gtk_widget_set_hexpand (lines, TRUE);
  gtk_widget_set_valign (lines, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (lines),
                  limen_toasts_line (page, sentence, wide ? LINES : MORE, wide ? BUTTONS : 0));
  if (problems) {
    g_autofree char *line = limen_problems_line (problems);
    gtk_box_append (GTK_BOX (lines), limen_toasts_line (page, line, 2, wide ? BUTTONS : 0));
  }
  gtk_box_append (GTK_BOX (all), lines);
  gtk_box_append (GTK_BOX (all), buttons_new (page, problems, can_swap, second));
  adw_toast_set_custom_title (toast, all);
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  limen_toasts_add (page, g_object_ref (toast));
  return toast;
}
