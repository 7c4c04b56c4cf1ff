#include "ui/cli/cli.h"
#include "ui/cli/commands.h"

#include <string.h>

static gboolean (*const commands[LIMEN_N_COMMANDS]) (const LimenOptions *, LimenSession *,
                                                     GError **) = {
    [LIMEN_COMMAND_DETECT] = limen_command_detect,
    [LIMEN_COMMAND_SCORE] = limen_command_score,
    [LIMEN_COMMAND_INSPECT] = limen_command_inspect,
    [LIMEN_COMMAND_TRAIN] = limen_command_train,
    [LIMEN_COMMAND_BOUND] = limen_command_bound,
    [LIMEN_COMMAND_PRIOR_GRADIENTS] = limen_command_prior_gradients,
    [LIMEN_COMMAND_PRIOR_TRAIN] = limen_command_prior_train,
    [LIMEN_COMMAND_GAME] = limen_command_game,
    [LIMEN_COMMAND_GAME_SOLVE] = limen_command_game_solve,
};

/* A word of letters that names no file: not something the window could open. */
static gboolean
is_like_a_command (const char *word)
{
  return g_ascii_isalpha (*word) && word[strspn (word, "abcdefghijklmnopqrstuvwxyz-")] == '\0' &&
         !g_file_test (word, G_FILE_TEST_EXISTS);
}

gboolean
limen_cli_wants (int argc, char **argv)
{
  const char *word = argc > 1 ? argv[1] : "";
  return limen_is_command_word (word) || g_str_equal (word, "--help") || g_str_equal (word, "-h") ||
         g_str_equal (word, "--version") || is_like_a_command (word);
}

static gboolean
run (const LimenOptions *options, LimenSession *session, GError **error)
{
  if (options->version)
    limen_say (stdout, "limen %s", LIMEN_VERSION);
  else if (options->help || options->command == LIMEN_COMMAND_NONE)
    limen_options_print_help (options, stdout);
  else if (!commands[options->command](options, session, error))
    return FALSE;
  return limen_flush_output (error);
}

static int
fail_usage (const LimenOptions *options, const GError *error)
{
  const char *command = options->group ? options->group : limen_command_name (options->command);
  limen_say (stderr, "limen: %s", error->message);
  limen_say (stderr, "Try limen%s%s --help.", *command ? " " : "", command);
  return 2;
}

int
limen_cli_main (int argc, char **argv)
{
  LimenSession session;
  LimenOptions options;
  g_autoptr (GError) error = NULL;
  int status = 0;
  limen_session_begin (&session);
  if (!limen_options_parse (argc - 1, argv + 1, &options, &error))
    status = fail_usage (&options, error);
  else if (!run (&options, &session, &error))
    status = limen_session_fail (&session, error);
  limen_options_clear (&options);
  return status;
}
