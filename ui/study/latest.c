#include "ui/study/latest.h"

struct _LimenLatest {
  GObject parent_instance;

  LimenJobRunFunc run;
  GDestroyNotify free_input, free_result;
  LimenOvertaken overtaken;
  LimenJobDoneFunc done;
  gpointer owner; /* NULL after limen_latest_free() */

  LimenJob *job;     /* nullable: what runs */
  gboolean is_stale; /* it was cancelled for a newer wish */
  gboolean has_wish; /* one waits: */
  gpointer wish;     /* its input */
};

G_DEFINE_FINAL_TYPE (LimenLatest, limen_latest, G_TYPE_OBJECT)

static void
forget_wish (LimenLatest *self)
{
  if (self->has_wish && self->free_input && self->wish)
    self->free_input (self->wish);
  self->has_wish = FALSE;
  self->wish = NULL;
}

static void start (LimenLatest *self, gpointer input);

static void
done_cb (gpointer result, const GError *error, gpointer latest)
{
  LimenLatest *self = latest;
  gboolean is_told = self->owner && !self->is_stale;
  g_clear_pointer (&self->job, limen_job_unref);
  self->is_stale = FALSE;
  if (is_told)
    self->done (result, error, self->owner);
  else if (result && self->free_result)
    self->free_result (result);
  if (self->job || !self->has_wish) /* @done may have made a wish, or freed us */
    return;
  gpointer wish = g_steal_pointer (&self->wish);
  self->has_wish = FALSE;
  start (self, wish);
}

static void
start (LimenLatest *self, gpointer input)
{
  self->job =
      limen_job_start (self->run, input, self->free_input, self->free_result, done_cb, self);
}

void
limen_latest_wish (LimenLatest *self, gpointer input)
{
  g_return_if_fail (LIMEN_IS_LATEST (self));
  forget_wish (self);
  if (!self->job) {
    start (self, input);
    return;
  }
  self->wish = input;
  self->has_wish = TRUE;
  if (self->overtaken == LIMEN_OVERTAKEN_IS_SHOWN)
    return;
  self->is_stale = TRUE;
  limen_job_cancel (self->job);
}

void
limen_latest_cancel (LimenLatest *self)
{
  g_return_if_fail (LIMEN_IS_LATEST (self));
  forget_wish (self);
  self->is_stale = FALSE; /* nothing newer comes: its end is told */
  if (self->job)
    limen_job_cancel (self->job);
}

gboolean
limen_latest_busy (LimenLatest *self, double *fraction)
{
  g_return_val_if_fail (LIMEN_IS_LATEST (self), FALSE);
  if (fraction)
    *fraction = self->job ? limen_job_fraction (self->job) : 1;
  return self->job != NULL;
}

gboolean
limen_latest_waits (LimenLatest *self)
{
  g_return_val_if_fail (LIMEN_IS_LATEST (self), FALSE);
  return self->has_wish;
}

static void
limen_latest_class_init (LimenLatestClass *klass)
{
}

static void
limen_latest_init (LimenLatest *self)
{
}

LimenLatest *
limen_latest_new (LimenJobRunFunc run, GDestroyNotify free_input, GDestroyNotify free_result,
                  LimenOvertaken overtaken, LimenJobDoneFunc done, gpointer owner)
{
  LimenLatest *self = g_object_new (LIMEN_TYPE_LATEST, NULL);
  self->run = run;
  self->free_input = free_input;
  self->free_result = free_result;
  self->overtaken = overtaken;
  self->done = done;
  self->owner = owner;
  return self;
}

void
limen_latest_free (LimenLatest *self)
{
  g_return_if_fail (LIMEN_IS_LATEST (self));
  limen_latest_cancel (self);
  self->owner = NULL;
  g_object_unref (self); /* what runs has a reference of its own */
}
