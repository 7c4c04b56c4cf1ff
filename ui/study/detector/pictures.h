/* Single pictures that are judged one by one: files, and one that is drawn. They are no set, and
 * take the place of none. */
#pragma once

#include "model/detect/single.h"
#include "model/flow/nice.h"
#include "ui/study/detector/drawing.h"
#include "ui/study/origin.h"

#define LIMEN_MOST_PICTURES 9 /* files; more are a set */

/**
 * LimenSinglePicture:
 * @id: no other ever has it
 * @path: (nullable): NULL: it is drawn
 * @drawing: (nullable): its strokes
 * @image: (nullable): one image, at the size of the flow, as it was scored
 * @told: (nullable): what was done to it: "scaled to 28 × 28"
 * @refusal: (nullable): why it has no score
 * @is_done: it was scored or refused by the flow that there is; else it waits
 * @score: in the unit of @measure, NaN without
 * @measure: (nullable): what was measured, a reference; NULL without a score
 */
typedef struct {
  guint id;
  char *name, *path;
  LimenDrawing *drawing;
  LimenImageSet *image;
  char *told, *refusal;
  gboolean is_done;
  double score;
  LimenMeasure *measure;
} LimenSinglePicture;

/**
 * LimenPictures:
 * @all: (element-type LimenSinglePicture): files in the order in which they came, then what is
 * drawn
 *
 * A plain value: setters take it const and return a new one, (transfer full).
 */
typedef struct {
  GPtrArray *all;
  guint last_id;
} LimenPictures;

LimenPictures *limen_pictures_new (void);
LimenPictures *limen_pictures_copy (const LimenPictures *pictures);
void limen_pictures_free (LimenPictures *pictures);
guint limen_pictures_n (const LimenPictures *pictures);
/** limen_pictures_at: (transfer none) */
const LimenSinglePicture *limen_pictures_at (const LimenPictures *pictures, guint index);
/** limen_pictures_drawn: (transfer none) (nullable): the one that is drawn */
const LimenSinglePicture *limen_pictures_drawn (const LimenPictures *pictures);

/** limen_pictures_with_files: @paths: NULL-terminated: after those there are, or again where they
 * are there already; @n_left_out: (out): for how many there was no room */
LimenPictures *limen_pictures_with_files (const LimenPictures *pictures, const char *const *paths,
                                          guint *n_left_out);
/** limen_pictures_with_drawing: in the place of what was drawn; where it is empty, nothing is */
LimenPictures *
limen_pictures_with_drawing (const LimenPictures *pictures, const LimenDrawing *drawing);
LimenPictures *limen_pictures_without (const LimenPictures *pictures, guint id);
/** limen_pictures_waiting: all wait for another flow, or to be read otherwise */
LimenPictures *limen_pictures_waiting (const LimenPictures *pictures);
/** limen_pictures_with_scores: what @scored says of those that are still there; of what was drawn
 * on meanwhile, that is shown for now and waits on */
LimenPictures *
limen_pictures_with_scores (const LimenPictures *pictures, const LimenPictures *scored);
/** limen_pictures_wait: whether any waits */
gboolean limen_pictures_wait (const LimenPictures *pictures);

/**
 * LimenPicturesInput: what it takes to score them
 * @flow: (nullable)
 * @normal_from: (nullable): how normal images are read: pictures are read alike
 * @width, @height: of images; 0 × 0: as they are
 *
 * A plain value; owns what it points to.
 */
typedef struct {
  LimenPictures *pictures;
  LimenNice *flow;
  LimenOrigin *normal_from;
  guint width, height;
} LimenPicturesInput;

/** limen_pictures_size: of images that @flow (nullable) takes: its own, or that of @normal
 * (nullable) where it has none; 28 × 28 without a flow. FALSE with 0 × 0 where that is not known */
gboolean limen_pictures_size (const LimenNice *flow, const LimenImageSet *normal, guint *width,
                              guint *height);
/** limen_pictures_score: (transfer full): those that wait are read and scored; NULL only with
 * G_IO_ERROR_CANCELLED */
LimenPictures *
limen_pictures_score (const LimenPicturesInput *input, const LimenRun *run, GError **error);

/** limen_picture_single: as the detector judges it; borrows both; @picture has a score */
LimenSingle limen_picture_single (const LimenSinglePicture *picture, const LimenDetector *detector);
/** limen_picture_is_among: whether @picture has a score that is one among those of @detector
 * (nullable; without one any is) */
gboolean limen_picture_is_among (const LimenSinglePicture *picture, const LimenDetector *detector);
/** limen_picture_line: (transfer full): what is said of it in one line; @detector: (nullable) */
char *limen_picture_line (const LimenSinglePicture *picture, const LimenDetector *detector);
/** limen_picture_notes: (transfer full): its rank and what was done to it, in lines */
char *limen_picture_notes (const LimenSinglePicture *picture, const LimenDetector *detector);
/** limen_pictures_read_aloud: (transfer full): @sentence and, behind it, those that have a score */
char *limen_pictures_read_aloud (const LimenPictures *pictures, const LimenDetector *detector,
                                 const char *sentence);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenPictures, limen_pictures_free)
