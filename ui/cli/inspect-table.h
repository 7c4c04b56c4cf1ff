/* limen inspect: tables of numbers, and cases. */
#pragma once

#include "ui/cli/terminal.h"

/** limen_inspect_case: how many variables it has */
gboolean limen_inspect_case (const char *path, const char *shown, GError **error);
/** limen_inspect_table: what its numbers are as points and as payoffs, and what was guessed */
gboolean
limen_inspect_table (const char *path, const char *shown, LimenTerminal *terminal, GError **error);
