#include "model/data/idx.h"
#include "fuzz-array.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  parse_and_fit (limen_idx_parse, data, size);
  return 0;
}
