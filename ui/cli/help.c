#include "ui/cli/help.h"
#include "ui/cli/commands.h"

#include <string.h>

#define COLUMN 22

static void
print_option (const LimenOption *option, FILE *stream)
{
  g_auto (GStrv) lines = g_strsplit (option->help, "\n", 0);
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
    fprintf (stream, "       limen %s %s\n", (*c)->name, (*c)->usage);
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
      fprintf (stream, "%s limen %s %s\n", before, (*c)->name, (*c)->usage);
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
  fprintf (stream, "Usage: limen %s %s\n", command->name, command->usage);
  for (const LimenCommand *const *c = limen_commands; *c; c++)
    if (limen_command_is_of (*c, command->name))
      fprintf (stream, "       limen %s %s\n", (*c)->name, (*c)->usage);
  fprintf (stream, "\n%s\n\nOptions:\n", command->text);
  for (guint i = 0; i < command->n_options; i++)
    print_option (&command->options[i], stream);
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
