#include "model/pickle/names.h"

#include "model/base/text-table.h"

#include "limen-tables.h" /* generated from tables.gresource.xml */

/* A line of the table */
static LimenKnownName
known_of_line (const char *line)
{
  /* as LimenMeaning has them */
  static const char *const meanings[] = {"other",          "passed",        "dict",    "tensor",
                                         "first-argument", "call-of-first", "storage", "numbers",
                                         "array",          "buffer-array",  "dtype",   "encoded"};
  g_auto (GStrv) cell = g_strsplit (line, " ", 5);
  LimenKnownName known = {.module = g_intern_string (cell[1]), .name = g_intern_string (cell[2])};
  while (!g_str_equal (cell[0], meanings[known.meaning]))
    known.meaning++;
  if (cell[3]) {
    known.size = (guint)g_ascii_strtoull (cell[3], NULL, 10);
    known.what = g_intern_string (cell[4]);
    known.dtype = limen_number_of_name (known.what);
  }
  return known;
}

static const GArray *
all_known (void)
{
  static GArray *all;
  if (g_once_init_enter (&all)) {
    g_auto (GStrv) lines = limen_text_table (limen_tables_get_resource (), "names");
    GArray *read = g_array_new (FALSE, FALSE, sizeof (LimenKnownName));
    for (char **line = lines; *line; line++) {
      LimenKnownName known = known_of_line (*line);
      g_array_append_val (read, known);
    }
    g_once_init_leave (&all, read);
  }
  return all;
}

const LimenKnownName *
limen_known_name (const LimenPickleValue *module, const LimenPickleValue *name)
{
  const GArray *all = all_known ();
  for (guint i = 0; i < all->len && name->n > 0; i++) {
    const LimenKnownName *known = &g_array_index (all, LimenKnownName, i);
    if (name->text[0] == known->name[0] && limen_pickle_is_text (name, known->name) &&
        limen_pickle_is_text (module, known->module))
      return known;
  }
  return NULL;
}

/* Classes are named with a capital letter: such a file holds objects, not only their weights. */
gboolean
limen_refuse_name (const char *path, const char *advice, const LimenPickleValue *module,
                   const LimenPickleValue *name, GError **error)
{
  g_autofree char *shown_module = limen_printable (module->text, module->n);
  g_autofree char *shown_name = limen_printable (name->text, name->n);
  if (g_str_has_prefix (shown_module, "__torch__"))
    return limen_refuse (error, LIMEN_ERROR_UNSAFE, path,
                         "holds a program of TorchScript (%s.%s), which Limen never runs; %s",
                         shown_module, shown_name, advice);
  if (g_ascii_isupper (shown_name[0]))
    return limen_refuse (error, LIMEN_ERROR_UNSAFE, path,
                         "holds a Python object of class %s.%s, which Limen never builds; %s",
                         shown_module, shown_name, advice);
  return limen_refuse (error, LIMEN_ERROR_UNSAFE, path,
                       "asks Python to run %s.%s, which Limen never does; %s", shown_module,
                       shown_name, advice);
}
