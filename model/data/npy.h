/* NumPy's file formats: one array (.npy, versions 1 to 3), or a zip of them (.npz). */
#pragma once

#include "model/data/array.h"

#define LIMEN_NPY_MOST_START ((64 << 10) + 12)

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
/** limen_npy_parse_start: the same of a file of @file_size bytes, of which the first
 * LIMEN_NPY_MOST_START, or all, are @start: @array has an offset and no data */
gboolean limen_npy_parse_start (GBytes *start, guint64 file_size, const char *name,
                                LimenArray *array, GError **error);

/**
 * limen_npz_choose: (transfer full): the bytes of one member
 * @wanted: (nullable): its name, with or without ".npy"; without it the one that most surely holds
 * images is taken, none that is named like labels, of several the one whose name speaks of what
 * @options prefers, training or testing, of several such the first
 * @member: (out) (transfer full): its name, without ".npy"
 * @members: (out) (transfer full): the names of all that can be images, NULL-terminated
 *
 * Returns: NULL with LIMEN_ERROR_ARGUMENT where there is none of that name, or with the first
 * member's reason when none holds images.
 */
GBytes *
limen_npz_choose (const char *path, const char *wanted, const LimenImageSetOptions *options,
                  char **member, char ***members, GCancellable *cancellable, GError **error);

/** limen_is_usual_size: whether @n pixels are 28 × 28, 32 × 32 or 64 × 64, in which nearly all
 * small images are */
gboolean limen_is_usual_size (guint64 n);
/** limen_is_named_like_labels: "y_train", "train_labels", "targets.npy" */
gboolean limen_is_named_like_labels (const char *name);
