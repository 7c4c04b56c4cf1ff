/* What torch.save wrote, in either format, becomes a table of tensors. */
#pragma once

#include "model/data/source.h"
#include "model/weights/checkpoint.h"

LimenCheckpoint *limen_torch_load (const LimenSource *source, GError **error);
