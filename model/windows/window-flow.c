/* −log p of windows by a flow that learned windows. */
#include "model/flow/nice-rows.h"
#include "model/windows/window-model-private.h"

typedef struct {
  LimenNice *nice;
  guint dimension;
} Flow;

gpointer
limen_window_flow_new (LimenNice *nice, guint dimension)
{
  Flow *flow = g_new (Flow, 1);
  *flow = (Flow){limen_nice_ref (nice), dimension};
  return flow;
}

static void
flow_free (gpointer judge)
{
  Flow *flow = judge;
  limen_nice_unref (flow->nice);
  g_free (flow);
}

static gpointer
room_new (gconstpointer judge)
{
  const Flow *flow = judge;
  return limen_nice_rows_new (flow->nice);
}

static void
room_free (gpointer room)
{
  limen_nice_rows_free (room);
}

static void
score (gconstpointer judge, const float *x, guint n, guint cell, guint worker, gpointer room,
       float *out)
{
  const Flow *flow = judge;
  double log_likelihood[LIMEN_WINDOW_BATCH];
  limen_nice_rows_log_likelihood (room, worker, x, n, flow->dimension, log_likelihood);
  for (guint i = 0; i < n; i++)
    out[i] = (float)-log_likelihood[i];
}

const LimenWindowClass limen_window_flow_class = {room_new, room_free, score, flow_free};
