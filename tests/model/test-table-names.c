/* What becomes a name in a table: nothing that stands for a number, wherever it stands. */
#include "model/data/points.h"
#include "model/data-files.h"
#include "model/game/payoff.h"

/* What programs and people write where a number was meant */
static const char *const no_names[] = {
    "#N/A",         "#DIV/0!", "#REF!",   "#NAME?", "#NV",     "#WERT!",
    "#####",        "Err:502", "N/A",     "n/a",    "NA",      "null",
    "NULL",         "<NA>",    "NaT",     "None",   "none",    "nan",
    "-nan",         "-",       "–",       "——",     "?",       "…",
    "±5",           "∓0.5",    "√2",      "≈5",     "≤3",      "∞",
    "-∞",           "minus 5", "Minus 7", "plus 1", "moins 2", "approx. 5",
    "negative 0.5", "sqrt(2)", "O",       "o",      "l",       "I",
    "-l",           "lO",      "OO",      "=A1*2",  "O/2",     "np.float64(0.5)",
    "-exp(1)",
};

static gboolean
read_game (const char *text, LimenPayoff *game, char **told, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  return limen_payoff_parse (bytes, "game.csv", game, told, error);
}

static void
assert_refused (const char *text, const char *cell)
{
  LimenPayoff game;
  g_autoptr (GError) error = NULL;
  if (read_game (text, &game, NULL, &error))
    g_error ("a game of %u × %u was read from “%s”", game.rows, game.columns, text);
  assert_sentence (error, "game.csv");
  if (!strstr (error->message, cell))
    g_error ("“%s” does not name %s", error->message, cell);
}

/* @format: with the cell at each "@" */
static void
assert_no_name_in (const char *format)
{
  for (gsize i = 0; i < G_N_ELEMENTS (no_names); i++) {
    g_auto (GStrv) parts = g_strsplit (format, "@", -1);
    g_autofree char *text = g_strjoinv (no_names[i], parts);
    assert_refused (text, no_names[i]);
  }
}

static void
test_in_the_first_column (void)
{
  assert_no_name_in ("@;3;4\n@;5;6\n");
  assert_no_name_in ("@;3\n2;1\n");
  assert_no_name_in ("@;3;4\n2;1;7\n9;8;5\n");
}

static void
test_in_the_first_row (void)
{
  assert_no_name_in ("@;@;@\n4;5;6\n1;2;3\n");
  assert_no_name_in ("@;@\n4;5\n");
}

/* Where the other numbers of the first row and column are the same, too */
static void
test_in_the_corner (void)
{
  assert_no_name_in ("@;1\n1;0\n");
  assert_no_name_in ("@;7\n7;2\n");
  assert_no_name_in ("@;1;2\n1;5;6\n2;7;8\n");
  assert_no_name_in ("@;1;-1\n-1;0;1\n1;-1;0\n");
  assert_refused ("word,7\n7,2\n", "“word”");
}

/* -- numbers as names -- */

static void
test_numbers_below_zero (void)
{
  assert_refused (",2,-2\n-2,0,2\n2,-2,0\n", "nothing in column 1 of row 1");
  assert_refused (",2,3\n-2,0,2\n2,-2,0\n", "“-2”");
  assert_refused (",b,c\n−2,0,2\n2,-2,0\n", "“−2”");
  assert_refused ("name,b,c\n2,0,2\n-1,-2,0\n", "“-1”");
}

static void
test_numbers_twice (void)
{
  assert_refused (",4,4\n1,0,2\n2,3,0\n", "nothing in column 1 of row 1");
  assert_refused (",b,c\n5,0,2\n5,3,0\n", "“5”");
  assert_refused ("strategy,b,c\n5,0,2\n5,3,0\n", "“5”");
}

static void
test_what_is_told (void)
{
  static const struct {
    const char *text, *told, *row, *column;
  } games[] = {
      {",4,6\n1,0,2\n3,3,0\n", "first row and column read as names", "1", "4"},
      {",4,6\nup,0,2\ndown,3,0\n", "first row read as names of columns", "up", "4"},
      {"price,4,6\n4,0,2\n6,3,0\n", "first row and column read as names", "4", "4"},
      {"strategy,low,high\n0.5,0,2\n1.5,3,0\n", "first column read as names", "0.5", "low"},
      {",low,high\n0.5,0,2\n1.5,3,0\n", "first column read as names", "0.5", "low"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (games); i++) {
    LimenPayoff game;
    g_autofree char *told = NULL;
    g_autoptr (GError) error = NULL;
    read_game (games[i].text, &game, &told, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (told, ==, games[i].told);
    g_assert_cmpstr (game.row_name[0], ==, games[i].row);
    g_assert_cmpstr (game.column_name[0], ==, games[i].column);
    g_assert_cmpfloat (game.m[1], ==, 2);
  }
}

/* Of points, too */
static void
test_over_points (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (no_names); i++) {
    g_autofree char *text = g_strdup_printf ("%s;%s\n0.5;0.25\n1;2\n", no_names[i], no_names[i]);
    g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
    g_autoptr (GError) error = NULL;
    if (limen_points_parse (bytes, "some.csv", NULL, &error))
      g_error ("%s names a column", no_names[i]);
    assert_sentence (error, "some.csv");
    assert_sentence (error, no_names[i]);
  }
}

/* A mark that a program writes is no name beside words, either. */
static void
test_marks_beside_words (void)
{
  assert_refused ("rock,1,2\nNA,3,4\n", "“NA”");
  assert_refused ("rock,1,2\n#REF!,3,4\n", "“#REF!”");
  assert_refused (",left,null\nrock,1,2\npaper,3,4\n", "“null”");
  assert_refused ("rock,-,-\npaper,3,4\n", "“-”");
  assert_refused ("rock,None\npaper,4\n", "“None”");
  assert_refused ("rock,NA,#N/A\npaper,3,4\n", "“NA”");
  assert_refused ("#####,3\n1,2\n", "“#####”");
}

/* What may be a word is one among words. */
static void
test_words_beside_words (void)
{
  static const char *const texts[] = {
      "O,1,2\nX,3,4\n",      "None,1,2\nLow,3,4\n",    "l,m,r\n1,2,3\n4,5,6\n",
      "I,1,2\nII,3,4\n",     "hi,1,2\nlo,3,4\n",       "+,1,2\n-,3,4\n",
      "all,1,2\nNone,3,4\n", "Bravo (2),1,2\nx,3,4\n", "NASA,1,2\nx,3,4\n",
      "sqrt,1,2\nx,3,4\n",   "minus,1,2\nx,3,4\n",     "Zug 5,1,2\nZug 7,3,4\n",
      "♠,1,2\n♥,3,4\n",      "#,l,r\n1,2,3\n2,4,5\n"};
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    LimenPayoff game;
    g_autoptr (GError) error = NULL;
    read_game (texts[i], &game, NULL, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (game.rows, ==, 2);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/table-names/column", test_in_the_first_column);
  g_test_add_func ("/table-names/row", test_in_the_first_row);
  g_test_add_func ("/table-names/corner", test_in_the_corner);
  g_test_add_func ("/table-names/below-zero", test_numbers_below_zero);
  g_test_add_func ("/table-names/twice", test_numbers_twice);
  g_test_add_func ("/table-names/told", test_what_is_told);
  g_test_add_func ("/table-names/points", test_over_points);
  g_test_add_func ("/table-names/marks", test_marks_beside_words);
  g_test_add_func ("/table-names/words", test_words_beside_words);
  return g_test_run ();
}
