/* Inside of options: the table that parser and help share, and how a value is read. */
#pragma once

#include "ui/cli/options.h"

/**
 * LimenOptionKind: how the text of a value is read
 * @FLAG: takes none
 * @PATHS: all words up to the next option, into a GPtrArray
 * @TEXT: as it is, into a const char *
 * @NUMBER: into a double, within @low and @high
 * @POSITIVE: into a double, finite and above 0
 * @COUNT: a whole number, into a guint, within @low and @high
 * @LONG_COUNT: the same into a guint64; "1e9" is one, too
 * @COUNTS: "1,5,50": as many of them as fit into a LimenCounts
 * @SEED: into a guint64
 * @CHOICE: one of @words, its place into an int
 * @METHOD: the word of a LimenMethod, into an int
 * @FILE_TYPE: a path that ends in one of @words, into a const char *
 * @RANGE, @LAYOUT: "0..255", "rows,label-first", into a LimenReading
 * @SIZE: "800x600", into two guint, each within @low and @high
 */
typedef enum {
  LIMEN_OPTION_FLAG,
  LIMEN_OPTION_PATHS,
  LIMEN_OPTION_TEXT,
  LIMEN_OPTION_NUMBER,
  LIMEN_OPTION_POSITIVE,
  LIMEN_OPTION_COUNT,
  LIMEN_OPTION_LONG_COUNT,
  LIMEN_OPTION_COUNTS,
  LIMEN_OPTION_SEED,
  LIMEN_OPTION_CHOICE,
  LIMEN_OPTION_METHOD,
  LIMEN_OPTION_FILE_TYPE,
  LIMEN_OPTION_RANGE,
  LIMEN_OPTION_LAYOUT,
  LIMEN_OPTION_SIZE,
} LimenOptionKind;

/**
 * LimenOption:
 * @commands: bit 1 << LimenCommand for each command that knows it
 * @field: offset in LimenOptions
 * @value: (nullable): what stands for the value in --help
 * @help: lines of at most 56 characters
 */
typedef struct {
  const char *name;
  guint commands;
  LimenOptionKind kind;
  gsize field;
  gboolean required;
  double low, high;
  const char *words[8];
  const char *value, *help;
} LimenOption;

extern const LimenOption limen_option_table[];
extern const guint limen_n_options;

/** limen_option_read: @text into @field. Returns: FALSE with one sentence */
gboolean
limen_option_read (const LimenOption *option, const char *text, gpointer field, GError **error);
/** limen_option_refuse: FALSE, always, with LIMEN_ERROR_ARGUMENT: @word and what is wrong with it
 */
gboolean limen_option_refuse (GError **error, const char *word, const char *format, ...)
    G_GNUC_PRINTF (3, 4);
