/* Payoffs as people have them: each way that programs write one is read as its author meant, or is
 * refused with the cell, its row and column. */
#include "model/data-files.h"
#include "model/game/payoff.h"
#include "model/random-game.h"
#include "model/table-bytes.h"

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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/csv/games", test_games);
  g_test_add_func ("/csv/refused-games", test_refused_games);
  return g_test_run ();
}
