/* A Prior page without its window, for its questions. */
#pragma once

#include "tests/study/heard.h"
#include "ui/study/ending.h"
#include "ui/study/prior/session.h"

/* As a page does it: looks at every frame */
static gboolean
has_come_to_rest (gpointer session)
{
  limen_prior_session_look (session);
  return limen_prior_session_rests (session) && limen_prior_session_view (session);
}

static LimenPriorSession *
begin (void)
{
  LimenPriorSession *session = limen_prior_session_new ();
  wait_until (has_come_to_rest, session);
  return session;
}

static void
end (LimenPriorSession *session)
{
  g_object_unref (session);
  limen_ending_wait ();
}
