/* What is told: read back, and compared with what is known otherwise. */
#pragma once

#include "ui/study/told.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"

static const char *
told_value (const LimenTold *told, const char *key)
{
  for (char **pair = told->text; *pair; pair += 2)
    if (g_str_equal (pair[0], key))
      return pair[1];
  return NULL;
}

/* With all that is computed when it is needed */
static void
tell_now (LimenTold *told)
{
  g_autoptr (GError) error = NULL;
  LimenPicture picture = {0};
  g_assert_true (
      limen_told_fill_picture (told, limen_scheme (FALSE, FALSE), &picture, NULL, &error));
  g_assert_no_error (error);
}

/* The number that follows @word in @text, with whatever minus; NaN without @word */
static double
number_after (const char *text, const char *word)
{
  const char *at = text ? strstr (text, word) : NULL;
  if (!at)
    return NAN;
  g_autoptr (GString) plain = g_string_new (at + strlen (word));
  g_string_replace (plain, "−", "-", 0);
  return g_ascii_strtod (plain->str, NULL);
}

/* That @key names the file @path, and what it is */
static void
assert_file_told (const LimenTold *told, const char *key, const char *path)
{
  g_autofree char *bytes = NULL, *name = g_path_get_basename (path);
  gsize size;
  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  g_autofree char *hash =
      g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *)bytes, size);
  g_autofree char *line = g_strdup_printf ("%s  %s", hash, name);
  g_assert_cmpstr (told_value (told, key), ==, line);
}

/* That both say the same of the same, @except (nullable) one key of @a */
static void
assert_told_alike (const LimenTold *a, const LimenTold *b, const char *except)
{
  guint n = 0;
  for (char **pair = a->text; *pair; pair += 2) {
    if (g_strcmp0 (*pair, except) == 0)
      continue;
    g_assert_cmpstr (told_value (b, pair[0]), ==, pair[1]);
    n += 2;
  }
  g_assert_cmpuint (g_strv_length (b->text), ==, n);
}

/* (transfer full): the rows of a table, the headings first, each split at its commas */
static GPtrArray *
rows_of (const char *table)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify)g_strfreev);
  g_auto (GStrv) line = g_strsplit (table, "\n", -1);
  for (char **l = line; *l && **l; l++)
    g_ptr_array_add (rows, g_strsplit (g_strchomp (*l), ",", -1));
  return rows;
}

static const char *
cell (const GPtrArray *rows, guint row, guint column)
{
  g_assert_cmpuint (row, <, rows->len);
  char **cells = rows->pdata[row];
  g_assert_cmpuint (column, <, g_strv_length (cells));
  return cells[column];
}

static double
number_in (const GPtrArray *rows, guint row, guint column)
{
  const char *text = cell (rows, row, column);
  return *text ? g_ascii_strtod (text, NULL) : NAN;
}

#pragma GCC diagnostic pop
