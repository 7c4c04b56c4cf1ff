/* The words behind a command become its struct of options, by its table. */
#pragma once

#include "ui/cli/command.h"

/**
 * LimenOptions: what the words behind a command say
 * @values: (nullable): its own struct; strings in it are borrowed from the words, each GPtrArray of
 * files (element-type filename) is never NULL, and NULL-terminated
 * @given: (n_options): whether a row of its table was
 */
struct LimenOptions {
  const LimenCommand *command;
  gpointer values;
  gboolean *given;
};

/**
 * limen_options_read:
 * @options: (out): to be cleared with limen_options_clear() in any case
 *
 * Looks at no file. Returns: FALSE with LIMEN_ERROR_ARGUMENT and one sentence.
 */
gboolean limen_options_read (LimenOptions *options, const LimenCommand *command, int n,
                             char *const *words, GError **error);
/** limen_options_given: whether @name, "--seed", is an option of the command that was given */
gboolean limen_options_given (const LimenOptions *options, const char *name);
/** limen_is_option_word: whether @word is an option, or meant as one: no value, no file */
gboolean limen_is_option_word (const char *word);
void limen_options_clear (LimenOptions *options);
