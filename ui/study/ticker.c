#include "ui/study/ticker.h"

#define TICK_MS 100 /* between two looks at work */

static gboolean
tick_cb (gpointer self)
{
  g_signal_emit_by_name (self, "changed");
  return G_SOURCE_CONTINUE;
}

void
limen_ticker_tell (gpointer self, guint *tick, gboolean busy)
{
  g_return_if_fail (G_IS_OBJECT (self) && tick != NULL);
  if (!busy)
    limen_ticker_stop (tick);
  else if (!*tick)
    *tick = g_timeout_add (TICK_MS, tick_cb, self);
  g_signal_emit_by_name (self, "changed");
}

void
limen_ticker_stop (guint *tick)
{
  g_return_if_fail (tick != NULL);
  g_clear_handle_id (tick, g_source_remove);
}
