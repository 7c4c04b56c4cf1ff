/* Labels of rows, and what they say. Only the readers of scores need it. */
#pragma once

#include "model/base/error.h"
#include "model/data/score-options.h"

/**
 * LimenLabels: the different words of a column, and which of them each row has
 * @code: (n): 0: none; @word: (n_words): of code 1 on; @of: (n_words): what it says
 * @too_many: there were more different words than labels have
 */
typedef struct {
  GByteArray *code;
  GPtrArray *word;
  GHashTable *known;
  guint8 last;
  guint8 of[256];
  gboolean too_many;
} LimenLabels;

void limen_labels_init (LimenLabels *labels);
void limen_labels_clear (LimenLabels *labels);
/** limen_labels_add: of the next row: @text: (n) */
void limen_labels_add (LimenLabels *labels, const char *text, gsize n);
/** limen_labels_add_folder: the same of the folder that @name: (n) speaks of: "good" of
 * "test/good/000.png" */
void limen_labels_add_folder (LimenLabels *labels, const char *name, gsize n);

/**
 * limen_labels_decide: what each word says
 * @header: (nullable): above them: "is_normal" turns 1 and true round
 * @normal: (nullable): the word of normal images
 * @path, @column: for messages
 *
 * Returns: (transfer full): how it was decided: "1 being an anomaly", "" where the words say it by
 * themselves; NULL with LIMEN_ERROR_MISMATCH where they do not say which are normal
 */
char *limen_labels_decide (LimenLabels *labels, const char *header, const char *normal,
                           const char *path, const char *column, GError **error);
/** limen_labels_of: what row @index is of */
LimenRowsOf limen_labels_of (const LimenLabels *labels, guint index);
/** limen_label_may_be: whether @text: (n) is a word that labels have: 0, 1, −1, true, a word of a
 * role or a split */
gboolean limen_label_may_be (const char *text, gsize n);
/** limen_label_is_split: whether @word is a part of a data set: "train", "test", "val" */
gboolean limen_label_is_split (const char *word);
/** limen_labels_decide_splits: the same, where only validation and training count: the rest stays
 * unknown */
void limen_labels_decide_splits (LimenLabels *labels);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LimenLabels, limen_labels_clear)
