#include "ui/cli/options.h"
#include "ui/cli/option-table.h"
#include "ui/cli/words.h"

#include <math.h>
#include <string.h>

static const char *const command_names[LIMEN_N_COMMANDS] = {
    [LIMEN_COMMAND_DETECT] = "detect",
    [LIMEN_COMMAND_SCORE] = "score",
    [LIMEN_COMMAND_INSPECT] = "inspect",
    [LIMEN_COMMAND_TRAIN] = "train",
};

/* The words not yet read, and which options were given: bit i is row i of the table */
typedef struct {
  int n;
  char *const *words;
  LimenOptions *options;
  guint given;
} Reader;

LimenCommand
limen_command_from_word (const char *word)
{
  for (guint i = 0; i < LIMEN_N_COMMANDS; i++)
    if (g_str_equal (word, command_names[i]))
      return i;
  return LIMEN_COMMAND_NONE;
}

const char *
limen_command_name (LimenCommand command)
{
  return command < LIMEN_N_COMMANDS ? command_names[command] : "";
}

/* The words of a command line are any bytes; a sentence about them is UTF-8. Returns FALSE always.
 */
static gboolean
    G_GNUC_PRINTF (3, 4) refuse (GError **error, const char *word, const char *format, ...)
{
  g_autofree char *shown = limen_display_name (word);
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *rest = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, LIMEN_ERROR, LIMEN_ERROR_ARGUMENT, "%s %s", shown, rest);
  return FALSE;
}

static gpointer
field_of (LimenOptions *options, const LimenOption *option)
{
  return (char *)options + option->field;
}

/* A minus sign as the window writes it is one, too. */
static gboolean
read_number (const LimenOption *option, const char *text, double *number, GError **error)
{
  static const char minus[] = "\u2212";
  gboolean negative = g_str_has_prefix (text, minus);
  const char *digits = negative ? text + strlen (minus) : text;
  char *end;
  double value = g_ascii_strtod (digits, &end);
  if (end == digits || *end || !isfinite (value))
    return refuse (error, option->name, "needs a number.");
  value = negative ? -value : value;
  if (value < option->low || value > option->high)
    return refuse (error, option->name, "must be from %g to %g.", option->low, option->high);
  *number = value;
  return TRUE;
}

static gboolean
read_count (const LimenOption *option, const char *text, guint *count, GError **error)
{
  guint64 value;
  if (!g_ascii_string_to_unsigned (text, 10, (guint64)option->low, (guint64)option->high, &value,
                                   NULL))
    return refuse (error, option->name, "needs a whole number from %.0f to %.0f.", option->low,
                   option->high);
  *count = (guint)value;
  return TRUE;
}

static gboolean
read_size (const LimenOption *option, const char *text, guint size[2], GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, "x", 3);
  guint64 side[2] = {0};
  gboolean ok = g_strv_length (parts) == 2;
  for (int i = 0; ok && i < 2; i++)
    ok = g_ascii_string_to_unsigned (parts[i], 10, (guint64)option->low, (guint64)option->high,
                                     &side[i], NULL);
  if (!ok)
    return refuse (error, option->name,
                   "needs a width and a height from %g to %g, such as 1600x1000.", option->low,
                   option->high);
  size[0] = (guint)side[0];
  size[1] = (guint)side[1];
  return TRUE;
}

static gboolean
read_choice (const LimenOption *option, const char *text, int *choice, GError **error)
{
  for (int i = 0; option->words[i]; i++)
    if (g_str_equal (text, option->words[i])) {
      *choice = i;
      return TRUE;
    }
  return refuse (error, option->name, "must be one of %s.", option->value);
}

static gboolean
read_file_type (const LimenOption *option, const char *text, const char **path, GError **error)
{
  g_autofree char *lower = g_ascii_strdown (text, -1);
  *path = text;
  for (int i = 0; option->words[i]; i++)
    if (g_str_has_suffix (lower, option->words[i]))
      return TRUE;
  return refuse (error, option->name, "needs the name of a %s.", option->value);
}

static gboolean
read_value (const LimenOption *option, const char *text, gpointer field, GError **error)
{
  switch (option->kind) {
  case LIMEN_OPTION_NUMBER:
    return read_number (option, text, field, error);
  case LIMEN_OPTION_COUNT:
    return read_count (option, text, field, error);
  case LIMEN_OPTION_SEED:
    return g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT64, field, NULL) ||
           refuse (error, option->name, "needs a whole number from 0 to 9223372036854775807.");
  case LIMEN_OPTION_CHOICE:
    return read_choice (option, text, field, error);
  case LIMEN_OPTION_FILE_TYPE:
    return read_file_type (option, text, field, error);
  case LIMEN_OPTION_SIZE:
    return read_size (option, text, field, error);
  default:
    *(const char **)field = text;
    return *text || refuse (error, option->name, "needs a value that is not empty.");
  }
}

static gboolean
is_help (const char *word)
{
  return g_str_equal (word, "--help") || g_str_equal (word, "-h");
}

static gboolean
is_option (const char *word)
{
  return word[0] == '-' && word[1];
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
    else if (!all && is_option (*reader->words))
      break;
    else
      g_ptr_array_add (paths, *reader->words);
  }
  for (guint i = n_before; i < paths->len; i++)
    if (!*(const char *)paths->pdata[i])
      return refuse (error, before, "is followed by an empty name of a file.");
  return paths->len > n_before || refuse (error, before, "needs at least one file or folder.");
}

static const LimenOption *
find_option (LimenCommand command, const char *word, gsize length)
{
  for (guint i = 0; i < limen_n_options; i++) {
    const LimenOption *option = &limen_option_table[i];
    if (option->commands >> command & 1 && strlen (option->name) == length &&
        strncmp (option->name, word, length) == 0)
      return option;
  }
  return NULL;
}

static gboolean
refuse_unknown (LimenCommand command, const char *word, GError **error)
{
  const char *names[32];
  guint n = 0;
  for (guint i = 0; i < limen_n_options; i++)
    if (limen_option_table[i].commands >> command & 1)
      names[n++] = limen_option_table[i].name;
  const char *meant = limen_closest_word (word, names, n);
  if (meant)
    return refuse (error, word, "is no option of limen %s; did you mean %s?",
                   command_names[command], meant);
  return refuse (error, word, "is no option of limen %s; a file of that name needs ./ before it.",
                 command_names[command]);
}

/* The value of @option: behind "=" in the same word, or the next word */
static const char *
take_value (Reader *reader, const LimenOption *option, const char *equals, GError **error)
{
  if (equals)
    return equals + 1;
  if (reader->n == 0 || g_str_has_prefix (*reader->words, "--")) {
    refuse (error, option->name, "needs a value: %s %s.", option->name, option->value);
    return NULL;
  }
  reader->n--;
  return *reader->words++;
}

static gboolean
read_option (Reader *reader, GError **error)
{
  const char *word = *reader->words, *equals = strchr (word, '=');
  const LimenOption *option =
      find_option (reader->options->command, word, equals ? (gsize)(equals - word) : strlen (word));
  if (!option)
    return refuse_unknown (reader->options->command, word, error);
  guint bit = 1u << (option - limen_option_table);
  gpointer field = field_of (reader->options, option);
  reader->n--;
  reader->words++;
  if (reader->given & bit && option->kind != LIMEN_OPTION_PATHS)
    return refuse (error, option->name, "is given twice.");
  reader->given |= bit;
  if (option->kind == LIMEN_OPTION_PATHS)
    return read_paths (reader, *(GPtrArray **)field, equals ? equals + 1 : NULL, option->name,
                       error);
  if (option->kind == LIMEN_OPTION_FLAG) {
    *(gboolean *)field = TRUE;
    return !equals || refuse (error, option->name, "takes no value.");
  }
  const char *value = take_value (reader, option, equals, error);
  return value && read_value (option, value, field, error);
}

static gboolean
given (const Reader *reader, const char *name)
{
  const LimenOption *option = find_option (reader->options->command, name, strlen (name));
  return option && reader->given >> (option - limen_option_table) & 1;
}

static gboolean
check_training (const Reader *reader, GError **error)
{
  static const char *const of_shape[] = {"--width", "--depth", "--couplings", "--size"};
  for (guint i = 0; i < G_N_ELEMENTS (of_shape); i++)
    if (reader->options->resume && given (reader, of_shape[i]))
      return refuse (error, of_shape[i], "and --resume exclude each other.");
  if (given (reader, "--minutes") && !given (reader, "--epochs"))
    reader->options->train.epochs = 0;
  return TRUE;
}

/* What no single option can tell: missing ones, and those that contradict each other */
static gboolean
check_together (const Reader *reader, GError **error)
{
  static const char *const of_plots[] = {"--size", "--scale", "--dark"};
  const LimenOptions *options = reader->options;
  for (guint i = 0; i < limen_n_options; i++) {
    const LimenOption *option = &limen_option_table[i];
    if (option->required && option->commands >> options->command & 1 && !(reader->given >> i & 1))
      return refuse (error, "limen", "%s needs %s %s.", command_names[options->command],
                     option->name, option->value);
  }
  if (options->command == LIMEN_COMMAND_TRAIN)
    return check_training (reader, error);
  if (options->command != LIMEN_COMMAND_DETECT && options->paths->len == 0)
    return refuse (error, "limen", "%s needs at least one file.", command_names[options->command]);
  if (given (reader, "--sigmas") && given (reader, "--threshold"))
    return refuse (error, "--sigmas", "and --threshold exclude each other.");
  for (guint i = 0; i < G_N_ELEMENTS (of_plots); i++)
    if (given (reader, of_plots[i]) && !options->plot)
      return refuse (error, of_plots[i], "needs --plot.");
  return TRUE;
}

static gboolean
read_words (Reader *reader, GError **error)
{
  LimenOptions *options = reader->options;
  while (reader->n > 0) {
    const char *word = *reader->words;
    gboolean path = !is_option (word) || g_str_equal (word, "--");
    if (path && options->command == LIMEN_COMMAND_DETECT)
      return refuse (error, word, "stands alone; say what it is with --normal or --anomaly.");
    if (path && options->command == LIMEN_COMMAND_TRAIN)
      return refuse (error, word, "stands alone; say what it is with --data or --out.");
    if (!(path ? read_paths (reader, options->paths, NULL, word, error)
               : read_option (reader, error)))
      return FALSE;
  }
  return check_together (reader, error);
}

static gboolean
refuse_command (const char *word, GError **error)
{
  const char *meant = limen_closest_word (word, command_names, LIMEN_N_COMMANDS);
  if (meant)
    return refuse (error, word, "is neither a command nor a file; did you mean limen %s?", meant);
  return refuse (error, word,
                 "is neither a command nor a file; the commands are detect, score, inspect and "
                 "train.");
}

gboolean
limen_options_parse (int n, char *const *argv, LimenOptions *options, GError **error)
{
  *options = (LimenOptions){.command = LIMEN_COMMAND_NONE,
                            .paths = g_ptr_array_new_null_terminated (8, NULL, TRUE),
                            .normal = g_ptr_array_new_null_terminated (8, NULL, TRUE),
                            .anomaly = g_ptr_array_new_null_terminated (8, NULL, TRUE),
                            .validation = g_ptr_array_new_null_terminated (8, NULL, TRUE),
                            .data = g_ptr_array_new_null_terminated (8, NULL, TRUE),
                            .train = limen_nice_trainer_defaults (),
                            .split = {LIMEN_SPLIT_RANDOM, 0},
                            .sigmas = 3,
                            .threshold = NAN,
                            .scale = 1,
                            .width = 1000,
                            .height = 625};
  const char *first = n > 0 ? argv[0] : "--help";
  options->version = g_str_equal (first, "--version");
  options->command = limen_command_from_word (first);
  for (int i = 0; i < n && !options->help && !g_str_equal (argv[i], "--"); i++)
    options->help = is_help (argv[i]); /* whatever else is wrong */
  if (options->version || options->help || n == 0)
    return TRUE;
  if (options->command == LIMEN_COMMAND_NONE)
    return refuse_command (first, error);
  Reader reader = {n - 1, argv + 1, options, 0};
  return read_words (&reader, error);
}

void
limen_options_clear (LimenOptions *options)
{
  g_clear_pointer (&options->paths, g_ptr_array_unref);
  g_clear_pointer (&options->normal, g_ptr_array_unref);
  g_clear_pointer (&options->anomaly, g_ptr_array_unref);
  g_clear_pointer (&options->validation, g_ptr_array_unref);
  g_clear_pointer (&options->data, g_ptr_array_unref);
}
