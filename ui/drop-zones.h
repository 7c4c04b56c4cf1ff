/* Where files that are dragged over a page will go: places with names over its picture, and the
 * rows of its panel that show such an input. */
#pragma once

#include "ui/page-layout.h"
#include "ui/page.h"

/** limen_drop_zones_over: (transfer floating): what holds @layout, and over its picture, as long as
 * files are dragged over @page, the places of limen_page_zones() and one for whatever it is. What
 * is dropped goes to win.drop */
GtkWidget *limen_drop_zones_over (LimenPageLayout *layout, LimenPage *page);
/** limen_drop_zones_add_row: @row, which is or will be on a page, is another place for what belongs
 * to its zone of this @name */
void limen_drop_zones_add_row (gpointer row, const char *name);
/** limen_drop_zones_target: (transfer full): on which files are dropped; @name: of a zone, or ""
 * for whatever it is */
GtkEventController *limen_drop_zones_target (const char *name);
