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

/** LimenComing: how files came: dropped on a page; chosen in a dialog of the page in view; named by
 * a start of the program, when nobody chose the page in view for them */
typedef enum {
  LIMEN_COMING_DROPPED,
  LIMEN_COMING_CHOSEN,
  LIMEN_COMING_NAMED,
} LimenComing;

#define LIMEN_MOST_CHOICES 3

/** LimenPartyChoice: one of the kinds that files may be, and the page for it */
typedef struct {
  LimenKinds kind;
  guint page;
} LimenPartyChoice;

/**
 * LimenParty: files that stay together
 * @pages: of those that take all of them, a bit each: of several the user chooses
 * @kinds: all that they may be opened as there
 * @choice: (n_choices): what the user chooses from instead, where nothing in the files tells which
 * of the kinds they are; else none
 * @paths: (element-type filename): NULL-terminated
 */
typedef struct {
  guint pages;
  LimenKinds kinds;
  guint n_choices;
  LimenPartyChoice choice[LIMEN_MOST_CHOICES];
  GPtrArray *paths;
} LimenParty;

/**
 * limen_door_sort: a page that takes all of the files has them all; else each goes where it is
 * taken. Of several pages it is the one in view, then the one where others of the files must go.
 * @arrivals: (element-type LimenArrival)
 * @takes: (n_pages): what each page takes, at most 32 of them
 * @how: chosen for the page in view: where that takes points, a game whose strategies have names
 * is some, too. Of LIMEN_KIND_UNSURE, which comes alone, the page in view decides by what it takes;
 * where it takes several, or nobody chose it, the user is asked
 * @problems: (element-type LimenProblem): the files that go nowhere; a file that comes alone and is
 * nothing known goes to the page in view, which says what it wants instead
 *
 * Returns: (transfer full) (element-type LimenParty)
 */
GPtrArray *limen_door_sort (const GPtrArray *arrivals, const LimenKinds *takes, guint n_pages,
                            guint in_view, LimenComing how, GPtrArray *problems);

/** LimenDoorQuestion: @answer: (n_choices of the party): labels of buttons, with a mnemonic */
typedef struct {
  char *heading, *body;
  const char *answer[LIMEN_MOST_CHOICES];
} LimenDoorQuestion;

/** limen_party_question: of @party, which has choices: to be cleared */
LimenDoorQuestion limen_party_question (const LimenParty *party);
void limen_door_question_clear (LimenDoorQuestion *question);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LimenDoorQuestion, limen_door_question_clear)

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
