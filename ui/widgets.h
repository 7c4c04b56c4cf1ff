/* What pages and windows often say to widgets. */
#pragma once

#include <gtk/gtk.h>

/** limen_follow: has @callback called with @self first whenever @object emits @signal, as long as
 * both are there */
static inline void
limen_follow (gpointer self, gpointer object, const char *signal, GCallback callback)
{
  g_signal_connect_object (object, signal, callback, self, G_CONNECT_SWAPPED);
}

/** limen_name: @widget is called @name by a screen reader */
static inline void
limen_name (gpointer widget, const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/** limen_describe: and @text is said about it */
static inline void
limen_describe (gpointer widget, const char *text)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  text, -1);
}

/** limen_keep_percent: (transfer full): @words, of which no line ends between a number and its
 * percent sign */
static inline char *
limen_keep_percent (const char *words)
{
  g_auto (GStrv) parts = g_strsplit (words, " %", -1);
  return g_strjoinv ("\u00a0%", parts);
}

static inline gboolean
limen_veto_tooltip_cb (GtkWidget *button)
{
  GtkPopover *menu = gtk_menu_button_get_popover (GTK_MENU_BUTTON (button));
  if (menu && gtk_widget_get_visible (GTK_WIDGET (menu)))
    g_signal_stop_emission_by_name (button, "query-tooltip");
  return FALSE;
}

/** limen_keep_menu_clear: the tooltip of @button does not lie over its open menu */
static inline void
limen_keep_menu_clear (GtkMenuButton *button)
{
  g_signal_connect (button, "query-tooltip", G_CALLBACK (limen_veto_tooltip_cb), NULL);
}

static inline void
limen_tell_seen_cb (gpointer stack)
{
  g_autoptr (GtkWidget) seen = NULL;
  g_object_get (stack, "visible-child", &seen, NULL);
  for (GtkWidget *child = gtk_widget_get_first_child (stack); child;
       child = gtk_widget_get_next_sibling (child)) {
    gpointer told = child; /* between a GtkStack and its children are its pages */
    if (GTK_IS_STACK (stack))
      told = gtk_stack_get_page (stack, child);
    gtk_accessible_update_state (told, GTK_ACCESSIBLE_STATE_HIDDEN, child != seen, -1);
  }
}

/** limen_tell_seen: of the children of @stack, a screen reader is told of the one that is seen:
 * GTK itself does not keep the others from it */
static inline void
limen_tell_seen (gpointer stack)
{
  g_signal_connect (stack, "notify::visible-child", G_CALLBACK (limen_tell_seen_cb), NULL);
  limen_tell_seen_cb (stack);
}

/** limen_unparent_children: of a container that ends */
static inline void
limen_unparent_children (gpointer container)
{
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (container)))
    gtk_widget_unparent (child);
}
