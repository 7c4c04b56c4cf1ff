/* What the tests of weights ask again and again. */
#pragma once

#include "model/weights/checkpoint.h"
#include "tests/model/tensor-doubles.h"

#include <string.h>

/* One sentence, on one line, that names the file. */
static inline void
assert_told (const char *message, const char *name)
{
  g_test_message ("%s", message);
  g_assert_nonnull (strstr (message, name));
  g_assert_true (g_str_has_suffix (message, "."));
  g_assert_null (strstr (message, ". "));
  g_assert_null (strchr (message, '\n'));
  g_assert_true (g_utf8_validate (message, -1, NULL));
}

/* @bytes is freed. */
static inline LimenCheckpoint *
assert_loads (GBytes *bytes)
{
  GError *error = NULL;
  LimenCheckpoint *checkpoint = limen_checkpoint_load_bytes (bytes, "net.pt", &error);
  g_assert_no_error (error);
  g_bytes_unref (bytes);
  return checkpoint;
}

/* @bytes is freed. */
static inline void
assert_refused (GBytes *bytes, LimenError code, const char *part)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LimenCheckpoint) checkpoint = limen_checkpoint_load_bytes (bytes, "net.pt", &error);
  g_assert_null (checkpoint);
  g_assert_error (error, LIMEN_ERROR, (int)code);
  assert_told (error->message, "net.pt");
  g_assert_nonnull (strstr (error->message, part));
  g_bytes_unref (bytes);
}

/* Whatever @bytes are, they are loaded or refused with a sentence, and every loaded number can be
 * read. */
static inline void
assert_loads_or_refused (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LimenCheckpoint) checkpoint = limen_checkpoint_load_bytes (bytes, "net.pt", &error);
  g_assert_true ((checkpoint == NULL) == (error != NULL));
  if (error)
    assert_told (error->message, "net.pt");
  for (guint i = 0; checkpoint && i < limen_checkpoint_n_tensors (checkpoint); i++) {
    const LimenTensor *tensor = limen_checkpoint_tensor (checkpoint, i);
    g_autofree double *values = g_new (double, limen_tensor_n_elements (tensor) + 1);
    tensor_to_doubles (tensor, values);
  }
}

static inline void
assert_tensor (const LimenCheckpoint *checkpoint, const char *name, const char *shape,
               const double *expected)
{
  const LimenTensor *tensor = limen_checkpoint_find (checkpoint, name);
  g_assert_nonnull (tensor);
  g_autofree char *text = limen_tensor_shape_text (tensor);
  gsize n = (gsize)limen_tensor_n_elements (tensor);
  g_autofree double *doubles = g_new (double, n + 1);
  g_autofree float *floats = g_new (float, n + 1);
  g_assert_cmpstr (text, ==, shape);
  tensor_to_doubles (tensor, doubles);
  limen_tensor_copy_floats (tensor, floats);
  for (gsize i = 0; i < n; i++) {
    g_assert_cmpfloat (doubles[i], ==, expected[i]);
    g_assert_cmpfloat (floats[i], ==, (float)expected[i]);
  }
}
