/* Tables as people have them: each way that programs write one is read as its author meant, or is
 * refused with the cell, its row and column. The same files are read as payoffs and as points. */
#include "model/data/points.h"
#include "model/data/table.h"
#include "model/data-files.h"
#include "model/game/payoff.h"
#include "model/random-game.h"

#include <math.h>

#define OTHER NAN /* after the last number */

static GBytes *
bytes_of (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

/* -- payoffs that are read -- */

/* @told: what is guessed; NULL: nothing is */
typedef struct {
  const char *what, *text;
  guint rows, columns;
  double m[9];
  const char *rows_named, *columns_named, *told;
} Game;

static const Game games[] = {
    {"pandas",
     ",0,1,2\n0,0,-1,1\n1,1,0,-1\n2,-1,1,0\n",
     3,
     3,
     {0, -1, 1, 1, 0, -1, -1, 1, 0},
     "0 1 2",
     "0 1 2",
     "first row and column read as names"},
    {"pandas with names",
     ",rock,paper\nrock,0,1\npaper,-1,0\n",
     2,
     2,
     {0, 1, -1, 0},
     "rock paper",
     "rock paper",
     NULL},
    {"pandas, read and written again",
     "Unnamed: 0,l,r\n0,1,2\n1,3,4\n",
     2,
     2,
     {1, 2, 3, 4},
     "0 1",
     "l r",
     "first column read as names"},
    {"pandas without the index",
     "0,1\n0.0,1.0\n-1.0,0.5\n",
     2,
     2,
     {0, 1, -1, 0.5},
     "0 1",
     "0 1",
     "first row read as names of columns"},
    {"R",
     "\"\",\"l\",\"r\"\n\"1\",1,2\n\"2\",3,4\n",
     2,
     2,
     {1, 2, 3, 4},
     "1 2",
     "l r",
     "first column read as names"},
    {"R without a corner",
     "\"l\" \"r\"\n\"up\" 1 2\n\"down\" 3 4\n",
     2,
     2,
     {1, 2, 3, 4},
     "up down",
     "l r",
     NULL},
    {"years are names",
     "strategy,2020,2021\n2020,1,-1\n2021,-1,1\n",
     2,
     2,
     {1, -1, -1, 1},
     "2020 2021",
     "2020 2021",
     "first row and column read as names"},
    {"years under another word",
     "year,2020,2021\n2020,1,-1\n2021,-1,1\n",
     2,
     2,
     {1, -1, -1, 1},
     "2020 2021",
     "2020 2021",
     "first row and column read as names"},
    {"numbers under a word for names",
     "strategy,l,r\n0,1,-1\n1,-1,1\n",
     2,
     2,
     {1, -1, -1, 1},
     "0 1",
     "l r",
     "first column read as names"},
    {"numbers under other words are payoffs",
     "l,m,r\n0,1,-1\n1,-1,1\n",
     2,
     3,
     {0, 1, -1, 1, -1, 1},
     "A1 A2",
     "l m r",
     NULL},
    {"a payoff that repeats one of the first row",
     "l,r\n1,-1\n-1,1\n",
     2,
     2,
     {1, -1, -1, 1},
     "l r",
     "l r",
     NULL},
    {"empty rows of a sheet",
     "Rock,Paper\n0,1\n-1,0\n,\n,\n",
     2,
     2,
     {0, 1, -1, 0},
     "Rock Paper",
     "Rock Paper",
     NULL},
    {"empty rows and columns around",
     ",,,\n,0,1,\n,,,\n,-1,0,\n",
     2,
     2,
     {0, 1, -1, 0},
     "A1 A2",
     "B1 B2",
     NULL},
    {"trailing separators", "0,1,\n-1,0,\n", 2, 2, {0, 1, -1, 0}, "A1 A2", "B1 B2", NULL},
    {"two of them, after semicolons",
     "l;r;;\n0;1;;\n-1;0;;\n",
     2,
     2,
     {0, 1, -1, 0},
     "l r",
     "l r",
     NULL},
    {"commas in quotation marks",
     "\"\",\"Up, hard\",\"Down\"\n\"Left, low\",1,-1\n\"Right\",-1,1\n",
     2,
     2,
     {1, -1, -1, 1},
     "Left,_low Right",
     "Up,_hard Down",
     NULL},
    {"quotation marks in quotation marks",
     "\"a \"\"b\"\"\",1\n\"c\",2\n",
     2,
     1,
     {1, 2},
     "a_\"b\" c",
     "B1",
     NULL},
    {"a line break in quotation marks",
     "\"two\nlines\",1\nc,2\n",
     2,
     1,
     {1, 2},
     "two_lines c",
     "B1",
     NULL},
    {"sep=", "sep=;\r\nA;B\r\n1;-1\r\n-1;1\r\n", 2, 2, {1, -1, -1, 1}, "A B", "A B", NULL},
    {"sep= in quotation marks", "\"sep=;\"\n1;2\n", 1, 2, {1, 2}, "A1", "B1 B2", NULL},
    {"SEP= of a tab", "SEP=\t\n1,5\t2\n", 1, 2, {1.5, 2}, "A1", "B1 B2", "decimal commas"},
    {"sep= after a mark", "\xEF\xBB\xBFsep=,\n1,2\n", 1, 2, {1, 2}, "A1", "B1 B2", NULL},
    {"bars", "a|b\n1|2\n3|4\n", 2, 2, {1, 2, 3, 4}, "a b", "a b", NULL},
    {"Markdown",
     "| a | b |\n|---|--:|\n| 1 | 2 |\n| 3 | 4 |\n",
     2,
     2,
     {1, 2, 3, 4},
     "a b",
     "a b",
     NULL},
    {"en dashes", "1,–1\n–1,1\n", 2, 2, {1, -1, -1, 1}, "A1 A2", "B1 B2", NULL},
    {"minus signs, hyphens and dashes",
     "−1,‐1\n—1,‑1\n",
     2,
     2,
     {-1, -1, -1, -1},
     "A1 A2",
     "B1 B2",
     NULL},
    {"a minus sign in an exponent", "1e−2,1E–1\n", 1, 2, {0.01, 0.1}, "A1", "B1 B2", NULL},
    {"decimal commas",
     "0,5;-1,25\n1;-1,5\n",
     2,
     2,
     {0.5, -1.25, 1, -1.5},
     "A1 A2",
     "B1 B2",
     "decimal commas"},
    {"decimal commas between tabs",
     "0,5\t-1,25\n1\t-1,5\n",
     2,
     2,
     {0.5, -1.25, 1, -1.5},
     "A1 A2",
     "B1 B2",
     "decimal commas"},
    {"decimal commas between blanks",
     "0,5 -1,25\n1 -1,5\n",
     2,
     2,
     {0.5, -1.25, 1, -1.5},
     "A1 A2",
     "B1 B2",
     "decimal commas"},
    {"decimal commas in quotation marks",
     "\"0,5\",\"-1,25\"\n1,2\n",
     2,
     2,
     {0.5, -1.25, 1, 2},
     "A1 A2",
     "B1 B2",
     "decimal commas"},
    {"decimal commas and points between thousands",
     "1.234,5;2.000\n",
     1,
     2,
     {1234.5, 2000},
     "A1",
     "B1 B2",
     "decimal commas; “1.234,5” is 1234.5; “2.000” is 2000"},
    {"three decimals, of which one has a 0 before it",
     "0,125;1,250\n",
     1,
     2,
     {0.125, 1.25},
     "A1",
     "B1 B2",
     "decimal commas"},
    {"three decimals after a point", "1.234;2.500\n", 1, 2, {1.234, 2.5}, "A1", "B1 B2", NULL},
    {"commas between thousands, and a decimal point",
     "\"1,234.5\",\"2,000\"\n",
     1,
     2,
     {1234.5, 2000},
     "A1",
     "B1 B2",
     "“1,234.5” is 1234.5; “2,000” is 2000"},
    {"millions", "1,234,567;2\n", 1, 2, {1234567, 2}, "A1", "B1 B2", "“1,234,567” is 1234567"},
    {"blanks between thousands",
     "1 234;2\xC2\xA0"
     "500;3\xE2\x80\xAF"
     "000\n",
     1,
     3,
     {1234, 2500, 3000},
     "A1",
     "B1 B2 B3",
     NULL},
    {"apostrophes between thousands", "1'234;2’500\n", 1, 2, {1234, 2500}, "A1", "B1 B2", NULL},
    {"fractions with decimal commas",
     "1/3;0,5\n",
     1,
     2,
     {1 / 3.0, 0.5},
     "A1",
     "B1 B2",
     "decimal commas"},
    {"no-break blanks around",
     "\xC2\xA0"
     "1\xC2\xA0,\xE2\x80\xAF"
     "2\n",
     1,
     2,
     {1, 2},
     "A1",
     "B1 B2",
     NULL},
    {"a title",
     "My game\n\n,l,r\nup,1,2\ndown,3,4\n",
     2,
     2,
     {1, 2, 3, 4},
     "up down",
     "l r",
     "row 1 (“My game”) passed over"},
    {"a title as wide as the sheet",
     "My game,,\n,l,r\nup,1,2\n",
     1,
     2,
     {1, 2},
     "up",
     "l r",
     "row 1 (“My game”) passed over"},
    {"remarks",
     "# made by hand, 2 × 2\nl,r\n# first\n1,2\n3,4\n",
     2,
     2,
     {1, 2, 3, 4},
     "l r",
     "l r",
     NULL},
    {"names with digits", "S1,1,2\nO2,3,4\n", 2, 2, {1, 2, 3, 4}, "S1 O2", "B1 B2", NULL},
    {"an O and an X", "O,1\nX,2\n", 2, 1, {1, 2}, "O X", "B1", NULL},
    {"CR", "a;b\r1;2\r", 1, 2, {1, 2}, "A1", "a b", NULL},
};

static void
assert_names (const char *what, const char (*name)[24], guint n, const char *expected)
{
  g_autoptr (GString) all = g_string_new (NULL);
  for (guint i = 0; i < n; i++) {
    g_autofree char *one = g_strdelimit (g_strdup (name[i]), " ", '_');
    g_string_append_printf (all, "%s%s", i > 0 ? " " : "", one);
  }
  if (!g_str_equal (all->str, expected))
    g_error ("%s: names are %s", what, all->str);
}

static void
test_games (void)
{
  for (const Game *g = games; g < games + G_N_ELEMENTS (games); g++) {
    LimenPayoff game;
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) bytes = bytes_of (g->text);
    g_autofree char *told = NULL;
    g_test_message ("%s", g->what);
    limen_payoff_parse (bytes, "game.csv", &game, &told, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (game.rows, ==, g->rows);
    g_assert_cmpuint (game.columns, ==, g->columns);
    assert_all_near (game.m, g->m, g->rows * g->columns, 0);
    assert_names (g->what, game.row_name, game.rows, g->rows_named);
    assert_names (g->what, game.column_name, game.columns, g->columns_named);
    if (g->told || !strstr (g->what, "thousands"))
      g_assert_cmpstr (told, ==, g->told);
    else
      g_assert_nonnull (strstr (told, "1234"));
  }
}

/* -- payoffs that are refused -- */

typedef struct {
  const char *what, *text, *cell, *place, *advice;
} Refusal;

static const Refusal refusals[] = {
    {"money before", "$3,1\n$0,2\n", "“$3”", "row 1", "the number alone"},
    {"money in the first row", "€3;€1\n0;2\n", "“€3”", "row 1", "the number alone"},
    {"money behind", "3 €;1\n0 €;2\n", "“3 €”", "column 1", "the number alone"},
    {"pounds, yen, rupees", "1,£2\n", "“£2”", "column 2", "the number alone"},
    {"a currency's letters", "EUR 3,1\nEUR 0,2\n", "“EUR 3”", "row 1", "the number alone"},
    {"its letters behind", "3USD,1\n0USD,2\n", "“3USD”", "row 1", "the number alone"},
    {"money under a heading", "strategy,l,r\n$3,1,2\n$0,2,3\n", "“$3”", "row 2",
     "the number alone"},
    {"money under an empty corner", ",l,r\n$3,1,2\n", "“$3”", "row 2", "the number alone"},
    {"money beside names", "up,$3\ndown,1\n", "“$3”", "column 2", "the number alone"},
    {"minus money", "-$3,1\n-$1,2\n", "“-$3”", "row 1", "the number alone"},
    {"percent", "300%,1\n0%,2\n", "“300%”", "row 1", "300 %"},
    {"percent after a blank", "1;50 %\n", "“50 %”", "column 2", "300 %"},
    {"percent over columns", ",10%,20%\nup,1,2\n", "“10%”", "column 2", "300 %"},
    {"a letter O", "3O,1\nO,2\n", "“3O”", "row 1", "for O"},
    {"an O before", "l,O.5\nr,0O\n", "“O.5”", "column 2", "for O"},
    {"O for 0, twice", "O,2\nO,3\n", "“O”", "row 1", "for O"},
    {"an l", "1l,2\n3,4\n", "“1l”", "row 1", "for O and l"},
    {"brackets", "(3),1\n2,4\n", "“(3)”", "row 1", "minus"},
    {"an ordinal", "1st,2\n2nd,3\n", "“1st”", "row 1", "plain words"},
    {"a time", "12:30,1\n2,3\n", "“12:30”", "row 1", "0.5"},
    {"a date", "2020-01-01,1\n2020-01-02,3\n", "“2020-01-01”", "row 1", "0.5"},
    {"a half", "½,1\n2,3\n", "“½”", "row 1", "0.5"},
    {"other digits", "٣,1\n٤,3\n", "“٣”", "row 1", "0.5"},
    {"a unit", "3 kg,1\n4 kg,2\n", "“3 kg”", "row 1", "0.5"},
    {"a spreadsheet's text", "'5,1\n'6,2\n", "“'5”", "row 1", "0.5"},
    {"about", "~5,1\n<6,2\n", "“~5”", "row 1", "0.5"},
    {"thousands of another kind", "\"1,00,000\",1\n2,3\n", "“1,00,000”", "row 1", "0.5"},
    {"a comma that may be either", "1,000;2,500\n3;4\n", "“1,000”", "row 1", "decimal point"},
    {"the same in quotation marks", "\"1,000\",2\n3,4\n", "“1,000”", "column 1", "decimal point"},
    {"both marks", "1,5;2.5\n3;4\n", "“1,5”", "row 1", "decimal point"},
    {"a name among numbers", "rock,1,2\n2,3,4\n", "“rock”", "row 1", "every row a name"},
    {"a number among names", "1,1,2\nrock,3,4\n", "“rock”", "row 2", "every row a name"},
    {"a missing value", "1,NA\n2,3\n", "“NA”", "column 2", "numbers"},
    {"a formula that failed", "1,#DIV/0!\n2,3\n", "“#DIV/0!”", "column 2", "numbers"},
    {"a sum below", "1,2\nTotal,\n", "“Total”", "row 2", "name"},
    {"two headings", "l,r\nm,m\n1,2\n", "“m”", "row 2", "number"},
    {"a hole", "1,2\n,3\n", "nothing", "column 1 of row 2", "fill it in"},
    {"more names", "a,b,c\n1,2\n3,4\n", "3 names", "2 columns", "one"},
    {"an open quotation mark", "a,\"b\n1,2\n", "quotation mark", "row 1", "close it"},
    {"a quotation mark within", "\"a\"b,1\n", "quotation mark", "row 1", "double"},
};

static void
test_refused_games (void)
{
  for (const Refusal *r = refusals; r < refusals + G_N_ELEMENTS (refusals); r++) {
    LimenPayoff game;
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) bytes = bytes_of (r->text);
    if (limen_payoff_parse (bytes, "game.csv", &game, NULL, &error))
      g_error ("%s was read", r->what);
    assert_sentence (error, "game.csv");
    if (!strstr (error->message, r->cell) || !strstr (error->message, r->place) ||
        !strstr (error->message, r->advice))
      g_error ("%s: %s", r->what, error->message);
  }
}

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
  g_test_add_func ("/csv/games", test_games);
  g_test_add_func ("/csv/refused-games", test_refused_games);
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
