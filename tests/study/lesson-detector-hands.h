/* Hands on the Detector page, and worlds of scores, for the tests of its lesson. */
#pragma once

#include "model/base/random.h"
#include "tests/study/detector-world.h"
#include "tests/study/lesson-steps.h"
#include "ui/study/detector/lesson.h"

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"

#define N_NORMAL  240
#define N_ANOMALY 90

static void
rest (LimenDetectorSession *session)
{
  wait_until (is_idle, session);
}

static const LimenDetectorPageState *
page_of (LimenDetectorSession *session)
{
  return limen_detector_session_state (session);
}

static void
set_rule (LimenDetectorSession *session, LimenRuleKind kind, double value)
{
  limen_detector_session_set_rule (session, (LimenRule){kind, value});
}

static void
drag (LimenDetectorSession *session, double value)
{
  limen_detector_session_set_threshold (session, value);
}

static void
split_again (LimenDetectorSession *session)
{
  limen_detector_session_resample (session);
  rest (session);
}

/* Most about 0, some far out to both sides, many the same; anomalies farther to where they belong
 */
static char *
write_scores (const char *folder, const char *name, LimenSide side, guint64 seed)
{
  LimenRandom random = limen_random_stream (seed, "scores", side);
  g_autoptr (GString) text = g_string_new ("distance,label\n");
  for (guint i = 0; i < N_NORMAL + N_ANOMALY; i++) {
    gboolean anomaly = i >= N_NORMAL;
    double z = limen_random_normal (&random), wide = limen_random_uniform (&random) < 0.1 ? 4 : 1;
    double away = side == LIMEN_SIDE_LOW ? -2 : side == LIMEN_SIDE_HIGH ? 2 : i % 2 ? 3 : -3;
    char number[G_ASCII_DTOSTR_BUF_SIZE];
    g_ascii_formatd (number, sizeof number, "%.1f", 10 + wide * z + (anomaly ? away : 0));
    g_string_append_printf (text, "%s,%s\n", number, anomaly ? "anomaly" : "normal");
  }
  return write_file (folder, name, text->str, text->len);
}

static void
open_scores (LimenDetectorSession *session, const char *path, LimenSide side)
{
  char column[] = "distance", labels[] = "label", normal[] = "normal";
  const LimenTableWish wish = {column, labels, normal, FALSE, TRUE, side};
  const char *paths[] = {path, NULL};
  limen_detector_session_open_scores (session, paths, &wish);
  rest (session);
  g_assert_nonnull (limen_detector_session_analysis (session));
}

#pragma GCC diagnostic pop
