/* How the desktop wants pictures to look: light or dark, high contrast, which font. */
#pragma once

#include "viz/kit/chart.h"

#include <gtk/gtk.h>

typedef void (*LimenAppearanceFunc) (gpointer widget);

LimenScheme limen_appearance_scheme (void);
/** limen_appearance_install: gives widgets of the style classes "first", "second" and "hand" the
 * palette's colours, from now on and for every scheme */
void limen_appearance_install (void);
/** limen_appearance_chart_style: for pictures in @widget: its font and the desktop's scheme */
LimenChartStyle limen_appearance_chart_style (GtkWidget *widget);
/** limen_appearance_connect: calls @changed with @widget whenever scheme or font change */
void limen_appearance_connect (GtkWidget *widget, LimenAppearanceFunc changed);
