#include "model/base/error.h"

#define MAX_SHOWN 100

G_DEFINE_QUARK (limen - error - quark, limen_error)

gboolean
limen_fail (GError **error, LimenError code, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *sentence = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error_literal (error, LIMEN_ERROR, (gint)code, sentence);
  return FALSE;
}

gboolean
limen_refuse (GError **error, LimenError code, const char *path, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *predicate = g_strdup_vprintf (format, arguments);
  g_autofree char *shown = limen_display_name (path);
  va_end (arguments);
  return limen_fail (error, code, "%s %s.", shown, predicate);
}

LimenProblem *
limen_problem_new (const char *path, const char *message)
{
  LimenProblem *problem = g_new (LimenProblem, 1);
  problem->path = g_strdup (path);
  problem->message = g_strdup (message);
  return problem;
}

void
limen_problem_free (LimenProblem *problem)
{
  g_free (problem->path);
  g_free (problem->message);
  g_free (problem);
}

GPtrArray *
limen_problems_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)limen_problem_free);
}

char *
limen_display_name (const char *path)
{
  return g_filename_display_name (path);
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
