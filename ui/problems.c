#include "ui/problems.h"

#include "model/base/number.h"
#include "ui/child-window.h"
#include "ui/toasts.h"
#include "ui/widgets.h"

/* A row is made when it comes into sight: there may be 100,000 of them. */

static GtkWidget *
line_new (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css_class)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
setup_row_cb (GtkListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *message = line_new ("dim-label");
  gtk_widget_add_css_class (message, "caption");
  gtk_widget_set_margin_top (row, 8);
  gtk_widget_set_margin_bottom (row, 8);
  gtk_widget_set_margin_start (row, 6);
  gtk_widget_set_margin_end (row, 6);
  gtk_box_append (GTK_BOX (row), line_new (NULL));
  gtk_box_append (GTK_BOX (row), message);
  gtk_list_item_set_child (item, row);
  gtk_list_item_set_activatable (item, FALSE);
}

static void
bind_row_cb (GtkListItemFactory *factory, GtkListItem *item, const GPtrArray *problems)
{
  const LimenProblem *problem = problems->pdata[gtk_list_item_get_position (item)];
  GtkWidget *name = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  g_autofree char *shown = limen_display_name (problem->path);
  gtk_label_set_text (GTK_LABEL (name), shown);
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_next_sibling (name)), problem->message);
}

/* A model of as many items as there are problems: a row finds its own by its place. */
static GtkSelectionModel *
places_new (guint n)
{
  g_autoptr (GListStore) store = g_list_store_new (GTK_TYPE_STRING_OBJECT);
  g_autoptr (GtkStringObject) place = gtk_string_object_new ("");
  g_autofree gpointer *places = g_new (gpointer, n);
  for (guint i = 0; i < n; i++)
    places[i] = place;
  g_list_store_splice (store, 0, 0, places, n);
  return GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (g_steal_pointer (&store))));
}

static GtkWidget *
problem_list (const GPtrArray *problems)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GPtrArray *kept = g_ptr_array_ref ((GPtrArray *)problems);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_row_cb), NULL);
  g_signal_connect_data (factory, "bind", G_CALLBACK (bind_row_cb), kept,
                         (GClosureNotify)(void (*) (void))g_ptr_array_unref, 0);
  GtkWidget *list = gtk_list_view_new (places_new (problems->len), factory);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  gtk_widget_add_css_class (list, "rich-list");
  limen_name (list, "Files that were left out");
  gtk_list_view_set_show_separators (GTK_LIST_VIEW (list), TRUE);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), list);
  gtk_widget_set_vexpand (scrolled, TRUE);
  return scrolled;
}

/* Above the list: why nothing came of it, or how many there are */
static GtkWidget *
heading (const char *message, guint n)
{
  GtkWidget *label = line_new (NULL);
  g_autofree char *number = limen_format_number (n, 0);
  g_autofree char *count = g_strdup_printf ("%s files were left out.", number);
  gtk_label_set_text (GTK_LABEL (label), message ? message : count);
  gtk_widget_set_margin_top (label, 12);
  gtk_widget_set_margin_bottom (label, 12);
  gtk_widget_set_margin_start (label, 12);
  gtk_widget_set_margin_end (label, 12);
  return label;
}

static void
present_list (GtkWindow *parent, const char *message, const GPtrArray *problems)
{
  GtkWidget *window = adw_window_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  guint n = problems ? problems->len : 0;
  gtk_window_set_title (GTK_WINDOW (window), "Files That Were Left Out");
  gtk_window_set_default_size (GTK_WINDOW (window), 560, 420);
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  limen_child_window_part (GTK_WINDOW (window));
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  if (message || n > 1)
    gtk_box_append (GTK_BOX (box), heading (message, n));
  if (n > 0)
    gtk_box_append (GTK_BOX (box), problem_list (problems));
  adw_window_set_content (ADW_WINDOW (window), box);
  gtk_window_present (GTK_WINDOW (window));
}

void
limen_problems_present (GtkWidget *widget, const char *message, const GPtrArray *problems)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));
  present_list (GTK_WINDOW (gtk_widget_get_root (widget)), message, problems);
}

static void
details_cb (AdwToast *toast, GtkWidget *widget)
{
  limen_problems_present (widget, g_object_get_data (G_OBJECT (toast), "message"),
                          limen_problems_of (toast));
}

GPtrArray *
limen_problems_of (AdwToast *toast)
{
  g_return_val_if_fail (ADW_IS_TOAST (toast), NULL);
  return g_object_get_data (G_OBJECT (toast), "problems");
}

GPtrArray *
limen_problems_joined (const GPtrArray *a, const GPtrArray *b)
{
  g_return_val_if_fail (a && b, NULL);
  GPtrArray *all = limen_problems_new ();
  for (guint i = 0; i < a->len + b->len; i++) {
    const LimenProblem *one = i < a->len ? a->pdata[i] : b->pdata[i - a->len];
    g_ptr_array_add (all, limen_problem_new (one->path, one->message));
  }
  return all;
}

char *
limen_problems_line (const GPtrArray *problems)
{
  g_return_val_if_fail (problems && problems->len > 0, NULL);
  g_autofree char *number = limen_format_number (problems->len, 0);
  return problems->len == 1 ? g_strdup (((LimenProblem *)problems->pdata[0])->message)
                            : g_strdup_printf ("%s files were left out.", number);
}

AdwToast *
limen_problems_tell (GtkWidget *widget, const char *message, const GPtrArray *problems)
{
  g_return_val_if_fail (GTK_IS_WIDGET (widget), NULL);
  g_autofree char *line = message ? g_strdup (message) : limen_problems_line (problems);
  g_autofree char *title = g_markup_escape_text (line, -1);
  AdwToast *toast = adw_toast_new (title);
  adw_toast_set_timeout (toast, 0);
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  adw_toast_set_button_label (toast, "Details"); /* a toast has one line only */
  g_object_set_data_full (G_OBJECT (toast), "message", g_strdup (message), g_free);
  if (problems)
    g_object_set_data_full (G_OBJECT (toast), "problems", g_ptr_array_ref ((GPtrArray *)problems),
                            (GDestroyNotify)g_ptr_array_unref);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (details_cb), widget, 0);
  limen_toasts_add (widget, g_object_ref (toast));
  return toast;
}
