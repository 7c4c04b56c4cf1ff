/* Functions that resources/completion/_limen calls: first words, second words, and what is behind.
 */
#include "told.h"

#include <string.h>

/* In single quotes; marks that _arguments and _describe read otherwise are escaped. */
static char *
escape (const char *text)
{
  GString *escaped = g_string_new (NULL);
  for (; *text; text++) {
    if (strchr ("[]:\\", *text))
      g_string_append_c (escaped, '\\');
    if (*text == '\'')
      g_string_append (escaped, "'\\''");
    else
      g_string_append_c (escaped, *text);
  }
  return g_string_free (escaped, FALSE);
}

/* How the values of @option are completed. */
static void
tell_action (const ToldOption *option, FILE *out)
{
  g_autofree char *words = told_words (option, " "), *escaped = escape (words);
  if (*words && option->files)
    fprintf (out, "{_files; compadd -- %s}", escaped);
  else if (*words && option->list)
    fprintf (out, "_sequence compadd - %s", escaped);
  else if (*words)
    fprintf (out, "(%s)", escaped);
  else
    fputs (option->files ? "_files" : " ", out);
}

static void
tell_option (const ToldOption *option, FILE *out)
{
  g_autofree char *brief = told_short (option), *about = escape (brief);
  fprintf (out, " \\\n      '%s%s%s[%s]", option->many ? "*" : "", option->name,
           option->value ? "=" : "", about);
  if (option->value) {
    g_autofree char *value = escape (option->value);
    fprintf (out, ":%s%s:", option->many ? "*-*:" : "", value);
    tell_action (option, out);
  }
  fputs ("'", out);
}

/* Each "word:what it is" of the group, or first words where @group is NULL */
static void
tell_group (const char *group, FILE *out)
{
  g_autoptr (GPtrArray) words =
      group ? limen_command_second_words (group) : limen_command_first_words ();
  for (guint i = 0; i < words->len; i++) {
    const char *word = words->pdata[i];
    g_autofree char *about = escape (told_summary (group, word));
    fprintf (out, " '%s:%s'", word, about);
  }
}

void
tell_zsh (FILE *out)
{
  guint n;
  const ToldCommand *commands = told_commands (&n);
  g_autoptr (GPtrArray) first = limen_command_first_words ();
  fputs ("_limen_first () {\n  reply=(", out);
  tell_group (NULL, out);
  fputs (" )\n}\n\n_limen_second () {\n  case $1 in\n", out);
  for (guint i = 0; i < first->len; i++)
    if (limen_is_command_group (first->pdata[i])) {
      fprintf (out, "    (%s) reply=(", (char *)first->pdata[i]);
      tell_group (first->pdata[i], out);
      fputs (" ) ;;\n", out);
    }
  fputs ("    (*) return 1 ;;\n  esac\n}\n\n_limen_behind () {\n  case $1 in\n", out);
  for (const ToldCommand *c = commands; c < commands + n; c++) {
    fprintf (out, "    ('%s') _arguments -S", c->command->name);
    for (guint i = 0; i < c->n_options; i++)
      tell_option (&c->options[i], out);
    fprintf (out, "%s ;;\n", c->takes_files ? " \\\n      '*:file:_files'" : "");
  }
  fputs ("    (*) return 1 ;;\n  esac\n}\n", out);
}
