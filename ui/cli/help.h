/* What --help prints. */
#pragma once

#include "ui/cli/command.h"

/** limen_print_help: of @command (nullable) or of @group (nullable), or else limen --help */
void limen_print_help (const LimenCommand *command, const char *group, FILE *stream);
