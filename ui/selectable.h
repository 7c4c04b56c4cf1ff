/* Numbers that are only shown can be selected with the pointer and copied, and are no stops of Tab.
 */
#pragma once

#include <gtk/gtk.h>

void limen_selectable (GtkLabel *label);
