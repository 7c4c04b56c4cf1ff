/* What a file may be opened as: its content decides, not its name. */
#pragma once

#include "model/base/error.h"
#include "model/base/number-type.h"

/**
 * LimenKinds: a set, as a file may be read in several ways
 * @LIMEN_KIND_IMAGES: a picture, an array or a table of them, a folder or an archive
 * @LIMEN_KIND_WEIGHTS: of any network; @LIMEN_KIND_FLOW: among them a NICE flow; @LIMEN_KIND_VAE: a
 * VAE
 * @LIMEN_KIND_CASE: a Gaussian model, an observation and a proposal, in JSON
 * @LIMEN_KIND_POINTS: a table of two or more columns
 * @LIMEN_KIND_PAYOFFS: a table as small as games are; @LIMEN_KIND_NAMED: and its strategies have
 * names, so that it is rather a game than points
 * @LIMEN_KIND_SCORES: a number an image, or several: a table that limen_score_table_look() takes
 * for scores, one column of numbers, or an array of one dimension or of floats in a few columns
 * @LIMEN_KIND_UNSURE: its numbers may be one as well as the other, and nothing in it tells which:
 * points with labels or scores with labels, a picture of odd proportions or scores
 */
typedef enum {
  LIMEN_KIND_IMAGES = 1 << 0,
  LIMEN_KIND_WEIGHTS = 1 << 1,
  LIMEN_KIND_FLOW = 1 << 2,
  LIMEN_KIND_VAE = 1 << 3,
  LIMEN_KIND_CASE = 1 << 4,
  LIMEN_KIND_POINTS = 1 << 5,
  LIMEN_KIND_PAYOFFS = 1 << 6,
  LIMEN_KIND_NAMED = 1 << 7,
  LIMEN_KIND_SCORES = 1 << 8,
  LIMEN_KIND_UNSURE = 1 << 9,
} LimenKinds;

#define LIMEN_KINDS_TABLE (LIMEN_KIND_POINTS | LIMEN_KIND_PAYOFFS | LIMEN_KIND_SCORES)

/**
 * limen_kinds_of_file: @path: a file, a folder, "FILE:NAME" or what is built in; its first 64 kB
 * tell, but of weights without a known name there. A table with a fault in its numbers is points
 * and payoffs all the same: their readers say where the fault is.
 *
 * Returns: 0 with @error: what can't be read as anything, with what to do about it, or
 * G_IO_ERROR_CANCELLED
 */
LimenKinds limen_kinds_of_file (const char *path, GCancellable *cancellable, GError **error);
/** limen_kinds_of_shape: what an npy file of numbers of @type may be whose array has the shape
 * @dims: (n_dims), at most LIMEN_ARRAY_MAX_DIMS */
LimenKinds limen_kinds_of_shape (LimenNumberType type, guint n_dims, const guint64 *dims);
/** limen_kinds_text: (transfer full): "points or payoffs" */
char *limen_kinds_text (LimenKinds kinds);

/** limen_has_images: whether @path is read as images, whatever its first bytes are */
gboolean limen_has_images (const char *path, GCancellable *cancellable, GError **error);
