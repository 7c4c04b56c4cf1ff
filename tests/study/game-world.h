/* A session of the Game page, and what it says, for its tests. */
#pragma once

#include "tests/study/heard.h"
#include "ui/study/ending.h"
#include "ui/study/game/session.h"

static const char *const game_signals[] = {"game-changed",     "points-changed", "run-changed",
                                           "settings-changed", "race-changed",   NULL};

typedef struct {
  LimenGameSession *session;
  Heard heard;
} Study;

static inline void
wait_for_race (Study *study)
{
  heard_wait (&study->heard, "race-changed");
}

/* Nothing more comes: the race that was wished for last is there. */
static inline void
begin (Study *study)
{
  study->session = limen_game_session_new ();
  heard_begin (&study->heard, study->session, game_signals);
  wait_for_race (study);
  heard_assert (&study->heard, "race-changed");
}

static inline void
end (Study *study)
{
  g_object_unref (study->session);
  heard_end (&study->heard);
  limen_ending_wait ();
}
