#include "ui/news.h"

/** News: one that waits; both owned */
typedef struct {
  GClosure *closure;
  GObject *source;
} News;

static guint n_held;
static GPtrArray *waiting; /* (nullable): News, in the order in which they came */

static void
news_free (gpointer data)
{
  News *news = data;
  g_closure_unref (news->closure);
  g_object_unref (news->source);
  g_free (news);
}

/* However often it is told, it reads what there is then. */
static void
keep (GClosure *closure, GObject *source)
{
  if (!waiting)
    waiting = g_ptr_array_new_with_free_func (news_free);
  for (guint i = 0; i < waiting->len; i++)
    if (((News *)waiting->pdata[i])->closure == closure)
      return;
  News *news = g_new (News, 1);
  *news = (News){g_closure_ref (closure), g_object_ref (source)};
  g_ptr_array_add (waiting, news);
}

static void
marshal (GClosure *closure, GValue *result, guint n, const GValue *values, gpointer hint,
         gpointer data)
{
  if (n_held > 0)
    keep (closure, g_value_get_object (&values[0]));
  else
    g_cclosure_marshal_VOID__VOID (closure, result, n, values, hint, data);
}

static GClosure *
closure_new (GCallback callback, gpointer data)
{
  GClosure *closure = g_cclosure_new_swap (callback, data, NULL);
  g_closure_set_marshal (closure, marshal);
  return closure;
}

void
limen_news_connect (gpointer source, const char *signal, GCallback callback, gpointer data)
{
  g_return_if_fail (G_IS_OBJECT (source) && signal != NULL && callback != NULL && data != NULL);
  g_signal_connect_closure (source, signal, closure_new (callback, data), FALSE);
}

void
limen_news_follow (gpointer self, gpointer source, const char *signal, GCallback callback)
{
  g_return_if_fail (G_IS_OBJECT (self) && G_IS_OBJECT (source) && signal != NULL);
  GClosure *closure = closure_new (callback, self);
  g_object_watch_closure (self, closure);
  g_signal_connect_closure (source, signal, closure, FALSE);
}

/* Who went in the meantime, or does not listen any more, is told nothing. */
static gboolean
listens (const News *news)
{
  return !news->closure->is_invalid && g_signal_handler_find (news->source, G_SIGNAL_MATCH_CLOSURE,
                                                              0, 0, news->closure, NULL, NULL) != 0;
}

static void
tell_all (void)
{
  g_autoptr (GPtrArray) all = g_steal_pointer (&waiting);
  for (guint i = 0; all && i < all->len; i++) {
    const News *news = all->pdata[i];
    GValue source = G_VALUE_INIT;
    if (!listens (news))
      continue;
    g_value_init (&source, G_TYPE_OBJECT);
    g_value_set_object (&source, news->source);
    g_closure_invoke (news->closure, NULL, 1, &source, NULL);
    g_value_unset (&source);
  }
}

void
limen_news_hold (gboolean held)
{
  g_return_if_fail (held || n_held > 0);
  n_held += held ? 1 : -1u;
  if (n_held == 0)
    tell_all ();
}
