/* All commands. A new one is a file of its own, a word in this list, and its file in meson.build.
 */
#pragma once

#include "ui/cli/command.h"

/* In the order in which they are told */
#define LIMEN_COMMANDS(DO)                                                                         \
  DO (detect)                                                                                      \
  DO (score)                                                                                       \
  DO (bench)                                                                                       \
  DO (explain)                                                                                     \
  DO (inspect)                                                                                     \
  DO (train)                                                                                       \
  DO (bound)                                                                                       \
  DO (prior_gradients)                                                                             \
  DO (prior_train)                                                                                 \
  DO (game)                                                                                        \
  DO (game_solve)

#define LIMEN_COMMAND_DECLARE(name) extern const LimenCommand limen_command_##name;
LIMEN_COMMANDS (LIMEN_COMMAND_DECLARE)

/* NULL-terminated */
extern const LimenCommand *const limen_commands[];

/** limen_command_find: (nullable): the one of that name, of two words where it has two */
const LimenCommand *limen_command_find (const char *name);
/** limen_command_is_of: whether the first of two words of @command is @group */
gboolean limen_command_is_of (const LimenCommand *command, const char *group);
/** limen_is_command_group: whether @word is the first of two words of a command: "prior", "game" */
gboolean limen_is_command_group (const char *word);
/** limen_command_first_words: (transfer container): "detect", ..., "prior", "game" */
GPtrArray *limen_command_first_words (void);
/** limen_command_second_words: (transfer container): of the commands of @group */
GPtrArray *limen_command_second_words (const char *group);
