#include "model/data/npy.h"

#include <string.h>

#define MAX_HEADER (64 << 10)

/* A cursor in the header: what is left of it. */
typedef struct {
  const char *at, *end;
} Text;

/* Python literals */

static void
skip_blanks (Text *text)
{
  while (text->at < text->end && g_ascii_isspace (*text->at))
    text->at++;
}

static gboolean
accept (Text *text, const char *token)
{
  gsize n = strlen (token);
  skip_blanks (text);
  if ((gsize)(text->end - text->at) < n || memcmp (text->at, token, n) != 0)
    return FALSE;
  text->at += n;
  return TRUE;
}

/* A string without escapes; @out has room for 32 bytes, and longer ones are not of a known meaning.
 */
static gboolean
read_string (Text *text, char out[32])
{
  skip_blanks (text);
  char quote = text->at < text->end ? *text->at : 0;
  guint n = 0;
  if (quote != '\'' && quote != '"')
    return FALSE;
  for (text->at++; text->at < text->end && *text->at != quote; text->at++)
    if (*text->at == '\\' || n == 31)
      return FALSE;
    else
      out[n++] = *text->at;
  out[n] = 0;
  return accept (text, quote == '"' ? "\"" : "'");
}

static gboolean
read_dim (Text *text, guint64 *value)
{
  guint n_digits = 0;
  *value = 0;
  for (skip_blanks (text); text->at < text->end && g_ascii_isdigit (*text->at); text->at++) {
    if (!g_uint64_checked_mul (value, *value, 10) ||
        !g_uint64_checked_add (value, *value, (guint64)(*text->at - '0')))
      return FALSE;
    n_digits++;
  }
  accept (text, "L"); /* Python 2 wrote its long integers so */
  return n_digits > 0;
}

/* "()", "(3,)", "(3, 4)" or "(3, 4,)" */
static gboolean
read_shape (Text *text, LimenArray *array)
{
  if (!accept (text, "("))
    return FALSE;
  while (!accept (text, ")")) {
    if (array->n_dims == LIMEN_ARRAY_MAX_DIMS || !read_dim (text, &array->dims[array->n_dims]))
      return FALSE;
    array->n_dims++;
    if (!accept (text, ",")) {
      if (array->n_dims == 1 || !accept (text, ")"))
        return FALSE;
      break;
    }
  }
  return TRUE;
}

/* The header: a dictionary of descr, fortran_order and shape, each once, in any order. */
typedef struct {
  char descr[32];
  gboolean structured;
  guint seen;
} Header;

static gboolean
read_item (Text *text, Header *header, LimenArray *array)
{
  char key[32];
  guint which = 0;
  if (!read_string (text, key) || !accept (text, ":"))
    return FALSE;
  if (g_str_equal (key, "descr")) {
    which = 1;
    skip_blanks (text);
    header->structured = text->at < text->end && *text->at == '[';
    if (header->structured || !read_string (text, header->descr))
      return FALSE;
  } else if (g_str_equal (key, "fortran_order")) {
    which = 2;
    array->fortran = accept (text, "True");
    if (!array->fortran && !accept (text, "False"))
      return FALSE;
  } else if (g_str_equal (key, "shape")) {
    which = 4;
    if (header->seen & 4 || !read_shape (text, array))
      return FALSE;
  }
  if (which == 0 || header->seen & which)
    return FALSE;
  header->seen |= which;
  return TRUE;
}

static gboolean
read_header (Text text, Header *header, LimenArray *array)
{
  if (!accept (&text, "{"))
    return FALSE;
  while (!accept (&text, "}")) {
    if (!read_item (&text, header, array))
      return FALSE;
    if (!accept (&text, ",")) {
      if (!accept (&text, "}"))
        return FALSE;
      break;
    }
  }
  skip_blanks (&text);
  return header->seen == 7 && text.at == text.end;
}

/* Types */

static gboolean
find_type (const char *descr, LimenArray *array)
{
  array->big_endian = *descr == '>' || (*descr == '=' && G_BYTE_ORDER == G_BIG_ENDIAN);
  if (*descr && strchr ("<>|=", *descr))
    descr++;
  if (g_str_equal (descr, "?"))
    descr = "b1";
  array->type = limen_number_of_numpy (descr, strlen (descr));
  return array->type < LIMEN_N_NUMBER_TYPES;
}

static void
set_type_error (GError **error, const Header *header, const char *name)
{
  const char *what = "numbers of a kind that is not read";
  if (header->structured)
    what = "structures";
  else if (strchr (header->descr, 'O'))
    what = "Python objects, which only running code could restore";
  else if (strchr (header->descr, 'c'))
    what = "complex numbers";
  else if (strpbrk (header->descr, "SUaV"))
    what = "text or raw bytes";
  limen_fail (error, LIMEN_ERROR_FORMAT, "%s holds %s; save it as an array of uint8 or float32.",
              name, what);
}

static gboolean
set_damaged (GError **error, const char *name, const char *what)
{
  return limen_fail (error, LIMEN_ERROR_DAMAGED, "%s is damaged: %s; save or fetch it again.", name,
                     what);
}

/* Version 1 has a header length of 2 bytes, versions 2 and 3 one of 4. */
static gboolean
find_header (const guchar *data, gsize size, Text *text)
{
  gsize start, length;
  if (size < 12 || memcmp (data, "\x93NUMPY", 6) != 0 || data[6] < 1 || data[6] > 3)
    return FALSE;
  start = data[6] == 1 ? 10 : 12;
  length = data[8] | (gsize)data[9] << 8;
  if (data[6] > 1)
    length |= (gsize)data[10] << 16 | (gsize)data[11] << 24;
  if (length > MAX_HEADER || length > size - start)
    return FALSE;
  *text = (Text){(const char *)data + start, (const char *)data + start + length};
  return TRUE;
}

/* Needs the header only; @size may end there. */
static gboolean
parse_header (const guchar *data, gsize size, const char *name, LimenArray *array, GError **error)
{
  Header header = {0};
  Text text;
  *array = (LimenArray){0};
  if (!find_header (data, size, &text))
    return set_damaged (error, name, "its header is not one of an npy file, version 1 to 3");
  gboolean complete = read_header (text, &header, array);
  if (header.structured || (complete && !find_type (header.descr, array))) {
    set_type_error (error, &header, name);
    return FALSE;
  }
  if (!complete)
    return set_damaged (error, name, "its header does not give descr, fortran_order and shape");
  array->data = (const guchar *)text.end;
  return TRUE;
}

gboolean
limen_npy_parse_start (GBytes *start, guint64 file_size, const char *name, LimenArray *array,
                       GError **error)
{
  gsize size, n_bytes;
  const guchar *data = g_bytes_get_data (start, &size);
  if (!parse_header (data, size, name, array, error))
    return FALSE;
  gsize offset = (gsize)(array->data - data);
  guint64 left = file_size - offset;
  if (!limen_array_n_bytes (array, &n_bytes) || n_bytes > left) {
    g_autofree char *shape = limen_array_to_string (array);
    g_autofree char *what = g_strdup_printf (
        "its header announces %s, but %" G_GUINT64_FORMAT " bytes follow", shape, left);
    return set_damaged (error, name, what);
  }
  array->data = NULL;
  array->offset = (goffset)offset;
  array->size = n_bytes;
  return TRUE;
}

gboolean
limen_npy_parse (GBytes *bytes, const char *name, LimenArray *array, GError **error)
{
  if (!limen_npy_parse_start (bytes, g_bytes_get_size (bytes), name, array, error))
    return FALSE;
  array->data = (const guchar *)g_bytes_get_data (bytes, NULL) + array->offset;
  return TRUE;
}
