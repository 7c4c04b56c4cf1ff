#include "model/base/random.h"
#include "model/data/points.h"
#include "model/data-files.h"

#include <math.h>

static LimenPoints *
load_text (const char *text, gsize size, GError **error)
{
  g_autofree char *folder = make_folder ();
  g_autofree char *path = write_file (folder, "some.csv", text, size);
  LimenPoints *points = limen_points_load (path, NULL, error);
  remove_folder (folder);
  return points;
}

/* -- files -- */

static void
test_ways_to_write_a_table (void)
{
  static const char *const tables[] = {
      "1,2.5,-3e2\n4,5,6\n",
      "1,2.5,-3e2\r\n4,5,6",
      "1,2.5,-3e2\r4,5,6\r",
      "1;2.5;-3e2\n4;5;6\n",
      "1;2,5;-3e2\n4;5;6\n",
      "1,0 2,5 -300,0\n4 5 6\n",
      "1\t2.5\t-3e2\n4\t5\t6\n",
      "1 2.5 -3e2\n4 5 6\n",
      "  1   2.5  -300  \n\n   4 5      6\n\n",
      " 1 ,\t+2.5 , -3E+2\n4,5,6\n",
      "x,y,z\n1,2.5,-3e2\n4,5,6\n",
      "\"x\",\"y\",\"z\"\n\"1\",\"2.5\",\"-300\"\n4,5,6\n",
      "# made by hand; in metres\n1,2.5,-300\n4,5,6\n",
      ("\xEF\xBB\xBF" /* not "\xBF1" */
       "1,2.5,-300\n4,5,6\n"),
      "\xEF\xBB\xBF\n\n größe;x;y\n1.0;2.50;-300.0\n4.;5;6\n",
  };
  const double expected[] = {1, 2.5, -300, 4, 5, 6};
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (LimenPoints) points = load_text (tables[i], strlen (tables[i]), &error);
    g_assert_no_error (error);
    g_assert_cmpstr (points->name, ==, "some.csv");
    g_assert_cmpuint (points->n, ==, 2);
    g_assert_cmpuint (points->d, ==, 3);
    g_assert_cmpmem (points->x, 6 * sizeof (double), expected, sizeof expected);
  }
}

typedef struct {
  const char *text;
  LimenError code;
  const char *says; /* the row, and what is wrong with it */
} Refusal;

static void
check_refusal (const char *text, gsize size, LimenError code, const char *says)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (load_text (text, size, &error));
  g_assert_error (error, LIMEN_ERROR, (int)code);
  assert_sentence (error, "some.csv");
  if (!strstr (error->message, says))
    g_error ("“%s” does not say “%s”", error->message, says);
}

static void
test_refusals (void)
{
  static const Refusal cases[] = {
      {"", LIMEN_ERROR_FORMAT, "no row of numbers"},
      {"\n\n \n", LIMEN_ERROR_FORMAT, "no row of numbers"},
      {"x,y\n", LIMEN_ERROR_FORMAT, "no row of numbers"},
      {"1,2\n", LIMEN_ERROR_FORMAT, "one row"},
      {"x,y\n1,2\n\n", LIMEN_ERROR_FORMAT, "one row"},
      {"1\n2\n3\n", LIMEN_ERROR_FORMAT, "one number in every row"},
      {"1,2\n3,four\n", LIMEN_ERROR_DAMAGED, "text in row 2 (“four”)"},
      {"x,y\nfoot,note\n1,2\n", LIMEN_ERROR_DAMAGED, "text in row 2 (“foot”)"},
      {"a,1,2\nb,3,4\n", LIMEN_ERROR_DAMAGED, "text in row 1 (“a”)"},
      {"1,2\n3,4x\n", LIMEN_ERROR_DAMAGED, "row 2 (“4x”)"},
      {"1,2\n3,0x10\n", LIMEN_ERROR_DAMAGED, "row 2 (“0x10”)"},
      {"1;2.5\n3,5;4\n", LIMEN_ERROR_DAMAGED, "row 2 (“3,5”)"},
      {"1,2\n\n\n3,4,5\n", LIMEN_ERROR_DAMAGED, "columns in row 4 (3) than before (2)"},
      {"1,2,3\n3,4\n", LIMEN_ERROR_DAMAGED, "columns in row 2 (2) than before (3)"},
      {"1,2\n3\n", LIMEN_ERROR_DAMAGED, "row 2"},
      {"1,2\n3,\n", LIMEN_ERROR_DAMAGED, "column 2 of row 2"},
      {"1,2\n,3\n", LIMEN_ERROR_DAMAGED, "column 1 of row 2"},
      {"1,2\n3,NaN\n", LIMEN_ERROR_DAMAGED, "row 2 that is not finite (NaN)"},
      {"nan,nan\n3,4\n", LIMEN_ERROR_DAMAGED, "row 1 that is not finite"},
      {"1,2\n3,-inf\n", LIMEN_ERROR_DAMAGED, "not finite (-inf)"},
      {"1,2\n3,4\n5,1e999\n", LIMEN_ERROR_DAMAGED, "row 3 that is not finite (1e999)"},
      {"\x89PNG\r\n\x1a\n", LIMEN_ERROR_FORMAT, "not a table"},
      {"\xff\xfe\xfd\n\xfc\xfb,\xfa\n", LIMEN_ERROR_FORMAT, "not a table"},
      {"\xfd\n\xfc\xfb,\xfa\n", LIMEN_ERROR_FORMAT, "no row of numbers"},
      {"1,2\n3,4\x01\n", LIMEN_ERROR_FORMAT, "not a table"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    check_refusal (cases[i].text, strlen (cases[i].text), cases[i].code, cases[i].says);
}

static void
test_refuses_bytes_that_are_no_text (void)
{
  static const char sixteen_bits[] = "\xff\xfe" /* as some spreadsheets write it */
                                     "1\0,\0"
                                     "2\0\n\0"
                                     "3\0,\0"
                                     "4\0\n\0";
  check_refusal ("1,2\n3,\0"
                 "4\n",
                 9, LIMEN_ERROR_FORMAT, "not a table");
  check_refusal (sixteen_bits + 2, sizeof sixteen_bits - 3, LIMEN_ERROR_FORMAT, "not a table");
  g_autoptr (LimenPoints) wide = load_text (sixteen_bits, sizeof sixteen_bits - 1, NULL);
  g_assert_cmpuint (wide->n, ==, 2);
  g_assert_cmpfloat (wide->x[3], ==, 4);
  g_assert_cmpstr (wide->told, ==, "read as UTF-16");
  LimenRandom random = limen_random_stream (1, "garbage", 0);
  for (int round = 0; round < 50; round++) {
    g_autoptr (GError) error = NULL;
    char garbage[256];
    for (gsize i = 0; i < sizeof garbage; i++)
      garbage[i] = (char)limen_random_u32 (&random);
    g_assert_null (load_text (garbage, sizeof garbage, &error));
    assert_sentence (error, "some.csv");
  }
}

static void
test_refuses_a_long_field_in_a_short_sentence (void)
{
  g_autoptr (GString) text = g_string_new ("1,2\n3,");
  g_autoptr (GError) error = NULL;
  for (int i = 0; i < 100000; i++)
    g_string_append (text, "é\"");
  g_assert_null (load_text (text->str, text->len, &error));
  assert_sentence (error, "some.csv");
  g_assert_cmpuint (strlen (error->message), <, 300);
}

static GString *
make_table (guint rows, guint columns)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < rows; i++)
    for (guint j = 0; j < columns; j++)
      g_string_append (text, j + 1 < columns ? "7," : "7\n");
  return text;
}

static void
test_limits (void)
{
  const struct {
    guint rows, columns;
    const char *says;
  } cases[] = {
      {2, LIMEN_POINTS_MOST_COLUMNS, NULL},
      {2, LIMEN_POINTS_MOST_COLUMNS + 1, "64 columns"},
      {2, 100000, "64 columns"},
      {LIMEN_POINTS_MOST_ROWS, 2, NULL},
      {LIMEN_POINTS_MOST_ROWS + 1, 2, "1000000 rows"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    GString *text = make_table (cases[i].rows, cases[i].columns);
    g_autofree char *characters = g_string_free (text, FALSE);
    if (cases[i].says) {
      check_refusal (characters, strlen (characters), LIMEN_ERROR_UNSAFE, cases[i].says);
      continue;
    }
    g_autoptr (GError) error = NULL;
    g_autoptr (LimenPoints) points = load_text (characters, strlen (characters), &error);
    g_assert_no_error (error);
    g_assert_cmpuint (points->n, ==, cases[i].rows);
    g_assert_cmpuint (points->d, ==, cases[i].columns);
    g_assert_cmpfloat (points->x[(gsize)points->n * points->d - 1], ==, 7);
  }
}

static void
test_no_file (void)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (limen_points_load ("/nowhere/some.csv", NULL, &error));
  g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_UNREADABLE);
  assert_sentence (error, "some.csv");
}

static void
test_cancel (void)
{
  g_autofree char *folder = make_folder ();
  g_autofree char *path = write_file (folder, "some.csv", "1,2\n3,4\n", 8);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_cancellable_cancel (cancellable);
  g_assert_null (limen_points_load (path, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  remove_folder (folder);
}

/* Labels tell points apart and are no coordinates, as where images are read from a table. */
static void
test_labels_are_left_out (void)
{
  static const struct {
    const char *text, *told;
  } tables[] = {
      {"a,b,label\n1,2,0\n3,4,1\n", "column “label” left out"},
      {"Label,a,b\n7,1,2\n5,3,4\n", "column “Label” left out"},
      {"a;class;b\n1;0;2\n3;1;4\n", "column “class” left out"},
      {"a,b,species\n1,2,setosa\n3,4,virginica\n", "column “species” left out"},
      {"target,a,b,cluster\nx,1,2,0\ny,3,4,0\n",
       "column “target” left out; column “cluster” left out"},
      {",a,b,label\n0,1,2,9\n1,3,4,8\n", "index column left out; column “label” left out"},
      {"a b label\n1 1 2 9\n2 3 4 8\n", "index column left out; column “label” left out"},
      {"a,label\n1,2\n3,4\n", NULL},
      {"a,b\n1,2\n3,4\n", NULL},
  };
  const double expected[] = {1, 2, 3, 4};
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (LimenPoints) points = load_text (tables[i].text, strlen (tables[i].text), &error);
    g_assert_no_error (error);
    g_assert_cmpuint (points->d, ==, 2);
    g_assert_cmpmem (points->x, 4 * sizeof (double), expected, sizeof expected);
    g_assert_cmpstr (points->told, ==, tables[i].told);
  }
}

/* What is left out before all others is called what it is. */
static void
test_the_first_column_is_called_what_it_is (void)
{
  static const struct {
    const char *text, *told;
  } tables[] = {
      {",a,b\n0.0,1,2\n1.0,3,4\n", "index column left out"},
      {";a;b\n3,0;1;2\n5,0;3;4\n", "index column left out"},
      {",a,b\n0.125,1,2\n0.5,3,4\n", "first column, which has no name, left out"},
      {",a,b\nann,1,2\n5,3,4\n", "column of names left out"},
      {"id,a,b\n1.0,1,2\n2.0,3,4\n", "index column left out"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++) {
    g_autoptr (LimenPoints) points = load_text (tables[i].text, strlen (tables[i].text), NULL);
    g_assert_nonnull (points);
    g_assert_cmpuint (points->d, ==, 2);
    g_assert_cmpfloat (points->x[2], ==, 3);
    g_assert_nonnull (strstr (points->told, tables[i].told));
  }
}

/* An editor may have taken the tabulator away; otherwise nobody knows what was meant. */
static void
test_an_empty_separator (void)
{
  static const char tabs[] = "sep=\n1\t2\n3\t4\n";
  g_autoptr (LimenPoints) points = load_text (tabs, strlen (tabs), NULL);
  g_assert_cmpuint (points->d, ==, 2);
  check_refusal ("sep=\n1,2\n3,4\n", 13, LIMEN_ERROR_FORMAT, "no separator behind it");
  check_refusal ("SEP=\r\n1;2\r\n3;4\r\n", 16, LIMEN_ERROR_FORMAT, "row 1");
  check_refusal ("\"sep=\"\n1,2\n3,4\n", 15, LIMEN_ERROR_FORMAT, "sep=");
}

/* -- made up -- */

static void
test_made_up_sets (void)
{
  guint n_names = 0;
  for (const char *const *name = limen_points_names (); *name; name++, n_names++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (LimenPoints) points = limen_points_builtin (*name, 4000, 3, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (points->name, ==, *name);
    g_assert_cmpuint (points->n, ==, 4000);
    g_assert_cmpuint (points->d, ==, g_str_equal (*name, "linear") ? 5 : 2);
    for (guint j = 0; j < points->d; j++) {
      double mean = 0, square = 0;
      for (gsize i = 0; i < points->n; i++) {
        double x = points->x[i * points->d + j];
        g_assert_cmpfloat (fabs (x), <, 8);
        mean += x / points->n;
        square += x * x / points->n;
      }
      g_assert_cmpfloat (fabs (mean), <, 0.7);
      g_assert_cmpfloat (sqrt (square), >, 0.5);
      g_assert_cmpfloat (sqrt (square), <, 2);
    }
  }
  g_assert_cmpuint (n_names, ==, 5);
}

/* A point depends on the seed and its number, not on how many are asked for. */
static void
test_seeds (void)
{
  for (const char *const *name = limen_points_names (); *name; name++) {
    g_autoptr (LimenPoints) a = limen_points_builtin (*name, 100, 5, NULL);
    g_autoptr (LimenPoints) b = limen_points_builtin (*name, 200, 5, NULL);
    g_autoptr (LimenPoints) c = limen_points_builtin (*name, 100, 6, NULL);
    gsize size = 100 * a->d * sizeof (double);
    g_assert_cmpmem (a->x, size, b->x, size);
    g_assert_true (memcmp (a->x, c->x, size) != 0);
  }
}

/* The ring has a hole; the moons bend around each other's ends. */
static void
test_shapes (void)
{
  g_autoptr (LimenPoints) ring = limen_points_builtin ("ring", 1000, 1, NULL);
  g_autoptr (LimenPoints) moons = limen_points_builtin ("two-moons", 2000, 1, NULL);
  guint upper = 0;
  for (gsize i = 0; i < ring->n; i++)
    g_assert_cmpfloat (hypot (ring->x[2 * i], ring->x[2 * i + 1]), >, 1);
  for (gsize i = 0; i < moons->n; i++) {
    double across = moons->x[2 * i] / 1.4 + 0.5, up = moons->x[2 * i + 1] / 1.4 + 0.25;
    double to_upper = fabs (hypot (across, up) - 1);
    double to_lower = fabs (hypot (across - 1, up - 0.5) - 1);
    g_assert_cmpfloat (MIN (to_upper, to_lower), <, 0.5);
    upper += to_upper < to_lower;
  }
  g_assert_cmpuint (upper, >, 900);
  g_assert_cmpuint (upper, <, 1100);
}

static void
test_refuses_unknown_names_and_sizes (void)
{
  const struct {
    const char *name;
    guint n;
  } cases[] = {{"three-moons", 10},
               {"", 10},
               {"ring", 0},
               {"ring", 1},
               {"ring", LIMEN_POINTS_MOST_ROWS + 1}};
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (limen_points_builtin (cases[i].name, cases[i].n, 1, &error));
    g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_ARGUMENT);
    assert_sentence (error, cases[i].name);
  }
}

/* A copy has its own of everything, or the second to be freed takes what is gone. */
static void
test_a_copy_outlives_its_original (void)
{
  const char text[] = "id,x,y\n0,0.5,1\n1,1.5,2\n2,2.5,4\n";
  g_autoptr (GError) error = NULL;
  LimenPoints *points = load_text (text, sizeof text - 1, &error);
  g_assert_no_error (error);
  g_assert_nonnull (points->told);
  points->read_as = g_strdup ("read as 0–255");
  g_autoptr (LimenPoints) copy = limen_points_copy (points);
  g_autofree char *told = g_strdup (points->told);
  limen_points_free (points);
  g_assert_cmpstr (copy->name, ==, "some.csv");
  g_assert_cmpstr (copy->told, ==, told);
  g_assert_cmpstr (copy->read_as, ==, "read as 0–255");
  g_assert_cmpuint (copy->n, ==, 3);
  g_assert_cmpfloat (copy->x[5], ==, 4);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/points/copy", test_a_copy_outlives_its_original);
  g_test_add_func ("/file/ways-to-write", test_ways_to_write_a_table);
  g_test_add_func ("/file/labels", test_labels_are_left_out);
  g_test_add_func ("/file/first-column", test_the_first_column_is_called_what_it_is);
  g_test_add_func ("/file/empty-separator", test_an_empty_separator);
  g_test_add_func ("/file/refusals", test_refusals);
  g_test_add_func ("/file/no-text", test_refuses_bytes_that_are_no_text);
  g_test_add_func ("/file/long-field", test_refuses_a_long_field_in_a_short_sentence);
  g_test_add_func ("/file/limits", test_limits);
  g_test_add_func ("/file/none", test_no_file);
  g_test_add_func ("/file/cancel", test_cancel);
  g_test_add_func ("/made-up/sets", test_made_up_sets);
  g_test_add_func ("/made-up/seeds", test_seeds);
  g_test_add_func ("/made-up/shapes", test_shapes);
  g_test_add_func ("/made-up/refusals", test_refuses_unknown_names_and_sizes);
  return g_test_run ();
}
