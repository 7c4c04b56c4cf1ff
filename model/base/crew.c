#include "model/base/crew.h"

typedef struct {
  LimenCrew *crew;
  guint index;
  GThread *thread;
} Member;

/* @round, @n_busy, @leaving: guarded by @lock; @next is atomic */
struct LimenCrew {
  GMutex lock;
  GCond started, finished;
  guint n_workers, round, n_busy;
  gboolean leaving;
  guint n_tasks;
  gint next;
  LimenBatchFunc run;
  gpointer user_data;
  Member *member;
};

static void
work (LimenCrew *crew, guint index)
{
  for (guint task; (task = (guint)g_atomic_int_add (&crew->next, 1)) < crew->n_tasks;)
    crew->run (task, index, crew->user_data);
}

static gpointer
serve (gpointer data)
{
  Member *member = data;
  LimenCrew *crew = member->crew;
  g_mutex_lock (&crew->lock);
  for (guint round = 0;; round = crew->round) {
    while (crew->round == round && !crew->leaving)
      g_cond_wait (&crew->started, &crew->lock);
    if (crew->leaving)
      break;
    g_mutex_unlock (&crew->lock);
    work (crew, member->index);
    g_mutex_lock (&crew->lock);
    if (--crew->n_busy == 0)
      g_cond_signal (&crew->finished);
  }
  g_mutex_unlock (&crew->lock);
  return NULL;
}

LimenCrew *
limen_crew_new (void)
{
  LimenCrew *crew = g_new0 (LimenCrew, 1);
  crew->n_workers = limen_n_workers ();
  crew->member = g_new0 (Member, crew->n_workers);
  g_mutex_init (&crew->lock);
  g_cond_init (&crew->started);
  g_cond_init (&crew->finished);
  for (guint i = 1; i < crew->n_workers; i++) {
    crew->member[i] = (Member){crew, i, NULL};
    crew->member[i].thread = g_thread_new ("limen-crew", serve, &crew->member[i]);
  }
  return crew;
}

void
limen_crew_free (LimenCrew *crew)
{
  g_mutex_lock (&crew->lock);
  crew->leaving = TRUE;
  g_cond_broadcast (&crew->started);
  g_mutex_unlock (&crew->lock);
  for (guint i = 1; i < crew->n_workers; i++)
    g_thread_join (crew->member[i].thread);
  g_mutex_clear (&crew->lock);
  g_cond_clear (&crew->started);
  g_cond_clear (&crew->finished);
  g_free (crew->member);
  g_free (crew);
}

guint
limen_crew_n_workers (const LimenCrew *crew)
{
  return crew->n_workers;
}

void
limen_crew_run (LimenCrew *crew, guint n_tasks, LimenBatchFunc run, gpointer user_data)
{
  crew->n_tasks = n_tasks;
  crew->run = run;
  crew->user_data = user_data;
  g_atomic_int_set (&crew->next, 0);
  gboolean together = crew->n_workers > 1 && n_tasks > 1;
  if (together) {
    g_mutex_lock (&crew->lock);
    crew->round++;
    crew->n_busy = crew->n_workers - 1;
    g_cond_broadcast (&crew->started);
    g_mutex_unlock (&crew->lock);
  }
  work (crew, 0);
  if (together) {
    g_mutex_lock (&crew->lock);
    while (crew->n_busy > 0)
      g_cond_wait (&crew->finished, &crew->lock);
    g_mutex_unlock (&crew->lock);
  }
}
