/* Errors and long work: the two things every room of the model shares. */
#pragma once

#include <gio/gio.h>

#define LIMEN_ERROR (limen_error_quark ())

/**
 * LimenError:
 * @LIMEN_ERROR_UNREADABLE: the file can't be opened, read or written
 * @LIMEN_ERROR_FORMAT: the content is not of a kind that Limen knows
 * @LIMEN_ERROR_DAMAGED: of a known kind, but cut off or inconsistent
 * @LIMEN_ERROR_UNSAFE: asks to run code, or to use more memory than any honest file would
 * @LIMEN_ERROR_MISMATCH: readable, but does not fit what it is to be used with
 * @LIMEN_ERROR_ARGUMENT: a number or a name given by the user is out of range
 *
 * Each message is one sentence that names the file, says what is wrong, and what to do.
 * Cancelled work reports G_IO_ERROR_CANCELLED instead.
 */
typedef enum {
  LIMEN_ERROR_UNREADABLE,
  LIMEN_ERROR_FORMAT,
  LIMEN_ERROR_DAMAGED,
  LIMEN_ERROR_UNSAFE,
  LIMEN_ERROR_MISMATCH,
  LIMEN_ERROR_ARGUMENT,
} LimenError;

GQuark limen_error_quark (void);
/** limen_fail: sets @error to the sentence @format. Returns: FALSE, always. */
gboolean limen_fail (GError **error, LimenError code, const char *format, ...) G_GNUC_PRINTF (3, 4);
/** limen_refuse: the same with "PATH FORMAT." */
gboolean limen_refuse (GError **error, LimenError code, const char *path, const char *format, ...)
    G_GNUC_PRINTF (4, 5);

/**
 * LimenProgressFunc:
 * @fraction: how much of the work is done, 0 to 1
 *
 * Called from worker threads, one call at a time, at most a few hundred times for a whole job.
 */
typedef void (*LimenProgressFunc) (double fraction, gpointer user_data);

/**
 * LimenProblem:
 * @path: what could not be used; for a member of an archive "archive.zip: member.png"
 * @message: the reason, one sentence
 *
 * One thing among many that was left out while the rest was used.
 */
typedef struct {
  char *path;
  char *message;
} LimenProblem;

LimenProblem *limen_problem_new (const char *path, const char *message);
void limen_problem_free (LimenProblem *problem);
/** limen_problems_new: returns: (transfer full): an empty array of LimenProblem that owns them */
GPtrArray *limen_problems_new (void);

/** limen_display_name: returns: (transfer full): @path as shown to people, always valid UTF-8 */
char *limen_display_name (const char *path);
/** limen_printable: (transfer full): @n bytes of foreign text, shortened, without anything that
 * could break a line */
char *limen_printable (const char *text, gsize n);
