/* safetensors: the length of a JSON header, the header, and the numbers, each tensor in one piece.
 * Source: Hugging Face, safetensors, README.md, "Format". */
#pragma once

#include "model/weights/checkpoint.h"
#include "model/data/source.h"

LimenCheckpoint *limen_safetensors_load (const LimenSource *source, GError **error);
