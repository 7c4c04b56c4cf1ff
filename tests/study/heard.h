/* What a session says: signals in their order, and notices. */
#pragma once

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

/** write_file: (transfer full): the path of a new file in a folder of its own */
char *write_file (const char *name, const void *bytes, gssize n);
/** remove_file: and its folder; frees @path */
void remove_file (char *path);
