/* What a session says, all of it in its order or one signal alone, and how to wait for it. */
#pragma once

#include "ui/study/job.h"

#include <glib-object.h>

typedef struct {
  GString *said;      /* names of signals, each with a space behind it */
  GPtrArray *notices; /* (element-type utf8) */
} Heard;

/** heard_begin: @signals: NULL-terminated; with "notice" among them or not, that is heard as well
 */
void heard_begin (Heard *heard, gpointer object, const char *const *signals);
/** heard_end: of an object that is there no more, or that the caller lets go of */
void heard_end (Heard *heard);
/** heard_assert: since the last time just these: "game-changed run-changed", and then forgets them
 */
void heard_assert (Heard *heard, const char *signals);
/** heard_assert_notice: that one notice came which has all of @words: NULL-terminated, and forgets
 * it */
void heard_assert_notice (Heard *heard, const char *const *words);
/** heard_assert_no_notice: and forgets nothing */
void heard_assert_no_notice (Heard *heard);

/** heard_wait: until @signal is among what was heard */
void heard_wait (Heard *heard, const char *signal);

/** wait_until: @holds of @data, while the main context runs. Nothing here ends by a clock: what
 * never comes, the test runner ends. */
void wait_until (gboolean (*holds) (gpointer), gpointer data);
/** is_gone: @weak: a gpointer * that g_object_add_weak_pointer() knows */
gboolean is_gone (gpointer weak);
/** let_go: gives back the reference to @object, and waits until work under way has, too */
void let_go (gpointer object);

/** count_signal: (transfer none): how often @signal comes: from 0; lives as long as @object */
guint *count_signal (gpointer object, const char *signal);
/** keep_notice_cb: of "notice": the last, in a char ** that is @data */
void keep_notice_cb (gpointer object, const char *message, gpointer data);
/** is_told: @told: a char ** */
gboolean is_told (gpointer told);
/** assert_told: that @told is one sentence that names @file */
void assert_told (const char *told, const char *file);

/** write_lone_file: (transfer full): the path of a new file in a folder of its own */
char *write_lone_file (const char *name, const void *bytes, gssize n);
/** remove_lone_file: and its folder; frees @path */
void remove_lone_file (char *path);
