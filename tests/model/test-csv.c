/* Tables as people have them, read as points or as payoffs: each way that programs write one is
 * read as its author meant, or is refused with the cell, its row and column. */
#include "model/data/points.h"
#include "model/data/table.h"
#include "model/data-files.h"
#include "model/game/payoff.h"
#include "model/random-game.h"
#include "model/table-bytes.h"

/* What is no table is named for what it is. */
static void
test_foreign_files (void)
{
  static const struct {
    const char *start, *is;
  } files[] = {
      {"NFG 1 R \"g\" { \"A\" \"B\" } { 2 2 }\n\n-1 1 1 -1 1 -1 -1 1\n", "Gambit"},
      {"EFG 2 R \"g\" { \"A\" \"B\" }\n", "game tree"},
      {"PK\3\4\n1,2\n", "spreadsheet"},
      {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "spreadsheet"},
      {"%PDF-1.7\n1,2\n", "PDF"},
      {"<!DOCTYPE html>\n<table>", "page"},
      {"{\"m\": [[1, 2], [3, 4]]}", "JSON"},
      {"[[1, 2],\n [3, 4]]\n", "brackets"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++) {
    LimenPayoff game;
    g_autoptr (GError) no_game = NULL, no_points = NULL;
    g_autoptr (GBytes) bytes = bytes_of (files[i].start);
    g_assert_false (limen_payoff_parse (bytes, "some.nfg", &game, NULL, &no_game));
    g_assert_null (limen_points_parse (bytes, "some.nfg", NULL, &no_points));
    assert_sentence (no_game, "some.nfg");
    assert_sentence (no_game, files[i].is);
    assert_sentence (no_game, "CSV");
    assert_sentence (no_points, files[i].is);
  }
}

/* -- points -- */

typedef struct {
  const char *what, *text;
  guint n, d;
  double x[8];
  const char *told;
} Points;

static const Points points_read[] = {
    {"pandas",
     ",x,y\n0,-0.5,0.5\n1,0.8,0.3\n",
     2,
     2,
     {-0.5, 0.5, 0.8, 0.3},
     "index column left out"},
    {"pandas after a shuffle",
     ",x,y\n7,-0.5,0.5\n3,0.8,0.3\n",
     2,
     2,
     {-0.5, 0.5, 0.8, 0.3},
     "index column left out"},
    {"pandas with dates",
     ",x,y\n2020-01-01,1,2\n2020-01-02,3,4\n",
     2,
     2,
     {1, 2, 3, 4},
     "column of names left out"},
    {"pandas with names of rows",
     ",x,y\nann,1,2\nbob,3,4\n",
     2,
     2,
     {1, 2, 3, 4},
     "column of names left out"},
    {"pandas without names of columns",
     ",0,1\n0,0.5,0.25\n1,2,3\n",
     2,
     2,
     {0.5, 0.25, 2, 3},
     "first row read as names of columns; index column left out"},
    {"pandas without the index",
     "0,1\n0.5,0.25\n2.0,3.0\n",
     2,
     2,
     {0.5, 0.25, 2, 3},
     "first row read as names of columns"},
    {"pandas without a heading",
     "0,0.5,0.25\n1,0.5,0.75\n2,1.0,1.5\n",
     3,
     2,
     {0.5, 0.25, 0.5, 0.75, 1, 1.5},
     "index column left out"},
    {"read and written again",
     "Unnamed: 0,x,y\n0,1,2\n1,3,4\n",
     2,
     2,
     {1, 2, 3, 4},
     "index column left out"},
    {"a named index", "index,x,y\n0,1,2\n1,3,4\n", 2, 2, {1, 2, 3, 4}, "index column left out"},
    {"numbers of rows", "id,x,y\n1,1,2\n2,3,4\n", 2, 2, {1, 2, 3, 4}, "index column left out"},
    {"R",
     "\"\",\"x\",\"y\"\n\"1\",0.5,1\n\"2\",2,3\n",
     2,
     2,
     {0.5, 1, 2, 3},
     "index column left out"},
    {"R without a corner",
     "\"x\" \"y\"\n\"1\" 0.5 1\n\"2\" 2 3\n",
     2,
     2,
     {0.5, 1, 2, 3},
     "index column left out"},
    {"a time is no index", "t,x,y\n0,0.5,1\n1,2,3\n", 2, 3, {0, 0.5, 1, 1, 2, 3}, NULL},
    {"two columns are two", "0,0.5\n1,0.25\n2,0.75\n", 3, 2, {0, 0.5, 1, 0.25, 2, 0.75}, NULL},
    {"whole numbers are points", "0,1,2\n1,0,2\n", 2, 3, {0, 1, 2, 1, 0, 2}, NULL},
    {"empty rows, trailing separators", "x;y;\n1;2;\n;;\n3;4;\n", 2, 2, {1, 2, 3, 4}, NULL},
    {"sep=", "sep=|\nx|y\n1|2\n3|4\n", 2, 2, {1, 2, 3, 4}, NULL},
    {"decimal commas, en dash",
     "x;y\n0,5;–1,25\n1;2\n",
     2,
     2,
     {0.5, -1.25, 1, 2},
     "decimal commas"},
    {"fractions", "1/2,1/4\n3,4\n", 2, 2, {0.5, 0.25, 3, 4}, NULL},
    {"NumPy's heading", "# x,y\n1.0,2\n3,4\n", 2, 2, {1, 2, 3, 4}, NULL},
    {"a title",
     "Measured on Monday\nx,y,z\n1,2,3\n3,4,5\n",
     2,
     3,
     {1, 2, 3, 3, 4, 5},
     "row 1 (“Measured on Monday”) passed over"},
};

static void
test_points (void)
{
  for (const Points *p = points_read; p < points_read + G_N_ELEMENTS (points_read); p++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) bytes = bytes_of (p->text);
    g_autoptr (LimenPoints) points = limen_points_parse (bytes, "some.csv", NULL, &error);
    g_test_message ("%s", p->what);
    g_assert_no_error (error);
    g_assert_cmpuint (points->n, ==, p->n);
    g_assert_cmpuint (points->d, ==, p->d);
    assert_all_near (points->x, p->x, p->n * p->d, 0);
    g_assert_cmpstr (points->told, ==, p->told);
  }
}

static void
test_refused_points (void)
{
  static const struct {
    const char *text, *says;
  } cases[] = {
      {"$1,2\n$3,4\n", "“$1”), column 1"}, {"x,y\n1,2%\n3,4\n", "“2%”), column 2"},
      {"1,2\n3,4O\n", "row 2 (“4O”)"},     {"name,x,y\nann,1,2\nbob,3,4\n", "“ann”"},
      {",x\n0,1\n1,2\n", "one number"},    {"1,000;2\n3;4\n", "“1,000”"},
      {"1,2\n(3),4\n", "row 2 (“(3)”)"},   {"x,y,z\n1,2\n3,4\n", "3 names over 2 columns"},
      {"1,2\n3,\"4\n", "never closed"},    {"x,y\na,1,2\nb,3\n", "row 3"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) bytes = bytes_of (cases[i].text);
    if (limen_points_parse (bytes, "some.csv", NULL, &error))
      g_error ("“%s” was read", cases[i].text);
    assert_sentence (error, "some.csv");
    if (!strstr (error->message, cases[i].says))
      g_error ("“%s” does not say “%s”", error->message, cases[i].says);
  }
}

/* -- letters -- */

static void
test_encodings (void)
{
  static const struct {
    const char *from, *told;
    gboolean mark;
  } kinds[] = {{"UTF-8", NULL, FALSE},
               {"UTF-8", NULL, TRUE},
               {"UTF-16LE", "read as UTF-16", TRUE},
               {"UTF-16BE", "read as UTF-16", TRUE},
               {"Windows-1252", "read as Windows-1252", FALSE}};
  static const char text[] = "Größe;–1;2\nMaß;3;4\n";
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++) {
    LimenPayoff game;
    gsize n;
    g_autoptr (GError) error = NULL;
    g_autofree char *told = NULL;
    g_autofree char *whole = g_strconcat (kinds[i].mark ? "\xEF\xBB\xBF" : "", text, NULL);
    char *coded = g_convert (whole, -1, kinds[i].from, "UTF-8", NULL, &n, NULL);
    g_autoptr (GBytes) bytes = g_bytes_new_take (coded, n);
    limen_payoff_parse (bytes, "game.csv", &game, &told, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (game.row_name[0], ==, "Größe");
    g_assert_cmpfloat (game.m[0], ==, -1);
    g_assert_cmpstr (told, ==, kinds[i].told);
  }
}

/* -- sizes -- */

/* What a sheet saves of a table at its top: a million rows of nothing */
static void
test_a_sheet_of_empty_rows (void)
{
  g_autoptr (GString) text = g_string_new ("l,r,,\n0,1,,\n-1,0,,\n");
  LimenPayoff game;
  g_autoptr (GError) error = NULL;
  for (guint i = 0; i < 1048573; i++)
    g_string_append (text, ",,,\n");
  g_autoptr (GBytes) bytes = g_bytes_new (text->str, text->len);
  limen_payoff_parse (bytes, "game.csv", &game, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (game.rows, ==, 2);
  g_assert_cmpuint (game.columns, ==, 2);
}

/* A row of a million cells, a cell of a million letters, a million quotation marks */
static void
test_large_rows_and_cells (void)
{
  static const char *const pieces[] = {"7,", "x", "\"\"", ",", ";", "\t", "\"\",", "1 ", "|"};
  for (gsize i = 0; i < G_N_ELEMENTS (pieces); i++)
    for (int game = 0; game < 2; game++) {
      g_autoptr (GString) text = g_string_new ("1,2\n");
      g_autoptr (GError) error = NULL;
      LimenPayoff payoff;
      for (guint k = 0; k < 1000000; k++)
        g_string_append (text, pieces[i]);
      g_autoptr (GBytes) bytes = g_bytes_new (text->str, text->len);
      g_autoptr (LimenPoints) points =
          game ? NULL : limen_points_parse (bytes, "some.csv", NULL, &error);
      if (game ? limen_payoff_parse (bytes, "some.csv", &payoff, NULL, &error) : points != NULL)
        continue;
      assert_sentence (error, "some.csv");
      g_assert_cmpuint (strlen (error->message), <, 400);
    }
}

/* -- numbers written in any way -- */

/* One table of random numbers in many dresses: always the same numbers, or a refusal because a
 * comma may be either. */
static void
test_all_dresses (void)
{
  static const char *const separators[] = {",", ";", "\t", "|", " ; "};
  static const char *const minus[] = {"-", "−", "–"}, *const ends[] = {"\n", "\r\n", "\r"};
  LimenRandom random = limen_random_stream (5, "dresses", 0);
  for (guint round = 0; round < 3000; round++) {
    g_autoptr (GString) text = g_string_new (limen_random_below (&random, 4) ? "" : "\xEF\xBB\xBF");
    guint n = 2 + limen_random_below (&random, 4), d = 2 + limen_random_below (&random, 3);
    const char *separator = separators[limen_random_below (&random, 5)];
    const char *sign = minus[limen_random_below (&random, 3)];
    const char *end = ends[limen_random_below (&random, 3)];
    gboolean comma = limen_random_below (&random, 2), quoted = limen_random_below (&random, 3) == 0;
    gboolean heading = limen_random_below (&random, 2), index = limen_random_below (&random, 2);
    gboolean trailing = limen_random_below (&random, 4) == 0;
    double x[5 * 4];
    quoted = quoted || (comma && *separator == ',');
    index = index && heading;
    for (guint j = 0; heading && j < d; j++)
      g_string_append_printf (text, "%s%c", j > 0 || index ? separator : "", 'p' + (int)j);
    g_string_append (text, heading ? end : "");
    for (guint i = 0; i < n; i++) {
      if (index)
        g_string_append_printf (text, "%u%s", i, separator);
      for (guint j = 0; j < d; j++) {
        int value = (int)limen_random_below (&random, 20001) - 10000;
        char digits[32];
        x[i * d + j] = value / 100.0;
        g_snprintf (digits, sizeof digits, "%d.%02d", abs (value) / 100, abs (value) % 100);
        g_autofree char *dressed = g_strdelimit (g_strdup (digits), ".", comma ? ',' : '.');
        g_string_append_printf (text, "%s%s%s%s%s", j > 0 ? separator : "", quoted ? "\"" : "",
                                value < 0 ? sign : "", dressed, quoted ? "\"" : "");
      }
      g_string_append_printf (text, "%s%s", trailing ? separator : "", end);
      if (limen_random_below (&random, 4) == 0)
        g_string_append (text, end);
    }
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) bytes = g_bytes_new (text->str, text->len);
    g_autoptr (LimenPoints) points = limen_points_parse (bytes, "some.csv", NULL, &error);
    if (error)
      g_error ("%s\n%s", error->message, text->str);
    g_assert_cmpuint (points->n, ==, n);
    g_assert_cmpuint (points->d, ==, d);
    assert_all_near (points->x, x, n * d, 0);
    g_assert_cmpint (points->told && strstr (points->told, "decimal commas"), ==, comma);
  }
}

/* -- the trials -- */

static void
test_trials (void)
{
  static const struct {
    const char *name, *says;
    double value;
  } files[] = {{"payoff-currency-first-column.csv", "“$3”", 0},
               {"payoff-percent-first-column.csv", "“300%”", 0},
               {"payoff-letter-o.csv", "“3O”", 0},
               {"payoff-currency-first-row.csv", "“€3”", 0},
               {"payoff-two-by-two.nfg", "Gambit", 0},
               {"payoff-pandas-to-csv.csv", NULL, 0},
               {"payoff-spreadsheet-empty-rows.csv", NULL, 0},
               {"payoff-trailing-separator.csv", NULL, 0},
               {"payoff-quoted-comma.csv", NULL, 1},
               {"payoff-sep-line.csv", NULL, 1},
               {"payoff-numeric-names.csv", NULL, 1},
               {"payoff-en-dash.csv", NULL, 1},
               {"payoff-decimal-comma.csv", NULL, 0.5},
               {"payoff-decimal-comma-tab.csv", NULL, 0.5}};
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autofree char *name = g_build_filename ("trials", files[i].name, NULL);
    g_autofree char *path = shared_path (name);
    g_autoptr (GError) error = NULL;
    LimenPayoff game;
    if (!path)
      return;
    gboolean ok = limen_payoff_load (path, &game, NULL, &error);
    g_assert_cmpint (ok, ==, !files[i].says);
    if (ok)
      g_assert_cmpfloat (game.m[0], ==, files[i].value);
    else
      assert_sentence (error, files[i].says);
  }
  g_autofree char *path = shared_path ("trials/points-pandas-index.csv");
  g_autoptr (LimenPoints) points = limen_points_load (path, NULL, NULL);
  g_assert_cmpuint (points->d, ==, 2);
  g_assert_cmpstr (points->told, ==, "index column left out");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/csv/foreign-files", test_foreign_files);
  g_test_add_func ("/csv/points", test_points);
  g_test_add_func ("/csv/refused-points", test_refused_points);
  g_test_add_func ("/csv/encodings", test_encodings);
  g_test_add_func ("/csv/a-sheet-of-empty-rows", test_a_sheet_of_empty_rows);
  g_test_add_func ("/csv/large-rows-and-cells", test_large_rows_and_cells);
  g_test_add_func ("/csv/all-dresses", test_all_dresses);
  g_test_add_func ("/csv/trials", test_trials);
  return g_test_run ();
}
