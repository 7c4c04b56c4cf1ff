/* What every page has above its pictures: one sentence that reads them aloud, and an invitation
 * that is gone once taken, leaves its place, and comes back on demand; and, over them, how far work
 * is. */
#pragma once

#include "viz/kit/palette.h"

#include <gtk/gtk.h>

#define LIMEN_TYPE_PAGE_HEAD (limen_page_head_get_type ())
G_DECLARE_FINAL_TYPE (LimenPageHead, limen_page_head, LIMEN, PAGE_HEAD, GtkWidget)

LimenPageHead *limen_page_head_new (void);
/** LimenPageMark: what matches @pattern, a regular expression, is bold and in @colour */
typedef struct {
  const char *pattern;
  LimenColour colour;
} LimenPageMark;

/** limen_page_head_set_marked: @mark: (n) */
void limen_page_head_set_marked (LimenPageHead *self, const char *sentence,
                                 const LimenPageMark *mark, guint n);
/** limen_page_head_set_sentence: the same with one mark; @pattern: (nullable) */
void limen_page_head_set_sentence (LimenPageHead *self, const char *sentence, const char *pattern,
                                   LimenColour colour);
/** limen_page_head_reserve: there is always room for a sentence as long as @longest, so that what
 * is below keeps its place when one grows by a line */
void limen_page_head_reserve (LimenPageHead *self, const char *longest);
/** limen_page_head_invite: @invitation: (nullable): NULL: it was taken */
void limen_page_head_invite (LimenPageHead *self, const char *invitation);
/** limen_page_head_overlay: (transfer floating): @content, with the progress of work over it;
 * @cancel: the action of its button */
GtkWidget *limen_page_head_overlay (LimenPageHead *self, GtkWidget *content, const char *cancel);
void
limen_page_head_set_busy (LimenPageHead *self, gboolean busy, double fraction, const char *what);
