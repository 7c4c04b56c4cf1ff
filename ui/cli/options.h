/* The words of the command line: one table of options decides what is understood and what --help
 * says. */
#pragma once

#include "model/data/reading.h"
#include "model/detect/detector.h"
#include "model/flow/nice-trainer.h"
#include "model/game/dynamics.h"
#include "model/latent/gaussian-model.h"
#include "model/prior/prior-trainer.h"

#include <stdio.h>

typedef enum {
  LIMEN_COMMAND_DETECT,
  LIMEN_COMMAND_SCORE,
  LIMEN_COMMAND_INSPECT,
  LIMEN_COMMAND_TRAIN,
  LIMEN_COMMAND_BOUND,
  LIMEN_COMMAND_PRIOR_GRADIENTS,
  LIMEN_COMMAND_PRIOR_TRAIN,
  LIMEN_COMMAND_GAME,
  LIMEN_COMMAND_GAME_SOLVE,
  LIMEN_N_COMMANDS,
  LIMEN_COMMAND_NONE = LIMEN_N_COMMANDS,
} LimenCommand;

#define LIMEN_MOST_COUNTS 64

/** LimenCounts: whole numbers, rising, none twice */
typedef struct {
  guint n, value[LIMEN_MOST_COUNTS];
} LimenCounts;

/**
 * LimenBoundOptions:
 * @case_file, @vae: (nullable): paths; one of them
 * @images: (element-type filename): never NULL, and NULL-terminated
 * @proposal: of a case: a LimenProposalKind
 * @index: which image; @count: 0, or how many instead, from the first on
 * @sigma: of a Gaussian decoder; 0: a Bernoulli decoder
 * @samples: bounds to average for each K; 0: no Monte Carlo
 */
typedef struct {
  const char *case_file, *vae;
  GPtrArray *images;
  int proposal;
  guint index, count, samples;
  guint64 seed;
  double sigma;
  LimenCounts k;
} LimenBoundOptions;

/**
 * LimenGradientOptions: of limen prior gradients
 * @estimator: a LimenGradientEstimator; LIMEN_N_ESTIMATORS: all of them
 * @samples: of each
 * @shift: added to log p
 */
typedef struct {
  const char *case_file;
  int estimator;
  guint samples;
  guint64 seed;
  double shift;
} LimenGradientOptions;

/**
 * LimenPriorTrainOptions: of limen prior train
 * @data: a path, or the name of points that Limen makes up
 * @steps: what becomes @settings.n_steps
 */
typedef struct {
  const char *data;
  guint steps;
  LimenPriorSettings settings;
} LimenPriorTrainOptions;

/**
 * LimenGameOptions: of limen game and limen game solve
 * @payoff: the name of a game, or a path
 * @method: a LimenMethod
 * @step: NaN: the default of the method
 * @start: (nullable): as limen_game_start_parse() takes it
 * @integrator: a LimenIntegrator
 * @csv: (nullable): a path, or "-"
 */
typedef struct {
  const char *payoff, *start, *csv;
  int method, integrator;
  double step;
  guint64 iterations;
  gboolean unprojected;
} LimenGameOptions;

/**
 * LimenOptions:
 * @command: NONE where only @help or @version is asked for
 * @group: (nullable): the first word, "prior", where no command of that group follows
 * @model, @json, @scores, @plot, @out, @resume: (nullable): paths; @json may be "-"
 * @paths, @normal, @anomaly, @validation, @data: (element-type filename): never NULL, and
 * NULL-terminated
 * @threshold: NaN where @sigmas decides
 * @width, @height: of the plot, pixels; @scale: pixels per pixel
 * @fit: width and height of the images to train on, 0: as the first is
 * @half: whether to write half precision
 * @reading: how arrays of images are read; @anomaly_reading: those of anomalies
 *
 * What one command line says. Strings are borrowed from it.
 */
typedef struct {
  LimenCommand command;
  const char *group;
  gboolean help, version;
  const char *model, *json, *scores, *plot, *out, *resume;
  GPtrArray *paths, *normal, *anomaly, *validation, *data;
  LimenSplit split;
  double sigmas, threshold, scale;
  guint width, height;
  gboolean dark;
  LimenNiceTrainerSettings train;
  guint fit[2];
  gboolean half;
  LimenReading reading, anomaly_reading;
  LimenBoundOptions bound;
  LimenGradientOptions gradients;
  LimenPriorTrainOptions prior_train;
  LimenGameOptions game;
} LimenOptions;

/**
 * limen_options_parse:
 * @argv: (n): the words after the name of the program
 * @options: (out): to be cleared with limen_options_clear() in any case
 *
 * Looks at no file. Returns: FALSE with LIMEN_ERROR_ARGUMENT and one sentence.
 */
gboolean limen_options_parse (int n, char *const *argv, LimenOptions *options, GError **error);
void limen_options_clear (LimenOptions *options);

/** limen_is_command_word: whether @word is a command or the first of its two words: "bound",
 * "prior"
 */
gboolean limen_is_command_word (const char *word);
/** limen_command_name: "bound", "prior train", "game", "game solve" */
const char *limen_command_name (LimenCommand command);
/** limen_command_is_of: whether the first of two words of @command is @group (nullable) */
gboolean limen_command_is_of (LimenCommand command, const char *group);
/** limen_options_print_help: of the command or the group, or else limen --help */
void limen_options_print_help (const LimenOptions *options, FILE *stream);
