/* Shared by the files of the Detector page: page.c, what it shows, and page-actions.c, what the
 * user wants of it. */
#pragma once

#include "ui/detector/empty.h"
#include "ui/detector/page.h"
#include "ui/detector/plot.h"
#include "ui/detector/views.h"

struct _LimenDetectorPage {
  LimenPageFrame parent_instance;

  GtkStack *stack;
  LimenDetectorEmpty *empty;
  GtkWidget *strips;
  gboolean cancels;  /* what is under way was cancelled, and has not ended yet */
  gboolean is_taken; /* the invitation: the line was dragged */

  LimenDetectorSession *session;    /* the frame's, as */
  LimenPicturesSession *pictures;   /* owned */
  LimenBenchSession *bench;         /* owned */
  LimenSelectionSession *selection; /* owned */
  LimenDetectorPlot *plot;
  LimenDetectorViews *views;
  AdwToast *notice;    /* nullable, owned */
  char *taken;         /* nullable: what it says was taken as what, */
  GPtrArray *left_out; /* nullable: and what was not */
  char **read;         /* nullable: what was opened last, as */
  LimenSetRole read_as;
};

/** limen_detector_page_actions: (limen_detector_page_n_actions): of the group "detector" */
extern const GActionEntry limen_detector_page_actions[];
extern const guint limen_detector_page_n_actions;
/** limen_detector_page_open_as: files that can be read again after that was cancelled; @role:
 * LIMEN_N_SETS to sort them, where a few pictures are no set */
void limen_detector_page_open_as (LimenPage *page, const char *const *paths, LimenSetRole role);
/** limen_detector_page_dismiss_notice: what was told of the last files gives way to the next */
void limen_detector_page_dismiss_notice (LimenDetectorPage *self);
