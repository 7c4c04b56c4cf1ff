/* Work that somebody looks at: while it goes on, it is told of again and again. */
#pragma once

#include <glib-object.h>

/** limen_ticker_tell: @self emits "changed", now and, as long as it is @busy, ten times a second;
 * @tick: where the source of that is kept: 0 at first, and to be given to limen_ticker_stop()
 * before @self ends
 */
void limen_ticker_tell (gpointer self, guint *tick, gboolean busy);
void limen_ticker_stop (guint *tick);
