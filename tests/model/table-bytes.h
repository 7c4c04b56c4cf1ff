/* Tables as tests write them. */
#pragma once

#include <glib.h>
#include <string.h>

static inline GBytes *
bytes_of (const char *text)
{
  return g_bytes_new (text, strlen (text));
}
