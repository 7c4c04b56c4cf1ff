/* What the rows of the bench are laid out of. */
#pragma once

#include <gtk/gtk.h>

/** limen_bench_label: (transfer none): words that break where they must, at the end of @box;
 * @style: (nullable): a class */
GtkWidget *limen_bench_label (GtkWidget *box, const char *style);
/** limen_bench_box: (transfer none), or (transfer floating) without a @parent (nullable), at whose
 * end it is */
GtkWidget *limen_bench_box (GtkWidget *parent, GtkOrientation orientation, int spacing);
