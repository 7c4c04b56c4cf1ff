/* Over the histogram: something about the files that is worth a word, and what to do about it. */
#pragma once

#include <gtk/gtk.h>

/** limen_detector_bar_new: (transfer floating): not revealed, and then of no reader's concern
 * @label: (out) (transfer none): for the words
 * @button: (transfer floating): what to do
 */
GtkRevealer *limen_detector_bar_new (GtkLabel **label, GtkButton *button);
