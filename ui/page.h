/* What the window asks of a page, whichever it is, and what pages have in common. Its actions are
 * in a group of the page's name. */
#pragma once

#include "model/kinds/kinds.h"
#include "ui/export.h"

#define LIMEN_TYPE_PAGE (limen_page_get_type ())
G_DECLARE_INTERFACE (LimenPage, limen_page, LIMEN, PAGE, GtkWidget)

/** LimenPathsFunc: @paths: NULL-terminated: local files or folders */
typedef void (*LimenPathsFunc) (LimenPage *self, const char *const *paths);

/**
 * LimenPageInterface:
 * @open_title, @folder_title, @table_title: of the dialogs that choose files, folders (NULL: no
 * folder is one for it), and where the table goes
 * @takes: what it opens
 * @open: what can't be used is refused with a toast
 * @export: (transfer full): what is shown now
 */
struct _LimenPageInterface {
  GTypeInterface parent;
  const char *open_title, *folder_title, *table_title;
  LimenKinds takes;
  LimenPathsFunc open;
  LimenTold (*export) (LimenPage *self);
};

LimenKinds limen_page_takes (LimenPage *self);
void limen_page_open (LimenPage *self, const char *const *paths);
/** limen_page_add_actions: @entries: (n): become the group @name of the page, and call back with
 * it, beside those that all pages have: open, open-folder (what is chosen goes to win.take: it may
 * be for another page after all), export, export-scores, copy. Returns:
 * (transfer full) */
GActionMap *
limen_page_add_actions (LimenPage *self, const char *name, const GActionEntry *entries, guint n);
/** limen_page_choose: has the user choose files, or folders; @chosen is called where there are any
 */
void
limen_page_choose (LimenPage *self, const char *title, gboolean folders, LimenPathsFunc chosen);
/** limen_page_choose_place: the same for one file to be written; @name: what is proposed */
void limen_page_choose_place (LimenPage *self, const char *title, const char *name,
                              LimenPathsFunc chosen);
