/* What rows are told while they are aimed at waits, and comes once. */
#include "ui/news.h"

typedef struct {
  guint n;
  GString *order;
  char name;
} Listener;

static void
told_cb (Listener *listener)
{
  listener->n++;
  g_string_append_c (listener->order, listener->name);
}

/* An object with signals that carry nothing */
static GObject *
source_new (void)
{
  static gboolean made;
  GObject *source = g_object_new (G_TYPE_OBJECT, NULL);
  static const char *const names[] = {"moved", "grown"};
  for (guint i = 0; !made && i < G_N_ELEMENTS (names); i++)
    g_signal_new (names[i], G_TYPE_OBJECT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  made = TRUE;
  return source;
}

static void
test_news_wait_and_come_once (void)
{
  g_autoptr (GString) order = g_string_new (NULL);
  g_autoptr (GObject) source = source_new ();
  Listener a = {0, order, 'a'}, b = {0, order, 'b'};
  limen_news_connect (source, "moved", G_CALLBACK (told_cb), &a);
  limen_news_connect (source, "grown", G_CALLBACK (told_cb), &b);
  g_signal_emit_by_name (source, "moved");
  g_assert_cmpstr (order->str, ==, "a");
  limen_news_hold (TRUE);
  g_signal_emit_by_name (source, "grown");
  limen_news_hold (TRUE);
  for (guint i = 0; i < 3; i++)
    g_signal_emit_by_name (source, "moved");
  g_assert_cmpstr (order->str, ==, "a");
  limen_news_hold (FALSE); /* somebody else still holds them */
  g_assert_cmpstr (order->str, ==, "a");
  limen_news_hold (FALSE);
  g_assert_cmpstr (order->str, ==, "aba");
  g_signal_emit_by_name (source, "moved");
  g_assert_cmpstr (order->str, ==, "abaa");
  g_signal_handlers_disconnect_by_data (source, &a);
  g_signal_handlers_disconnect_by_data (source, &b);
  g_signal_emit_by_name (source, "moved");
  g_assert_cmpuint (a.n, ==, 3);
}

/* Who went in the meantime is told nothing. */
static void
test_who_is_gone_is_told_nothing (void)
{
  g_autoptr (GString) order = g_string_new (NULL);
  GObject *source = source_new (), *self = source_new ();
  Listener a = {0, order, 'a'};
  limen_news_connect (source, "moved", G_CALLBACK (told_cb), &a);
  limen_news_follow (self, source, "moved", G_CALLBACK (g_object_freeze_notify));
  limen_news_hold (TRUE);
  g_signal_emit_by_name (source, "moved");
  g_object_unref (self);
  g_signal_handlers_disconnect_by_data (source, &a);
  g_object_unref (source);
  limen_news_hold (FALSE);
  g_assert_cmpstr (order->str, ==, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/news/news-wait-and-come-once", test_news_wait_and_come_once);
  g_test_add_func ("/news/who-is-gone-is-told-nothing", test_who_is_gone_is_told_nothing);
  return g_test_run ();
}
