/* The two files that torch.save has written: a zip (since 1.6), and before it pickles with numbers
 * behind them. */
#pragma once

#include "model/weights/checkpoint.h"
#include "model/weights/source.h"

LimenCheckpoint *limen_torch_zip_load (const LimenSource *source, GError **error);
LimenCheckpoint *limen_torch_legacy_load (const LimenSource *source, GError **error);
