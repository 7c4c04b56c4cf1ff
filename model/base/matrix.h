/* Memory for the float32 matrices that BLAS and vector units work on. */
#pragma once

#include <glib.h>

/** limen_floats_new: returns: (transfer full): @n zeros, 64-byte aligned; free with free() */
float *limen_floats_new (gsize n);
