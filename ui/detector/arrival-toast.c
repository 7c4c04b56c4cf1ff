#include "ui/detector/arrival-toast.h"

#include "ui/appearance.h"
#include "ui/problems.h"
#include "ui/toasts.h"

#define PAGE      "limen-page"
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
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
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

/* Buttons beside the words, or below them where the window has no room; there below each other
 * where it has little. @all: the words, of one line or two, and the buttons */
static void
fit (GtkWidget *all)
{
  GtkWidget *page = gtk_widget_get_ancestor (all, ADW_TYPE_TOAST_OVERLAY);
  GtkWidget *words = gtk_widget_get_first_child (all), *buttons = gtk_widget_get_last_child (all);
  page = page ? page : g_object_get_data (G_OBJECT (all), PAGE); /* before it comes up */
  double scale = limen_appearance_text_scale (page);
  gboolean wide = gtk_widget_get_width (page) >= WIDE_FROM * scale;
  int n = 0, taken = wide ? BUTTONS : 0;
  for (GtkWidget *one = gtk_widget_get_first_child (buttons); one;
       one = gtk_widget_get_next_sibling (one))
    n++;
  gboolean column = !wide && limen_toasts_room (page) < n * EACH * scale;
  GtkOrientation along = wide ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (all), along);
  gtk_box_set_spacing (GTK_BOX (all), wide ? 12 : 6);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (buttons),
                                  column ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  GtkWidget *first = gtk_widget_get_first_child (words), *last = gtk_widget_get_last_child (words);
  limen_toasts_set_line (first, page, wide ? LINES : MORE, taken);
  if (last != first)
    limen_toasts_set_line (last, page, 2, taken);
}

AdwToast *
limen_arrival_toast_tell (GtkWidget *page, const char *sentence, GPtrArray *problems,
                          gboolean can_swap, gboolean second)
{
  g_return_val_if_fail (GTK_IS_WIDGET (page) && sentence != NULL, NULL);
  AdwToast *toast = adw_toast_new ("");
  GtkWidget *all = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  gtk_widget_set_hexpand (all, TRUE);
  gtk_widget_set_halign (all, GTK_ALIGN_FILL);
  gtk_widget_set_hexpand (lines, TRUE);
  gtk_widget_set_valign (lines, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (lines), limen_toasts_line (page, sentence, LINES, 0));
  if (problems) {
    g_autofree char *line = limen_problems_line (problems);
    gtk_box_append (GTK_BOX (lines), limen_toasts_line (page, line, 2, 0));
  }
  gtk_box_append (GTK_BOX (all), lines);
  gtk_box_append (GTK_BOX (all), buttons_new (page, problems, can_swap, second));
  g_object_set_data (G_OBJECT (all), PAGE, page);
  fit (all);
  limen_toasts_fit (all, fit);
  adw_toast_set_custom_title (toast, all);
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  limen_toasts_add (page, g_object_ref (toast));
  return toast;
}
