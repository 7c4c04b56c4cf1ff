/* The words of the command line: which command they are for, and what they say to it. */
#pragma once

#include "ui/cli/options.h"

/**
 * LimenCommandLine:
 * @command: (nullable): NULL where only @help or @version is asked for, or there is no such command
 * @group: (nullable): the first word, "prior", where no command of that group follows
 * @options: of @command, where neither @help nor @version is asked for
 */
typedef struct {
  const LimenCommand *command;
  const char *group;
  gboolean help, version;
  LimenOptions options;
} LimenCommandLine;

/**
 * limen_command_line_parse:
 * @words: (n): those after the name of the program
 * @line: (out): to be cleared with limen_command_line_clear() in any case
 *
 * Looks at no file. Returns: FALSE with LIMEN_ERROR_ARGUMENT and one sentence.
 */
gboolean
limen_command_line_parse (LimenCommandLine *line, int n, char *const *words, GError **error);
void limen_command_line_clear (LimenCommandLine *line);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LimenCommandLine, limen_command_line_clear)
