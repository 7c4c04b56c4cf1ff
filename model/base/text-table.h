/* Tables that are built in as text. */
#pragma once

#include <gio/gio.h>

/** limen_text_table: (transfer full): the lines of the table @name in @resource, without empty ones
 * and remarks, which begin with "#" */
char **limen_text_table (GResource *resource, const char *name);
