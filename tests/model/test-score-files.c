/* Scores in several files, in arrays, and in files that are larger than what is held of them. */
#include "model/base/random.h"
#include "model/data/score-table.h"
#include "model/data-files.h"

#include <math.h>

static LimenScoreTable *
load (const char *folder, const char *const *names, const LimenScoreTableOptions *options,
      GError **error)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  for (; *names; names++)
    g_ptr_array_add (paths, g_build_filename (folder, *names, NULL));
  return limen_score_table_load ((const char *const *)paths->pdata, paths->len, options, NULL,
                                 error);
}

static void
write_text (const char *folder, const char *name, const char *text)
{
  g_autofree char *path = write_file (folder, name, text, strlen (text));
}

/* -- parts -- */

#define HEADER "image,log_likelihood,index,images,model\n"

static void
write_parts (const char *folder)
{
  write_text (folder, "1.csv", HEADER "a,-1,0,5,abc\nb,-2,1,5,abc\n");
  write_text (folder, "2.csv", HEADER "c,-3,2,5,abc\n");
  write_text (folder, "3.csv", HEADER "d,,3,5,abc\ne,-5,4,5,abc\n");
  write_text (folder, "none.csv", HEADER);
  write_text (folder, "bare.csv", "c,-3,2,5,abc\n");
  write_text (folder, "all.csv",
              HEADER "c,-3,2,5,abc\n" HEADER "a,-1,0,5,abc\nb,-2,1,5,abc\n" HEADER
                     "d,,3,5,abc\ne,-5,4,5,abc\n");
  write_text (folder, "other.csv", HEADER "c,-3,2,5,abd\n");
  write_text (folder, "larger.csv", HEADER "c,-3,2,9,abc\n");
  write_text (folder, "mixed.csv", HEADER "c,-3,2,5,abc\nd,1,2,5,xyz\n");
  write_text (folder, "beyond.csv", HEADER "c,-3,5,5,abc\n");
  write_text (folder, "huge.csv", HEADER "c,-3,4294967290,4294967295,abc\n");
  write_text (folder, "columns.csv", "image,log_likelihood\nc,-3\n");
}

static void
test_parts_in_any_order (void)
{
  static const char *const orders[][6] = {{"1.csv", "2.csv", "3.csv"},
                                          {"3.csv", "2.csv", "1.csv"},
                                          {"2.csv", "none.csv", "3.csv", "1.csv"},
                                          {"bare.csv", "3.csv", "1.csv"},
                                          {"all.csv"}};
  g_autofree char *folder = make_folder ();
  write_parts (folder);
  for (gsize i = 0; i < G_N_ELEMENTS (orders); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (LimenScoreTable) table = load (folder, orders[i], NULL, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (table->n, ==, 5);
    g_assert_cmpuint (table->n_columns, ==, 1);
    g_assert_cmpstr (table->column[0].name, ==, "log_likelihood");
    for (guint k = 0; k < 5; k++) {
      const char name[] = {(char)('a' + k), 0};
      g_assert_cmpstr (limen_name_list_at (table->names, k), ==, name);
      if (k == 3)
        g_assert_true (isnan (table->column[0].value[k]));
      else
        g_assert_cmpfloat (table->column[0].value[k], ==, -(double)(k + 1));
    }
  }
  remove_folder (folder);
}

static void
test_parts_that_do_not_fit (void)
{
  static const struct {
    const char *const names[6];
    LimenError code;
    const char *says;
  } cases[] = {
      {{"1.csv", "3.csv"}, LIMEN_ERROR_DAMAGED, "lack images 2 to 2 of 0 to 4"},
      {{"2.csv"}, LIMEN_ERROR_DAMAGED, "lacks images 0 to 1 of 0 to 4"},
      {{"1.csv", "2.csv"}, LIMEN_ERROR_DAMAGED, "lack images 3 to 4 of 0 to 4"},
      {{"1.csv", "2.csv", "3.csv", "2.csv"}, LIMEN_ERROR_DAMAGED, "image 2 once more, which is in"},
      {{"1.csv", "2.csv", "3.csv", "bare.csv"}, LIMEN_ERROR_DAMAGED, "image 2 once more"},
      {{"1.csv", "other.csv", "3.csv"}, LIMEN_ERROR_DAMAGED, "another model"},
      {{"1.csv", "larger.csv", "3.csv"}, LIMEN_ERROR_DAMAGED, "images"},
      {{"mixed.csv"}, LIMEN_ERROR_DAMAGED, "another model from row 3 on"},
      {{"beyond.csv"}, LIMEN_ERROR_DAMAGED, "“5” in row 2"},
      {{"huge.csv"}, LIMEN_ERROR_DAMAGED, "lacks images 0 to 4294967289"},
      {{"1.csv", "columns.csv"}, LIMEN_ERROR_FORMAT, "other columns than"},
      {{"none.csv"}, LIMEN_ERROR_FORMAT, "no row below"},
      {{"nowhere.csv"}, LIMEN_ERROR_UNREADABLE, "can't be opened"},
  };
  g_autofree char *folder = make_folder ();
  write_parts (folder);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (load (folder, cases[i].names, NULL, &error));
    g_test_message ("%s", error->message);
    g_assert_error (error, LIMEN_ERROR, (int)cases[i].code);
    assert_sentence (error, ".csv");
    assert_sentence (error, cases[i].says);
  }
  remove_folder (folder);
}

/* Two sets, each in parts that count from 0: their files' names keep them apart. */
static void
test_roles_of_files (void)
{
  g_autofree char *folder = make_folder ();
  g_autoptr (GError) error = NULL, same = NULL;
  write_text (folder, "good/1.csv", HEADER "a,-1,0,2,abc\n");
  write_text (folder, "good/2.csv", HEADER "b,-2,1,2,abc\n");
  write_text (folder, "defect/1.csv", HEADER "c,-9,0,2,abc\nd,-8,1,2,abc\n");
  write_text (folder, "good.csv", "score\n1\n2\n");
  write_text (folder, "bad.csv", "score\n1\n2\n");
  g_autoptr (LimenScoreTable) table =
      load (folder, (const char *const[]){"good/2.csv", "defect/1.csv", "good/1.csv", NULL}, NULL,
            &error);
  g_assert_no_error (error);
  g_assert_cmpuint (table->n_of[LIMEN_ROWS_NORMAL], ==, 2);
  g_assert_cmpuint (table->n_of[LIMEN_ROWS_ANOMALY], ==, 2);
  g_assert_cmpstr (limen_name_list_at (table->names, 0), ==, "a");
  g_assert_cmpint (table->of[0], ==, LIMEN_ROWS_NORMAL);
  g_assert_nonnull (strstr (table->told, "from the names of the files"));
  g_assert_null (load (folder, (const char *const[]){"good.csv", "bad.csv", NULL}, NULL, &same));
  assert_sentence (same, "holds the same rows as");
  remove_folder (folder);
}

/* -- arrays -- */

static GBytes *
make_npy (const char *descr, const char *shape, gboolean fortran, gconstpointer data, gsize size)
{
  g_autofree char *header = g_strdup_printf ("{'descr': '%s', 'fortran_order': %s, 'shape': %s, }",
                                             descr, fortran ? "True" : "False", shape);
  GByteArray *bytes = g_byte_array_new ();
  g_autofree char *padded = g_strdup_printf ("%-117s\n", header);
  g_byte_array_append (bytes, (const guint8 *)"\x93NUMPY\x01\x00\x76\x00", 10);
  g_byte_array_append (bytes, (const guint8 *)padded, 118);
  g_byte_array_append (bytes, data, (guint)size);
  return g_byte_array_free_to_bytes (bytes);
}

static LimenScoreTable *
load_npy (const char *shape, gboolean fortran, const double *value, gsize n,
          const LimenScoreTableOptions *options, GError **error)
{
  g_autofree char *folder = make_folder ();
  g_autoptr (GBytes) bytes = make_npy ("<f8", shape, fortran, value, n * sizeof *value);
  g_autofree char *path = write_bytes (folder, "knn.npy", bytes);
  LimenScoreTable *table =
      limen_score_table_load ((const char *const *)&path, 1, options, NULL, error);
  remove_folder (folder);
  return table;
}

static void
test_arrays (void)
{
  static const double value[] = {0.5, 0, 1.5, 1, 2.5, 0};
  const LimenScoreTableOptions no_labels = {.no_labels = TRUE};
  const struct {
    const char *shape;
    gboolean fortran;
    const LimenScoreTableOptions *options;
    guint n, n_columns;
    double first, last; /* of the last column */
    guint n_anomalies;
    const char *name;
  } cases[] = {
      {"(6,)", FALSE, NULL, 6, 1, 0.5, 0, 0, "knn"},
      {"(6, 1)", FALSE, NULL, 6, 1, 0.5, 0, 0, "knn"},
      {"(1, 6)", FALSE, NULL, 6, 1, 0.5, 0, 0, "knn"},
      {"(3, 2)", FALSE, NULL, 3, 1, 0.5, 2.5, 1, "column 1"},
      {"(3, 2)", FALSE, &no_labels, 3, 2, 0, 0, 0, "column 1"},
      {"(2, 3)", FALSE, NULL, 2, 3, 1.5, 0, 0, "column 1"},
      {"(3, 2)", TRUE, NULL, 3, 2, 1, 0, 0, "column 1"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (LimenScoreTable) table =
        load_npy (cases[i].shape, cases[i].fortran, value, 6, cases[i].options, &error);
    g_assert_no_error (error);
    g_test_message ("%s", table->told);
    g_assert_cmpuint (table->n, ==, cases[i].n);
    g_assert_cmpuint (table->n_columns, ==, cases[i].n_columns);
    const LimenScoreColumn *last = &table->column[table->n_columns - 1];
    g_assert_cmpfloat (last->value[0], ==, cases[i].first);
    g_assert_cmpfloat (last->value[table->n - 1], ==, cases[i].last);
    g_assert_cmpuint (table->n_of[LIMEN_ROWS_ANOMALY], ==, cases[i].n_anomalies);
    g_assert_cmpstr (table->column[0].name, ==, cases[i].name);
    g_assert_null (table->names);
  }
}

/* A few rows of many numbers are columns, whichever index runs fastest; told. */
static void
test_a_few_long_rows_are_columns (void)
{
  double value[2 * 9];
  for (guint i = 0; i < 18; i++)
    value[i] = i / 4.0;
  for (guint fortran = 0; fortran < 2; fortran++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (LimenScoreTable) table =
        load_npy ("(2, 9)", fortran, value, G_N_ELEMENTS (value), NULL, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (table->n, ==, 9);
    g_assert_cmpuint (table->n_columns, ==, 2);
    g_assert_nonnull (strstr (table->told, "each row of the array taken for a column"));
    for (guint k = 0; k < 2; k++)
      for (guint i = 0; i < 9; i++)
        g_assert_cmpfloat (table->column[k].value[i], ==, value[fortran ? 2 * i + k : 9 * k + i]);
  }
}

static void
test_arrays_that_are_no_scores (void)
{
  static const double value[784];
  const char *const first[] = {"3", NULL};
  const struct {
    const char *shape;
    gsize n;
    LimenScoreTableOptions options;
    LimenError code;
    const char *says;
  } cases[] = {
      {"(1, 28, 28)", 784, {NULL}, LIMEN_ERROR_FORMAT, "float64 (1, 28, 28)"},
      {"(9, 87)", 783, {NULL}, LIMEN_ERROR_FORMAT, "no scores"},
      {"(0,)", 0, {NULL}, LIMEN_ERROR_FORMAT, "is empty"},
      {"()", 1, {NULL}, LIMEN_ERROR_FORMAT, "no scores"},
      {"(9, 2)", 10, {NULL}, LIMEN_ERROR_DAMAGED, "bytes follow"},
      {"(5, 2)", 10, {.columns = first}, LIMEN_ERROR_ARGUMENT, "from 1 to 2"},
      {"(5, 2)", 10, {.labels = "y"}, LIMEN_ERROR_ARGUMENT, "from 1 to 2"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (load_npy (cases[i].shape, FALSE, value, cases[i].n, &cases[i].options, &error));
    g_assert_error (error, LIMEN_ERROR, (int)cases[i].code);
    assert_sentence (error, "knn.npy");
    assert_sentence (error, cases[i].says);
  }
}

/* -- files that are larger than what is held of them -- */

/* A row of a name with marks, line breaks and letters beyond ASCII now and then */
static void
add_row (GString *text, LimenRandom *random, guint i)
{
  static const char *const folders[] = {"good", "\"a \"\"b\"\"\nc\"", "größe", "\"x,y\""};
  guint which = limen_random_below (random, 40);
  g_string_append_printf (text, "%s,%u,%.6f,%u\n", folders[which < 4 ? which : 0], i,
                          100 * limen_random_uniform (random), i % 2);
}

static GString *
make_large (guint n)
{
  LimenRandom random = limen_random_stream (1, "large", 0);
  GString *text = g_string_new ("image,id,score,label\n");
  for (guint i = 0; i < n; i++)
    add_row (text, &random, i);
  return text;
}

static void
assert_same (const LimenScoreTable *a, const LimenScoreTable *b)
{
  g_assert_cmpuint (a->n, ==, b->n);
  g_assert_cmpstr (a->told, ==, b->told);
  g_assert_cmpmem (a->column[0].value, a->n * sizeof (double), b->column[0].value,
                   b->n * sizeof (double));
  g_assert_cmpmem (a->of, a->n, b->of, b->n);
  for (guint i = 0; i < a->n; i++)
    g_assert_cmpstr (limen_name_list_at (a->names, i), ==, limen_name_list_at (b->names, i));
}

static void
test_a_large_file (void)
{
  g_autofree char *folder = make_folder ();
  GString *text = make_large (1000000);
  g_autofree char *path = write_file (folder, "large.csv", text->str, text->len);
  g_autoptr (GError) error = NULL;
  g_assert_cmpuint (text->len, >, 20000000);
  g_autoptr (GBytes) bytes = g_string_free_to_bytes (text);
  g_autoptr (LimenScoreTable) by_piece =
      limen_score_table_load ((const char *const *)&path, 1, NULL, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (LimenScoreTable) whole = limen_score_table_parse (bytes, "large.csv", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (whole->n, ==, 1000000);
  assert_same (by_piece, whole);
  remove_folder (folder);
}

/* What is wrong far behind the beginning is found with its row; text that is no UTF-8 is read. */
static void
test_the_end_of_a_large_file (void)
{
  static const struct {
    const char *end, *says;
  } cases[] = {{"x,1,2,0,5\n", "more cells in row"},
               {"x,1,high,0\n", "(“high”), column 3"},
               {"\"x,1,2,0\n", "never closed"},
               {"x,1,2,0", NULL},
               {"gr\xF6\xDF"
                "e,1,2,0\n",
                NULL}};
  g_autofree char *folder = make_folder ();
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    GString *text = make_large (500000);
    g_string_append (text, cases[i].end);
    g_autofree char *path = write_file (folder, "large.csv", text->str, text->len);
    g_string_free (text, TRUE);
    g_autoptr (GError) error = NULL;
    g_autoptr (LimenScoreTable) table =
        limen_score_table_load ((const char *const *)&path, 1, NULL, NULL, &error);
    if (cases[i].says)
      assert_sentence (error, cases[i].says);
    else
      g_assert_no_error (error);
    g_assert_true (!table || table->column[0].value[500000] == 2);
  }
  remove_folder (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/score-files/parts-in-any-order", test_parts_in_any_order);
  g_test_add_func ("/score-files/parts-that-do-not-fit", test_parts_that_do_not_fit);
  g_test_add_func ("/score-files/roles-of-files", test_roles_of_files);
  g_test_add_func ("/score-files/arrays", test_arrays);
  g_test_add_func ("/score-files/a-few-long-rows-are-columns", test_a_few_long_rows_are_columns);
  g_test_add_func ("/score-files/arrays-that-are-no-scores", test_arrays_that_are_no_scores);
  g_test_add_func ("/score-files/a-large-file", test_a_large_file);
  g_test_add_func ("/score-files/the-end-of-a-large-file", test_the_end_of_a_large_file);
  return g_test_run ();
}
