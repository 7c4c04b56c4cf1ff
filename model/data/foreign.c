#include "model/data/foreign.h"

#include "model/base/text-table.h"

#include "limen-tables.h" /* generated from tables.gresource.xml */

#include <string.h>

#define CHOOSE "choose a file written by torch.save(model.state_dict(), …)"

/* A line of the table
 * @bytes: (@size): at @offset of the file; of what is known in another way its name, and @size is 0
 * @weights: (nullable): what to do where weights are wanted */
typedef struct {
  gsize offset, size;
  const char *bytes, *what, *to_do, *weights;
} Foreign;

static const char from_npz[] =
    "this line of Python makes a safetensors file of it: import numpy as np, safetensors.numpy as "
    "s; s.save_file(dict(np.load(FILE)), SAFE)";

/* The table */

static Foreign
foreign_of_line (const char *line)
{
  g_auto (GStrv) cell = g_strsplit (line, " | ", 4);
  Foreign foreign = {0,
                     0,
                     g_intern_string (cell[0]),
                     g_intern_string (cell[1]),
                     g_intern_string (cell[2]),
                     g_intern_string (cell[3])};
  char *bytes;
  if (!g_ascii_isdigit (cell[0][0]))
    return foreign;
  foreign.offset = g_ascii_strtoull (cell[0], &bytes, 10);
  bytes++;
  foreign.bytes = g_strcompress (bytes);
  for (; *bytes; bytes += *bytes == '\\' ? strlen ("\\ooo") : 1)
    foreign.size++; /* there may be zeros among them */
  return foreign;
}

static const GArray *
foreigners (void)
{
  static GArray *all;
  if (g_once_init_enter (&all)) {
    g_auto (GStrv) lines = limen_text_table (limen_tables_get_resource (), "foreign");
    GArray *read = g_array_new (FALSE, FALSE, sizeof (Foreign));
    for (char **line = lines; *line; line++) {
      Foreign foreign = foreign_of_line (*line);
      g_array_append_val (read, foreign);
    }
    g_once_init_leave (&all, read);
  }
  return all;
}

static const Foreign *
find_named (const char *name)
{
  const GArray *all = foreigners ();
  for (guint i = 0; i < all->len; i++) {
    const Foreign *foreign = &g_array_index (all, Foreign, i);
    if (foreign->size == 0 && g_str_equal (foreign->bytes, name))
      return foreign;
  }
  return NULL;
}

static const Foreign *
find_member (const char *member)
{
  g_autofree char *name = g_strconcat ("member ", member, NULL);
  return find_named (name);
}

/* What has no magic bytes */

/* Text that begins with a mark of HTML or SVG, maybe after blanks and a declaration of XML */
static const Foreign *
find_markup (const guchar *data, gsize size)
{
  g_autofree char *text = g_ascii_strdown ((const char *)data, (gssize)MIN (size, 512));
  char *start = g_strchug (text);
  if (g_str_has_prefix (start, "\xef\xbb\xbf"))
    start += 3;
  if (g_str_has_prefix (start, "<!doctype html") || g_str_has_prefix (start, "<html"))
    return find_named ("html");
  if (!g_str_has_prefix (start, "<?xml") && !g_str_has_prefix (start, "<!--"))
    return NULL;
  return find_named (strstr (start, "<svg") ? "svg" : strstr (start, "<html") ? "html" : "xml");
}

/* A protocol buffer: field 1 is the version of the format, field 2 the name of what wrote it (or 7,
 * the graph), as onnx.proto numbers them. */
static const Foreign *
find_onnx (const guchar *data, gsize size)
{
  if (size < 8 || data[0] != 0x08 || data[1] < 1 || data[1] > 32)
    return NULL;
  if (data[2] == 0x3a)
    return find_named ("onnx");
  if (data[2] != 0x12 || data[3] == 0 || data[3] > 64 || 4 + (gsize)data[3] >= size)
    return NULL;
  for (guint i = 0; i < data[3]; i++)
    if (!g_ascii_isprint (data[4 + i]))
      return NULL;
  return find_named ("onnx");
}

static const Foreign *
find (const guchar *data, gsize size)
{
  const GArray *all = foreigners ();
  for (guint i = 0; i < all->len; i++) {
    const Foreign *foreign = &g_array_index (all, Foreign, i);
    if (foreign->size > 0 && size >= foreign->offset + foreign->size &&
        memcmp (data + foreign->offset, foreign->bytes, foreign->size) == 0)
      return foreign;
  }
  const Foreign *markup = find_markup (data, size);
  return markup ? markup : find_onnx (data, size);
}

/* Sentences */

/* The last part of @name as a string of Python, with @ending (nullable) instead of its own */
static void
append_for_python (GString *text, const char *name, const char *ending)
{
  const char *member = g_strrstr (name, ": "), *slash = strrchr (name, '/');
  const char *start = MAX (member ? member + 2 : name, slash ? slash + 1 : name);
  const char *dot = strrchr (start, '.');
  gsize n = ending && dot && dot > start ? (gsize)(dot - start) : strlen (start);
  g_string_append_c (text, '"');
  for (gsize i = 0; i < n; i++) {
    if (start[i] == '"' || start[i] == '\\')
      g_string_append_c (text, '\\');
    g_string_append_c (text, start[i]);
  }
  g_string_append (text, ending ? ending : "");
  g_string_append_c (text, '"');
}

static char *
fill_in (const char *name, const char *what, const char *to_do)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_string_printf (text, "%s is %s, which Limen does not read%s; ", name, what,
                   to_do == from_npz ? " as weights" : "");
  static const struct {
    const char *word, *ending;
  } names[] = {{"FILE", NULL}, {"STEM", ""}, {"SAFE", ".safetensors"}};
  for (const char *at = to_do; *at;) {
    guint i = 0;
    while (i < G_N_ELEMENTS (names) && !g_str_has_prefix (at, names[i].word))
      i++;
    if (i < G_N_ELEMENTS (names))
      append_for_python (text, name, names[i].ending);
    else
      g_string_append_c (text, *at);
    at += i < G_N_ELEMENTS (names) ? 4 : 1;
  }
  g_string_append_c (text, '.');
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static const Foreign *
find_in (GBytes *bytes)
{
  gsize size;
  const guchar *data = g_bytes_get_data (bytes, &size);
  return size ? find (data, size) : NULL;
}

static char *
sentence (const Foreign *foreign, const char *name)
{
  return foreign ? fill_in (name, foreign->what, foreign->to_do) : NULL;
}

static char *
weights_sentence (const Foreign *foreign, const char *name)
{
  const char *to_do = foreign && foreign->weights ? foreign->weights : CHOOSE;
  return foreign ? fill_in (name, foreign->what, to_do) : NULL;
}

char *
limen_foreign_sentence (GBytes *bytes, const char *name)
{
  return sentence (find_in (bytes), name);
}

char *
limen_foreign_weights_sentence (GBytes *bytes, const char *name)
{
  return weights_sentence (find_in (bytes), name);
}

char *
limen_foreign_member_sentence (const char *member, const char *name)
{
  return sentence (find_member (member), name);
}

char *
limen_foreign_weights_member_sentence (const char *member, const char *name)
{
  if (g_str_has_suffix (member, ".npy"))
    return fill_in (name, "an npz", from_npz);
  return weights_sentence (find_member (member), name);
}

void
limen_set_foreign (GBytes *bytes, const char *name, const char *wanted, GError **error)
{
  g_autofree char *sentence = limen_foreign_sentence (bytes, name);
  if (sentence)
    limen_fail (error, LIMEN_ERROR_FORMAT, "%s", sentence);
  else
    limen_fail (error, LIMEN_ERROR_FORMAT, "%s is not %s; save it as PNG.", name, wanted);
}
