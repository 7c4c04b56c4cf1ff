/* What the questions of the Game page share. All of their steps are about rock paper scissors. */
#pragma once

#include "ui/study/game/lesson.h"
#include "ui/study/game/session.h"

/** LIMEN_GAME_NO_GAIN: points that a hand takes for none */
#define LIMEN_GAME_NO_GAIN 0.05
/** LIMEN_GAME_AWAY, LIMEN_GAME_THERE: distances of a point from the middle of its triangle that are
 * far from it, and that are none to a hand */
#define LIMEN_GAME_AWAY  0.2
#define LIMEN_GAME_THERE 0.05

/** LimenGameMark: what limen_game_lesson_mark() keeps in which number
 * @LIMEN_GAME_MARK_A, @LIMEN_GAME_MARK_B: three each; @LIMEN_GAME_MARK_IS_OURS: whether the game is
 * rock paper scissors; @LIMEN_GAME_MARK_GAME: a hash of its payoffs
 */
typedef enum {
  LIMEN_GAME_MARK_A,
  LIMEN_GAME_MARK_B = 3,
  LIMEN_GAME_MARK_IS_OURS = 6,
  LIMEN_GAME_MARK_GAME,
  LIMEN_GAME_MARK_METHOD,
  LIMEN_GAME_MARK_STEP,
  LIMEN_GAME_MARK_K,
  LIMEN_GAME_MARK_ANSWERED,
} LimenGameMark;

/** limen_game_lesson_mark: of every step */
void limen_game_lesson_mark (gpointer session, LimenLessonMark *mark);
/** limen_game_lesson_is_ours: whether the payoffs are those of rock paper scissors */
gboolean limen_game_lesson_is_ours (const LimenGameState *state);
/** limen_game_lesson_game: the hash */
double limen_game_lesson_game (const LimenGameState *state);
/** limen_game_lesson_is_held: it is our game, and the points are where a hand has put them, as no
 * method has moved them since */
gboolean limen_game_lesson_is_held (LimenGameSession *session);
/** limen_game_lesson_moved: a hand has moved the point of A, or (@is_b) of B */
gboolean
limen_game_lesson_moved (LimenGameSession *session, const LimenLessonMark *mark, gboolean is_b);
/** limen_game_lesson_way: how far the point of A is from where it was when the step began */
double limen_game_lesson_way (LimenGameSession *session, const LimenLessonMark *mark);
/** limen_game_lesson_from_middle: distance of @p: (3) from the uniform point */
double limen_game_lesson_from_middle (const double *p);
/** limen_game_lesson_exploit: of the points in hand */
LimenExploit limen_game_lesson_exploit (LimenGameSession *session);
/** limen_game_lesson_marked: of where they were; FALSE where there was another game */
gboolean limen_game_lesson_marked (LimenGameSession *session, const LimenLessonMark *mark,
                                   LimenExploit *exploit);

/**
 * LimenGameWay: what "Show me" does with the hand
 * @a, @b: (3) (nullable): where the points go; NULL: they stay
 * @freezes, @answers: FALSE, TRUE, or -1: as it is
 */
typedef struct {
  const double *a, *b;
  int freezes, answers;
} LimenGameWay;

/** limen_game_lesson_show_way: at part @t of it. A point that is there already goes a little
 * farther, so that it moves */
void limen_game_lesson_show_way (LimenGameSession *session, const LimenLessonMark *mark,
                                 const LimenGameWay *way, double t);

/**
 * LimenGamePlay: what "Show me" lets a method do
 * @n: iterations; they begin at @a, @b: (3), unless what is in the hand is at least @least and at
 * most @most from the solution
 */
typedef struct {
  LimenMethod method;
  guint n;
  double least, most, a[3], b[3];
} LimenGamePlay;

/** limen_game_lesson_played: @method has done at least @n iterations since */
gboolean limen_game_lesson_played (LimenGameSession *session, const LimenLessonMark *mark,
                                   LimenMethod method, guint n);
/** limen_game_lesson_show_play: FALSE while it is on its way to part @t */
gboolean limen_game_lesson_show_play (LimenGameSession *session, const LimenLessonMark *mark,
                                      const LimenGamePlay *play, double t);

/** Questions, in their order */
extern const LimenLessonQuestion limen_game_question_only;
extern const LimenLessonQuestion limen_game_question_any;
extern const LimenLessonQuestion limen_game_question_dynamics;
