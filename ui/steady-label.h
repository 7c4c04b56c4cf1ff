/* Words that may grow and shrink by a line: what is below them stays put. */
#pragma once

#include <gtk/gtk.h>

#define LIMEN_TYPE_STEADY_LABEL (limen_steady_label_get_type ())
G_DECLARE_FINAL_TYPE (LimenSteadyLabel, limen_steady_label, LIMEN, STEADY_LABEL, GtkWidget)

/** limen_steady_label_new: as high as its words have been at its width, or as the longest that it
 * was told of; @style: a class of it */
LimenSteadyLabel *limen_steady_label_new (const char *style);
/** limen_steady_label_label: (transfer none): whose words they are */
GtkLabel *limen_steady_label_label (LimenSteadyLabel *self);
/** limen_steady_label_reserve: there is always room for words as long as @longest */
void limen_steady_label_reserve (LimenSteadyLabel *self, const char *longest);
