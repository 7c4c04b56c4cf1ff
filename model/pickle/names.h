/* The names that a pickle may mention, and what they mean here. It is the list of PyTorch's
 * torch.load(weights_only=True), and what NumPy's arrays are made of; every other name is refused.
 */
#pragma once

#include "model/pickle/pickle.h"
#include "model/pickle/tensor.h"

/**
 * LimenMeaning: what a call of the name makes
 * @LIMEN_MEANS_OTHER: something Limen has no use for
 * @LIMEN_MEANS_PASSED: something that holds numbers in a form that is not read
 * @LIMEN_MEANS_DICT: a dictionary
 * @LIMEN_MEANS_TENSOR: a tensor, of (storage, offset, shape, strides, …)
 * @LIMEN_MEANS_FIRST_ARGUMENT: its first argument
 * @LIMEN_MEANS_CALL_OF_FIRST: what a call of its first argument with its third makes
 * @LIMEN_MEANS_STORAGE, @LIMEN_MEANS_NUMBERS: nothing: types of numbers
 * @LIMEN_MEANS_ARRAY: an array of NumPy, whose state follows
 * @LIMEN_MEANS_BUFFER_ARRAY: an array of NumPy, of (bytes, dtype, shape, order)
 * @LIMEN_MEANS_DTYPE: a type of numbers of NumPy
 * @LIMEN_MEANS_ENCODED: bytes, of a text
 */
typedef enum {
  LIMEN_MEANS_OTHER,
  LIMEN_MEANS_PASSED,
  LIMEN_MEANS_DICT,
  LIMEN_MEANS_TENSOR,
  LIMEN_MEANS_FIRST_ARGUMENT,
  LIMEN_MEANS_CALL_OF_FIRST,
  LIMEN_MEANS_STORAGE,
  LIMEN_MEANS_NUMBERS,
  LIMEN_MEANS_ARRAY,
  LIMEN_MEANS_BUFFER_ARRAY,
  LIMEN_MEANS_DTYPE,
  LIMEN_MEANS_ENCODED,
} LimenMeaning;

/**
 * LimenKnownName:
 * @dtype: of a type of numbers of @size bytes each; %LIMEN_N_NUMBER_TYPES for one that is not read
 * @what: of a type of numbers or of what is passed over: what it is called
 */
typedef struct {
  const char *module, *name;
  LimenMeaning meaning;
  LimenNumberType dtype;
  guint size;
  const char *what;
} LimenKnownName;

/** limen_known_name: (nullable): of the texts @module and @name */
const LimenKnownName *
limen_known_name (const LimenPickleValue *module, const LimenPickleValue *name);

/** limen_refuse_name: @advice: what to do, "save ..." Returns: FALSE, always. */
gboolean limen_refuse_name (const char *path, const char *advice, const LimenPickleValue *module,
                            const LimenPickleValue *name, GError **error);
