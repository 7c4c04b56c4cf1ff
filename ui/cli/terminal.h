/* Where a command runs: how it is interrupted, what it shows meanwhile, what it says in the end. */
#pragma once

#include "model/base/run.h"

#include <stdio.h>

/**
 * LimenTerminal:
 * @run: shows its progress here; cancelled by SIGINT, SIGTERM and SIGHUP; the second of
 * them ends the program at once
 * @task: what the progress is of, for the terminal
 */
typedef struct {
  LimenRun run;
  const char *task;
  int percent;
  gboolean shows_progress;
} LimenTerminal;

/** limen_terminal_begin: to be called before any thread is started, once */
void limen_terminal_begin (LimenTerminal *terminal);
/** limen_terminal_cancellable: (transfer none) (nullable): that of the terminal that has begun */
GCancellable *limen_terminal_cancellable (void);

/** limen_terminal_start: a new task, from 0 % on */
void limen_terminal_start (LimenTerminal *terminal, const char *task);
/** limen_terminal_progress: a LimenProgressFunc: shows the percentage where standard error is a
 * terminal */
void limen_terminal_progress (double fraction, gpointer terminal);
/** limen_terminal_show: @line in the place of the progress, where standard error is a terminal */
void limen_terminal_show (LimenTerminal *terminal, const char *line);
/** limen_terminal_clear: takes it away, before something else is printed */
void limen_terminal_clear (LimenTerminal *terminal);
/** limen_terminal_warn: one sentence on standard error, about @path where the sentence does not
 * name it itself */
void limen_terminal_warn (LimenTerminal *terminal, const char *path, const char *message);
/** limen_terminal_warn_from: of ten of @problems (element-type LimenProblem) from @first on, and
 * how many more there are */
void limen_terminal_warn_from (LimenTerminal *terminal, const GPtrArray *problems, guint first);
/** limen_terminal_fail: says why. Returns: the exit status for @error */
int limen_terminal_fail (LimenTerminal *terminal, const GError *error);

/** limen_say: prints one line; what a terminal would obey instead of show is replaced */
void limen_say (FILE *stream, const char *format, ...) G_GNUC_PRINTF (2, 3);
/** limen_flush_output: FALSE with LIMEN_ERROR_UNREADABLE where standard output did not take
 * everything */
gboolean limen_flush_output (GError **error);
