#include "ui/cli/options.h"
#include "ui/cli/words.h"

#include <string.h>

/* The words not yet read */
typedef struct {
  int n;
  char *const *words;
  LimenOptions *options;
} Reader;

static gpointer
field_at (const LimenOptions *options, gsize offset)
{
  return (char *)options->values + offset;
}

gboolean
limen_is_option_word (const char *word)
{
  g_return_val_if_fail (word != NULL, FALSE);
  return word[0] == '-' && word[1];
}

static const LimenOption *
find_option (const LimenCommand *command, const char *word, gsize length)
{
  for (guint i = 0; i < command->n_options; i++) {
    const char *name = command->options[i].name;
    if (strlen (name) == length && strncmp (name, word, length) == 0)
      return &command->options[i];
  }
  return NULL;
}

gboolean
limen_options_given (const LimenOptions *options, const char *name)
{
  g_return_val_if_fail (options != NULL && name != NULL, FALSE);
  const LimenOption *option = find_option (options->command, name, strlen (name));
  return option && options->given[option - options->command->options];
}

/* @first: (nullable), and the words up to the next option; behind a word "--", whatever they begin
 * with */
static gboolean
read_paths (Reader *reader, GPtrArray *paths, const char *first, const char *before, GError **error)
{
  guint n_before = paths->len;
  gboolean all = FALSE;
  if (first)
    g_ptr_array_add (paths, (gpointer)first);
  for (; reader->n > 0; reader->n--, reader->words++) {
    if (!all && g_str_equal (*reader->words, "--"))
      all = TRUE;
    else if (!all && limen_is_option_word (*reader->words))
      break;
    else
      g_ptr_array_add (paths, *reader->words);
  }
  for (guint i = n_before; i < paths->len; i++)
    if (!*(const char *)paths->pdata[i])
      return limen_option_refuse (error, before, "is followed by an empty name of a file.");
  return paths->len > n_before ||
         limen_option_refuse (error, before, "needs at least one file or folder.");
}

static gboolean
refuse_unknown (const LimenCommand *command, const char *word, GError **error)
{
  g_autofree const char **names = g_new (const char *, command->n_options);
  for (guint i = 0; i < command->n_options; i++)
    names[i] = command->options[i].name;
  const char *meant = limen_closest_word (word, names, command->n_options);
  if (meant)
    return limen_option_refuse (error, word, "is no option of limen %s; did you mean %s?",
                                command->name, meant);
  return limen_option_refuse (error, word,
                              "is no option of limen %s; a file of that name needs ./ before it.",
                              command->name);
}

/* The value of @option: behind "=" in the same word, or the next word */
static const char *
take_value (Reader *reader, const LimenOption *option, const char *equals, GError **error)
{
  if (equals)
    return equals + 1;
  if (reader->n == 0 || g_str_has_prefix (*reader->words, "--")) {
    limen_option_refuse (error, option->name, "needs a value: %s %s.", option->name, option->value);
    return NULL;
  }
  reader->n--;
  return *reader->words++;
}

static gboolean
read_value (Reader *reader, const LimenOption *option, const char *equals, GError **error)
{
  gpointer field = field_at (reader->options, option->field);
  if (option->kind == LIMEN_OPTION_PATHS)
    return read_paths (reader, *(GPtrArray **)field, equals ? equals + 1 : NULL, option->name,
                       error);
  if (!option->value && equals)
    return limen_option_refuse (error, option->name, "takes no value.");
  if (option->kind == LIMEN_OPTION_FLAG)
    *(gboolean *)field = TRUE;
  if (!option->value)
    return TRUE;
  const char *value = take_value (reader, option, equals, error);
  return value && limen_option_read (option, value, field, error);
}

static gboolean
read_option (Reader *reader, GError **error)
{
  const LimenCommand *command = reader->options->command;
  const char *word = *reader->words, *equals = strchr (word, '=');
  const LimenOption *option =
      find_option (command, word, equals ? (gsize)(equals - word) : strlen (word));
  if (!option)
    return refuse_unknown (command, word, error);
  gboolean *given_before = &reader->options->given[option - command->options];
  reader->n--;
  reader->words++;
  if (*given_before && option->kind != LIMEN_OPTION_PATHS)
    return limen_option_refuse (error, option->name, "is given twice.");
  *given_before = TRUE;
  return read_value (reader, option, equals, error);
}

static gboolean
read_word (Reader *reader, GError **error)
{
  const LimenCommand *command = reader->options->command;
  const char *word = *reader->words;
  if (limen_is_option_word (word) && !g_str_equal (word, "--"))
    return read_option (reader, error);
  if (command->instead)
    return limen_option_refuse (error, word, "stands alone; say what it is with %s.",
                                command->instead);
  return read_paths (reader, *(GPtrArray **)field_at (reader->options, command->paths), NULL, word,
                     error);
}

static gboolean
check_required (const LimenOptions *options, GError **error)
{
  const LimenCommand *command = options->command;
  for (guint i = 0; i < command->n_options; i++)
    if (command->options[i].required && !options->given[i])
      return limen_option_refuse (error, "limen", "%s needs %s %s.", command->name,
                                  command->options[i].name, command->options[i].value);
  if (command->instead || (*(GPtrArray **)field_at (options, command->paths))->len > 0)
    return TRUE;
  return limen_option_refuse (error, "limen", "%s needs at least one file.", command->name);
}

static gboolean
check_needs (const LimenOptions *options, GError **error)
{
  for (guint i = 0; i < options->command->n_options; i++) {
    const LimenOption *option = &options->command->options[i];
    if (options->given[i] && option->needs && !limen_options_given (options, option->needs))
      return limen_option_refuse (error, option->name, "needs %s.", option->needs);
  }
  return TRUE;
}

/* Calls @visit with each array of files in the struct. */
static void
each_array (const LimenOptions *options, void (*visit) (GPtrArray **array))
{
  const LimenCommand *command = options->command;
  for (guint i = 0; i < command->n_options; i++)
    if (command->options[i].kind == LIMEN_OPTION_PATHS)
      visit (field_at (options, command->options[i].field));
  if (!command->instead)
    visit (field_at (options, command->paths));
}

static void
make_array (GPtrArray **array)
{
  *array = g_ptr_array_new_null_terminated (8, NULL, TRUE);
}

static void
clear_array (GPtrArray **array)
{
  g_clear_pointer (array, g_ptr_array_unref);
}

gboolean
limen_options_read (LimenOptions *options, const LimenCommand *command, int n, char *const *words,
                    GError **error)
{
  g_return_val_if_fail (options != NULL && command != NULL && words != NULL, FALSE);
  Reader reader = {n, words, options};
  *options =
      (LimenOptions){command, g_malloc0 (command->size), g_new0 (gboolean, command->n_options)};
  if (command->init)
    command->init (options->values);
  each_array (options, make_array);
  while (reader.n > 0)
    if (!read_word (&reader, error))
      return FALSE;
  return check_required (options, error) && (!command->check || command->check (options, error)) &&
         check_needs (options, error);
}

void
limen_options_clear (LimenOptions *options)
{
  g_return_if_fail (options != NULL);
  if (options->values)
    each_array (options, clear_array);
  g_clear_pointer (&options->values, g_free);
  g_clear_pointer (&options->given, g_free);
}
