#include "ui/cli/cli.h"
#include "ui/cli/command-line.h"
#include "ui/cli/commands.h"
#include "ui/cli/help.h"

#include <string.h>

/* A word of letters that names no file: not something the window could open. */
static gboolean
is_like_a_command (const char *word)
{
  return g_ascii_isalpha (*word) && word[strspn (word, "abcdefghijklmnopqrstuvwxyz-")] == '\0' &&
         !g_file_test (word, G_FILE_TEST_EXISTS);
}

gboolean
limen_cli_wants (int argc, char **argv)
{
  const char *word = argc > 1 ? argv[1] : "";
  return limen_is_command_group (word) || (limen_command_find (word) && !strchr (word, ' ')) ||
         g_str_equal (word, "--help") || g_str_equal (word, "-h") ||
         g_str_equal (word, "--version") || is_like_a_command (word);
}

static gboolean
run (const LimenCommandLine *line, LimenTerminal *terminal, GError **error)
{
  if (line->version)
    limen_say (stdout, "limen %s", LIMEN_VERSION);
  else if (line->help || !line->command)
    limen_print_help (line->command, line->group, stdout);
  else if (!line->command->run (line->options.values, terminal, error))
    return FALSE;
  return limen_flush_output (error);
}

static int
fail_usage (const LimenCommandLine *line, const GError *error)
{
  const char *command = line->group ? line->group : line->command ? line->command->name : "";
  limen_say (stderr, "limen: %s", error->message);
  limen_say (stderr, "Try limen%s%s --help.", *command ? " " : "", command);
  return 2;
}

int
limen_cli_main (int argc, char **argv)
{
  LimenTerminal terminal;
  g_auto (LimenCommandLine) line = {0};
  g_autoptr (GError) error = NULL;
  limen_terminal_begin (&terminal);
  if (!limen_command_line_parse (&line, argc - 1, argv + 1, &error))
    return fail_usage (&line, error);
  return run (&line, &terminal, &error) ? 0 : limen_terminal_fail (&terminal, error);
}
