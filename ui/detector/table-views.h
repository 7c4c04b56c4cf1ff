/* The columns of a table of scores, as the views of the Detector page show them. */
#pragma once

#include "ui/detector/bench-view.h"
#include "ui/study/detector/scatter-work.h"

/** limen_table_views_show_rows: a row each, and below them what the numbers are of. Rows are called
 * limen_table_views_name() of their column */
void limen_table_views_show_rows (LimenTableBench *bench, LimenDetectorSession *detector,
                                  LimenBenchView *rows, GtkLabel *division);
/** limen_table_views_find: @column: (out): whose row is called @name */
gboolean limen_table_views_find (const char *name, guint *column);
/** limen_table_views_cut: of a column: the line in hand where the page judges by it */
LimenLines
limen_table_views_cut (LimenTableBench *bench, LimenDetectorSession *detector, guint column);
/** limen_table_views_columns: (transfer full): what all columns are called */
GtkStringList *limen_table_views_columns (const LimenTableBenchResult *result);
/** limen_table_views_name: (transfer full): what an image of @pair is called in its table; "" where
 * there is none any more */
char *limen_table_views_name (LimenTableBench *bench, const LimenTablePair *pair,
                              LimenScatterSet set, guint index);
