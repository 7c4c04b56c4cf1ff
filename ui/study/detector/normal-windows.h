/* What windows of the normal images look like: found out when somebody first looks, and kept. */
#pragma once

#include "model/windows/window-model.h"
#include "ui/study/origin.h"

/** LIMEN_NORMAL_WINDOWS_MOST: pictures at their own size that are read for it */
#define LIMEN_NORMAL_WINDOWS_MOST 2000

/** LimenNormalWindows: reference-counted; any thread may ask */
typedef struct LimenNormalWindows LimenNormalWindows;

/** limen_normal_windows_new: @normal: as the flow sees them; @from: (nullable): their files, which
 * are read where they have another size */
LimenNormalWindows *limen_normal_windows_new (LimenImageSet *normal, LimenOrigin *from);
LimenNormalWindows *limen_normal_windows_ref (LimenNormalWindows *windows);
void limen_normal_windows_unref (LimenNormalWindows *windows);
/** limen_normal_windows_set: (transfer none): the normal images */
LimenImageSet *limen_normal_windows_set (LimenNormalWindows *windows);

/**
 * limen_normal_windows_model: (transfer full): of every second normal image: of the other half
 * where the image called @name is one of them, so that no image is compared with itself
 *
 * Returns: NULL with errors of reading, or of limen_window_model_new(), or G_IO_ERROR_CANCELLED
 */
LimenWindowModel *limen_normal_windows_model (LimenNormalWindows *windows, const char *name,
                                              const LimenRun *run, GError **error);
/** limen_normal_windows_photo: (transfer full): image @index of @set as windows look at it: from
 * its @file (nullable) where normal images are read from theirs */
LimenPhoto *
limen_normal_windows_photo (LimenNormalWindows *windows, LimenImageSet *set, guint index,
                            const char *file, GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenNormalWindows, limen_normal_windows_unref)
