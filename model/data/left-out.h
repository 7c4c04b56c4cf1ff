/* Files that are left out of a set and have so much in common that one line tells of all of them.
 */
#pragma once

#include <glib.h>

/**
 * LimenLeft: why
 * @LIMEN_LEFT_NOT_IMAGES: they are sound, but no images
 * @LIMEN_LEFT_POINTERS: Git LFS did not fetch them
 * @LIMEN_LEFT_ENCRYPTED: members of an archive that has a password
 */
typedef enum {
  LIMEN_LEFT_NOT_IMAGES,
  LIMEN_LEFT_POINTERS,
  LIMEN_LEFT_ENCRYPTED,
  LIMEN_N_LEFT
} LimenLeft;

/**
 * limen_left_sentence: (transfer full): "2 files in x are not images and were left out: a, b."
 * @names: (element-type utf8): of at least one file, of which the first three are named
 * @shown: the folder or archive that they are in
 */
char *limen_left_sentence (LimenLeft left, const GPtrArray *names, const char *shown);

/** limen_is_named_like_a_picture: whether @name ends as pictures do, whatever the file holds */
gboolean limen_is_named_like_a_picture (const char *name);
