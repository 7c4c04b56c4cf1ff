/* Shared by the files of the gallery's window: gallery-window.c, what it shows; gallery-menu.c,
 * what can be done with an image; gallery-work.c, what leaves it. */
#pragma once

#include "ui/detector/gallery-model.h"
#include "ui/detector/gallery-window.h"
#include "ui/study/job.h"

struct _LimenGalleryWindow {
  AdwWindow parent_instance;

  LimenGallerySession *session; /* owned */
  LimenGalleryModel *model;     /* owned */
  GtkSelectionModel *chosen;    /* owned: of it */
  GPtrArray *bound;             /* of GtkListItem, borrowed: those that have a tile that is shown */
  GtkGridView *grid;
  GtkWidget *scroller, *host; /* the latter has the former, and menus */
  GtkStack *stack;
  AdwStatusPage *empty;
  GtkDropDown *kind, *order;
  GtkLabel *words;
  GtkWidget *menu; /* nullable: of the last image that was asked for it, */
  guint menu_at;   /* which has the keyboard again when it closes */
  GtkProgressBar *progress;
  GtkRevealer *working;
  gboolean showing;
  guint columns; /* idle source */

  gboolean seeks, corrects; /* an image is to be gone to; something is being corrected here */
  LimenImageKey sought;     /* it is this one, where there is one of it, */
  guint then;               /* or else what stands here */

  LimenJob *job; /* nullable: images are being written */
  guint tick;
};

/** limen_gallery_window_chosen: (transfer full): (n): numbers of the images that are chosen,
 * ascending */
guint *limen_gallery_window_chosen (LimenGalleryWindow *self, guint *n);
/** limen_gallery_window_in_hand: the number of the image that has the keyboard, or G_MAXUINT;
 * limen_gallery_window_hold: it has it from now on, where it is seen */
guint limen_gallery_window_in_hand (LimenGalleryWindow *self);
void limen_gallery_window_hold (LimenGalleryWindow *self, guint at);
/** limen_gallery_window_go_to: image @at has the keyboard from now on, and is chosen alone */
void limen_gallery_window_go_to (LimenGalleryWindow *self, guint at);
/** limen_gallery_window_put: the chosen ones are in @to, as limen_gallery_session_put(); the
 * keyboard stays in their place */
void limen_gallery_window_put (LimenGalleryWindow *self, LimenSetRole to);

/** limen_gallery_menu_add: actions "gallery" and their keys */
void limen_gallery_menu_add (LimenGalleryWindow *self);
/** limen_gallery_menu_button: (transfer floating): the menu for the header */
GtkWidget *limen_gallery_menu_button (LimenGalleryWindow *self);
/** limen_gallery_menu_explain: image @at */
void limen_gallery_menu_explain (LimenGalleryWindow *self, guint at);

/** limen_gallery_work_copy, limen_gallery_work_list, limen_gallery_work_images: the chosen images,
 * or all where less than two are: as text on the clipboard; as a table, and as files, where the
 * user says */
void limen_gallery_work_copy (LimenGalleryWindow *self);
void limen_gallery_work_list (LimenGalleryWindow *self);
void limen_gallery_work_images (LimenGalleryWindow *self);
void limen_gallery_work_cancel (LimenGalleryWindow *self);
