#include "ui/detector/problems.h"

#include "ui/window.h"

#define MAX_LISTED 500

static GtkWidget *
problem_row (const LimenProblem *problem)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *name = limen_display_name (problem->path);
  g_autofree char *title = g_markup_escape_text (name, -1);
  g_autofree char *subtitle = g_markup_escape_text (problem->message, -1);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_set_focusable (row, TRUE);
  return row;
}

static GtkWidget *
problem_list (const char *message, const GPtrArray *problems)
{
  GtkWidget *page = adw_preferences_page_new (), *group = adw_preferences_group_new ();
  guint n = problems ? problems->len : 0;
  g_autofree char *more = g_strdup_printf ("The first %u of %u.", MAX_LISTED, n);
  g_autofree char *text = g_markup_escape_text (message ? message : more, -1);
  if (message || n > MAX_LISTED)
    adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), text);
  for (guint i = 0; i < MIN (n, MAX_LISTED); i++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), problem_row (problems->pdata[i]));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  return page;
}

static void
present_list (GtkWindow *parent, const char *message, const GPtrArray *problems)
{
  GtkWidget *window = adw_window_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *list = problem_list (message, problems);
  gtk_window_set_title (GTK_WINDOW (window), "Files That Were Left Out");
  gtk_window_set_default_size (GTK_WINDOW (window), 560, 420);
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_widget_set_vexpand (list, TRUE);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), list);
  adw_window_set_content (ADW_WINDOW (window), box);
  gtk_window_present (GTK_WINDOW (window));
}

static void
details_cb (AdwToast *toast, GtkWidget *widget)
{
  present_list (GTK_WINDOW (gtk_widget_get_root (widget)),
                g_object_get_data (G_OBJECT (toast), "message"),
                g_object_get_data (G_OBJECT (toast), "problems"));
}

AdwToast *
limen_problems_tell (GtkWidget *widget, const char *message, const GPtrArray *problems)
{
  guint n = problems ? problems->len : 0;
  g_autofree char *count = n == 1 ? g_strdup (((LimenProblem *)problems->pdata[0])->message)
                                  : g_strdup_printf ("%u files were left out.", n);
  g_autofree char *title = g_markup_escape_text (message ? message : count, -1);
  AdwToast *toast = adw_toast_new (title);
  adw_toast_set_timeout (toast, 0);
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  adw_toast_set_button_label (toast, "Details"); /* a toast has one line only */
  g_object_set_data_full (G_OBJECT (toast), "message", g_strdup (message), g_free);
  if (problems)
    g_object_set_data_full (G_OBJECT (toast), "problems", g_ptr_array_ref ((GPtrArray *)problems),
                            (GDestroyNotify)g_ptr_array_unref);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (details_cb), widget, 0);
  limen_window_add_toast (widget, g_object_ref (toast));
  return toast;
}
