/* Types of numbers in files of other programs, and what stands there. */
#pragma once

#include <glib.h>

/** LimenNumberType: those that are read, floats last; %LIMEN_N_NUMBER_TYPES stands for any other */
typedef enum {
  LIMEN_NUMBER_BOOL,
  LIMEN_NUMBER_U8,
  LIMEN_NUMBER_I8,
  LIMEN_NUMBER_U16,
  LIMEN_NUMBER_I16,
  LIMEN_NUMBER_U32,
  LIMEN_NUMBER_I32,
  LIMEN_NUMBER_U64,
  LIMEN_NUMBER_I64,
  LIMEN_NUMBER_F16,
  LIMEN_NUMBER_BF16,
  LIMEN_NUMBER_F32,
  LIMEN_NUMBER_F64,
  LIMEN_N_NUMBER_TYPES,
} LimenNumberType;

/** limen_number_name: "uint8" */
const char *limen_number_name (LimenNumberType type);
/** limen_number_of_name: the other way round */
LimenNumberType limen_number_of_name (const char *name);
/** limen_number_size: how many bytes one number takes */
gsize limen_number_size (LimenNumberType type);
/** limen_number_of_numpy: what NumPy writes as @code: (n): "u1", "f4" */
LimenNumberType limen_number_of_numpy (const char *code, gsize n);
/** limen_number_of_safetensors: what safetensors call @code: "U8", "F32" */
LimenNumberType limen_number_of_safetensors (const char *code);

/** limen_numbers_read: @out: (n): the numbers at @at, one every @stride numbers; unaligned */
void limen_numbers_read (LimenNumberType type, gboolean big_endian, const guchar *at, gsize stride,
                         gsize n, double *out);
