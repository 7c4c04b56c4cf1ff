#include "ui/cli/options.h"
#include "model/game/game-record.h"
#include "ui/cli/option-table.h"
#include "ui/cli/words.h"

#include <math.h>
#include <string.h>

static const char *const command_names[LIMEN_N_COMMANDS] = {
    [LIMEN_COMMAND_DETECT] = "detect",
    [LIMEN_COMMAND_SCORE] = "score",
    [LIMEN_COMMAND_INSPECT] = "inspect",
    [LIMEN_COMMAND_TRAIN] = "train",
    [LIMEN_COMMAND_BOUND] = "bound",
    [LIMEN_COMMAND_PRIOR_GRADIENTS] = "prior gradients",
    [LIMEN_COMMAND_PRIOR_TRAIN] = "prior train",
    [LIMEN_COMMAND_GAME] = "game",
    [LIMEN_COMMAND_GAME_SOLVE] = "game solve",
};

/* The words not yet read. @given: (limen_n_options): whether row i of the table was */
typedef struct {
  int n;
  char *const *words;
  LimenOptions *options;
  gboolean *given;
} Reader;

static LimenCommand
command_of_name (const char *name)
{
  for (guint i = 0; i < LIMEN_N_COMMANDS; i++)
    if (g_str_equal (name, command_names[i]))
      return i;
  return LIMEN_COMMAND_NONE;
}

gboolean
limen_command_is_of (LimenCommand command, const char *group)
{
  const char *name = limen_command_name (command);
  gsize length = group ? strlen (group) : 0;
  return length > 0 && strncmp (name, group, length) == 0 && name[length] == ' ';
}

static gboolean
is_group (const char *word)
{
  for (guint i = 0; i < LIMEN_N_COMMANDS; i++)
    if (limen_command_is_of (i, word))
      return TRUE;
  return FALSE;
}

gboolean
limen_is_command_word (const char *word)
{
  return is_group (word) || (command_of_name (word) != LIMEN_COMMAND_NONE && !strchr (word, ' '));
}

const char *
limen_command_name (LimenCommand command)
{
  return command < LIMEN_N_COMMANDS ? command_names[command] : "";
}

static gpointer
field_of (LimenOptions *options, const LimenOption *option)
{
  return (char *)options + option->field;
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
      return limen_option_refuse (error, before, "is followed by an empty name of a file.");
  return paths->len > n_before ||
         limen_option_refuse (error, before, "needs at least one file or folder.");
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
  g_autofree const char **names = g_new (const char *, limen_n_options);
  guint n = 0;
  for (guint i = 0; i < limen_n_options; i++)
    if (limen_option_table[i].commands >> command & 1)
      names[n++] = limen_option_table[i].name;
  const char *meant = limen_closest_word (word, names, n);
  if (meant)
    return limen_option_refuse (error, word, "is no option of limen %s; did you mean %s?",
                                command_names[command], meant);
  return limen_option_refuse (error, word,
                              "is no option of limen %s; a file of that name needs ./ before it.",
                              command_names[command]);
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
read_option (Reader *reader, GError **error)
{
  const char *word = *reader->words, *equals = strchr (word, '=');
  const LimenOption *option =
      find_option (reader->options->command, word, equals ? (gsize)(equals - word) : strlen (word));
  if (!option)
    return refuse_unknown (reader->options->command, word, error);
  gboolean *given_before = &reader->given[option - limen_option_table];
  gpointer field = field_of (reader->options, option);
  reader->n--;
  reader->words++;
  if (*given_before && option->kind != LIMEN_OPTION_PATHS)
    return limen_option_refuse (error, option->name, "is given twice.");
  *given_before = TRUE;
  if (option->kind == LIMEN_OPTION_PATHS)
    return read_paths (reader, *(GPtrArray **)field, equals ? equals + 1 : NULL, option->name,
                       error);
  if (option->kind == LIMEN_OPTION_FLAG) {
    *(gboolean *)field = TRUE;
    return !equals || limen_option_refuse (error, option->name, "takes no value.");
  }
  const char *value = take_value (reader, option, equals, error);
  return value && limen_option_read (option, value, field, error);
}

static gboolean
given (const Reader *reader, const char *name)
{
  const LimenOption *option = find_option (reader->options->command, name, strlen (name));
  return option && reader->given[option - limen_option_table];
}

static gboolean
check_training (const Reader *reader, GError **error)
{
  static const char *const of_shape[] = {"--width", "--depth", "--couplings", "--size"};
  for (guint i = 0; i < G_N_ELEMENTS (of_shape); i++)
    if (reader->options->resume && given (reader, of_shape[i]))
      return limen_option_refuse (error, of_shape[i], "and --resume exclude each other.");
  if (given (reader, "--minutes") && !given (reader, "--epochs"))
    reader->options->train.epochs = 0;
  return TRUE;
}

/* FALSE where one of the @n @names was given, which needs @needed: "--vae" */
static gboolean
refuse_without (const Reader *reader, const char *const *names, guint n, const char *needed,
                GError **error)
{
  for (guint i = 0; i < n; i++)
    if (given (reader, names[i]))
      return limen_option_refuse (error, names[i], "needs %s.", needed);
  return TRUE;
}

/* Averages: one bound for each of many images, many of one */
static void
set_bound_samples (const Reader *reader)
{
  LimenBoundOptions *bound = &reader->options->bound;
  if (!given (reader, "--samples"))
    bound->samples = bound->count > 0 ? 1 : 1000;
}

static gboolean
check_bound (const Reader *reader, GError **error)
{
  static const char *const of_vaes[] = {"--images", "--index", "--count", "--sigma"},
                           *const of_cases[] = {"--proposal"};
  const LimenBoundOptions *bound = &reader->options->bound;
  set_bound_samples (reader);
  if ((guint64)bound->samples * bound->k.value[bound->k.n - 1] > G_MAXUINT)
    return limen_option_refuse (error, "--samples", "times the largest K may be at most %u.",
                                G_MAXUINT);
  if (!bound->case_file && !bound->vae)
    return limen_option_refuse (error, "limen", "bound needs --case FILE.json or --vae FILE.");
  if (bound->case_file && bound->vae)
    return limen_option_refuse (error, "--case", "and --vae exclude each other.");
  if (bound->case_file)
    return refuse_without (reader, of_vaes, G_N_ELEMENTS (of_vaes), "--vae", error);
  if (!refuse_without (reader, of_cases, G_N_ELEMENTS (of_cases), "--case", error))
    return FALSE;
  if (bound->images->len == 0)
    return limen_option_refuse (error, "--vae", "needs --images PATH...");
  if (bound->count == 0)
    return TRUE;
  if (given (reader, "--index"))
    return limen_option_refuse (error, "--index", "and --count exclude each other.");
  if (bound->samples == 0)
    return limen_option_refuse (error, "--count", "needs --samples of at least 1.");
  return TRUE;
}

static gboolean
check_detector (const Reader *reader, GError **error)
{
  LimenOptions *options = reader->options;
  if (!given (reader, "--anomaly-range")) {
    options->anomaly_reading.black = options->reading.black;
    options->anomaly_reading.white = options->reading.white;
  }
  if (!given (reader, "--anomaly-layout")) {
    LimenReading *own = &options->anomaly_reading;
    double black = own->black, white = own->white;
    *own = options->reading;
    own->black = black;
    own->white = white;
  }
  if (given (reader, "--sigmas") && given (reader, "--threshold"))
    return limen_option_refuse (error, "--sigmas", "and --threshold exclude each other.");
  return TRUE;
}

static gboolean
check_game (const Reader *reader, GError **error)
{
  const LimenGameOptions *game = &reader->options->game;
  const char *word = limen_method_word (game->method), *json = reader->options->json;
  if (given (reader, "--step") && !limen_method_has_step (game->method))
    return limen_option_refuse (error, "--step", "is for methods with steps, which %s has not.",
                                word);
  if (given (reader, "--integrator") && game->method != LIMEN_REPLICATOR)
    return limen_option_refuse (error, "--integrator", "needs --method replicator.");
  if (game->unprojected && !limen_method_follows_gradients (game->method))
    return limen_option_refuse (error, "--unprojected",
                                "is for methods that follow gradients, which %s does not.", word);
  if (json && game->csv && g_str_equal (json, "-") && g_str_equal (game->csv, "-"))
    return limen_option_refuse (error, "--csv", "and --json can't both be standard output.");
  return TRUE;
}

static gboolean
check_required (const Reader *reader, GError **error)
{
  LimenCommand command = reader->options->command;
  for (guint i = 0; i < limen_n_options; i++) {
    const LimenOption *option = &limen_option_table[i];
    if (option->required && option->commands >> command & 1 && !reader->given[i])
      return limen_option_refuse (error, "limen", "%s needs %s %s.", command_names[command],
                                  option->name, option->value);
  }
  return TRUE;
}

/* What no single option can tell: missing ones, and those that contradict each other */
static gboolean
check_together (const Reader *reader, GError **error)
{
  static const char *const of_plots[] = {"--size", "--scale", "--dark"};
  LimenOptions *options = reader->options;
  if (!check_required (reader, error))
    return FALSE;
  switch (options->command) {
  case LIMEN_COMMAND_TRAIN:
    return check_training (reader, error);
  case LIMEN_COMMAND_BOUND:
    if (!check_bound (reader, error))
      return FALSE;
    break;
  case LIMEN_COMMAND_DETECT:
    if (!check_detector (reader, error))
      return FALSE;
    break;
  case LIMEN_COMMAND_PRIOR_GRADIENTS:
    break;
  case LIMEN_COMMAND_PRIOR_TRAIN:
    options->prior_train.settings.n_steps = options->prior_train.steps;
    break;
  case LIMEN_COMMAND_GAME:
    if (!check_game (reader, error))
      return FALSE;
    break;
  case LIMEN_COMMAND_GAME_SOLVE:
    break;
  default:
    if (options->paths->len == 0)
      return limen_option_refuse (error, "limen", "%s needs at least one file.",
                                  command_names[options->command]);
  }
  return options->plot ||
         refuse_without (reader, of_plots, G_N_ELEMENTS (of_plots), "--plot", error);
}

static gboolean
read_words (Reader *reader, GError **error)
{
  static const char *const instead[LIMEN_N_COMMANDS] = {
      [LIMEN_COMMAND_DETECT] = "--normal or --anomaly",
      [LIMEN_COMMAND_TRAIN] = "--data or --out",
      [LIMEN_COMMAND_BOUND] = "--case, --vae or --images",
      [LIMEN_COMMAND_PRIOR_GRADIENTS] = "--case",
      [LIMEN_COMMAND_PRIOR_TRAIN] = "--data or --out",
      [LIMEN_COMMAND_GAME] = "--payoff, --method or --start",
      [LIMEN_COMMAND_GAME_SOLVE] = "--payoff",
  };
  LimenOptions *options = reader->options;
  while (reader->n > 0) {
    const char *word = *reader->words;
    gboolean path = !is_option (word) || g_str_equal (word, "--");
    if (path && instead[options->command])
      return limen_option_refuse (error, word, "stands alone; say what it is with %s.",
                                  instead[options->command]);
    if (!(path ? read_paths (reader, options->paths, NULL, word, error)
               : read_option (reader, error)))
      return FALSE;
  }
  return check_together (reader, error);
}

/* The second words of @group into @members: (LIMEN_N_COMMANDS + 1), NULL-terminated */
static guint
list_members (const char *group, const char **members)
{
  guint n = 0;
  for (guint i = 0; i < LIMEN_N_COMMANDS; i++)
    if (limen_command_is_of (i, group))
      members[n++] = command_names[i] + strlen (group) + 1;
  members[n] = NULL;
  return n;
}

/* Into @options; how many of the words it is: "bound", "prior train", "game", "game solve" */
static int
find_command (LimenOptions *options, int n, char *const *words)
{
  const char *first = n > 0 ? words[0] : "", *second = n > 1 ? words[1] : "";
  const char *members[LIMEN_N_COMMANDS + 1];
  options->command = strchr (first, ' ') ? LIMEN_COMMAND_NONE : command_of_name (first);
  if (!is_group (first))
    return 1;
  g_autofree char *name = g_strjoin (" ", first, second, NULL);
  LimenCommand member = command_of_name (name);
  guint n_members = list_members (first, members);
  if (member == LIMEN_COMMAND_NONE && options->command != LIMEN_COMMAND_NONE &&
      !limen_closest_word (second, members, n_members))
    return 1;
  options->command = member;
  options->group = member == LIMEN_COMMAND_NONE ? first : NULL;
  return 2;
}

/* @word: (nullable): behind the name of a group */
static gboolean
refuse_member (const char *group, const char *word, GError **error)
{
  const char *members[LIMEN_N_COMMANDS + 1];
  guint n = list_members (group, members);
  g_autofree char *list = g_strjoinv (" or ", (char **)members);
  if (!word || is_option (word))
    return limen_option_refuse (error, "limen", "%s needs a second word: %s.", group, list);
  const char *meant = limen_closest_word (word, members, n);
  if (meant)
    return limen_option_refuse (error, word, "is no command of limen %s; did you mean limen %s %s?",
                                group, group, meant);
  return limen_option_refuse (error, word, "is no command of limen %s; choose %s.", group, list);
}

static gboolean
refuse_command (const char *word, GError **error)
{
  static const char *const first_words[] = {"detect", "score", "inspect", "train",
                                            "bound",  "prior", "game"};
  const char *meant = limen_closest_word (word, first_words, G_N_ELEMENTS (first_words));
  if (meant)
    return limen_option_refuse (error, word,
                                "is neither a command nor a file; did you mean limen %s?", meant);
  return limen_option_refuse (
      error, word,
      "is neither a command nor a file; the commands are detect, score, inspect, train, "
      "bound, prior and game.");
}

static void
set_defaults (LimenOptions *options)
{
  *options =
      (LimenOptions){.command = LIMEN_COMMAND_NONE,
                     .paths = g_ptr_array_new_null_terminated (8, NULL, TRUE),
                     .normal = g_ptr_array_new_null_terminated (8, NULL, TRUE),
                     .anomaly = g_ptr_array_new_null_terminated (8, NULL, TRUE),
                     .validation = g_ptr_array_new_null_terminated (8, NULL, TRUE),
                     .data = g_ptr_array_new_null_terminated (8, NULL, TRUE),
                     .train = limen_nice_trainer_defaults (),
                     .bound = {.images = g_ptr_array_new_null_terminated (8, NULL, TRUE),
                               .proposal = LIMEN_PROPOSAL_OWN,
                               .k = {5, {1, 5, 50, 500, 5000}}},
                     .gradients = {.estimator = LIMEN_N_ESTIMATORS, .samples = 10000},
                     .prior_train = {.settings = limen_prior_defaults ()},
                     .game = {.payoff = limen_payoff_names ()[0], .step = NAN, .iterations = 1000},
                     .split = {LIMEN_SPLIT_RANDOM, 0},
                     .sigmas = 3,
                     .threshold = NAN,
                     .scale = 1,
                     .width = 1000,
                     .height = 625};
  options->prior_train.steps = (guint)options->prior_train.settings.n_steps;
}

gboolean
limen_options_parse (int n, char *const *argv, LimenOptions *options, GError **error)
{
  set_defaults (options);
  const char *first = n > 0 ? argv[0] : "--help";
  options->version = g_str_equal (first, "--version");
  int n_words = find_command (options, n, argv);
  for (int i = 0; i < n && !options->help && !g_str_equal (argv[i], "--"); i++)
    options->help = is_help (argv[i]); /* whatever else is wrong */
  if (options->version || options->help || n == 0)
    return TRUE;
  if (options->group)
    return refuse_member (options->group, n > 1 ? argv[1] : NULL, error);
  if (options->command == LIMEN_COMMAND_NONE)
    return refuse_command (first, error);
  g_autofree gboolean *given_rows = g_new0 (gboolean, limen_n_options);
  Reader reader = {n - n_words, argv + n_words, options, given_rows};
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
  g_clear_pointer (&options->bound.images, g_ptr_array_unref);
}
