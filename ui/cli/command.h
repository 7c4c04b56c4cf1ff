/* A command of the command line: its words, its table of options, and what it does. */
#pragma once

#include "ui/cli/option.h"
#include "ui/cli/terminal.h"

typedef struct LimenOptions LimenOptions;

/**
 * LimenCommand:
 * @name: one word or two: "bound", "prior train"; help.txt has the rest of what --help says
 * @instead: (nullable): the options that a word which stands alone should have had before it; NULL
 * where such words are files, of which there is at least one
 * @options: (n_options): the last one is --help
 * @size: bytes of the command's struct of options
 * @paths: where @instead is NULL: offset of the GPtrArray * of these files in it
 * @init: (nullable): its defaults, where they are not 0
 * @check: (nullable): what no single option can tell: those that are missing or contradict each
 * other
 * @run: returns: FALSE with the sentence to fail with
 */
typedef struct {
  const char *name, *summary, *instead;
  const LimenOption *options;
  guint n_options;
  gsize size, paths;
  void (*init) (gpointer values);
  gboolean (*check) (const LimenOptions *options, GError **error);
  gboolean (*run) (gconstpointer values, LimenTerminal *terminal, GError **error);
} LimenCommand;

/* What a command with a table @rows and a struct @type says of them. */
#define LIMEN_COMMAND_OPTIONS(rows, type)                                                          \
  .options = rows, .n_options = G_N_ELEMENTS (rows), .size = sizeof (type)
