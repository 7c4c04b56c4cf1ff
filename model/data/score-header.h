/* What the header of a column says of it. Only the readers of scores need it. */
#pragma once

#include <glib.h>

/**
 * LimenHeaderSays:
 * @LIMEN_HEADER_SAYS_SCORE: "anomaly_score", "log_likelihood", "Mahalanobis distance"
 * @LIMEN_HEADER_SAYS_TRUTH: "gt_label", "y_true": rather the label than what only says LABEL
 * @LIMEN_HEADER_SAYS_LABEL: "label", "is_anomaly", "class", "set"
 * @LIMEN_HEADER_SAYS_SPLIT: "split", "subset"
 * @LIMEN_HEADER_SAYS_VERDICT: "pred_label", "y_pred", "verdict", "flagged"
 * @LIMEN_HEADER_SAYS_NAME: "image_path", "file"
 * @LIMEN_HEADER_SAYS_INDEX: "index", "Unnamed: 0", "id", ""
 * @LIMEN_HEADER_SAYS_ASIDE: "threshold", "width", "epoch", "mask_path"
 */
typedef enum {
  LIMEN_HEADER_SAYS_NOTHING,
  LIMEN_HEADER_SAYS_SCORE,
  LIMEN_HEADER_SAYS_TRUTH,
  LIMEN_HEADER_SAYS_LABEL,
  LIMEN_HEADER_SAYS_SPLIT,
  LIMEN_HEADER_SAYS_VERDICT,
  LIMEN_HEADER_SAYS_NAME,
  LIMEN_HEADER_SAYS_INDEX,
  LIMEN_HEADER_SAYS_ASIDE,
} LimenHeaderSays;

LimenHeaderSays limen_header_says (const char *header);
/** limen_header_is_coordinate: "x", "x1", "feature_3", "lon": of a point rather than of an image */
gboolean limen_header_is_coordinate (const char *header);
/** limen_header_rank: how much it speaks of a score: 0 not at all */
guint limen_header_rank (const char *header);
