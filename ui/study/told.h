/* What of a result leaves the program: a picture, what is said inside it, and a table; the same
 * from the window and from the command line. */
#pragma once

#include "viz/kit/palette.h"
#include "viz/kit/picture.h"

/**
 * LimenTold: a copy, or what lives long enough, so that any thread can draw and write it
 * @name: of a file, without its ending: "limen-bound"
 * @what: (nullable): what is drawn, for people: "the ROC curve"
 * @draw: draws the picture, opaquely
 * @text: pairs of key and value for LimenPicture, NULL-terminated; @table: (nullable): CSV
 * @tell, @write: (nullable): instead of these two where they take longer than a frame
 * @data: (transfer full): freed with @free_data
 * @scheme: in which it is drawn
 */
typedef struct {
  const char *name;
  char *what;
  void (*draw) (cairo_t *cr, LimenScheme scheme, double width, double height, gpointer data);
  char **text, *table;
  char **(*tell) (gpointer data, GCancellable *cancellable, GError **error);
  gboolean (*write) (const char *path, gpointer data, GError **error);
  gpointer data;
  GDestroyNotify free_data;
  LimenScheme scheme;
} LimenTold;

void limen_told_clear (LimenTold *told);
/** limen_told_fill_picture: what is drawn in @scheme, and said, to the format and the size of
 * @picture, which borrows @told. FALSE with LIMEN_ERROR_UNREADABLE or G_IO_ERROR_CANCELLED */
gboolean limen_told_fill_picture (LimenTold *told, LimenScheme scheme, LimenPicture *picture,
                                  GCancellable *cancellable, GError **error);
/** limen_told_save_table: through limen_replace_file() */
gboolean limen_told_save_table (const LimenTold *told, const char *path, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LimenTold, limen_told_clear)
