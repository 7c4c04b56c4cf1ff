/* limen inspect: tables of numbers. */
#pragma once

#include "ui/cli/terminal.h"

/** limen_is_named_like_table: of a file that is nothing known, whether a table is expected in it */
gboolean limen_is_named_like_table (const char *path);
/** limen_inspect_table: what its numbers are as points and as payoffs, and what was guessed */
gboolean
limen_inspect_table (const char *path, const char *shown, LimenTerminal *terminal, GError **error);
