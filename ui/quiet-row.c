#include "ui/quiet-row.h"

struct _LimenQuietRow {
  AdwActionRow parent_instance;
};

struct _LimenQuietBin {
  AdwPreferencesRow parent_instance;
};

G_DEFINE_FINAL_TYPE (LimenQuietRow, limen_quiet_row, ADW_TYPE_ACTION_ROW)
G_DEFINE_FINAL_TYPE (LimenQuietBin, limen_quiet_bin, ADW_TYPE_PREFERENCES_ROW)

/* The row after or before @row that is there and can be used, or NULL */
static GtkWidget *
neighbour (GtkWidget *row, gboolean forward)
{
  GtkWidget *next = row;
  do
    next = forward ? gtk_widget_get_next_sibling (next) : gtk_widget_get_prev_sibling (next);
  while (next && !(GTK_IS_LIST_BOX_ROW (next) && gtk_widget_get_visible (next) &&
                   gtk_widget_get_child_visible (next) && gtk_widget_get_sensitive (next)));
  return next;
}

static gboolean
focus (GtkWidget *row, GtkDirectionType direction)
{
  GtkWidget *child = gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (row));
  gboolean was_inside = gtk_widget_get_focus_child (row) != NULL;
  gboolean forward = direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_DOWN;
  gboolean back = direction == GTK_DIR_TAB_BACKWARD || direction == GTK_DIR_UP;
  if (child && gtk_widget_child_focus (child, direction))
    return TRUE;
  if (was_inside || !(forward || back)) /* the list goes on by itself */
    return FALSE;
  GtkWidget *next = neighbour (row, forward);
  return next && gtk_widget_child_focus (next, direction);
}

static void
limen_quiet_row_class_init (LimenQuietRowClass *klass)
{
  GTK_WIDGET_CLASS (klass)->focus = focus;
}

static void
limen_quiet_row_init (LimenQuietRow *self)
{
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
}

static void
limen_quiet_bin_class_init (LimenQuietBinClass *klass)
{
  GTK_WIDGET_CLASS (klass)->focus = focus;
}

static void
limen_quiet_bin_init (LimenQuietBin *self)
{
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
}
