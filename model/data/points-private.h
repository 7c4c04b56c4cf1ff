/* Points from bytes that stand for a file: for what feeds the reader with anything. */
#pragma once

#include "model/data/points.h"

/** limen_points_parse: as limen_points_load(), of @bytes; @path: as named in messages */
LimenPoints *
limen_points_parse (GBytes *bytes, const char *path, GCancellable *cancellable, GError **error);
