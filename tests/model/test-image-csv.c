/* Tables of digits as people have them. */
#include "model/data/file-kind.h"
#include "model/data/image-set.h"
#include "model/data-files.h"

#include <math.h>

#define SIDE   8
#define PIXELS (SIDE * SIDE)
#define N      5

static guint
pixel (guint image, guint k)
{
  return k == 0 ? 0 : (image * 53 + k * 29) % 256;
}

/* How one table is written. @before, @after: what stands before and behind the pixels of row %u;
 * @format: of a pixel, which @scale multiplies */
typedef struct {
  const char *name, *start, *names, *before, *after, *separator, *end, *format;
  double scale;
  const char *note;
} Style;

static char *
names_of (const Style *style)
{
  GString *text = g_string_new (NULL);
  for (guint k = 0; k < PIXELS; k++)
    g_string_append_printf (text, "%s%s%u", k ? style->separator : "", style->names, k);
  return g_string_free (text, FALSE);
}

static char *
row_of (const Style *style, guint image)
{
  GString *text = g_string_new (NULL);
  for (guint k = 0; k < PIXELS; k++) {
    char digits[G_ASCII_DTOSTR_BUF_SIZE];
    g_ascii_formatd (digits, sizeof digits, style->scale == 1 ? "%.0f" : "%.9g",
                     pixel (image, k) * style->scale);
    g_auto (GStrv) parts = g_strsplit (digits, ".", 2);
    g_autofree char *number = g_strjoinv (strstr (style->format, ",") ? "," : ".", parts);
    g_autofree char *quoted = g_strdup_printf ("\"%s\"", number);
    g_string_append_printf (text, "%s%s", k ? style->separator : "",
                            strstr (style->format, "\"") ? quoted : number);
  }
  return g_string_free (text, FALSE);
}

static GString *
table_of (const Style *style)
{
  GString *text = g_string_new (style->start);
  if (style->names) {
    g_autofree char *names = names_of (style);
    g_string_replace (text, "NAMES", names, 0);
  }
  for (guint i = 0; i < N; i++) {
    g_autofree char *row = row_of (style, i), *label = g_strdup_printf ("%u", i);
    g_autofree char *line = g_strconcat (style->before, row, style->after, style->end, NULL);
    GString *labelled = g_string_new (line);
    g_string_replace (labelled, "LABEL", label, 0);
    g_string_append (text, labelled->str);
    g_string_free (labelled, TRUE);
  }
  return text;
}

static LimenImageSet *
load (const char *folder, const char *name, gconstpointer data, gsize size, const char *layout,
      GError **error)
{
  g_autofree char *path = write_file (folder, name, data, size);
  const char *const paths[] = {path, NULL};
  LimenImageSetOptions options = {0};
  if (layout)
    g_assert_true (limen_reading_set_layout (&options.reading, layout, NULL));
  return limen_image_set_load (paths, &options, NULL, NULL, error);
}

static void
assert_images (const LimenImageSet *set)
{
  float row[PIXELS];
  g_assert_cmpuint (limen_image_set_n_images (set), ==, N);
  g_assert_cmpuint (limen_image_set_width (set), ==, SIDE);
  g_assert_cmpuint (limen_image_set_height (set), ==, SIDE);
  for (guint i = 0; i < N; i++) {
    limen_image_set_copy_rows (set, i, 1, row);
    for (guint k = 0; k < PIXELS; k++)
      g_assert_cmpfloat_with_epsilon (row[k], (float)pixel (i, k) / 255.0f, 1e-6f);
  }
}

static const Style styles[] = {
    {"plain", "", NULL, "", "", ",", "\n", "", 1, NULL},
    {"no newline at the end", "", NULL, "", "", ",", "\n", "", 1, NULL},
    {"Kaggle", "label,NAMES\n", "pixel", "LABEL,", "", ",", "\n", "", 1, "left out: label."},
    {"Kaggle's test", "NAMES\n", "pixel", "", "", ",", "\n", "", 1, NULL},
    {"label last", "NAMES,label\n", "pixel", "", ",LABEL", ",", "\n", "", 1, "left out: label."},
    {"words as labels", "class,NAMES\n", "1x", "seven,", "", ",", "\n", "", 1, "left out: class."},
    {"id and label", "id,label,NAMES\n", "p", "LABEL,3,", "", ",", "\n", "", 1,
     "left out: id, label."},
    {"pandas", ",NAMES\n", "", "LABEL,", "", ",", "\n", "", 1, "the first, which has no name"},
    {"pandas without index", "NAMES\n", "", "", "", ",", "\n", "", 1, NULL},
    {"pandas and label", ",label,NAMES\n", "", "LABEL,2,", "", ",", "\n", "", 1, "no name, label."},
    {"R", "\"label\",NAMES\n", "V", "\"LABEL\",4,", "", ",", "\n", "", 1, "label, the first"},
    {"labels without names", "", NULL, "LABEL,", "", ",", "\n", "", 1, "The first of 65 columns"},
    {"labels at the end", "", NULL, "", ",LABEL", ",", "\n", "", 1, "The last of 65 columns"},
    {"mark, returns, semicolons", "\xef\xbb\xbf", NULL, "", "", ";", "\r\n", "", 1, NULL},
    {"decimal commas", "", NULL, "", "", ";", "\r\n", ",", 1 / 255.0, NULL},
    {"decimal commas and tabulators", "", NULL, "", "", "\t", "\n", ",", 1 / 255.0, NULL},
    {"0 to 1", "NAMES\n", "p", "", "", ",", "\n", "", 1 / 255.0, NULL},
    {"numpy.savetxt", "# a comment\n", NULL, "", "", " ", "\n", "", 1 / 255.0, NULL},
    {"many blanks", "", NULL, "  ", " ", "   ", "\n", "", 1, NULL},
    {"sep=", "sep=;\r\n", NULL, "", "", ";", "\r\n", "", 1, NULL},
    {"quotes", "\"label\",NAMES\n", "a", "\"LABEL\",", "", ",", "\n", "\"", 1, "label."},
    {"quotes and decimal commas", "", NULL, "", "", ";", "\n", "\",", 1 / 255.0, NULL},
    {"separators at the end", "NAMES,\n", "p", "", ",", ",", "\n", "", 1, NULL},
    {"separators at the end, no names", "", NULL, "", ",", ",", "\n", "", 1, NULL},
    {"empty rows", "\n\n;;;;\n", NULL, "", "", ",", "\n\n,,,,\n", "", 1, NULL},
};

static void
test_tables_as_people_have_them (void)
{
  g_autofree char *folder = make_folder ();
  for (guint i = 0; i < G_N_ELEMENTS (styles); i++) {
    GString *text = table_of (&styles[i]);
    g_autoptr (GError) error = NULL;
    gsize size = g_str_equal (styles[i].name, "no newline at the end") ? text->len - 1 : text->len;
    g_test_message ("%s", styles[i].name);
    g_autoptr (LimenImageSet) set = load (folder, "some.csv", text->str, size, NULL, &error);
    g_assert_no_error (error);
    assert_images (set);
    g_auto (GStrv) notes = limen_read_as_notes (limen_image_set_read_as (set, 0));
    g_autofree char *all = g_strjoinv ("\n", notes);
    if (styles[i].note)
      g_assert_nonnull (strstr (all, styles[i].note));
    else
      g_assert_cmpstr (all, ==, "");
    g_string_free (text, TRUE);
  }
  remove_folder (folder);
}

/* What a name is does not matter; packed, in an archive and in a folder it is the same. */
static void
test_tables_in_files_of_any_kind (void)
{
  g_autofree char *folder = make_folder ();
  GString *text = table_of (&styles[2]);
  g_autoptr (GBytes) plain = g_bytes_new (text->str, text->len);
  g_autoptr (GBytes) gzipped = gzip_bytes (text->str, text->len);
  const Member members[] = {{"train.csv", plain}, {NULL}};
  g_autoptr (GBytes) zip = make_archive ("zip", "none", members);
  const struct {
    const char *name;
    GBytes *bytes;
  } files[] = {
      {"a.txt", plain}, {"a.csv.gz", gzipped}, {"a.csv.zip", zip}, {"folder/a.csv", plain}};
  for (guint i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autoptr (GError) error = NULL;
    gsize size;
    gconstpointer data = g_bytes_get_data (files[i].bytes, &size);
    g_autoptr (LimenImageSet) set = load (folder, files[i].name, data, size, NULL, &error);
    g_assert_no_error (error);
    assert_images (set);
  }
  g_autofree char *inner = g_build_filename (folder, "folder", NULL);
  const char *const paths[] = {inner, NULL};
  g_autoptr (LimenImageSet) set = limen_image_set_load (paths, NULL, NULL, NULL, NULL);
  assert_images (set);
  g_string_free (text, TRUE);
  remove_folder (folder);
}

/* The name of pixel @k in a style of @what */
static char *
name_of (guint what, guint k)
{
  guint y = k / SIDE, x = k % SIDE;
  return what == 0   ? g_strdup_printf ("pixel%u", k)
         : what == 1 ? g_strdup_printf ("V%u", k + 1)
         : what == 2 ? g_strdup_printf ("%u", k)
         : what == 3 ? g_strdup_printf ("%ux%u", y + 1, x + 1)
         : what == 4 ? g_strdup_printf ("p_%u_%u", y, x)
         : what == 5 ? g_strdup_printf ("p%03u", k)
         : what == 6 ? g_strdup_printf ("p%u", k == 3 ? 999 : k) /* no order */
                     : g_strdup_printf ("%c%u", k % 2 ? 'a' : 'b', k);
}

/* Columns in @order: (PIXELS), between labels where @labels */
static LimenImageSet *
load_in_order (const char *folder, guint what, const guint *order, const char *layout,
               GError **error)
{
  g_autoptr (GString) text = g_string_new ("label");
  for (guint c = 0; c < PIXELS; c++) {
    g_autofree char *name = name_of (what, order[c]);
    g_string_append_printf (text, ",%s", name);
  }
  for (guint i = 0; i < N; i++) {
    g_string_append_printf (text, "\n%u", i % 3);
    for (guint c = 0; c < PIXELS; c++)
      g_string_append_printf (text, i == 3 ? ",%u.0" : ",%u", pixel (i, order[c]));
  }
  return load (folder, "some.csv", text->str, text->len, layout, error);
}

/* Whether the pixels are in their own order, or else in that of the columns */
static void
assert_order (const LimenImageSet *set, const guint *order)
{
  float row[PIXELS];
  g_assert_cmpuint (limen_image_set_n_images (set), ==, N);
  for (guint i = 0; i < N; i++) {
    limen_image_set_copy_rows (set, i, 1, row);
    for (guint k = 0; k < PIXELS; k++)
      g_assert_cmpfloat_with_epsilon (row[k], (float)pixel (i, order ? order[k] : k) / 255.0f,
                                      1e-6f);
  }
}

static int
compare_texts (gconstpointer a, gconstpointer b, gpointer names)
{
  char *const *all = names;
  return strcmp (all[*(const guint *)a], all[*(const guint *)b]);
}

/* Columns sorted by their names, as some programs write them, are pixels in another order. */
static void
test_names_tell_the_order (void)
{
  g_autofree char *folder = make_folder ();
  for (guint what = 0; what < 8; what++)
    for (guint kept = 0; kept < 2; kept++) {
      guint order[PIXELS];
      char *names[PIXELS + 1] = {NULL};
      gboolean tells = what < 6, sorted = what != 5;
      g_autoptr (GError) error = NULL;
      for (guint k = 0; k < PIXELS; k++) {
        order[k] = sorted ? k : PIXELS - 1 - k;
        names[k] = name_of (what, k);
      }
      if (sorted && what != 4) /* those of one digit are in order */
        g_qsort_with_data (order, PIXELS, sizeof (guint), compare_texts, names);
      else if (sorted)
        for (guint k = 0; k < PIXELS; k++)
          order[k] = (k * 5) % PIXELS;
      g_test_message ("%s: %s, %s", names[9], names[order[1]], names[order[2]]);
      g_autoptr (LimenImageSet) set =
          load_in_order (folder, what, order, kept ? "rows,label-first" : NULL, &error);
      g_assert_no_error (error);
      gboolean in_order = what == 3; /* of one digit, too */
      assert_order (set, tells ? NULL : order);
      g_auto (GStrv) notes = limen_read_as_notes (limen_image_set_read_as (set, 0));
      g_autofree char *all = g_strjoinv ("\n", notes);
      g_assert_cmpint (strstr (all, "put in it") != NULL, ==, tells && !in_order);
      for (guint k = 0; k < PIXELS; k++)
        g_free (names[k]);
    }
  remove_folder (folder);
}

/* One column after the other: such names rather say column and row, and the pixels stay. */
static void
test_names_of_columns_and_rows_change_nothing (void)
{
  g_autofree char *folder = make_folder ();
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  for (guint k = 0; k < PIXELS; k++)
    g_string_append_printf (text, "%s%ux%u", k ? "," : "", k % SIDE + 1, k / SIDE + 1);
  for (guint i = 0; i < N; i++)
    for (guint k = 0; k < PIXELS; k++)
      g_string_append_printf (text, "%s%u", k ? "," : "\n", pixel (i, k));
  g_autoptr (LimenImageSet) set = load (folder, "some.csv", text->str, text->len, NULL, &error);
  g_assert_no_error (error);
  assert_order (set, NULL);
  remove_folder (folder);
}

/* Labels are kept where they are asked for. */
static void
test_layouts_of_tables (void)
{
  g_autofree char *folder = make_folder ();
  GString *text = table_of (&styles[2]);
  g_autoptr (GError) error = NULL;
  g_autoptr (LimenImageSet) set =
      load (folder, "a.csv", text->str, text->len, "label-first", &error);
  g_assert_no_error (error);
  assert_images (set);
  g_autofree char *line = limen_read_as_line (limen_image_set_read_as (set, 0));
  g_assert_cmpstr (line, ==, "read as 0–255, 8 × 8 from rows of 65, behind a label");
  g_string_free (text, TRUE);
  remove_folder (folder);
}

/* @says: what the sentence says, NULL: the file is nothing known */
static void
test_what_is_no_table_is_refused (void)
{
#define SIXTEEN "9,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16"
  const struct {
    const char *text, *says;
  } cases[] = {
      {SIXTEEN "\n1,2,3\n", "line 2 has 3 columns where 16 were before"},
      {SIXTEEN "\n" SIXTEEN ",17\n", "line 2 has 17 columns where 16 were before"},
      {SIXTEEN "\n" SIXTEEN ",\n1,2\n", "line 3 has 2 columns"},
      {"0," SIXTEEN "\n0,1,,3,4,5,6,7,8,9,10,11,12,13,14,15,16\n", "nothing in column 3"},
      {"9," SIXTEEN "\n0,1,x,3,4,5,6,7,8,9,10,11,12,13,14,15,16\n", "“x” in column 3"},
      {"9," SIXTEEN "\n0,1,1O,3,4,5,6,7,8,9,10,11,12,13,14,15,16\n", "“1O” in column 3"},
      {"9," SIXTEEN "\n0,1,5%,3,4,5,6,7,8,9,10,11,12,13,14,15,16\n", "“5%” in column 3"},
      {"9," SIXTEEN "\n0,1,nan,3,4,5,6,7,8,9,10,11,12,13,14,15,16\n", "“nan” in column 3"},
      {"9," SIXTEEN "\n0,1,0x1,3,4,5,6,7,8,9,10,11,12,13,14,15,16\n", "“0x1” in column 3"},
      {"9," SIXTEEN "\n0,1,1e99,3,4,5,6,7,8,9,10,11,12,13,14,15,16\n", "“1e99” in column 3"},
      {"9,8,x,7,6,5,4,3,2,1,2,3,4,5,6,7,8\n" SIXTEEN "\n", "line 1 has “x” in column 3"},
      {"9,8,$5,7,6,5,4,3,2,1,2,3,4,5,6,7,8\n" SIXTEEN "\n", "line 1 has “$5” in column 3"},
      {"$1,$2,$3,$4,$5,$6,$7,$8,$9,$1,$1,$1,$1,$1,$1,$1,$1\n", "“$1” in column 1"},
      {"a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q\n", "no row of numbers"},
      {"1,2,3\n4,5,6\n", NULL},
      {"some words, and others\n", NULL},
  };
  g_autofree char *folder = make_folder ();
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (load (folder, "some.csv", cases[i].text, strlen (cases[i].text), NULL, &error));
    g_test_message ("%s", error->message);
    assert_sentence (error, "some.csv");
    g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_FORMAT);
    g_assert_nonnull (strstr (error->message, cases[i].says ? cases[i].says : "holds no images"));
  }
  remove_folder (folder);
}

/* Names, numbers and prose of one line: what is a table is decided by the beginning. */
static void
test_kinds_are_told_by_content (void)
{
  const struct {
    const char *text;
    LimenFileKind kind;
  } cases[] = {
      {SIXTEEN "\n", LIMEN_FILE_CSV},
      {SIXTEEN, LIMEN_FILE_CSV},
      {"\xef\xbb\xbfsep=,\n" SIXTEEN "\n", LIMEN_FILE_CSV},
      {"1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16\n", LIMEN_FILE_CSV},
      {"1,2,3,4,5,6,7,8,9,10,11,12,13,14,15\n", LIMEN_FILE_UNKNOWN},
      {"one two three four five six seven eight nine ten eleven twelve a b c d e\n",
       LIMEN_FILE_UNKNOWN},
      {"a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p\nand more prose of this kind follows here\n",
       LIMEN_FILE_UNKNOWN},
      {"", LIMEN_FILE_UNKNOWN},
      {"\n\n\n", LIMEN_FILE_UNKNOWN},
      {"#", LIMEN_FILE_UNKNOWN},
      {"1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,\001\n", LIMEN_FILE_UNKNOWN},
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GBytes) bytes = g_bytes_new_static (cases[i].text, strlen (cases[i].text));
    g_test_message ("%u", i);
    g_assert_cmpint (limen_file_kind_of_bytes (bytes), ==, cases[i].kind);
  }
}

/* One line without an end is refused at 16 MB, whatever follows. */
static void
test_endless_lines_are_refused (void)
{
  g_autofree char *folder = make_folder ();
  gsize size = (gsize)17 << 20;
  g_autofree char *text = g_malloc (size);
  for (gsize i = 0; i < size; i++)
    text[i] = i & 1 ? ',' : '7';
  g_autoptr (GError) error = NULL;
  g_assert_null (load (folder, "some.csv", text, size, NULL, &error));
  g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_UNSAFE);
  assert_sentence (error, "some.csv");
  g_assert_nonnull (strstr (error->message, "16 MB"));
  remove_folder (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/image-csv/names-tell-the-order", test_names_tell_the_order);
  g_test_add_func ("/image-csv/names-of-columns-and-rows-change-nothing",
                   test_names_of_columns_and_rows_change_nothing);
  g_test_add_func ("/image-csv/tables-as-people-have-them", test_tables_as_people_have_them);
  g_test_add_func ("/image-csv/in-files-of-any-kind", test_tables_in_files_of_any_kind);
  g_test_add_func ("/image-csv/layouts", test_layouts_of_tables);
  g_test_add_func ("/image-csv/what-is-no-table-is-refused", test_what_is_no_table_is_refused);
  g_test_add_func ("/image-csv/kinds-are-told-by-content", test_kinds_are_told_by_content);
  g_test_add_func ("/image-csv/endless-lines-are-refused", test_endless_lines_are_refused);
  return g_test_run ();
}
