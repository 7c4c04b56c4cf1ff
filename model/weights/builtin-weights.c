#include "model/weights/builtin-weights.h"

#include "limen-weights.h" /* generated from weights.gresource.xml */
#include "model/data/builtin.h"

#include <string.h>

GBytes *
limen_builtin_weights (const char *path, GError **error)
{
  if (limen_builtin_what (path, error) == LIMEN_BUILTIN_UNKNOWN)
    return NULL;
  g_autofree char *resource =
      g_strdup_printf ("/io/github/limen_explorer/Limen/weights/%s.safetensors",
                       path + strlen (LIMEN_BUILTIN_PREFIX));
  GBytes *bytes = g_resource_lookup_data (limen_weights_get_resource (), resource,
                                          G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  if (!bytes) {
    g_autofree char *names = limen_builtin_names (LIMEN_BUILTIN_WEIGHTS);
    limen_fail (error, LIMEN_ERROR_FORMAT,
                "%s are images, not weights; choose a file, or one of %s.", path, names);
  }
  return bytes;
}
