/* Signals of sessions, which are emitted by their names. */
#pragma once

#include <glib-object.h>

/** limen_signals_new: of a class: @names: NULL-terminated: that carry nothing; @tells: and
 * "notice", with a message for the user */
static inline void
limen_signals_new (GType type, const char *const *names, gboolean tells)
{
  for (guint i = 0; names[i]; i++)
    g_signal_new (names[i], type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  if (tells)
    g_signal_new ("notice", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                  G_TYPE_STRING);
}
