/* The words of a command line, each ended by a NUL: understood or refused with one sentence, never
 * run. */
#include "ui/cli/bound.h"
#include "ui/cli/command-line.h"
#include "ui/cli/commands.h"
#include "ui/cli/detect.h"
#include "ui/cli/game.h"
#include "ui/cli/prior.h"
#include "ui/cli/train.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define MOST_WORDS 64

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check (gboolean holds)
{
  if (!holds)
    abort ();
}

/* One source of numbers, and K that rise */
static void
check_bound (const LimenBoundOptions *bound)
{
  check (!bound->case_file != !bound->vae && (!bound->vae || bound->images->len > 0));
  check (bound->proposal >= 0 && bound->proposal < LIMEN_N_PROPOSALS);
  check (bound->sigma == 0 || (bound->sigma >= 1e-6 && bound->sigma <= 1e6));
  check (bound->k.n > 0 && bound->k.n <= LIMEN_MOST_COUNTS);
  for (guint i = 0; i < bound->k.n; i++)
    check (bound->k.value[i] > (i > 0 ? bound->k.value[i - 1] : 0) && bound->k.value[i] <= 1000000);
  check (bound->count == 0 || bound->samples > 0);
  check ((guint64)bound->samples * bound->k.value[bound->k.n - 1] <= G_MAXUINT);
}

static void
check_gradients (const LimenGradientOptions *gradients)
{
  check (gradients->case_file != NULL);
  check (gradients->estimator >= 0 && gradients->estimator <= LIMEN_N_ESTIMATORS);
  check (gradients->samples >= 1 && isfinite (gradients->shift));
}

static void
check_prior_train (const LimenPriorTrainOptions *train)
{
  const LimenPriorSettings *settings = &train->settings;
  check (train->data != NULL);
  check ((guint)settings->estimator < LIMEN_N_ESTIMATORS);
  check (settings->latent >= 1 && settings->batch >= 1 && settings->n_steps >= 1);
  check (settings->n_steps == train->steps);
  check (settings->sigma > 0 && settings->learning_rate > 0 && settings->learning_rate <= 1);
  check (settings->trainable == TRUE || settings->trainable == FALSE);
}

static void
check_game (const LimenGameOptions *game)
{
  check (game->payoff && *game->payoff && game->iterations >= 1);
  check (isnan (game->step) || (isfinite (game->step) && game->step > 0));
  check (game->method >= 0 && game->method < LIMEN_N_METHODS);
  check (game->integrator >= 0 && game->integrator <= LIMEN_INTEGRATOR_EULER);
}

static void
check_detect (const LimenDetectOptions *detect)
{
  check ((detect->inputs.models.model ? detect->inputs.normal->len : detect->scores->len) > 0 &&
         isfinite (detect->sigmas));
  check (!isinf (detect->threshold));
}

static void
check_train (const LimenTrainOptions *options)
{
  const LimenNiceTrainerSettings *train = &options->train;
  check (options->out && options->data->len > 0);
  check (train->width >= 1 && train->width <= 65536 && train->batch >= 1);
  check (train->learning_rate > 0 && train->learning_rate <= 1);
  check (train->epochs > 0 || train->minutes > 0);
}

/* What a row of a table promises of its field, whatever command it is of */
static void
check_row (const LimenOptions *options, const LimenOption *option, gboolean given)
{
  gconstpointer field = (const char *)options->values + option->field;
  check (given || !option->required);
  check (!given || !option->needs || limen_options_given (options, option->needs));
  if (option->kind == LIMEN_OPTION_PATHS)
    check (((*(GPtrArray *const *)field)->len > 0) == given);
  if (option->kind == LIMEN_OPTION_TEXT || option->kind == LIMEN_OPTION_FILE_TYPE)
    check (!given || **(const char *const *)field);
  if (option->kind == LIMEN_OPTION_NUMBER)
    check ((!given && !g_str_equal (option->name, "--scale")) ||
           (*(const double *)field >= option->low && *(const double *)field <= option->high));
  if (option->kind == LIMEN_OPTION_SIZE && option->needs)
    for (int i = 0; i < 2; i++)
      check (((const guint *)field)[i] >= option->low && ((const guint *)field)[i] <= option->high);
}

static void
check_options (const LimenOptions *options)
{
  const LimenCommand *command = options->command;
  for (guint i = 0; i < command->n_options; i++)
    check_row (options, &command->options[i], options->given[i]);
  if (!command->instead)
    check ((*(GPtrArray *const *)((const char *)options->values + command->paths))->len > 0);
  if (command == &limen_command_bound)
    check_bound (options->values);
  if (command == &limen_command_prior_gradients)
    check_gradients (options->values);
  if (command == &limen_command_prior_train)
    check_prior_train (options->values);
  if (command == &limen_command_game)
    check_game (options->values);
  if (command == &limen_command_detect)
    check_detect (options->values);
  if (command == &limen_command_train)
    check_train (options->values);
}

static void
check_line (const LimenCommandLine *line, int n)
{
  check (!line->group || (!line->command && line->help));
  check (line->command || line->help || line->version || n == 0);
  if (line->options.values)
    check_options (&line->options);
  else
    check (line->help || line->version || n == 0);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_malloc0 (size + 1);
  char *words[MOST_WORDS];
  int n = 0;
  if (size > 0)
    memcpy (text, data, size);
  for (size_t at = 0; at < size && n < MOST_WORDS; at += strlen (text + at) + 1)
    words[n++] = text + at;
  g_auto (LimenCommandLine) line = {0};
  g_autoptr (GError) error = NULL;
  gboolean ok = limen_command_line_parse (&line, n, words, &error);
  check (ok == !error);
  if (ok)
    check_line (&line, n);
  else
    check (g_str_has_suffix (error->message, ".") || g_str_has_suffix (error->message, "?"));
  return 0;
}
