/* Runs the built program and reads what it says in JSON. */
#pragma once

#include "run-limen.h"

#include <json-glib/json-glib.h>

/** run_well: with nothing on standard error, and status 0 */
RunResult run_well (const char *line);
/** run_json: (transfer full): its standard output */
JsonNode *run_json (const char *line);
/** node_at: (nullable): @path: "monte_carlo/5/mean", "files/0" */
JsonNode *node_at (JsonNode *root, const char *path);
/** number_at, text_at: what must be there, and not null */
double number_at (JsonNode *root, const char *path);
const char *text_at (JsonNode *root, const char *path);
gboolean is_null_at (JsonNode *root, const char *path);
/** value_at: @format: a path with a %u for @k */
double value_at (JsonNode *root, const char *format, guint k) G_GNUC_PRINTF (2, 0);
guint n_members (JsonNode *root, const char *path);
/** assert_estimates_agree: each monte_carlo with its vlb, within 4.5 standard errors; @k: (n) */
void assert_estimates_agree (JsonNode *root, const guint *k, guint n);
/** hash_of: (transfer full): SHA-256 of a file */
char *hash_of (const char *file);

/** assert_threads_do_not_matter: to what @line prints */
void assert_threads_do_not_matter (const char *line);
/** assert_refused: @line ends with status 1, one sentence that has @names in it, and neither r.json
 * nor p.png */
void assert_refused (const char *line, const char *names);
/** assert_signed: @line with a plot gives a PNG of the right size with something on it, and all of
 * @told in its text: NULL-terminated */
void assert_signed (const char *line, const char *const *told);
/** assert_interrupt_leaves_nothing: @line, interrupted after 0.4 s: status 130, and no file */
void assert_interrupt_leaves_nothing (const char *line);
