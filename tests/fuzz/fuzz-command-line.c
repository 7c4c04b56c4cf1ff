/* The words of a command line, each ended by a NUL: understood or refused with one sentence, never
 * run. */
#include "ui/cli/options.h"

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
check_prior (const LimenOptions *options)
{
  const LimenGradientOptions *gradients = &options->gradients;
  const LimenPriorSettings *settings = &options->prior_train.settings;
  check (options->command != LIMEN_COMMAND_PRIOR_GRADIENTS || gradients->case_file);
  check (gradients->estimator >= 0 && gradients->estimator <= LIMEN_N_ESTIMATORS);
  check (gradients->samples >= 1 && isfinite (gradients->shift));
  check (options->command != LIMEN_COMMAND_PRIOR_TRAIN || options->prior_train.data);
  check ((guint)settings->estimator < LIMEN_N_ESTIMATORS);
  check (settings->latent >= 1 && settings->batch >= 1 && settings->n_steps >= 1);
  check (settings->n_steps == options->prior_train.steps);
  check (settings->sigma > 0 && settings->learning_rate > 0 && settings->learning_rate <= 1);
  check (settings->trainable == TRUE || settings->trainable == FALSE);
}

static gboolean
is_of_game (const LimenOptions *options)
{
  return options->command == LIMEN_COMMAND_GAME || options->command == LIMEN_COMMAND_GAME_SOLVE;
}

static void
check_game (const LimenGameOptions *game)
{
  check (game->payoff && *game->payoff && game->iterations >= 1);
  check (isnan (game->step) || (isfinite (game->step) && game->step > 0));
  check (game->method >= 0 && game->method < LIMEN_N_METHODS);
  check (game->integrator >= 0 && game->integrator <= LIMEN_INTEGRATOR_EULER);
}

static gboolean
is_of_prior (const LimenOptions *options)
{
  return options->command == LIMEN_COMMAND_PRIOR_GRADIENTS ||
         options->command == LIMEN_COMMAND_PRIOR_TRAIN;
}

static void
check_options (const LimenOptions *options)
{
  check (options->scale >= 1 && options->scale <= 4 && isfinite (options->sigmas));
  check (options->width >= 100 && options->width <= 10000 && options->height <= 10000);
  check (options->command == LIMEN_COMMAND_NONE || options->help || options->paths->len > 0 ||
         options->command == LIMEN_COMMAND_BOUND || is_of_prior (options) || is_of_game (options) ||
         (options->model && options->normal->len > 0) || (options->out && options->data->len > 0));
  if (options->command == LIMEN_COMMAND_BOUND && !options->help)
    check_bound (&options->bound);
  if (is_of_game (options) && !options->help)
    check_game (&options->game);
  check (!options->group || (options->command == LIMEN_COMMAND_NONE && options->help));
  if (!options->help)
    check_prior (options);
  check (options->train.width >= 1 && options->train.width <= 65536 && options->train.batch >= 1);
  check (options->train.learning_rate > 0 && options->train.learning_rate <= 1);
  check (options->train.epochs > 0 || options->train.minutes > 0);
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
  LimenOptions options;
  g_autoptr (GError) error = NULL;
  gboolean ok = limen_options_parse (n, words, &options, &error);
  check (ok == !error);
  if (ok)
    check_options (&options);
  else
    check (g_str_has_suffix (error->message, ".") || g_str_has_suffix (error->message, "?"));
  limen_options_clear (&options);
  return 0;
}
