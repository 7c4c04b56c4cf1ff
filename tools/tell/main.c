/* tell-commands LANGUAGE TEMPLATE: prints the template, where the line "@COMMANDS@" has become a
 * table of all commands and their options, and "@VERSION@" the version. Run when Limen is built, so
 * that completions and the manual know what the program knows. */
#include "told.h"

#include <stdlib.h>
#include <string.h>

static const struct {
  const char *language;
  void (*tell) (FILE *out);
} table[] = {{"bash", tell_bash}, {"zsh", tell_zsh}, {"fish", tell_fish}, {"man", tell_man}};

static int
fill (const char *path, void (*tell) (FILE *out))
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  if (!g_file_get_contents (path, &text, NULL, &error)) {
    fprintf (stderr, "tell-commands: %s\n", error->message);
    return EXIT_FAILURE;
  }
  g_auto (GStrv) lines = g_strsplit (g_strchomp (text), "\n", 0);
  for (guint i = 0; lines[i]; i++) {
    g_auto (GStrv) parts = g_strsplit (lines[i], "@VERSION@", 0);
    g_autofree char *line = g_strjoinv (LIMEN_VERSION, parts);
    if (g_str_equal (line, "@COMMANDS@"))
      tell (stdout);
    else
      printf ("%s\n", line);
  }
  return ferror (stdout) || fflush (stdout) ? EXIT_FAILURE : EXIT_SUCCESS;
}

int
main (int argc, char **argv)
{
  for (guint i = 0; argc == 3 && i < G_N_ELEMENTS (table); i++)
    if (g_str_equal (argv[1], table[i].language))
      return fill (argv[2], table[i].tell);
  fputs ("usage: tell-commands bash|zsh|fish|man TEMPLATE\n", stderr);
  return 2;
}
