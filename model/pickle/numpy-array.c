/* Source: NumPy, numpy/core/src/multiarray/methods.c, array_reduce() and array_setstate();
 * descriptor.c, arraydescr_reduce(). */
#include "model/pickle/numpy-array.h"

#include <string.h>

/* strchr() finds the zero that ends a string, too. */
static gboolean
is_one_of (char c, const char *characters)
{
  return c != '\0' && strchr (characters, c);
}

/* "u1", "<f4", "|b1": of dtype(code, …), and of its state (version, order of bytes, …) */
static const char *
read_dtype (const LimenPickleValue *dtype, LimenNumpyArray *array)
{
  const LimenPickleValue *arguments = dtype->of->items[0];
  const LimenPickleValue *state = dtype->of->n > 1 ? dtype->of->items[1] : NULL;
  const LimenPickleValue *code = arguments->n > 0 ? arguments->items[0] : NULL;
  if (!code || code->kind != LIMEN_PICKLE_TEXT || code->n < 2 || code->n > 3)
    return "holds numbers of a type that Limen does not read";
  const char *at = code->text, *end = at + code->n;
  const char order =
      state && state->n > 1 && state->items[1]->kind == LIMEN_PICKLE_TEXT && state->items[1]->n == 1
          ? state->items[1]->text[0]
          : '=';
  array->big_endian = order == '>' || (order == '=' && *at == '>');
  at += is_one_of (*at, "<>|=");
  array->type = limen_number_of_numpy (at, (gsize)(end - at));
  if (end - at == 2 && at[0] == 'O' && is_one_of (at[1], "1248"))
    return "holds Python objects";
  return array->type == LIMEN_N_NUMBER_TYPES ? "holds numbers of a type that Limen does not read"
                                             : NULL;
}

static gboolean
read_dims (const LimenPickleValue *shape, LimenNumpyArray *array)
{
  array->n_dims = shape->n;
  if (shape->kind != LIMEN_PICKLE_TUPLE || shape->n > G_N_ELEMENTS (array->dims))
    return FALSE;
  for (guint i = 0; i < shape->n; i++) {
    if (shape->items[i]->kind != LIMEN_PICKLE_INTEGER || shape->items[i]->integer < 0)
      return FALSE;
    array->dims[i] = (guint64)shape->items[i]->integer;
  }
  return TRUE;
}

const char *
limen_numpy_array (const LimenPickleValue *value, LimenNumpyArray *array)
{
  *array = (LimenNumpyArray){0};
  LimenPickleValue **items = value->of && value->of->n == 4 ? value->of->items : NULL;
  if (!items || !read_dims (items[0], array))
    return "has no possible shape";
  if (items[1]->kind != LIMEN_PICKLE_DTYPE)
    return "holds numbers of a type that Limen does not read";
  const char *flaw = read_dtype (items[1], array);
  array->fortran = (items[2]->kind == LIMEN_PICKLE_INTEGER && items[2]->integer) ||
                   limen_pickle_is_text (items[2], "F");
  array->data = items[3];
  return flaw;
}

static gboolean
get_n_bytes (const LimenNumpyArray *array, gsize *n)
{
  *n = limen_number_size (array->type);
  for (guint i = 0; i < array->n_dims; i++)
    if (array->dims[i] > G_MAXSIZE || !g_size_checked_mul (n, *n, array->dims[i]))
      return FALSE;
  return TRUE;
}

/* Characters up to U+00FF in UTF-8: one byte, or 110000xx 10xxxxxx. */
static GBytes *
decode_latin1 (const char *text, gsize n, gsize n_bytes)
{
  g_autofree guint8 *bytes = g_try_malloc (n_bytes + 1);
  gsize at = 0;
  for (gsize i = 0; bytes && i < n && at <= n_bytes; i++) {
    guint8 first = (guint8)text[i];
    if (first < 0x80)
      bytes[at++] = first;
    else if ((first & 0xfc) == 0xc0 && i + 1 < n && ((guint8)text[i + 1] & 0xc0) == 0x80)
      bytes[at++] = (guint8)(first << 6 | ((guint8)text[++i] & 0x3f));
    else
      return NULL;
  }
  return bytes && at == n_bytes ? g_bytes_new_take (g_steal_pointer (&bytes), n_bytes) : NULL;
}

GBytes *
limen_numpy_array_bytes (const LimenNumpyArray *array)
{
  gsize n;
  const LimenPickleValue *data = array->data;
  if (!get_n_bytes (array, &n) || n > 2 * (gsize)data->n)
    return NULL;
  if (data->kind == LIMEN_PICKLE_LATIN1)
    return decode_latin1 (data->text, data->n, n);
  if ((data->kind == LIMEN_PICKLE_TEXT || data->kind == LIMEN_PICKLE_BYTES) && data->n == n)
    return g_bytes_new_static (data->text, n);
  return NULL;
}
