#include "ui/cli/help.h"

#include "model/base/text-table.h"
#include "ui/cli/commands.h"

#include "limen-cli.h" /* generated from cli.gresource.xml */

#include <string.h>

#define COLUMN 22

/* Returns: (transfer full) (nullable): what is said of @key, "usage", "text" or an option, in a
 * section of the table */
static char *
find_words (const char *section, const char *key)
{
  g_auto (GStrv) lines = limen_text_table (limen_cli_get_resource (), "help");
  g_autofree char *head = g_strdup_printf ("[%s]", section), *start = g_strconcat (key, " ", NULL);
  char **line = lines;
  while (!g_str_equal (*line, head))
    line++;
  for (line++; *line && **line != '[' && !g_str_has_prefix (*line, start);)
    line++;
  if (!*line || **line == '[')
    return NULL;
  GString *words = g_string_new (*line + strlen (start));
  for (line++; *line && **line == ' '; line++)
    g_string_append_printf (words, "\n%s", *line + 1);
  return g_string_free (words, FALSE);
}

/* @before: "Usage:" or as many blanks */
static void
print_usage (const char *before, const LimenCommand *command, FILE *stream)
{
  g_autofree char *usage = find_words (command->name, "usage");
  fprintf (stream, "%s limen %s %s\n", before, command->name, usage);
}

static void
print_option (const LimenCommand *command, const LimenOption *option, FILE *stream)
{
  g_autofree char *own = find_words (command->name, option->name);
  g_autofree char *shared = own ? NULL : find_words ("shared", option->name);
  g_auto (GStrv) lines = g_strsplit (own ? own : shared, "\n", 0);
  g_autofree char *name =
      g_strjoin (option->value ? " " : "", option->name, option->value ? option->value : "", NULL);
  gboolean fits = strlen (name) < COLUMN - 3;
  fprintf (stream, fits ? "  %-*s" : "  %-*s\n", fits ? COLUMN - 2 : 0, name);
  for (guint i = 0; lines[i]; i++)
    fprintf (stream, "%*s%s\n", fits && i == 0 ? 0 : COLUMN, "", lines[i]);
}

static void
print_summary (const LimenCommand *command, FILE *stream)
{
  fprintf (stream, "  %-*s%s\n", COLUMN - 2, command->name, command->summary);
}

static void
print_overview (FILE *stream)
{
  fputs ("Limen: explore deep generative models by eye and by number.\n\n"
         "Usage: limen [FILE...]              open a window, with these files\n",
         stream);
  for (const LimenCommand *const *c = limen_commands; *c; c++)
    print_usage ("      ", *c, stream);
  fputs ("       limen --version, --help, limen COMMAND --help\n\nCommands:\n", stream);
  for (const LimenCommand *const *c = limen_commands; *c; c++)
    print_summary (*c, stream);
  fputs ("\nExit status: 0; 1 when an input is refused or an output can't be written, with\n"
         "one sentence on standard error; 2 for wrong usage; 130 when interrupted.\n",
         stream);
}

static void
print_group (const char *group, FILE *stream)
{
  const char *before = "Usage:";
  for (const LimenCommand *const *c = limen_commands; *c; c++)
    if (limen_command_is_of (*c, group)) {
      print_usage (before, *c, stream);
      before = "      ";
    }
  fprintf (stream, "       limen %s COMMAND --help\n\nCommands:\n", group);
  for (const LimenCommand *const *c = limen_commands; *c; c++)
    if (limen_command_is_of (*c, group))
      print_summary (*c, stream);
}

static void
print_command (const LimenCommand *command, FILE *stream)
{
  g_autofree char *text = find_words (command->name, "text");
  print_usage ("Usage:", command, stream);
  for (const LimenCommand *const *c = limen_commands; *c; c++)
    if (limen_command_is_of (*c, command->name))
      print_usage ("      ", *c, stream);
  fprintf (stream, "\n%s\n\nOptions:\n", text);
  for (guint i = 0; i < command->n_options; i++)
    print_option (command, &command->options[i], stream);
}

void
limen_print_help (const LimenCommand *command, const char *group, FILE *stream)
{
  if (group)
    print_group (group, stream);
  else if (command)
    print_command (command, stream);
  else
    print_overview (stream);
}
