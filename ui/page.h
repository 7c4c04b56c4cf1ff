/* What the window asks of a page, whichever it is. Its actions are in a group of the page's name.
 */
#pragma once

#include <gtk/gtk.h>

#define LIMEN_TYPE_PAGE (limen_page_get_type ())
G_DECLARE_INTERFACE (LimenPage, limen_page, LIMEN, PAGE, GtkWidget)

/**
 * LimenPageInterface:
 * @accepts: whether @path looks like something for this page; reads nothing of it
 * @open: NULL-terminated files and folders; what can't be used is refused with a toast
 */
struct _LimenPageInterface {
  GTypeInterface parent;
  gboolean (*accepts) (LimenPage *self, const char *path);
  void (*open) (LimenPage *self, const char *const *paths);
};

gboolean limen_page_accepts (LimenPage *self, const char *path);
void limen_page_open (LimenPage *self, const char *const *paths);
/** limen_page_add_actions: @entries: (n): become the group @name of the page, and call back with
 * it. Returns: (transfer full) */
GActionMap *
limen_page_add_actions (LimenPage *self, const char *name, const GActionEntry *entries, guint n);
/** limen_page_chosen_paths: (transfer full): NULL-terminated: the local files chosen in @chooser */
char **limen_page_chosen_paths (GtkFileChooser *chooser);
