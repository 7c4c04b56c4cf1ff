/* How an image set comes to be: parts of like pixels, one after the other. Only this room needs it.
 */
#pragma once

#include "model/data/image-set.h"
#include "model/data/images.h"

typedef struct LimenImageSetBuilder LimenImageSetBuilder;

/** limen_image_set_builder_new: @paths are what the set will say it was loaded from */
LimenImageSetBuilder *limen_image_set_builder_new (const char *const *paths);
void limen_image_set_builder_free (LimenImageSetBuilder *builder);

/**
 * limen_image_set_builder_add:
 * @images: (transfer full): all of one size with those before
 * @name: of the picture, or of the file where @is_array
 * @is_array: images are called "name #0", "name #1", ...
 * @resampled: they had another size before
 *
 * Returns: FALSE with LIMEN_ERROR_UNSAFE when the set would take more than LIMEN_MAX_BYTES.
 */
gboolean
limen_image_set_builder_add (LimenImageSetBuilder *builder, LimenImages *images, const char *name,
                             gboolean is_array, gboolean resampled, GError **error);

/** limen_image_set_builder_note: @message, of what is left out, becomes one of the set's notes, of
 * which there are at most ten and a line for all others */
void limen_image_set_builder_note (LimenImageSetBuilder *builder, const char *message);

/** limen_image_set_builder_read_as: @read_as, of images that are kept elsewhere, is told of, too */
void limen_image_set_builder_read_as (LimenImageSetBuilder *builder, LimenReadAs *read_as);

/** limen_image_set_builder_end: (transfer full): the set; where images are kept elsewhere, one of
 * none, which has a name, paths and what is told */
LimenImageSet *limen_image_set_builder_end (LimenImageSetBuilder *builder);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenImageSetBuilder, limen_image_set_builder_free)
