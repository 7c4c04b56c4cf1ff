#include "model/base/refuse.h"

#define MAX_SHOWN 100

gboolean
limen_refuse (GError **error, LimenError code, const char *path, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *predicate = g_strdup_vprintf (format, arguments);
  g_autofree char *shown = limen_display_name (path);
  va_end (arguments);
  g_set_error (error, LIMEN_ERROR, code, "%s %s.", shown, predicate);
  return FALSE;
}

char *
limen_printable (const char *text, gsize n)
{
  g_autofree char *valid = g_utf8_make_valid (text, (gssize)MIN (n, MAX_SHOWN));
  GString *shown = g_string_new (NULL);
  for (const char *c = valid; *c; c = g_utf8_next_char (c))
    g_string_append_unichar (shown,
                             g_unichar_isprint (g_utf8_get_char (c)) ? g_utf8_get_char (c) : '?');
  return g_string_free (g_string_append (shown, n > MAX_SHOWN ? "…" : ""), FALSE);
}
