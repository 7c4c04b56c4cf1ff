/* What the name of a folder or a file says about the images in it, by its words. */
#pragma once

#include <glib.h>

/**
 * LimenNameSays:
 * @LIMEN_NAME_SAYS_NOTHING: no word of it speaks of a role: "PNEUMONIA", "0", "images"
 * @LIMEN_NAME_SAYS_NORMAL: "good", "defect-free", "MT_Free", "not_defective"
 * @LIMEN_NAME_SAYS_ANOMALY: "def_front", "not_good", "non-normal", "NG"
 * @LIMEN_NAME_SAYS_KIND: an anomaly of a kind, "broken_large", "crack": those beside it may be
 * others
 * @LIMEN_NAME_SAYS_TRAIN: a training set, which is normal where nothing nearer says otherwise
 * @LIMEN_NAME_SAYS_YES: "yes", "positive": of what, only its neighbours or what is above it say
 * @LIMEN_NAME_SAYS_NO: "no", "negative"
 * @LIMEN_NAME_SAYS_UNCLEAR: words of both roles, words of doubt, or a subject: "good_and_bad",
 * "maybe-defect", "anomaly-detection"
 */
typedef enum {
  LIMEN_NAME_SAYS_NOTHING,
  LIMEN_NAME_SAYS_NORMAL,
  LIMEN_NAME_SAYS_ANOMALY,
  LIMEN_NAME_SAYS_KIND,
  LIMEN_NAME_SAYS_TRAIN,
  LIMEN_NAME_SAYS_YES,
  LIMEN_NAME_SAYS_NO,
  LIMEN_NAME_SAYS_UNCLEAR,
} LimenNameSays;

/**
 * limen_name_says: of one component of a path
 *
 * Words end at anything that is no letter, at digits, and where a capital follows a small letter
 * ("notGood"); "isn't" is one. A negation turns the word behind it round ("not_good", "nondefect",
 * "free of cracks", "zero_defects"); "free", "less" and "none" the one before it.
 */
LimenNameSays limen_name_says (const char *name);

/** limen_name_is_plain: whether @name has nothing but digits and words such as "images" or "png":
 * it tells as much as no name */
gboolean limen_name_is_plain (const char *name);
/** limen_name_is_aside: whether @name is that of a folder which usually stands beside the images of
 * both roles and is neither: "ground_truth", "labels", "docs" */
gboolean limen_name_is_aside (const char *name);
/** limen_name_is_unsorted: whether @name says that nobody sorted the images: by "unsorted",
 * "mixed", "unlabelled" or "unlabeled", beside words such as "images", "png" or "train" at most:
 * what else it says may be a role ("mixed-defects") or a subject */
gboolean limen_name_is_unsorted (const char *name);
/** limen_name_is_split: whether @name has a word for a part of a data set: "test", "train", "val"
 */
gboolean limen_name_is_split (const char *name);
