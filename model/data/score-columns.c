#include "model/data/score-columns.h"

#include "model/data/role-words.h"
#include "model/data/score-header.h"
#include "model/data/score-labels.h"

#include <stdlib.h>
#include <string.h>

#define MOST_LABELS 32 /* different ones of a column that nobody named */

static const LimenColumnLook *
look_of (const LimenScoreColumns *columns, guint i)
{
  return &g_array_index (columns->look, LimenColumnLook, i);
}

static const char *
header_of (const LimenScoreColumns *columns, guint i)
{
  const char *header = columns->look ? look_of (columns, i)->header : NULL;
  return header ? header : "";
}

char *
limen_score_columns_name (const LimenScoreColumns *columns, guint column)
{
  const char *header = header_of (columns, column);
  return *header ? limen_printable (header, strlen (header))
                 : g_strdup_printf ("column %u", column + 1);
}

static gboolean
is_numeric (const LimenColumnLook *look)
{
  return look->numbers > 9 * (guint64)look->texts;
}

/* -- what the user named -- */

static gboolean
is_called (const LimenScoreColumns *columns, guint i, const char *name)
{
  g_autofree char *own = limen_score_columns_name (columns, i);
  g_autofree char *apart = g_strdup_printf ("%s, column %u", own, i + 1); /* from one of its name */
  return g_ascii_strcasecmp (header_of (columns, i), name) == 0 ||
         g_ascii_strcasecmp (own, name) == 0 || g_ascii_strcasecmp (apart, name) == 0;
}

/* By its name, else by its number */
static gboolean
find_named (const LimenScoreColumns *columns, const char *name, const char *path, guint *column,
            GError **error)
{
  guint64 number;
  for (*column = 0; *column < columns->n; ++*column)
    if (is_called (columns, *column, name))
      return TRUE;
  if (g_ascii_string_to_unsigned (name, 10, 1, MAX (columns->n, 1), &number, NULL)) {
    *column = (guint)number - 1;
    return TRUE;
  }
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  for (guint i = 0; i < MIN (columns->n, 8); i++) {
    g_autofree char *one = limen_score_columns_name (columns, i);
    g_strv_builder_add (names, one);
  }
  g_auto (GStrv) all = g_strv_builder_end (names);
  g_autofree char *listed = g_strjoinv ("”, “", all);
  return limen_refuse (error, LIMEN_ERROR_ARGUMENT, path,
                       "has no column “%s”; choose one of its own: “%s”%s", name, listed,
                       columns->n > 8 ? ", …" : "");
}

static gboolean
take_named (LimenScoreColumns *columns, const LimenScoreTableOptions *options, const char *path,
            GError **error)
{
  guint column;
  if (options->names && !find_named (columns, options->names, path, &columns->names, error))
    return FALSE;
  if (options->labels && !find_named (columns, options->labels, path, &columns->labels, error))
    return FALSE;
  for (guint i = 0; options->columns && options->columns[i]; i++) {
    if (!find_named (columns, options->columns[i], path, &column, error))
      return FALSE;
    g_array_append_val (columns->scores, column);
  }
  return TRUE;
}

/* -- what they are by themselves -- */

/* “index”, “images” and “model”, of limen score --part */
static void
find_parts (LimenScoreColumns *columns)
{
  guint found[3] = {LIMEN_NO_COLUMN, LIMEN_NO_COLUMN, LIMEN_NO_COLUMN};
  static const char *const names[] = {"index", "images", "model"};
  for (guint i = 0; i < columns->n; i++)
    for (guint k = 0; k < 3; k++)
      if (g_str_equal (header_of (columns, i), names[k]))
        found[k] = i;
  for (guint k = 0; k < 3; k++)
    if (found[k] == LIMEN_NO_COLUMN)
      return;
  columns->index = found[0];
  columns->images = found[1];
  columns->model = found[2];
}

static gboolean
is_taken (const LimenScoreColumns *columns, guint i)
{
  for (guint k = 0; k < columns->scores->len; k++)
    if (g_array_index (columns->scores, guint, k) == i)
      return TRUE;
  return i == columns->names || i == columns->labels || i == columns->splits ||
         i == columns->index || i == columns->images || i == columns->model;
}

/* 0: it can't be; the greatest of all columns is taken */
static guint
rank_as_label (const LimenScoreColumns *columns, guint i)
{
  const LimenColumnLook *look = look_of (columns, i);
  LimenHeaderSays says = limen_header_says (header_of (columns, i));
  guint n = g_hash_table_size (look->words);
  gboolean few = n > 0 && n <= MOST_LABELS, named = *header_of (columns, i) != 0;
  gboolean numeric = look->numbers > 0;
  if (!few || (numeric && (look->texts > 0 || !look->whole)))
    return 0;
  if (says == LIMEN_HEADER_SAYS_TRUTH)
    return look->labels ? 6 : 4;
  if (says == LIMEN_HEADER_SAYS_LABEL || (says == LIMEN_HEADER_SAYS_SPLIT && look->labels))
    return look->labels ? 5 : 3;
  if (named && (says != LIMEN_HEADER_SAYS_NOTHING || numeric))
    return 0;
  if (!numeric)
    return look->labels && !look->paths ? 2 : 0;
  return look->labels && n == 2 && columns->n > 1 ? 1 : 0;
}

static gboolean
are_splits (GHashTable *words)
{
  GHashTableIter iter;
  gpointer word;
  g_hash_table_iter_init (&iter, words);
  while (g_hash_table_iter_next (&iter, &word, NULL))
    if (!limen_label_is_split (word))
      return FALSE;
  return g_hash_table_size (words) > 0;
}

static guint
rank_as_split (const LimenScoreColumns *columns, guint i)
{
  LimenHeaderSays says = limen_header_says (header_of (columns, i));
  gboolean named = says == LIMEN_HEADER_SAYS_SPLIT || says == LIMEN_HEADER_SAYS_LABEL;
  return named && are_splits (look_of (columns, i)->words);
}

static guint
rank_as_names (const LimenScoreColumns *columns, guint i)
{
  const LimenColumnLook *look = look_of (columns, i);
  LimenHeaderSays says = limen_header_says (header_of (columns, i));
  gboolean text = look->texts > 0 && !is_numeric (look);
  if (says == LIMEN_HEADER_SAYS_ASIDE || says == LIMEN_HEADER_SAYS_VERDICT)
    return 0;
  if (text && look->paths)
    return says == LIMEN_HEADER_SAYS_NAME ? 6 : 5;
  if (says == LIMEN_HEADER_SAYS_NAME)
    return text ? 4 : 2;
  return text && says == LIMEN_HEADER_SAYS_INDEX ? 3 : text;
}

typedef guint (*RankFunc) (const LimenScoreColumns *columns, guint i);

/* The one of the highest rank, the first of several; LIMEN_NO_COLUMN where all are 0 */
static guint
find_best (const LimenScoreColumns *columns, RankFunc rank)
{
  guint best = LIMEN_NO_COLUMN, most = 0;
  for (guint i = 0; i < columns->n; i++) {
    guint own = is_taken (columns, i) ? 0 : rank (columns, i);
    if (own > most) {
      most = own;
      best = i;
    }
  }
  return best;
}

static gboolean
is_index (const LimenScoreColumns *columns, guint i)
{
  LimenHeaderSays says = limen_header_says (header_of (columns, i));
  const LimenColumnLook *look = look_of (columns, i);
  gboolean named = *header_of (columns, i) != 0;
  if (named)
    return says == LIMEN_HEADER_SAYS_INDEX && look->whole;
  gboolean counts = look->counts && (look->first == 0 || look->first == 1);
  return counts && look->numbers > 1 && columns->n > 1 && i == 0;
}

/* Of a file that Limen has written both stand beside the score that they are ranks of. */
static gboolean
is_own_p_value (const LimenScoreColumns *columns, guint i)
{
  static const char *const names[] = {"p_value", "p_value_conditional"};
  gboolean is_one = FALSE, found[2] = {FALSE, FALSE};
  for (guint k = 0; k < G_N_ELEMENTS (names); k++) {
    is_one = is_one || g_str_equal (header_of (columns, i), names[k]);
    for (guint j = 0; j < columns->n; j++)
      found[k] = found[k] || g_str_equal (header_of (columns, j), names[k]);
  }
  return is_one && found[0] && found[1];
}

static gboolean
is_score (const LimenScoreColumns *columns, guint i)
{
  LimenHeaderSays says = limen_header_says (header_of (columns, i));
  const LimenColumnLook *look = look_of (columns, i);
  gboolean aside =
      says == LIMEN_HEADER_SAYS_ASIDE || (says == LIMEN_HEADER_SAYS_VERDICT && look->whole);
  gboolean label = rank_as_label (columns, i) > 2; /* by its header, though it is not taken */
  gboolean named = says == LIMEN_HEADER_SAYS_SCORE &&
                   look->numbers + look->missing + 2 * look->slips >= look->texts;
  return (is_numeric (look) || named) && !aside && !label && !is_index (columns, i) &&
         !is_own_p_value (columns, i);
}

/* A column of nothing is none. */
static void
find_scores (LimenScoreColumns *columns)
{
  for (guint i = 0; i < columns->n; i++) {
    const LimenColumnLook *look = look_of (columns, i);
    if (is_taken (columns, i) || look->numbers + look->texts + look->missing == 0)
      continue;
    if (is_score (columns, i))
      g_array_append_val (columns->scores, i);
    else
      g_ptr_array_add (columns->left_out, limen_score_columns_name (columns, i));
  }
}

static void
find_the_best_score (LimenScoreColumns *columns)
{
  guint most = 0;
  columns->best = 0;
  for (guint k = 0; k < columns->scores->len; k++) {
    guint rank = limen_header_rank (header_of (columns, g_array_index (columns->scores, guint, k)));
    if (rank > most) {
      most = rank;
      columns->best = k;
    }
  }
}

/* -- numbers -- */

static gboolean
find_decimal (LimenScoreColumns *columns, const char *path, GError **error)
{
  const LimenMarks *marks = &columns->marks;
  columns->decimal = marks->comma.text ? LIMEN_DECIMAL_COMMA : LIMEN_DECIMAL_POINT;
  if (marks->comma.text && marks->point.text)
    return limen_refuse (error, LIMEN_ERROR_DAMAGED, path,
                         "has a decimal comma in row %" G_GUINT64_FORMAT
                         " (“%s”) and a decimal point in row %" G_GUINT64_FORMAT
                         " (“%s”); write all numbers with a decimal point",
                         marks->comma.row, marks->comma.text, marks->point.row, marks->point.text);
  if (marks->either.text && !marks->comma.text && !marks->point.text)
    return limen_refuse (
        error, LIMEN_ERROR_DAMAGED, path,
        "has “%s” in row %" G_GUINT64_FORMAT
        ", column %u, and nothing near it tells whether its comma is a decimal one or "
        "parts thousands; write it with a decimal point, or without a comma",
        marks->either.text, marks->either.row, marks->either.column);
  return TRUE;
}

static gboolean
check_columns (const LimenScoreColumns *columns, const char *path, GError **error)
{
  if (columns->n_rows == 0 && columns->header_row > 0)
    return TRUE; /* the caller knows what to do with a table without a row */
  if (columns->scores->len == 0)
    return limen_refuse (
        error, LIMEN_ERROR_FORMAT, path,
        "has no column of numbers that may be scores; give it one, or name the one "
        "that is meant");
  if (columns->scores->len > LIMEN_SCORE_TABLE_MOST_COLUMNS)
    return limen_refuse (error, LIMEN_ERROR_FORMAT, path,
                         "has %u columns of numbers, as images have and scores do not; name those "
                         "that are scores, at most %d",
                         columns->scores->len, LIMEN_SCORE_TABLE_MOST_COLUMNS);
  return TRUE;
}

void
limen_score_columns_init (LimenScoreColumns *columns)
{
  *columns = (LimenScoreColumns){.scores = g_array_new (FALSE, FALSE, sizeof (guint)),
                                 .left_out = g_ptr_array_new_with_free_func (g_free)};
  columns->names = columns->labels = columns->splits = LIMEN_NO_COLUMN;
  columns->index = columns->images = columns->model = LIMEN_NO_COLUMN;
}

gboolean
limen_score_columns_find (LimenScoreColumns *columns, LimenCsv *csv, const char *path,
                          const LimenScoreTableOptions *options, GError **error)
{
  if (!limen_score_columns_survey (columns, csv, path, error))
    return FALSE;
  if (columns->n == 0)
    return limen_refuse (error, LIMEN_ERROR_FORMAT, path,
                         "is empty; give it a row for each image, with its score");
  find_parts (columns);
  if (!take_named (columns, options, path, error))
    return FALSE;
  columns->splits = options->no_labels ? LIMEN_NO_COLUMN : find_best (columns, rank_as_split);
  if (!options->labels && !options->no_labels)
    columns->labels = find_best (columns, rank_as_label);
  if (!options->names)
    columns->names = find_best (columns, rank_as_names);
  if (!options->columns)
    find_scores (columns);
  find_the_best_score (columns);
  return find_decimal (columns, path, error) && check_columns (columns, path, error);
}

static void
clear_spot (LimenSpot *spot)
{
  g_clear_pointer (&spot->text, g_free);
}

void
limen_score_columns_clear (LimenScoreColumns *columns)
{
  g_clear_pointer (&columns->look, g_array_unref);
  g_clear_pointer (&columns->scores, g_array_unref);
  g_clear_pointer (&columns->left_out, g_ptr_array_unref);
  clear_spot (&columns->marks.point);
  clear_spot (&columns->marks.comma);
  clear_spot (&columns->marks.either);
}

gboolean
limen_score_columns_are_same (const LimenScoreColumns *a, const LimenScoreColumns *b)
{
  if (a->n != b->n)
    return FALSE;
  for (guint i = 0; i < a->n && b->header_row > 0 && a->header_row > 0; i++)
    if (g_ascii_strcasecmp (header_of (a, i), header_of (b, i)) != 0)
      return FALSE;
  return TRUE;
}

/* -- scores or points -- */

static gboolean
speak_of_scores (const LimenScoreColumns *columns)
{
  const char *best = header_of (columns, g_array_index (columns->scores, guint, columns->best));
  gboolean paths = columns->names != LIMEN_NO_COLUMN && look_of (columns, columns->names)->paths;
  return limen_header_rank (best) > 0 || paths;
}

static gboolean
names_coordinates (const LimenScoreColumns *columns)
{
  for (guint k = 0; k < columns->scores->len; k++)
    if (limen_header_is_coordinate (header_of (columns, g_array_index (columns->scores, guint, k))))
      return TRUE;
  return FALSE;
}

/* A word that speaks of a role, as "good" and "defect" do, and 1, "true" and "test" do not */
static gboolean
says_a_role (const char *word)
{
  LimenNameSays says = limen_name_says (word);
  return says == LIMEN_NAME_SAYS_NORMAL || says == LIMEN_NAME_SAYS_ANOMALY ||
         says == LIMEN_NAME_SAYS_KIND;
}

static gboolean
has_a_role (GHashTable *words)
{
  GHashTableIter iter;
  gpointer word;
  g_hash_table_iter_init (&iter, words);
  while (g_hash_table_iter_next (&iter, &word, NULL))
    if (says_a_role (word))
      return TRUE;
  return FALSE;
}

/* Labels under a name of such, or in words of roles */
static LimenScoresLook
look_at_labels (const LimenScoreColumns *columns)
{
  guint i = columns->labels;
  if (i == LIMEN_NO_COLUMN)
    return LIMEN_SCORES_NOT;
  const LimenColumnLook *look = look_of (columns, i);
  gboolean points = names_coordinates (columns), named = rank_as_label (columns, i) > 2;
  gboolean two = look->labels && !are_splits (look->words); /* classes, as of roles */
  if (two && !points && (says_a_role (header_of (columns, i)) || has_a_role (look->words)))
    return LIMEN_SCORES_SURELY;
  if (!named || (strlen (header_of (columns, i)) < 2 && (points || !two)))
    return LIMEN_SCORES_NOT; /* "y" alone may be a coordinate */
  if (!two || points)
    return LIMEN_SCORES_CLASSES;
  return columns->scores->len == 1 ? LIMEN_SCORES_SURELY : LIMEN_SCORES_PERHAPS;
}

LimenScoresLook
limen_score_columns_look (const LimenScoreColumns *columns)
{
  if (columns->scores->len == 0)
    return LIMEN_SCORES_NOT;
  if (speak_of_scores (columns))
    return LIMEN_SCORES_SURELY;
  return look_at_labels (columns);
}
