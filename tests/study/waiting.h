/* How to wait for what a session does beside, and to count what it says. */
#pragma once

#include "ui/study/job.h"

#include <glib-object.h>
#include <string.h>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"

static gboolean
wake_cb (gpointer unused)
{
  return G_SOURCE_CONTINUE;
}

/* Nothing here ends by a clock: what never comes, the test runner ends. */
static void
wait_until (gboolean (*holds) (gpointer), gpointer data)
{
  guint wake = g_timeout_add (2, wake_cb, NULL);
  while (!holds (data))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (wake);
}

static void
count_cb (guint *n)
{
  ++*n;
}

/* How often @signal comes: starts at 0, lives as long as the test */
static guint *
count_signal (gpointer session, const char *signal)
{
  guint *n = g_new0 (guint, 1);
  g_signal_connect_data (session, signal, G_CALLBACK (count_cb), n,
                         (GClosureNotify)(void (*) (void))g_free, G_CONNECT_SWAPPED);
  return n;
}

static void
keep_notice_cb (gpointer session, const char *message, gpointer data)
{
  g_free (*(char **)data);
  *(char **)data = g_strdup (message);
}

static gboolean
is_told (gpointer data)
{
  return *(char **)data != NULL;
}

/* One sentence that names the file */
static void
assert_told (const char *told, const char *file)
{
  g_assert_nonnull (told);
  g_assert_true (g_str_has_suffix (told, "."));
  g_assert_nonnull (strstr (told, file));
}

static gboolean
is_gone (gpointer weak)
{
  return *(gpointer *)weak == NULL;
}

#pragma GCC diagnostic pop
