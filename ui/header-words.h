/* The header bar: words where there is room, icons where there is not. */
#pragma once

#include <gtk/gtk.h>

/** limen_word_or_icon: (transfer floating): a word may be cut short, so that the window can be told
 * to be narrow at once */
GtkWidget *limen_word_or_icon (gboolean wordless, const char *word, const char *icon);
/** limen_word_is_cut: whether @word (nullable) lost letters; an icon never does */
gboolean limen_word_is_cut (GtkWidget *word);
