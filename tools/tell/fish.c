/* Lines of resources/completion/limen.fish: a "complete" for each command and option. */
#include "told.h"

#include <string.h>

/* In single quotes */
static char *
quote (const char *text)
{
  GString *quoted = g_string_new ("'");
  for (; *text; text++) {
    if (strchr ("'\\", *text))
      g_string_append_c (quoted, '\\');
    g_string_append_c (quoted, *text);
  }
  return g_string_free (g_string_append_c (quoted, '\''), FALSE);
}

static void
tell_option (const ToldCommand *told, const ToldOption *option, FILE *out)
{
  g_autofree char *brief = told_short (option), *about = quote (brief);
  g_autofree char *words = told_words (option, " ");
  fprintf (out, "complete -c limen -n '__limen_is \"%s\"' -l %s -d %s", told->command->name,
           option->name + strlen ("--"), about);
  if (option->value)
    fputs (option->files ? " -r -F" : " -x", out);
  if (*words && option->list)
    fprintf (out, " -a '(__fish_append , %s)'", words);
  else if (*words)
    fprintf (out, " -a '%s'", words);
  fputs ("\n", out);
}

/* @group: (nullable): whose second words are told; NULL: first words are */
static void
tell_group (const char *group, FILE *out)
{
  g_autoptr (GPtrArray) words =
      group ? limen_command_second_words (group) : limen_command_first_words ();
  for (guint i = 0; i < words->len; i++) {
    const char *word = words->pdata[i];
    g_autofree char *about = quote (told_summary (group, word));
    fprintf (out, "complete -c limen -n '__limen_follows limen%s%s' -a %s -d %s\n",
             group ? " " : "", group ? group : "", word, about);
  }
}

void
tell_fish (FILE *out)
{
  guint n;
  const ToldCommand *commands = told_commands (&n);
  g_autoptr (GPtrArray) first = limen_command_first_words ();
  fputs ("set -g __limen_commands", out);
  for (const ToldCommand *c = commands; c < commands + n; c++)
    fprintf (out, " '%s'", c->command->name);
  fputs ("\n\n", out);
  tell_group (NULL, out);
  for (guint i = 0; i < first->len; i++)
    if (limen_is_command_group (first->pdata[i]))
      tell_group (first->pdata[i], out);
  for (const ToldCommand *c = commands; c < commands + n; c++)
    for (guint i = 0; i < c->n_options; i++)
      tell_option (c, &c->options[i], out);
}
