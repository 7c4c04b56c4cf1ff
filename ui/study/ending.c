#include "ui/study/ending.h"

#include <stdlib.h>

typedef struct {
  LimenEndFunc end;
  gpointer data;
} Running;

static GMutex lock;
static GCond changed;
static GSList *running; /* (element-type Running) */

void
limen_ending_wait (void)
{
  g_mutex_lock (&lock);
  for (GSList *one = running; one; one = one->next) {
    const Running *thread = one->data;
    thread->end (thread->data);
  }
  while (running)
    g_cond_wait (&changed, &lock);
  g_mutex_unlock (&lock);
}

/* Whichever way the program ends: libraries are taken down after what is registered here. */
static void
wait_at_exit (void)
{
  static gsize is_registered;
  if (!g_once_init_enter (&is_registered))
    return;
  atexit (limen_ending_wait);
  g_once_init_leave (&is_registered, 1);
}

void
limen_ending_add (LimenEndFunc end, gpointer data)
{
  g_return_if_fail (end != NULL);
  Running *thread = g_new (Running, 1);
  *thread = (Running){end, data};
  wait_at_exit ();
  g_mutex_lock (&lock);
  running = g_slist_prepend (running, thread);
  g_mutex_unlock (&lock);
}

void
limen_ending_remove (gpointer data)
{
  g_mutex_lock (&lock);
  for (GSList *one = running; one; one = one->next)
    if (((const Running *)one->data)->data == data) {
      g_free (one->data);
      running = g_slist_delete_link (running, one);
      break;
    }
  g_cond_signal (&changed);
  g_mutex_unlock (&lock);
}
