/* Cases of the function _limen_table in resources/completion/limen.bash. */
#include "told.h"

/* "detect --split": what a value may be */
static void
tell_value (const ToldCommand *told, const ToldOption *option, FILE *out)
{
  g_autofree char *words = told_words (option, " ");
  if (!option->value)
    return;
  fprintf (out, "    '%s %s') ", told->command->name, option->name);
  fprintf (out, "words='%s' files=%s many=%s list=%s ;;\n", words, option->files ? "yes" : "",
           option->many ? "yes" : "", option->list ? "yes" : "");
}

void
tell_bash (FILE *out)
{
  guint n;
  const ToldCommand *commands = told_commands (&n);
  for (const ToldCommand *c = commands; c < commands + n; c++) {
    fprintf (out, "    '%s') files=%s words='", c->command->name, c->takes_files ? "yes" : "");
    for (guint i = 0; i < c->n_options; i++)
      fprintf (out, "%s%s", i > 0 ? " " : "", c->options[i].name);
    fputs ("' ;;\n", out);
    for (guint i = 0; i < c->n_options; i++)
      tell_value (c, &c->options[i], out);
  }
  g_autoptr (GPtrArray) first = limen_command_first_words ();
  fputs ("    '') files=yes words='--help --version", out);
  for (guint i = 0; i < first->len; i++)
    fprintf (out, " %s", (char *)first->pdata[i]);
  fputs ("' ;;\n", out);
  for (guint i = 0; i < first->len; i++) {
    g_autoptr (GPtrArray) second = limen_command_second_words (first->pdata[i]);
    g_autofree char *words = g_strjoinv (" ", (char **)second->pdata);
    if (second->len > 0)
      fprintf (out, "    '%s +') words='%s' ;;\n", (char *)first->pdata[i], words);
  }
}
