/* A formula in a window. */
#pragma once

#include <gtk/gtk.h>

#define LIMEN_TYPE_FORMULA_VIEW (limen_formula_view_get_type ())
G_DECLARE_FINAL_TYPE (LimenFormulaView, limen_formula_view, LIMEN, FORMULA_VIEW, GtkWidget)

/** limen_formula_view_new: @source: as limen_formula_new() takes it; where it can't be read it is
 * left blank, with a warning. Where there is less room than it takes, it goes on in further
 * lines, and where that is not enough it is smaller; a screen reader says it in words */
GtkWidget *limen_formula_view_new (const char *source);
