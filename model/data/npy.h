/* NumPy's file formats: one array (.npy, versions 1 to 3), or a zip of them (.npz). */
#pragma once

#include "model/data/array.h"

/**
 * limen_npy_parse:
 * @bytes: a whole file, unpacked; @array points into it
 * @name: for the message
 *
 * The header is a Python literal, of which nothing but a dictionary of the three known keys is
 * read. Source: NumPy Enhancement Proposal 1 and numpy.lib.format.
 *
 * Returns: FALSE with LIMEN_ERROR_FORMAT (objects, structures, complex numbers, text) or
 * LIMEN_ERROR_DAMAGED.
 */
gboolean limen_npy_parse (GBytes *bytes, const char *name, LimenArray *array, GError **error);

/**
 * limen_npz_choose: (transfer full): the bytes of the member that most surely holds images, the
 * first of several
 * @member: (out) (transfer full): its name
 *
 * Returns: NULL with the first member's reason when none does.
 */
GBytes *limen_npz_choose (const char *path, const LimenImageSetOptions *options, char **member,
                          GCancellable *cancellable, GError **error);

/** limen_npz_list: (transfer full): NULL-terminated: "x_test: uint8 (10000, 28, 28)", or why not */
char **limen_npz_list (const char *path, GError **error);
