/* The shape that all pages share: a picture that takes the room, and a panel of settings beside it,
 * or below it, folded, where the window is narrow. */
#pragma once

#include <gtk/gtk.h>

#define LIMEN_TYPE_PAGE_LAYOUT (limen_page_layout_get_type ())
G_DECLARE_FINAL_TYPE (LimenPageLayout, limen_page_layout, LIMEN, PAGE_LAYOUT, GtkWidget)

/** limen_page_layout_set_main: sentence, picture and what belongs below it */
void limen_page_layout_set_main (LimenPageLayout *self, GtkWidget *main);
/** limen_page_layout_picture: (out): where the main column is seen */
void limen_page_layout_picture (LimenPageLayout *self, GdkRectangle *place);
/** limen_page_layout_set_panel: the settings, about 320 pixels wide */
void limen_page_layout_set_panel (LimenPageLayout *self, GtkWidget *panel);
/** limen_page_layout_set_aside: @aside: (nullable): what leads through the page: at the side where
 * reading begins, or above where there is no room for all */
void limen_page_layout_set_aside (LimenPageLayout *self, GtkWidget *aside);
