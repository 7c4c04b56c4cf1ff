/* Threads that must end before the program does: what they work with (the libraries' own memory) is
 * taken down by exit(). */
#pragma once

#include <glib.h>

/** LimenEndFunc: asks a thread to end soon; it may be called more than once, with a lock held that
 * limen_ending_remove() needs */
typedef void (*LimenEndFunc) (gpointer data);

/** limen_ending_add: before the thread of @data begins. exit() calls @end, then waits. */
void limen_ending_add (LimenEndFunc end, gpointer data);
/** limen_ending_remove: the last that this thread does with @data, which was alive till then */
void limen_ending_remove (gpointer data);
/** limen_ending_wait: asks all of them, and waits until none is left */
void limen_ending_wait (void);
