/* Where files go that come in together: dropped, chosen, or handed over by another start. */
#pragma once

#include "model/kinds/kinds.h"
#include "ui/study/job.h"

/**
 * LimenArrival: a file that was looked at
 * @kinds: 0: none, for the reason @refusal
 */
typedef struct {
  char *path;
  LimenKinds kinds;
  char *refusal;
} LimenArrival;

/** limen_door_look: a LimenJobRunFunc; @paths: NULL-terminated. Returns: (element-type
 * LimenArrival): a GPtrArray: each of them, in their order */
gpointer limen_door_look (gpointer paths, const LimenRun *run, GError **error);

/**
 * LimenParty: files that stay together
 * @pages: of those that take all of them, a bit each: of several the user chooses
 * @kinds: all that they may be opened as there
 * @paths: (element-type filename): NULL-terminated
 */
typedef struct {
  guint pages;
  LimenKinds kinds;
  GPtrArray *paths;
} LimenParty;

/**
 * limen_door_sort: a page that takes all of the files has them all; else each goes where it is
 * taken. Of several pages it is the one in view, then the one where others of the files must go.
 * @arrivals: (element-type LimenArrival)
 * @takes: (n_pages): what each page takes, at most 32 of them
 * @chosen: in a dialog of the page in view: where that takes points, a game whose strategies have
 * names is some, too
 * @problems: (element-type LimenProblem): the files that go nowhere; a file that comes alone and is
 * nothing known goes to the page in view, which says what it wants instead
 *
 * Returns: (transfer full) (element-type LimenParty)
 */
GPtrArray *limen_door_sort (const GPtrArray *arrivals, const LimenKinds *takes, guint n_pages,
                            guint in_view, gboolean chosen, GPtrArray *problems);

/**
 * limen_door_place: the files that go to a place which the user chose
 * @arrivals: (element-type LimenArrival)
 * @takes: what that place takes; @title: what it is called
 * @problems: (element-type LimenProblem): those that are something else, or nothing known
 *
 * Returns: (transfer full) (element-type filename): NULL-terminated
 */
GPtrArray *limen_door_place (const GPtrArray *arrivals, LimenKinds takes, const char *title,
                             GPtrArray *problems);
