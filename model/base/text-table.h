/* Tables that are built in as text. */
#pragma once

#include <glib.h>

/** limen_text_table: (transfer full): the lines of the table @name of tables.gresource.xml, without
 * empty ones and remarks, which begin with "#" */
char **limen_text_table (const char *name);
