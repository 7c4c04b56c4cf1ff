#include "model/base/parallel.h"

#define MAX_WORKERS 64

typedef struct {
  guint n_batches;
  LimenBatchFunc batch;
  gpointer user_data;
  LimenRun run;
  GMutex lock;
  guint next, done;
} Crew;

typedef struct {
  Crew *crew;
  guint worker;
} Member;

guint
limen_n_workers (void)
{
  const char *wanted = g_getenv ("LIMEN_THREADS");
  guint64 n = 0;
  if (!wanted || !g_ascii_string_to_unsigned (wanted, 10, 1, MAX_WORKERS, &n, NULL))
    n = g_get_num_processors ();
  return (guint)CLAMP (n, 1, MAX_WORKERS);
}

static gboolean
take_batch (Crew *crew, guint *batch)
{
  g_mutex_lock (&crew->lock);
  gboolean left =
      crew->next < crew->n_batches && !g_cancellable_is_cancelled (crew->run.cancellable);
  if (left)
    *batch = crew->next++;
  g_mutex_unlock (&crew->lock);
  return left;
}

static gpointer
work (gpointer data)
{
  Member *member = data;
  Crew *crew = member->crew;
  guint batch;
  while (take_batch (crew, &batch)) {
    crew->batch (batch, member->worker, crew->user_data);
    g_mutex_lock (&crew->lock);
    crew->done++;
    if (crew->run.progress)
      crew->run.progress ((double)crew->done / crew->n_batches, crew->run.progress_data);
    g_mutex_unlock (&crew->lock);
  }
  return NULL;
}

gboolean
limen_parallel (guint n_batches, LimenBatchFunc batch, gpointer user_data, const LimenRun *run,
                GError **error)
{
  Crew crew = {n_batches, batch, user_data, limen_run_of (run)};
  Member members[MAX_WORKERS];
  GThread *threads[MAX_WORKERS];
  guint n_workers = MIN (limen_n_workers (), MAX (n_batches, 1));
  g_mutex_init (&crew.lock);
  for (guint i = 0; i < n_workers; i++) {
    members[i] = (Member){&crew, i};
    if (i > 0)
      threads[i] = g_thread_new ("limen-worker", work, &members[i]);
  }
  work (&members[0]);
  for (guint i = 1; i < n_workers; i++)
    g_thread_join (threads[i]);
  g_mutex_clear (&crew.lock);
  if (crew.done == n_batches)
    return TRUE;
  g_cancellable_set_error_if_cancelled (crew.run.cancellable, error);
  return FALSE;
}
