#include "model/data/npy.h"
#include "fuzz-array.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  parse_and_fit (limen_npy_parse, data, size);
  return 0;
}
