/* What a shell or a manual tells of a command: its table of options, and the words of its --help.
 */
#pragma once

#include "ui/cli/commands.h"

/**
 * ToldOption:
 * @name: "--model"
 * @value: (nullable): what stands for its value
 * @about: what --help says of it, in one line
 * @words: (element-type utf8), NULL-terminated: values that are known, "random"; may be empty
 * @files: whether a value may be a file or a folder
 * @many: whether all words up to the next option are values
 * @list: whether a value is several words with commas between
 */
typedef struct {
  const char *name, *value;
  char *about;
  GPtrArray *words;
  gboolean files, many, list;
} ToldOption;

/**
 * ToldCommand:
 * @usages: NULL-terminated: one line each, "limen game --method NAME ..."
 * @text: what it does, in one line
 * @takes_files: whether a word without an option before it is a file
 * @options: (n_options)
 */
typedef struct {
  const LimenCommand *command;
  char **usages, *text;
  gboolean takes_files;
  ToldOption *options;
  guint n_options;
} ToldCommand;

/** told_commands: (transfer none) (array length=n): all, in the order in which they are told */
const ToldCommand *told_commands (guint *n);
/** told_summary: (transfer none): what is said of @word of @group, or of a first word where @group
 * is NULL */
const char *told_summary (const char *group, const char *word);
/** told_short: (transfer full): the beginning of what is said of @option, up to the first mark
 * that parts it, for a list beside names; where that begins with the values, which are listed
 * anyway, "method" */
char *told_short (const ToldOption *option);
/** told_words: (transfer full): of @option, with @between between them */
char *told_words (const ToldOption *option, const char *between);

/* Each writes the table of all commands in one language, to take the place of a line "@COMMANDS@".
 */
void tell_bash (FILE *out);
void tell_zsh (FILE *out);
void tell_fish (FILE *out);
void tell_man (FILE *out);
