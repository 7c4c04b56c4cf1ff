/* What every result in JSON is made of. */
#pragma once

#include "model/report/provenance.h"

#include <json-glib/json-glib.h>

/** limen_json_value: @value, or null where it is not a finite number */
void limen_json_value (JsonBuilder *json, double value);
void limen_json_number (JsonBuilder *json, const char *key, double value);
void limen_json_count (JsonBuilder *json, const char *key, gint64 count);
void limen_json_text (JsonBuilder *json, const char *key, const char *text);
void limen_json_flag (JsonBuilder *json, const char *key, gboolean flag);
/** limen_json_begin_object: of the member @key; json_builder_end_object() ends it */
void limen_json_begin_object (JsonBuilder *json, const char *key);
void limen_json_begin_array (JsonBuilder *json, const char *key);
/** limen_json_numbers: an array; @value: (n) */
void limen_json_numbers (JsonBuilder *json, const char *key, const double *value, guint n);
/** limen_json_file: members "file" and, where it is among @hashes (nullable), "sha256" */
void limen_json_file (JsonBuilder *json, GHashTable *hashes, const char *path);
/** limen_json_networks: members "network", which was taken, and "other_networks", where @networks
 * (nullable) of limen_nice_networks() are several */
void limen_json_networks (JsonBuilder *json, const char *const *networks);
/** limen_json_set: members "files", "n", "width", "height", "resampled", "inverted" where they
 * are, and "problems" of a set that has images; of photos a width or height that not all share is
 * null, and there is no "resampled" */
void limen_json_set (JsonBuilder *json, GHashTable *hashes, const LimenReportSet *set);
/** limen_json_to_text: (transfer full): all that was built, and a newline; a number is read back as
 * the same float64 by every reader of JSON (RFC 8259) */
char *limen_json_to_text (JsonBuilder *json);
