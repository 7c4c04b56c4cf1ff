/* Refusals: one sentence that names the file, what is wrong with it and what to do. */
#pragma once

#include "model/base/error.h"

/** limen_refuse: sets @error to the sentence "PATH FORMAT." Returns: FALSE, always. */
gboolean limen_refuse (GError **error, LimenError code, const char *path, const char *format, ...)
    G_GNUC_PRINTF (4, 5);

/** limen_printable: (transfer full): @n bytes of foreign text, shortened, without anything that
 * could break a line */
char *limen_printable (const char *text, gsize n);
