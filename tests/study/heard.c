#include "tests/study/heard.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct {
  Heard *heard;
  const char *name;
} Ear;

static void
said_cb (gpointer object, Ear *ear)
{
  g_string_append_printf (ear->heard->said, "%s ", ear->name);
}

static void
notice_cb (gpointer object, const char *message, Heard *heard)
{
  g_assert_true (g_utf8_validate (message, -1, NULL));
  g_ptr_array_add (heard->notices, g_strdup (message));
}

static void
forget_ear (gpointer ear, GClosure *closure)
{
  g_free (ear);
}

void
heard_begin (Heard *heard, gpointer object, const char *const *signals)
{
  *heard = (Heard){g_string_new (NULL), g_ptr_array_new_with_free_func (g_free)};
  for (; *signals; signals++) {
    Ear *ear = g_new (Ear, 1);
    *ear = (Ear){heard, *signals};
    g_signal_connect_data (object, *signals, G_CALLBACK (said_cb), ear, forget_ear,
                           G_CONNECT_DEFAULT);
  }
  g_signal_connect (object, "notice", G_CALLBACK (notice_cb), heard);
}

void
heard_end (Heard *heard)
{
  g_string_free (heard->said, TRUE);
  g_ptr_array_unref (heard->notices);
}

void
heard_assert (Heard *heard, const char *signals)
{
  g_autofree char *said = g_strchomp (g_strdup (heard->said->str));
  g_assert_cmpstr (said, ==, signals);
  g_string_truncate (heard->said, 0);
}

void
heard_assert_notice (Heard *heard, const char *const *words)
{
  g_assert_cmpuint (heard->notices->len, ==, 1);
  for (; *words; words++)
    if (!strstr (heard->notices->pdata[0], *words))
      g_error ("“%s” is not in “%s”", *words, (char *)heard->notices->pdata[0]);
  g_ptr_array_set_size (heard->notices, 0);
}

void
heard_assert_no_notice (Heard *heard)
{
  if (heard->notices->len > 0)
    g_error ("told: “%s”", (char *)heard->notices->pdata[0]);
}

void
heard_wait (Heard *heard, const char *signal)
{
  while (!strstr (heard->said->str, signal))
    g_main_context_iteration (NULL, TRUE);
}

/* -- what is waited for -- */

static gboolean
wake_cb (gpointer unused)
{
  return G_SOURCE_CONTINUE;
}

void
wait_until (gboolean (*holds) (gpointer), gpointer data)
{
  guint wake = g_timeout_add (2, wake_cb, NULL);
  while (!holds (data))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (wake);
}

gboolean
is_gone (gpointer weak)
{
  return *(gpointer *)weak == NULL;
}

void
let_go (gpointer object)
{
  gpointer weak = object;
  g_object_add_weak_pointer (G_OBJECT (object), &weak);
  g_object_unref (object);
  wait_until (is_gone, &weak);
}

/* -- one signal -- */

static void
count_cb (guint *n)
{
  ++*n;
}

guint *
count_signal (gpointer object, const char *signal)
{
  guint *n = g_new0 (guint, 1);
  g_signal_connect_data (object, signal, G_CALLBACK (count_cb), n,
                         (GClosureNotify)(void (*) (void))g_free, G_CONNECT_SWAPPED);
  return n;
}

void
keep_notice_cb (gpointer object, const char *message, gpointer data)
{
  g_free (*(char **)data);
  *(char **)data = g_strdup (message);
}

gboolean
is_told (gpointer told)
{
  return *(char **)told != NULL;
}

void
assert_told (const char *told, const char *file)
{
  g_assert_nonnull (told);
  g_assert_true (g_str_has_suffix (told, "."));
  g_assert_nonnull (strstr (told, file));
}

/* -- a file -- */

char *
write_lone_file (const char *name, const void *bytes, gssize n)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("limen-study-XXXXXX", &error);
  g_assert_no_error (error);
  char *path = g_build_filename (folder, name, NULL);
  g_file_set_contents (path, bytes, n, &error);
  g_assert_no_error (error);
  return path;
}

void
remove_lone_file (char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_unlink (path);
  g_rmdir (folder);
  g_free (path);
}
