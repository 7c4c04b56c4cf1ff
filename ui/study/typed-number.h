/* Numbers as people type them into fields. */
#pragma once

#include <glib.h>

/**
 * limen_typed_number: a number as the locale writes it, or as Limen does: "1200", "1 200" with any
 * blank, "1,200.5", "−5,5", "1/3", "1e-3", "2.5·10⁻²⁰".
 * @comma: whether the locale parts a number's whole from its fraction by a comma
 * @value: (out): finite
 * @told: (out) (optional) (nullable) (transfer full): a sentence on what was decided, where a
 * comma and a point make different numbers of it: "1,000" is what the locale says, "1.000" has a
 * decimal point, as Limen writes numbers, everywhere
 *
 * Returns: FALSE for what is no number; @value and @told are left alone then
 */
gboolean limen_typed_number (const char *text, gboolean comma, double *value, char **told);
