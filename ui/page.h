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
 * LimenZone: a place where files may be dropped
 * @name: by which the page and its rows know it; @title: what the user reads
 * @hint: what belongs there; NULL: it is only a row of the panel; @style: (nullable): "first" or
 * "second": whose colour its title has
 * @takes: what belongs there
 */
typedef struct {
  const char *name, *title, *hint, *style;
  LimenKinds takes;
} LimenZone;

/**
 * LimenPageInterface:
 * @open_title, @folder_title, @table_title: of the dialogs that choose files, folders (NULL: no
 * folder is one for it), and where the table goes
 * @takes: what it opens
 * @zones: (nullable): its places, up to one without a name
 * @open: what can't be used is refused with a toast
 * @start: (nullable): the same of what a start of the program names: nothing else stays
 * @open_in: (nullable): the same of what goes to one of its @zones and is of a kind that it takes
 * @export: (transfer full): what is shown now
 */
struct _LimenPageInterface {
  GTypeInterface parent;
  const char *open_title, *folder_title, *table_title;
  LimenKinds takes;
  const LimenZone *zones;
  LimenPathsFunc open, start;
  void (*open_in) (LimenPage *self, const LimenZone *zone, const char *const *paths);
  LimenTold (*export) (LimenPage *self);
};

LimenKinds limen_page_takes (LimenPage *self);
void limen_page_open (LimenPage *self, const char *const *paths);
/** limen_page_start: what a start of the program names, in the place of all else, if the page has
 * one; else as limen_page_open() */
void limen_page_start (LimenPage *self, const char *const *paths);
/** limen_page_zones: (transfer none) (nullable): up to one without a name */
const LimenZone *limen_page_zones (LimenPage *self);
/** limen_page_open_in: @zone: one of its own */
void limen_page_open_in (LimenPage *self, const LimenZone *zone, const char *const *paths);
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
