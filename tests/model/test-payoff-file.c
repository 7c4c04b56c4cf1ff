#include "model/data-files.h"
#include "model/random-game.h"

static gboolean
parse (const char *text, LimenPayoff *game, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  return limen_payoff_parse (bytes, "game.csv", game, NULL, error);
}

/* -- numbers -- */

static void
test_numbers (void)
{
  static const struct {
    const char *text;
    double value;
  } good[] = {{"2", 2},         {"-0.5", -0.5},  {"−0.5", -0.5},      {"+3", 3},
              {"1/3", 1 / 3.0}, {"-1/4", -0.25}, {" 1 / 2 ", 0.5},    {"1e3", 1000},
              {".5", 0.5},      {"−3/−4", 0.75}, {"1e400", INFINITY}, {"1/0", INFINITY}};
  static const char *const bad[] = {"", " ", "x", "1/", "/2", "1/2/3", "1,5", "0x10", "1 2", "--1"};
  double value;
  for (guint i = 0; i < G_N_ELEMENTS (good); i++) {
    g_assert_true (limen_payoff_parse_number (good[i].text, &value));
    g_assert_cmpfloat (value, ==, good[i].value);
  }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    if (limen_payoff_parse_number (bad[i], &value))
      g_error ("“%s” was taken for %g", bad[i], value);
}

/* -- good files -- */

typedef struct {
  const char *what, *text;
  guint rows, columns;
  double m[9];
  const char *row, *column; /* names of the first row and column */
} Good;

static const Good good[] = {
    {"plain", "0,1,-1\n-1,0,1\n1,-1,0\n", 3, 3, {0, 1, -1, -1, 0, 1, 1, -1, 0}, "A1", "B1"},
    {"no last end of line", "1,2\n3,4", 2, 2, {1, 2, 3, 4}, "A1", "B1"},
    {"names and a corner",
     ",rock,paper\nstone,0,1\nsheet,-1,0\n",
     2,
     2,
     {0, 1, -1, 0},
     "stone",
     "rock"},
    {"a word in the corner",
     "A\\B,heads,tails\nin,1,2\nout,3,4\n",
     2,
     2,
     {1, 2, 3, 4},
     "in",
     "heads"},
    {"names of columns of a square game are those of rows",
     "rock,paper\n0,1\n-1,0\n",
     2,
     2,
     {0, 1, -1, 0},
     "rock",
     "rock"},
    {"names of columns of another game",
     "l,m,r\n1,2,3\n4,5,6\n",
     2,
     3,
     {1, 2, 3, 4, 5, 6},
     "A1",
     "l"},
    {"names of rows", "up,1,2\ndown,3,4\n", 2, 2, {1, 2, 3, 4}, "up", "B1"},
    {"fractions", "1/2,-1/4\n3/8,−1/8\n", 2, 2, {0.5, -0.25, 0.375, -0.125}, "A1", "B1"},
    {"semicolons", "a;b\n1;2\n3;4\n", 2, 2, {1, 2, 3, 4}, "a", "a"},
    {"decimal commas", "1,5;2\n3;4\n", 2, 2, {1.5, 2, 3, 4}, "A1", "B1"},
    {"decimal commas in the first row", "1,5;2,5\n3;4\n", 2, 2, {1.5, 2.5, 3, 4}, "A1", "B1"},
    {"decimal commas further on", "1\t2\n3\t−0,5\n", 2, 2, {1, 2, 3, -0.5}, "A1", "B1"},
    {"tabs", "\ta\tb\nx\t1\t2\ny\t3\t4\n", 2, 2, {1, 2, 3, 4}, "x", "a"},
    {"blanks", "  1   2\n 3 4  \n", 2, 2, {1, 2, 3, 4}, "A1", "B1"},
    {"a mark before UTF-8",
     "\xEF\xBB\xBF"
     "1,2\n3,4\n",
     2,
     2,
     {1, 2, 3, 4},
     "A1",
     "B1"},
    {"a mark before a name",
     "\xEF\xBB\xBF"
     "rock,1,2\n",
     1,
     2,
     {1, 2},
     "rock",
     "B1"},
    {"CRLF", "1,2\r\n3,4\r\n", 2, 2, {1, 2, 3, 4}, "A1", "B1"},
    {"CR", "1,2\r3,4\r", 2, 2, {1, 2, 3, 4}, "A1", "B1"},
    {"a minus sign", "−1,2\n3,−4.5\n", 2, 2, {-1, 2, 3, -4.5}, "A1", "B1"},
    {"quotation marks", "\"a\",\"b\"\n\"1\",\" 2 \"\n\"3\",\"4\"\n", 2, 2, {1, 2, 3, 4}, "a", "a"},
    {"empty lines", "\n\n1,2\n\n \n3,4\n\n", 2, 2, {1, 2, 3, 4}, "A1", "B1"},
    {"exponents", "1e2,-2.5E-1\n", 1, 2, {100, -0.25}, "A1", "B1"},
    {"one number", "7", 1, 1, {7}, "A1", "B1"},
    {"one column", "1\n2\n3\n", 3, 1, {1, 2, 3}, "A1", "B1"},
    {"the largest", "1000000000,-1e9\n", 1, 2, {1e9, -1e9}, "A1", "B1"},
    {"letters of all kinds", "Πέτρα,1,2\n紙,3,4\n", 2, 2, {1, 2, 3, 4}, "Πέτρα", "B1"},
    {"a column without a name", ",left,\nup,1,2\n", 1, 2, {1, 2}, "up", "left"},
};

static void
test_good_files (void)
{
  for (const Good *g = good; g < good + G_N_ELEMENTS (good); g++) {
    LimenPayoff game;
    g_autoptr (GError) error = NULL;
    parse (g->text, &game, &error);
    g_test_message ("%s", g->what);
    g_assert_no_error (error);
    g_assert_true (limen_payoff_check (&game, NULL));
    g_assert_cmpuint (game.rows, ==, g->rows);
    g_assert_cmpuint (game.columns, ==, g->columns);
    assert_all_near (game.m, g->m, g->rows * g->columns, 0);
    g_assert_cmpstr (game.row_name[0], ==, g->row);
    g_assert_cmpstr (game.column_name[0], ==, g->column);
    for (guint i = 0; i < game.rows; i++)
      g_assert_cmpint (game.row_name[i][0], !=, 0);
    for (guint j = 0; j < game.columns; j++)
      g_assert_cmpint (game.column_name[j][0], !=, 0);
  }
}

static void
test_ten_by_ten (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  LimenPayoff game;
  g_autoptr (GError) error = NULL;
  for (guint i = 0; i < 100; i++)
    g_string_append_printf (text, i % 10 ? ",%u" : "\n“strategy” number one of %u,%u", i, i);
  parse (text->str, &game, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (game.rows, ==, 10);
  g_assert_cmpuint (game.columns, ==, 10);
  for (guint i = 0; i < 100; i++)
    g_assert_cmpfloat (game.m[i], ==, i);
  g_assert_true (g_utf8_validate (game.row_name[9], -1, NULL));
  g_assert_true (g_str_has_prefix (game.row_name[9], "“strategy” num"));
}

/* A long name ends where a letter ends. */
static void
test_long_names (void)
{
  LimenPayoff game;
  for (guint pad = 0; pad < 4; pad++) {
    g_autofree char *text = g_strdup_printf ("%.*s石石石石石石石石石石石石,1\n", pad, "xxx");
    g_assert_true (parse (text, &game, NULL));
    g_assert_true (g_utf8_validate (game.row_name[0], -1, NULL));
    g_assert_cmpuint (strlen (game.row_name[0]), >=, 20);
  }
}

/* -- bad files -- */

typedef struct {
  const char *what, *text, *part; /* of the message */
} Bad;

static const Bad bad[] = {
    {"text", "1,2\n3,four\n", "row 2 (“four”)"},
    {"text alone", "hello\n", "hello"},
    {"nan", "1,nan\n3,4\n", "not finite"},
    {"inf", "1,2\ninf,4\n", "not finite"},
    {"minus infinity", "1,-Infinity\n", "not finite"},
    {"by nothing", "1,1/0\n", "not finite"},
    {"nothing by nothing", "0/0,1\n", "not finite"},
    {"far too large", "1,2\n3,1e308\n", "beyond"},
    {"too large for a number", "1,1e999\n", "not finite"},
    {"a little too large", "1000000001,2\n", "beyond"},
    {"ragged", "1,2,3\n4,5\n", "row 2 (2) than before (3)"},
    {"ragged the other way", "1,2\n\n3,4,5\n", "row 3 (3) than before (2)"},
    {"a hole", "1,,3\n", "row 1"},
    {"eleven rows", "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n", "more than 10 rows"},
    {"eleven columns", "1,2,3,4,5,6,7,8,9,10,11\n", "more than 10 columns"},
    {"empty", "", "no row"},
    {"blank", "\n \n\t\n", "no row"},
    {"names only", ",rock,paper\n", "no row"},
    {"too few names", "a,b\n1,2,3\n", "2 names over 3 columns"},
    {"too many names", "a,b,c,d\n1,2\n", "4 names over 2 columns"},
    {"a name without payoffs", "a,b\nrock\n", "row 2"},
    {"decimal commas among points", "1,5;2\n3.5;4\n", "“1,5”"},
    {"decimal commas in the first row", "1,5;2,5\n3.1;4\n", "“1,5”"},
    {"decimal commas further on", "1.5\t2\n3\t−0,5\n", "row 2"},
    {"hexadecimal", "0x10,0x11\n1,0x1p3\n", "0x10"},
    {"hexadecimal further on", "1,2\n1,0x1p3\n", "0x1p3"},
    {"no UTF-8", "1,\xff\xfe\n", "row 1"},
    {"a picture", "\x89PNG\r\n\x1a\n1,2,\x01\x02\n", "row"},
};

static void
test_bad_files (void)
{
  for (const Bad *b = bad; b < bad + G_N_ELEMENTS (bad); b++) {
    LimenPayoff game;
    g_autoptr (GError) error = NULL;
    if (parse (b->text, &game, &error))
      g_error ("%s was read", b->what);
    g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_FORMAT);
    assert_sentence (error, "game.csv");
    assert_sentence (error, b->part);
  }
}

static void
test_binary (void)
{
  static const char data[] = "1,2\n3,\0004\n";
  LimenPayoff game;
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, sizeof data - 1);
  g_autoptr (GError) error = NULL;
  g_assert_false (limen_payoff_parse (bytes, "game.csv", &game, NULL, &error));
  g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_FORMAT);
  assert_sentence (error, "game.csv");
}

/* What a file says of itself takes no more room in a sentence than a line. */
static void
test_messages_are_short (void)
{
  static const char *const format[] = {"%s\n", "1,%s\n", "%s,b\n", "1,2,1e9%s\n", "2,1%s,2\n"};
  g_autofree char *much = g_strnfill (20000, '9');
  for (guint round = 0; round < 2 * G_N_ELEMENTS (format); round++) {
    LimenPayoff game;
    g_autoptr (GError) error = NULL;
    memset (much, round % 2 ? 'x' : '9', 20000);
    const char *const one[] = {much, NULL};
    g_auto (GStrv) part = g_strsplit (format[round / 2], "%s", 2);
    g_autofree char *text = g_strconcat (part[0], one[0], part[1], NULL);
    g_assert_false (parse (text, &game, &error));
    assert_sentence (error, "game.csv");
    g_assert_cmpuint (strlen (error->message), <, 250);
  }
}

static void
assert_not_loaded (const char *path, const char *name)
{
  LimenPayoff game;
  g_autoptr (GError) error = NULL;
  g_assert_false (limen_payoff_load (path, &game, NULL, &error));
  g_assert_nonnull (error);
  assert_sentence (error, name);
}

static void
test_files (void)
{
  g_autofree char *folder = make_folder ();
  const gsize size = (17 << 20);
  g_autofree char *large = g_strnfill (size, '\n');
  LimenPayoff game;
  g_autoptr (GError) error = NULL;
  g_autofree char *fine = write_file (folder, "fine.csv", "1,2\n3,4\n", 8);
  g_assert_true (limen_payoff_load (fine, &game, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpfloat (game.m[3], ==, 4);
  memcpy (large + size - 10, "1,2\n3,4\n", 8);
  g_autofree char *too_large = write_file (folder, "large.csv", large, size);
  assert_not_loaded (too_large, "large.csv");
  g_autofree char *empty = write_file (folder, "empty.csv", "", 0);
  assert_not_loaded (empty, "empty.csv");
  g_autofree char *missing = g_build_filename (folder, "missing.csv", NULL);
  assert_not_loaded (missing, "missing.csv");
  g_autofree char *base = g_path_get_basename (folder);
  assert_not_loaded (folder, base);
  remove_folder (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/payoff-file/numbers", test_numbers);
  g_test_add_func ("/payoff-file/good", test_good_files);
  g_test_add_func ("/payoff-file/ten-by-ten", test_ten_by_ten);
  g_test_add_func ("/payoff-file/long-names", test_long_names);
  g_test_add_func ("/payoff-file/bad", test_bad_files);
  g_test_add_func ("/payoff-file/binary", test_binary);
  g_test_add_func ("/payoff-file/messages-are-short", test_messages_are_short);
  g_test_add_func ("/payoff-file/files", test_files);
  return g_test_run ();
}
