/* Many small grey images, whatever they came from. */
#pragma once

#include "model/base/run.h"
#include "model/data/reading.h"

/**
 * LimenImageSet:
 *
 * An immutable, reference-counted set of grey images of one size. Pixels are kept as the 8-bit
 * values they came as, or as float32 where they were resampled or had more than 8 bits.
 */
typedef struct LimenImageSet LimenImageSet;

/**
 * LimenImageSetOptions:
 * @width, @height: fit every image to this size; 0 × 0: the size of the first image
 * @max_images: stop after as many, 0: all
 * @reading: how arrays are to be read, and TIFF of more than 8 bits (black and white of it); all
 * zero: to be decided
 * @prefers_training: of several arrays in a file, one for training rather than one for testing
 */
typedef struct {
  guint width, height;
  guint max_images;
  LimenReading reading;
  gboolean prefers_training;
} LimenImageSetOptions;

/**
 * limen_image_set_load:
 * @paths: NULL-terminated: files and folders of any image kind of file-kind.h, joined in this order
 * @problems: (nullable): LimenProblem for each file that was left out; without it they are notes of
 * the set
 *
 * Folders are read recursively, in the byte order of their relative paths, hidden files left out;
 * archives in their own order. Files that are no images at all share one problem per path.
 * Colour becomes grey by ITU-R BT.601; transparency lies on white; EXIF orientation is honoured. An
 * image of another size is area-averaged down, or bilinearly scaled up, to @options' size.
 *
 * A path "file.npz:name" is one array of a file, unless there is a file of that name.
 * Of an array, what @options->reading leaves open is decided from all its numbers: (n, h·w) is
 * taken as square, or as of @options' size where h·w fits that; (n, 1 + h·w) as behind labels; (n,
 * h, w, 3) and (n, 3, h, w) as colour. Values in [0, 1], [0, 255], [0, 65535], [−1, 1] or [−0.5,
 * 0.5], a rounding error of 1e-6 beside, are scaled to [0, 1] by the least of the ranges that holds
 * them all (8-bit types by 255, unless all values are 0 and 1). What is guessed is told by
 * limen_image_set_read_as(); what can't be decided is refused with LIMEN_ERROR_MISMATCH.
 *
 * Returns: (transfer full): a set of at least one image, or NULL with @error: of a set of one path,
 * its own reason; of several, that none could be read.
 */
LimenImageSet *limen_image_set_load (const char *const *paths, const LimenImageSetOptions *options,
                                     GPtrArray *problems, const LimenRun *run, GError **error);

/**
 * limen_image_set_new_from_u8:
 * @pixels: (n, height, width), row-major, copied
 */
LimenImageSet *limen_image_set_new_from_u8 (const char *name, const guint8 *pixels, guint n,
                                            guint width, guint height);

LimenImageSet *limen_image_set_ref (LimenImageSet *set);
void limen_image_set_unref (LimenImageSet *set);

/** limen_image_set_name: a short name for labels: "MNIST test" cannot be known, so
 * "t10k-images-idx3-ubyte.gz" */
const char *limen_image_set_name (const LimenImageSet *set);
guint limen_image_set_n_images (const LimenImageSet *set);
guint limen_image_set_width (const LimenImageSet *set);
guint limen_image_set_height (const LimenImageSet *set);
/** limen_image_set_paths: NULL-terminated: what it was loaded from, empty where it was made in
 * memory */
const char *const *limen_image_set_paths (const LimenImageSet *set);
/** limen_image_set_n_resampled: how many of the images had another size before */
guint limen_image_set_n_resampled (const LimenImageSet *set);
/** limen_image_set_mean: the mean pixel of all images, 0 (black) to 1 (white) */
double limen_image_set_mean (const LimenImageSet *set);

/** limen_image_set_n_read_as: in how many ways its numbers were read, where that had to be decided:
 * arrays and some TIFF; at most 64 are told */
guint limen_image_set_n_read_as (const LimenImageSet *set);
/** limen_image_set_read_as: (transfer none): one of them: of the first array that was read so */
const LimenReadAs *limen_image_set_read_as (const LimenImageSet *set, guint index);
/** limen_image_set_read_line: (transfer full) (nullable): "read as 0–255, 28 × 28, and in 2 other
 * ways"; NULL where there was no array */
char *limen_image_set_read_line (const LimenImageSet *set);
/** limen_image_set_read_notes: (transfer full): NULL-terminated: limen_read_as_notes() of all of
 * them, and what was left out where nobody asked for @problems */
char **limen_image_set_read_notes (const LimenImageSet *set);
/** limen_image_set_reading: (transfer full) (nullable): what stands below the name of a set: the
 * line, and how many notes there are: "read as 0–255, 28 × 28 · 1 note"; NULL where
 * there is neither */
char *limen_image_set_reading (const LimenImageSet *set);

/** limen_image_set_image_name: (transfer full): "4/60004.png", "archive.zip: a.png", or
 * "t10k-images-idx3-ubyte.gz #17" */
char *limen_image_set_image_name (const LimenImageSet *set, guint index);

/**
 * limen_image_set_copy_rows:
 * @out: (n, width·height), row-major, in [0, 1]
 *
 * Copies images @first to @first + @n − 1; an 8-bit pixel v becomes the float32 nearest to v/255.
 */
void limen_image_set_copy_rows (const LimenImageSet *set, guint first, guint n, float *out);

/** limen_image_set_inverted: (transfer full): the same images, black for white */
LimenImageSet *limen_image_set_inverted (const LimenImageSet *set);

/** limen_image_set_sample: (transfer full): @n images at even distances, all where there are no
 * more */
LimenImageSet *limen_image_set_sample (const LimenImageSet *set, guint n);

/**
 * limen_image_set_without: (transfer full): the same images and names but for those that are
 * @left_out: (n), which leaves at least one
 */
LimenImageSet *limen_image_set_without (const LimenImageSet *set, const gboolean *left_out);

/** LimenImageRun: images @first to @first + @n − 1 of @set, @n at least 1 */
typedef struct {
  LimenImageSet *set;
  guint first, n;
} LimenImageRun;

/**
 * limen_image_set_new_of_runs: (transfer full): images of one or several sets of one size, each by
 * its own name, one run after the other
 * @like: how it was read, and, without @name (nullable), what it is called
 * @paths: NULL-terminated: what it says it was loaded from
 * @runs: (n_runs): at least one. Pixels are not copied: their sets are kept
 */
LimenImageSet *
limen_image_set_new_of_runs (const LimenImageSet *like, const char *name, const char *const *paths,
                             const LimenImageRun *runs, guint n_runs);

/**
 * LimenRole: which part of an experiment a folder's name speaks of (the convention of anomalib and
 * MVTec AD); unsorted: images of which nobody knows which are normal
 */
typedef enum {
  LIMEN_ROLE_UNKNOWN,
  LIMEN_ROLE_NORMAL,
  LIMEN_ROLE_ANOMALY,
  LIMEN_ROLE_UNSORTED
} LimenRole;

/**
 * limen_role_from_name: what one component of a path says: by words such as good, ok, healthy, or
 * defect, ng, broken, and by negations ("not_good", "defect-free"), and by "unsorted", "mixed",
 * "unlabelled" where it says nothing else; role-words.h lists them
 */
LimenRole limen_role_from_name (const char *name);

/**
 * limen_role_from_path: by the last of @path's three last components that says something;
 * "train" only where those behind it are digits and the like. Where names leave it open, folders
 * beside it on the disk may tell: "positive" beside "negative" is an anomaly, and so is a name that
 * says nothing beside a normal one (MVTec AD: test/good, test/scratch). What is unclear is
 * LIMEN_ROLE_UNKNOWN.
 */
LimenRole limen_role_from_path (const char *path);

/**
 * limen_sort_into_roles:
 * @paths: NULL-terminated: what was dropped
 * @normal, @anomaly, @unsorted, @unknown: (out) (transfer full): NULL-terminated: the same, sorted
 *
 * A folder that contains folders of several roles (at any depth) is replaced by those folders;
 * roles are those of limen_role_from_path(). Looks into at most 5,000 folders: may take a moment on
 * a slow disk.
 */
void limen_sort_into_roles (const char *const *paths, char ***normal, char ***anomaly,
                            char ***unsorted, char ***unknown);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenImageSet, limen_image_set_unref)
