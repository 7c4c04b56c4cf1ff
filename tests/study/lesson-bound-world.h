/* A Bound page without its window, for its questions, and a folder for files. */
#pragma once

#include "tests/study/bound-files.h"
#include "ui/study/ending.h"

typedef struct {
  LimenBoundSession *session;
  char *folder;
} World;

static void
begin (World *world)
{
  *world = (World){limen_bound_session_new (), make_folder ()};
}

static void
end (World *world)
{
  let_go (world->session);
  limen_ending_wait ();
  remove_folder (world->folder);
  g_free (world->folder);
}
