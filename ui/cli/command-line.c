#include "ui/cli/command-line.h"
#include "ui/cli/commands.h"
#include "ui/cli/words.h"

#include <string.h>

static gboolean
is_help (const char *word)
{
  return g_str_equal (word, "--help") || g_str_equal (word, "-h");
}

static const char *
closest (const char *word, const GPtrArray *known)
{
  return limen_closest_word (word, (const char *const *)known->pdata, known->len);
}

/* Into @line; how many of the words it is: "bound", "prior train", "game", "game solve" */
static int
find_command (LimenCommandLine *line, int n, char *const *words)
{
  const char *first = n > 0 ? words[0] : "", *second = n > 1 ? words[1] : "";
  line->command = strchr (first, ' ') ? NULL : limen_command_find (first);
  if (!limen_is_command_group (first))
    return 1;
  g_autofree char *name = g_strjoin (" ", first, second, NULL);
  g_autoptr (GPtrArray) members = limen_command_second_words (first);
  const LimenCommand *member = limen_command_find (name);
  if (!member && line->command && !closest (second, members))
    return 1;
  line->command = member;
  line->group = member ? NULL : first;
  return 2;
}

/* @word: (nullable): behind the name of a group */
static gboolean
refuse_member (const char *group, const char *word, GError **error)
{
  g_autoptr (GPtrArray) members = limen_command_second_words (group);
  g_autofree char *list = g_strjoinv (" or ", (char **)members->pdata);
  if (!word || limen_is_option_word (word))
    return limen_option_refuse (error, "limen", "%s needs a second word: %s.", group, list);
  const char *meant = closest (word, members);
  if (meant)
    return limen_option_refuse (error, word, "is no command of limen %s; did you mean limen %s %s?",
                                group, group, meant);
  return limen_option_refuse (error, word, "is no command of limen %s; choose %s.", group, list);
}

static gboolean
refuse_command (const char *word, GError **error)
{
  g_autoptr (GPtrArray) known = limen_command_first_words ();
  g_autoptr (GString) list = g_string_new (NULL);
  const char *meant = closest (word, known);
  if (meant)
    return limen_option_refuse (error, word,
                                "is neither a command nor a file; did you mean limen %s?", meant);
  for (guint i = 0; i < known->len; i++)
    g_string_append_printf (list, "%s%s",
                            i == 0               ? ""
                            : i + 1 < known->len ? ", "
                                                 : " and ",
                            (const char *)known->pdata[i]);
  return limen_option_refuse (error, word, "is neither a command nor a file; the commands are %s.",
                              list->str);
}

gboolean
limen_command_line_parse (LimenCommandLine *line, int n, char *const *words, GError **error)
{
  g_return_val_if_fail (line != NULL, FALSE);
  const char *first = n > 0 ? words[0] : "--help";
  *line = (LimenCommandLine){.version = g_str_equal (first, "--version")};
  int n_words = find_command (line, n, words);
  for (int i = 0; i < n && !line->help && !g_str_equal (words[i], "--"); i++)
    line->help = is_help (words[i]); /* whatever else is wrong */
  if (line->version || line->help || n == 0)
    return TRUE;
  if (line->group)
    return refuse_member (line->group, n > 1 ? words[1] : NULL, error);
  if (!line->command)
    return refuse_command (first, error);
  return limen_options_read (&line->options, line->command, n - n_words, words + n_words, error);
}

void
limen_command_line_clear (LimenCommandLine *line)
{
  g_return_if_fail (line != NULL);
  limen_options_clear (&line->options);
}
