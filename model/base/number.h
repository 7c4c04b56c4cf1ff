/* Numbers as people read them. */
#pragma once

#include <glib.h>

/**
 * limen_format_number: (transfer full): "−30 000", "0.25": a decimal point whatever the locale, thin
 * spaces between thousands, a real minus sign; "–" for NaN
 */
char *limen_format_number (double value, guint decimals);
