/* One run of a command: how it is interrupted, what it shows meanwhile, what it says in the end. */
#pragma once

#include "model/base/run.h"

#include <stdio.h>

/**
 * LimenSession:
 * @run: tells its progress to this session; cancelled by SIGINT, SIGTERM and SIGHUP; the second of
 * them ends the program at once
 * @task: what the progress is of, for the terminal
 */
typedef struct {
  LimenRun run;
  const char *task;
  int percent;
  gboolean shows_progress;
} LimenSession;

/** limen_session_begin: to be called before any thread is started, once */
void limen_session_begin (LimenSession *session);
/** limen_session_cancellable: (transfer none) (nullable): that of the session that has begun */
GCancellable *limen_session_cancellable (void);

/** limen_session_start: a new task, from 0 % on */
void limen_session_start (LimenSession *session, const char *task);
/** limen_session_progress: a LimenProgressFunc: shows the percentage where standard error is a
 * terminal */
void limen_session_progress (double fraction, gpointer session);
/** limen_session_show: @line in the place of the progress, where standard error is a terminal */
void limen_session_show (LimenSession *session, const char *line);
/** limen_session_clear: takes it away, before something else is printed */
void limen_session_clear (LimenSession *session);
/** limen_session_warn: one sentence on standard error, about @path where the sentence does not name
 * it itself */
void limen_session_warn (LimenSession *session, const char *path, const char *message);
/** limen_session_warn_from: of ten of @problems (element-type LimenProblem) from @first on, and how
 * many more there are */
void limen_session_warn_from (LimenSession *session, const GPtrArray *problems, guint first);
/** limen_session_fail: says why. Returns: the exit status for @error */
int limen_session_fail (LimenSession *session, const GError *error);

/** limen_say: prints one line; what a terminal would obey instead of show is replaced */
void limen_say (FILE *stream, const char *format, ...) G_GNUC_PRINTF (2, 3);
/** limen_flush_output: FALSE with LIMEN_ERROR_UNREADABLE where standard output did not take
 * everything */
gboolean limen_flush_output (GError **error);
