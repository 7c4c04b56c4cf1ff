/* JSON from anywhere. */
#pragma once

#include <json-glib/json-glib.h>

/**
 * limen_json_parse_object: (transfer full) (nullable): @json: @n bytes: one object, with nothing
 * but white space or a mark of UTF-8 around it, of at most @depth nested brackets
 *
 * json-glib calls itself for each level of brackets, so that a file of nothing else would use up
 * the stack, and it passes over what follows an object: both are refused here before it looks.
 */
JsonNode *limen_json_parse_object (const char *json, gsize n, guint depth);
