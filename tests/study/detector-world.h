/* The Detector page without its window, with a small flow and two sets of images beside it. */
#pragma once

#include "ui/study/ending.h"
#include "tests/study/detector-files.h"

#define ADD(name) g_test_add_func ("/detector-session/" #name, test_##name)

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"

typedef struct {
  LimenDetectorSession *session;
  char *folder, *flow, *normal, *anomaly;
  char *told, *asked; /* the last notice, and the last question */
  char *taken;        /* the last that arrived */
  guint n_notices, n_problems;
} World;

static void
notice_cb (LimenDetectorSession *session, const char *message, GPtrArray *problems, World *world)
{
  world->n_notices++;
  world->n_problems = problems ? problems->len : 0;
  g_free (world->told);
  world->told = g_strdup (message);
}

static void
asked_cb (LimenDetectorSession *session, const char *name, World *world)
{
  g_free (world->asked);
  world->asked = g_strdup (name);
}

static void
arrived_cb (LimenDetectorSession *session, const char *sentence, World *world)
{
  g_free (world->taken);
  world->taken = g_strdup (sentence);
}

static void
begin (World *world)
{
  *world = (World){.session = limen_detector_session_new (), .folder = make_folder ()};
  world->flow = write_flow (world->folder, "flow.safetensors", 1);
  world->normal = write_images (world->folder, "normal.npy", 60, 1);
  world->anomaly = write_images (world->folder, "anomaly.npy", 40, 2);
  g_signal_connect (world->session, "notice", G_CALLBACK (notice_cb), world);
  g_signal_connect (world->session, "arrived", G_CALLBACK (arrived_cb), world);
  g_signal_connect (world->session, "role-asked", G_CALLBACK (asked_cb), world);
}

static void
end (World *world)
{
  g_signal_handlers_disconnect_by_data (world->session, world);
  let_go (world->session);
  limen_ending_wait ();
  remove_folder (world->folder);
  char *all[] = {world->folder, world->flow,  world->normal, world->anomaly,
                 world->told,   world->asked, world->taken};
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    g_free (all[i]);
}

static gboolean
is_idle (gpointer session)
{
  return !limen_detector_session_busy (session, NULL);
}

static void
drop (World *world, LimenSetRole role, const char *one, const char *two, const char *three)
{
  const char *paths[] = {one, two, two ? three : NULL, NULL};
  limen_detector_session_open (world->session, paths, role);
}

/* Flow and both sets, and their scores */
static void
drop_all (World *world)
{
  drop (world, LIMEN_N_SETS, world->flow, world->normal, world->anomaly);
  wait_until (is_idle, world->session);
  g_assert_cmpuint (world->n_notices, ==, 0);
  g_assert_nonnull (limen_detector_session_analysis (world->session));
}

static const LimenDetectorPageState *
state_of (const World *world)
{
  return limen_detector_session_state (world->session);
}

static const LimenExperiment *
experiment_of (const World *world)
{
  return limen_detector_session_experiment (world->session);
}

static const LimenDetector *
detector_of (const World *world)
{
  return limen_detector_session_detector (world->session);
}

#pragma GCC diagnostic pop
