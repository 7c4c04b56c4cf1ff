/* Pickles of NumPy's arrays, as it writes them in each of its protocols. */
#pragma once

#include "model/data/image-pickle.h"
#include "tests/model/data-files.h"
#include "tests/model/torch-writer.h"

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"

#define SIDE  8
#define N     3
#define SIZE  (N * SIDE * SIDE)
#define PLANE (SIDE * SIDE)

static guint8 pixels[3 * SIZE]; /* 0, 7, 14, … modulo 256 */

static void
fill_pixels (void)
{
  for (guint i = 0; i < sizeof pixels; i++)
    pixels[i] = (guint8)(7 * i);
}

/* How NumPy's array is written */
typedef enum { PYTHON_2, LATIN_1, BYTES, BUFFER, N_WAYS } Way;

static void
numpy_dtype (GByteArray *pickle, const char *code, const char *order)
{
  torch_global (pickle, "numpy", "dtype");
  OP (pickle, "(");
  torch_text (pickle, code);
  OP (pickle, "K\0K\x01tR(K\x03");
  torch_text (pickle, order);
  OP (pickle, "NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\0tb");
}

static void
numpy_bytes (GByteArray *pickle, Way way, const guint8 *data, gsize n)
{
  if (way == LATIN_1) {
    g_autofree char *text =
        g_convert ((const char *)data, (gssize)n, "UTF-8", "ISO-8859-1", NULL, &n, NULL);
    torch_global (pickle, "_codecs", "encode");
    OP (pickle, "X");
    torch_number (pickle, n, 4);
    g_byte_array_append (pickle, (const guint8 *)text, (guint)n);
    torch_text (pickle, "latin1");
    OP (pickle, "\x86R");
    return;
  }
  OP (pickle, "q\x09"); /* something that is remembered, as pickle does all the time */
  if (way == PYTHON_2)
    OP (pickle, "T");
  else
    OP (pickle, "B");
  torch_number (pickle, n, 4);
  g_byte_array_append (pickle, data, (guint)n);
}

/* @shape: of @n_dims; @code: "u1", "f4", … */
static void
numpy_array (GByteArray *pickle, Way way, const char *code, const char *order, gboolean fortran,
             const gint64 *shape, guint n_dims, const void *data, gsize n)
{
  if (way == BUFFER) {
    torch_global (pickle, "numpy._core.numeric", "_frombuffer");
    OP (pickle, "(");
    OP (pickle, "\x96");
    torch_number (pickle, n, 8);
    g_byte_array_append (pickle, data, (guint)n);
    numpy_dtype (pickle, code, order);
    torch_integers (pickle, shape, n_dims);
    torch_text (pickle, fortran ? "F" : "C");
    OP (pickle, "tR");
    return;
  }
  torch_global (pickle, way == BYTES ? "numpy._core.multiarray" : "numpy.core.multiarray",
                "_reconstruct");
  OP (pickle, "(");
  torch_global (pickle, "numpy", "ndarray");
  OP (pickle, "K\0\x85U\x01"
              "btR(K\x01");
  torch_integers (pickle, shape, n_dims);
  numpy_dtype (pickle, code, order);
  g_byte_array_append (pickle, (const guint8 *)(fortran ? "\x88" : "\x89"), 1);
  numpy_bytes (pickle, way, data, n);
  OP (pickle, "tb");
}

static GByteArray *
pickle_begin (void)
{
  GByteArray *pickle = g_byte_array_new ();
  OP (pickle, "\x80\x02");
  return pickle;
}

/* @pickle is freed. */
static GBytes *
pickle_end (GByteArray *pickle)
{
  OP (pickle, ".");
  return g_byte_array_free_to_bytes (pickle);
}

#pragma GCC diagnostic pop
