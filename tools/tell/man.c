/* A section of the manual for each command, in the macros of man(7). */
#include "told.h"

#include <string.h>

/* A hyphen that may be typed stays one, and no line begins with what a request begins with. */
static char *
escape (const char *text)
{
  GString *escaped = g_string_new (*text && strchr (".'", *text) ? "\\&" : "");
  for (; *text; text++) {
    if (*text == '\\')
      g_string_append (escaped, "\\e");
    else if (*text == '-')
      g_string_append (escaped, "\\-");
    else if (*text == '^' || *text == '~')
      g_string_append (escaped, *text == '^' ? "\\(ha" : "\\(ti");
    else
      g_string_append_c (escaped, *text);
  }
  return g_string_free (escaped, FALSE);
}

/* A usage breaks before an option only: blanks inside of brackets, and behind an option, hold. */
static void
tell_usage (const char *usage, FILE *out)
{
  g_autofree char *escaped = escape (usage);
  int depth = 0;
  fputs (".HP\n", out);
  for (const char *c = escaped; *c; c++) {
    depth += (*c == '[') - (*c == ']');
    gboolean holds =
        *c == ' ' && (depth > 0 || !(c[1] == '[' || g_str_has_prefix (c + 1, "\\-\\-")));
    if (holds && g_str_has_prefix (c + 1, "| "))
      holds = TRUE;
    fputs (holds ? "\\ " : (char[]){*c, 0}, out);
  }
  fputs ("\n", out);
}

static void
tell_option (const ToldOption *option, FILE *out)
{
  g_autofree char *name = escape (option->name), *about = escape (option->about),
                  *value = option->value ? escape (option->value) : NULL;
  if (value)
    fprintf (out, ".TP\n\\fB%s\\fR \\fI%s\\fR\n%s\n", name, value, about);
  else
    fprintf (out, ".TP\n\\fB%s\\fR\n%s\n", name, about);
}

void
tell_man (FILE *out)
{
  guint n;
  const ToldCommand *commands = told_commands (&n);
  for (const ToldCommand *c = commands; c < commands + n; c++) {
    g_autofree char *summary = escape (c->command->summary), *text = escape (c->text);
    fprintf (out, ".SS \"limen %s: %s\"\n", c->command->name, summary);
    for (guint i = 0; c->usages[i]; i++)
      tell_usage (c->usages[i], out);
    fprintf (out, ".PP\n%s\n", text);
    for (guint i = 0; i < c->n_options; i++)
      tell_option (&c->options[i], out);
  }
}
