#include "told.h"

#include "model/bench/bench.h"
#include "model/data/builtin.h"
#include "model/data/points.h"
#include "model/game/dynamics.h"
#include "model/game/payoff.h"
#include "ui/cli/help.h"

#include <string.h>

/* -- the words of --help -- */

/* Returns: (transfer full): the lines of --help */
static char **
read_help (const LimenCommand *command)
{
  char *text = NULL;
  gsize length = 0;
  FILE *stream = open_memstream (&text, &length);
  limen_print_help (command, NULL, stream);
  fclose (stream);
  char **lines = g_strsplit (text, "\n", 0);
  free (text);
  return lines;
}

/* @line: behind what is there already, with a blank between; the blanks around it are no part. */
static void
join (char **whole, const char *line)
{
  g_autofree char *before = *whole, *stripped = g_strstrip (g_strdup (line));
  *whole = before && *before && *stripped ? g_strconcat (before, " ", stripped, NULL)
                                          : g_strconcat (before ? before : "", stripped, NULL);
}

/* "Usage: limen game ..." and lines that go on; a line that begins with "limen" is another usage.
 * Those of other commands of the group are left to these. Returns: the line behind them. */
static char **
read_usages (char **line, ToldCommand *told)
{
  g_autoptr (GPtrArray) usages = g_ptr_array_new ();
  g_autofree char *group = g_strconcat ("limen ", told->command->name, " ", NULL);
  for (; **line; line++) {
    const char *text = g_str_has_prefix (*line, "Usage:") ? *line + strlen ("Usage:") : *line;
    text += strspn (text, " ");
    if (g_str_has_prefix (text, "limen "))
      g_ptr_array_add (usages, g_strdup (text));
    else
      join ((char **)&usages->pdata[usages->len - 1], text);
  }
  for (const LimenCommand *const *c = limen_commands; *c; c++)
    for (guint i = usages->len; limen_command_is_of (*c, told->command->name) && i-- > 0;) {
      g_autofree char *other = g_strconcat ("limen ", (*c)->name, " ", NULL);
      if (g_str_has_prefix (usages->pdata[i], other))
        g_free (g_ptr_array_remove_index (usages, i));
    }
  g_ptr_array_add (usages, NULL);
  told->usages = (char **)g_ptr_array_steal (usages, NULL);
  return line;
}

/* "  --name VALUE   what it does", and lines that go on, into its row */
static void
read_options (char **line, ToldCommand *told)
{
  ToldOption *option = NULL;
  for (; *line; line++) {
    if (!g_str_has_prefix (*line, "  --")) {
      if (option)
        join (&option->about, *line);
      continue;
    }
    option = option ? option + 1 : told->options;
    gsize head = strlen ("  ") + strlen (option->name) +
                 (option->value ? strlen (" ") + strlen (option->value) : 0);
    g_assert (g_str_has_prefix (*line + strlen ("  "), option->name));
    join (&option->about, *line + head);
  }
  g_assert (option == told->options + told->n_options - 1);
}

/* -- values that are known -- */

static void
add_words (GPtrArray *words, const char *const *all)
{
  for (guint i = 0; all[i]; i++)
    g_ptr_array_add (words, g_strdup (all[i]));
}

/* @title: (nullable): how that of each must begin */
static void
add_builtin (GPtrArray *words, LimenBuiltin what, const char *title)
{
  g_autofree char *names = limen_builtin_names (what);
  g_auto (GStrv) all = g_strsplit (names, ", ", 0);
  for (guint i = 0; all[i]; i++)
    if (!title || g_str_has_prefix (limen_builtin_title (all[i]), title))
      g_ptr_array_add (words, g_strdup (all[i]));
}

static void
add_methods (GPtrArray *words)
{
  for (guint i = 0; i < LIMEN_N_METHODS; i++)
    g_ptr_array_add (words, g_strdup (limen_method_word (i)));
}

static void
add_scores (GPtrArray *words)
{
  for (guint i = 0; i < LIMEN_N_SCORES; i++)
    g_ptr_array_add (words, g_strdup (limen_score_name (i)));
}

static void
add_points (GPtrArray *words)
{
  const char *const *names = limen_points_names ();
  for (guint i = 0; names[i]; i++)
    g_ptr_array_add (words, g_strconcat (LIMEN_BUILTIN_PREFIX, names[i], NULL));
}

static gboolean
is_one_of (const char *name, const char *const *all)
{
  return g_strv_contains (all, name);
}

static void
find_words (const LimenCommand *command, const LimenOption *option, GPtrArray *words)
{
  static const char *const images[] = {"--normal", "--anomaly", "--validation", "--fit", "--images",
                                       "--data",   NULL};
  static const char *const flows[] = {"--model", "--reference", NULL};
  const char *name = option->name, *value = option->value ? option->value : "";
  if (option->kind == LIMEN_OPTION_CHOICE)
    add_words (words, option->words);
  else if (is_one_of (name, flows))
    add_builtin (words, LIMEN_BUILTIN_WEIGHTS, "flow");
  else if (g_str_equal (name, "--vae"))
    add_builtin (words, LIMEN_BUILTIN_WEIGHTS, "VAE");
  else if (g_str_equal (value, "PATH|builtin:NAME"))
    add_points (words);
  else if (is_one_of (name, images))
    add_builtin (words, LIMEN_BUILTIN_IMAGES, NULL);
  else if (g_str_equal (name, "--payoff"))
    add_words (words, limen_payoff_names ());
  else if (g_str_equal (name, "--method"))
    add_methods (words);
  else if (g_str_equal (name, "--score") || g_str_equal (value, "NAME,..."))
    add_scores (words);
  else if (g_str_has_suffix (value, "|none"))
    g_ptr_array_add (words, g_strdup ("none"));
  g_ptr_array_add (words, NULL);
}

/* -- all of them -- */

static void
read_command (const LimenCommand *command, ToldCommand *told)
{
  g_auto (GStrv) help = read_help (command);
  *told = (ToldCommand){command, .takes_files = !command->instead, .n_options = command->n_options};
  told->options = g_new0 (ToldOption, command->n_options);
  for (guint i = 0; i < command->n_options; i++) {
    const LimenOption *from = &command->options[i];
    const char *value = from->value ? from->value : "";
    told->options[i] = (ToldOption){
        .name = from->name,
        .value = from->value,
        .words = g_ptr_array_new (),
        .files = g_str_has_prefix (value, "FILE") || g_str_has_prefix (value, "PATH"),
        .many = from->kind == LIMEN_OPTION_PATHS,
        .list = g_str_equal (value, "NAME,..."),
    };
    find_words (command, from, told->options[i].words);
  }
  char **line = read_usages (help, told);
  for (line++; !g_str_equal (*line, "Options:"); line++)
    join (&told->text, *line);
  read_options (line + 1, told);
}

const ToldCommand *
told_commands (guint *n)
{
  static GArray *all;
  if (!all) {
    all = g_array_new (FALSE, FALSE, sizeof (ToldCommand));
    for (const LimenCommand *const *c = limen_commands; *c; c++) {
      ToldCommand told;
      read_command (*c, &told);
      g_array_append_val (all, told);
    }
  }
  *n = all->len;
  return (const ToldCommand *)all->data;
}

char *
told_short (const ToldOption *option)
{
  static const char *const marks[] = {"; ", ": ", ". ", " ("};
  gsize length = strlen (option->about);
  for (guint i = 0; option->words->pdata[i]; i++)
    if (g_str_has_prefix (option->about, option->words->pdata[i]))
      return g_strdup (option->name + strlen ("--"));
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++) {
    const char *mark = strstr (option->about, marks[i]);
    if (mark && mark != option->about)
      length = MIN (length, (gsize)(mark - option->about));
  }
  return g_strndup (option->about, length);
}

char *
told_words (const ToldOption *option, const char *between)
{
  return g_strjoinv (between, (char **)option->words->pdata);
}

const char *
told_summary (const char *group, const char *word)
{
  g_autofree char *name = group ? g_strconcat (group, " ", word, NULL) : g_strdup (word);
  const LimenCommand *command = limen_command_find (name);
  return command ? command->summary : "two commands, told by --help";
}
