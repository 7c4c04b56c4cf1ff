/* Images of the Detector page as a list: which, in which order, and what is said of each. */
#pragma once

#include "ui/study/detector/experiment.h"
#include "ui/study/detector/selection.h"

/**
 * LimenGalleryKind: which images
 * @LIMEN_GALLERY_SELECTED: those that are selected in histogram or scatter
 * @LIMEN_GALLERY_ALL: of all sets
 * @LIMEN_GALLERY_FALSE_ALARMS: normal test images that are flagged
 * @LIMEN_GALLERY_MISSED: anomalies that are kept
 * @LIMEN_GALLERY_NORMAL, @LIMEN_GALLERY_ANOMALIES: one of the sets
 * @LIMEN_GALLERY_UNSORTED: without a truth
 * @LIMEN_GALLERY_CORRECTED: those that were moved or left out by hand
 */
typedef enum {
  LIMEN_GALLERY_SELECTED,
  LIMEN_GALLERY_ALL,
  LIMEN_GALLERY_FALSE_ALARMS,
  LIMEN_GALLERY_MISSED,
  LIMEN_GALLERY_NORMAL,
  LIMEN_GALLERY_ANOMALIES,
  LIMEN_GALLERY_UNSORTED,
  LIMEN_GALLERY_CORRECTED,
  LIMEN_N_GALLERIES,
} LimenGalleryKind;

/** LimenGalleryOrder: the most unusual first, those without a score last; or by name, numbers in
 * names as numbers */
typedef enum { LIMEN_GALLERY_BY_SCORE, LIMEN_GALLERY_BY_NAME } LimenGalleryOrder;

/** LimenGalleryItem:
 * @role: the set that it is in, or LIMEN_LEFT_OUT
 * @index: in that set; of what is left out in the set that it came with
 * @key: what it was when it was read
 * @score: NaN where it has none: the measure was fitted to it, or it is left out
 */
typedef struct {
  LimenSetRole role;
  guint32 index;
  LimenImageKey key;
  double score;
} LimenGalleryItem;

/**
 * LimenGalleryWish: what is to be listed; owns what it holds
 * @whole: the experiment as its files came; @now: with @corrections (nullable)
 * @detector: what judges; @unsorted: (nullable): scores by the same measure
 * @selection: (nullable): of the images of @now
 */
typedef struct {
  LimenGalleryKind kind;
  LimenGalleryOrder order;
  LimenExperiment *whole, *now;
  LimenCorrections *corrections;
  LimenDetector *detector;
  LimenScores *unsorted;
  LimenSelection *selection;
} LimenGalleryWish;

void limen_gallery_wish_free (LimenGalleryWish *wish);

/**
 * LimenGallery:
 * @item: (n), in order
 * @count: how many of each set, LIMEN_LEFT_OUT among them
 *
 * Immutable, reference-counted.
 */
typedef struct {
  gatomicrefcount references;
  LimenGalleryKind kind;
  LimenGalleryOrder order;
  guint n, count[LIMEN_N_SETS + 1];
  LimenGalleryItem *item;
  LimenExperiment *whole, *now;
  LimenMeasure *measure;
  guint decimals;
} LimenGallery;

/** limen_gallery_new: takes a while for many images; NULL with G_IO_ERROR_CANCELLED */
LimenGallery *
limen_gallery_new (const LimenGalleryWish *wish, GCancellable *cancellable, GError **error);
LimenGallery *limen_gallery_ref (LimenGallery *gallery);
void limen_gallery_unref (LimenGallery *gallery);

/** limen_gallery_set: (transfer none) (nullable): where the pixels of an image are, as number
 * @index: (out); NULL of scores without pictures */
LimenImageSet *limen_gallery_set (const LimenGallery *gallery, guint at, guint *index);
/** limen_gallery_name: (transfer full): of the image, in its set */
char *limen_gallery_name (const LimenGallery *gallery, guint at);
/** limen_gallery_score: (transfer full): "−12.3 nats"; "no score" */
char *limen_gallery_score (const LimenGallery *gallery, guint at);
/** limen_gallery_verdict: "flagged", "kept", "left out", "not judged" where there is no threshold
 * or no score. @lines: those that hold now */
const char *limen_gallery_verdict (const LimenGallery *gallery, guint at, LimenLines lines);
/** limen_gallery_said: (transfer full): name, score, verdict, and what it is: "a.png, 12.3 nats,
 * flagged, anomaly, moved by hand" */
char *limen_gallery_said (const LimenGallery *gallery, guint at, LimenLines lines);
/** limen_gallery_words: (transfer full): "37 images: 30 normal, 7 anomalies" */
char *limen_gallery_words (const LimenGallery *gallery);
/** limen_set_word: of one image of the set of @role: "normal", "anomaly", "unsorted", "left out" */
const char *limen_set_word (LimenSetRole role);

/**
 * limen_gallery_csv: (transfer full): image, set, the measure's column, verdict, as
 * limen_report_save_scores() has them, and file: where the picture is on the disk, empty where it
 * is in no file of its own
 * @at: (n) (nullable: all of them, and @n is not looked at): which
 */
char *limen_gallery_csv (const LimenGallery *gallery, const guint *at, guint n, LimenLines lines);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenGallery, limen_gallery_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenGalleryWish, limen_gallery_wish_free)
