/* The files of limen explain: four or five for each image, of one name. */
#pragma once

#include "model/explain/maps.h"
#include "ui/cli/terminal.h"

#include <cairo.h>

/**
 * LimenExplainFiles:
 * @folder: borrowed
 * @size: of pictures, pixels; a height of 0: as much as each needs
 * @taken: (element-type utf8): names that images have, in lower case
 */
typedef struct {
  const char *folder;
  guint size[2];
  double scale;
  gboolean dark;
  GHashTable *taken;
} LimenExplainFiles;

/** limen_explain_files_begin: finds or makes @folder, and that it can be written to */
gboolean limen_explain_files_begin (LimenExplainFiles *files, GError **error);
void limen_explain_files_clear (LimenExplainFiles *files);
/** limen_explain_files_name: (transfer full): what the files of the image called @image are called
 * before their endings: letters, digits, ".", "-" and "_"; another one each time */
char *limen_explain_files_name (LimenExplainFiles *files, const char *image);
/**
 * limen_explain_files_write: picture, maps and numbers, under @name
 * @original: (nullable): the picture at its own size
 *
 * Returns: FALSE where one of them is there already, before any is written, or can't be written
 */
gboolean limen_explain_files_write (const LimenExplainFiles *files, const char *name,
                                    const LimenExplanation *explanation, cairo_surface_t *original,
                                    GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LimenExplainFiles, limen_explain_files_clear)
