/* Images of a gallery, out of the program: copies of their files, or pictures of what is in none.
 */
#pragma once

#include "model/base/run.h"
#include "ui/study/detector/gallery.h"

/**
 * LimenGalleryExport: what became of images that were exported
 * @folder: where they are
 * @n_copied: files that were copied as they are; @n_drawn: images that are in no file of their own,
 * written as PNG as the flow sees them; @n_renamed: of all of these, those that were called
 * otherwise, because there was a file of their name
 * @problems: (element-type LimenProblem): those that could not be written
 */
typedef struct {
  char *folder;
  guint n_copied, n_drawn, n_renamed;
  GPtrArray *problems;
} LimenGalleryExport;

/**
 * limen_gallery_export: nothing that is in @folder is ever written over: what is called as a file
 * there becomes "name-2.png"; folders in names become part of the name: "4-60004.png"
 * @at: (n) (nullable: all of them): which images of @gallery
 *
 * Returns: (transfer full): also where some could not be written; NULL with LIMEN_ERROR_UNREADABLE
 * where @folder is none, or G_IO_ERROR_CANCELLED, which leaves what was written so far
 */
LimenGalleryExport *limen_gallery_export (const LimenGallery *gallery, const guint *at, guint n,
                                          const char *folder, const LimenRun *run, GError **error);
void limen_gallery_export_free (LimenGalleryExport *exported);
/** limen_gallery_export_words: (transfer full): "37 images are in “folder”: 30 copies of files, 7
 * as PNG; 2 have another name there." */
char *limen_gallery_export_words (const LimenGalleryExport *exported);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenGalleryExport, limen_gallery_export_free)
