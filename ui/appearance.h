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
/** limen_appearance_text_scale: how much larger text is in @widget than at GNOME's usual size, at
 * least 1: what is measured in pixels is to be that many times as large */
double limen_appearance_text_scale (GtkWidget *widget);
/** limen_appearance_set_presentation: pictures have larger type and marks, and panels fold away */
void limen_appearance_set_presentation (gboolean on);
gboolean limen_appearance_is_presentation (void);
/** limen_appearance_picture_scale: as limen_appearance_text_scale(), of what pictures are drawn
 * with
 */
double limen_appearance_picture_scale (GtkWidget *widget);
/** limen_appearance_connect: calls @changed with @widget whenever scheme or font change, or how
 * large pictures are */
void limen_appearance_connect (GtkWidget *widget, LimenAppearanceFunc changed);
