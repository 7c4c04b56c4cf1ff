/* What the columns of a table of scores are, by its header and its first rows. Only the readers of
 * scores need it. */
#pragma once

#include "model/data/score-options.h"
#include "model/data/table-private.h"

#define LIMEN_NO_COLUMN G_MAXUINT

/**
 * LimenColumnLook: one column
 * @header: "" where it has none
 * @numbers, @texts, @missing: cells of each kind; @slips: of @texts, those that may be numbers
 * written wrong; @counts: its numbers count rows, from @first on
 * @binary: all of its numbers are 0 or 1; @whole: all are whole
 * @labels: all of its cells are words that labels have
 * @words: (element-type utf8): different texts, at most a few; @paths: some look like paths
 */
typedef struct {
  char *header;
  guint numbers, texts, slips, missing;
  gboolean counts, binary, whole, labels, paths;
  double first, next;
  GHashTable *words;
} LimenColumnLook;

/**
 * LimenScoreColumns:
 * @look: (element-type LimenColumnLook): (n)
 * @header_row: 0: there is none; @n_rows: of those that were looked at, the header not counted
 * @scores: (element-type guint)
 * @names, @labels, @splits, @index, @images, @model: LIMEN_NO_COLUMN: there is none
 * @best: which of @scores its name speaks of most
 * @left_out: (element-type utf8): names
 */
typedef struct {
  GArray *look;
  guint n, n_rows;
  guint64 header_row;
  LimenMarks marks;
  LimenDecimal decimal;
  GArray *scores;
  guint names, labels, splits, index, images, model, best;
  GPtrArray *left_out;
} LimenScoreColumns;

/** limen_score_columns_init: nothing is found yet */
void limen_score_columns_init (LimenScoreColumns *columns);
/** limen_score_columns_find: @csv is left at its beginning. FALSE with @error */
gboolean limen_score_columns_find (LimenScoreColumns *columns, LimenCsv *csv, const char *path,
                                   const LimenScoreTableOptions *options, GError **error);
/** limen_score_columns_survey: the part of it that looks at the rows and finds the header */
gboolean limen_score_columns_survey (LimenScoreColumns *columns, LimenCsv *csv, const char *path,
                                     GError **error);
void limen_score_columns_clear (LimenScoreColumns *columns);
/** limen_score_columns_name: (transfer full): "anomaly_score", "column 3" */
char *limen_score_columns_name (const LimenScoreColumns *columns, guint column);
/** limen_score_columns_look: what limen_score_table_look() says of them */
LimenScoresLook limen_score_columns_look (const LimenScoreColumns *columns);
/** limen_score_columns_are_same: whether @b, which may lack a header, has the columns of @a */
gboolean limen_score_columns_are_same (const LimenScoreColumns *a, const LimenScoreColumns *b);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LimenScoreColumns, limen_score_columns_clear)
