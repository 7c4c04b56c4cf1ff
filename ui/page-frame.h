/* What a page is made of, whichever it is: its session and pictures, a head over a column, work
 * over all, a panel beside; in which order that goes again; and frames, where something moves. */
#pragma once

#include "ui/page-head.h"
#include "ui/page.h"
#include "ui/study/lesson.h"

#include <adwaita.h>

#define LIMEN_TYPE_PAGE_FRAME (limen_page_frame_get_type ())
G_DECLARE_DERIVABLE_TYPE (LimenPageFrame, limen_page_frame, LIMEN, PAGE_FRAME, AdwBin)

/**
 * LimenPageFrameClass:
 * @tick: (nullable): once a frame, while the page is seen and something moves; @seconds: since the
 * last frame, at most a quarter; 0 at first. Returns: whether something still moves
 */
struct _LimenPageFrameClass {
  AdwBinClass parent_class;

  gboolean (*tick) (LimenPageFrame *self, double seconds);
};

/** limen_page_frame_begin: of a page that is being made: its action group @name with @entries: (n),
 * as limen_page_add_actions(); @session: (transfer full): a GObject, of whose signals the page
 * hears nothing any more once it goes; @plots: freed with @free_plots after the widgets that borrow
 * it */
void limen_page_frame_begin (LimenPageFrame *self, const char *name, const GActionEntry *entries,
                             guint n, gpointer session, gpointer plots, GDestroyNotify free_plots);
/** limen_page_frame_append: @child below the head, and below what was appended before */
void limen_page_frame_append (LimenPageFrame *self, GtkWidget *child);
/** limen_page_frame_finish: @content: (nullable): what holds limen_page_frame_column(), or NULL for
 * it alone; over it lies work, which the action @cancel ends; NULL: there is none. @panel: the
 * settings */
void limen_page_frame_finish (LimenPageFrame *self, GtkWidget *content, const char *cancel,
                              GtkWidget *panel);
/** limen_page_frame_set_lesson: the questions of the page, which limen_page_frame_ask() shows;
 * @lesson: borrowed */
void limen_page_frame_set_lesson (LimenPageFrame *self, const LimenLesson *lesson);
/** limen_page_frame_ask: whether its questions are seen beside it; nothing where it has none */
void limen_page_frame_ask (LimenPageFrame *self, gboolean on);
/** limen_page_frame_wake: something moves, or will; nothing does on a page that is not seen */
void limen_page_frame_wake (LimenPageFrame *self);

/** limen_page_frame_head etc.: (transfer none) */
LimenPageHead *limen_page_frame_head (LimenPageFrame *self);
GtkWidget *limen_page_frame_column (LimenPageFrame *self);
GAction *limen_page_frame_action (LimenPageFrame *self, const char *name);
