/* The newest wish wins: of work that is wanted again and again, with other input each time, one
 * piece runs, and at most one waits. */
#pragma once

#include "ui/study/job.h"

#include <glib-object.h>

#define LIMEN_TYPE_LATEST (limen_latest_get_type ())
G_DECLARE_FINAL_TYPE (LimenLatest, limen_latest, LIMEN, LATEST, GObject)

/** LimenOvertaken: what becomes of work that runs when a newer wish comes */
typedef enum {
  LIMEN_OVERTAKEN_IS_CANCELLED, /* its result is of no use any more */
  LIMEN_OVERTAKEN_IS_SHOWN,     /* it ends, as a picture that follows a drag: late, but soon */
} LimenOvertaken;

/**
 * limen_latest_new:
 * @run, @free_input, @free_result: as limen_job_start() takes them; all inputs and results are of
 * one kind
 * @done: as there; not called for work that was overtaken and cancelled, or ended with
 * limen_latest_free(). It may make the next wish.
 * @owner: borrowed, until limen_latest_free(): what @done is called with
 */
LimenLatest *
limen_latest_new (LimenJobRunFunc run, GDestroyNotify free_input, GDestroyNotify free_result,
                  LimenOvertaken overtaken, LimenJobDoneFunc done, gpointer owner);
/** limen_latest_free: what runs is cancelled, and its @done is not called any more */
void limen_latest_free (LimenLatest *latest);

/** limen_latest_wish: @input: (transfer full): takes the place of a wish that waits; starts now, or
 * when what runs has ended */
void limen_latest_wish (LimenLatest *latest, gpointer input);
/** limen_latest_cancel: forgets what waits and cancels what runs, whose @done comes with
 * G_IO_ERROR_CANCELLED */
void limen_latest_cancel (LimenLatest *latest);

/** limen_latest_busy: @fraction: (out) (optional): how much of what runs is done; 1 where nothing
 * does */
gboolean limen_latest_busy (LimenLatest *latest, double *fraction);
/** limen_latest_waits: whether a wish waits for what runs */
gboolean limen_latest_waits (LimenLatest *latest);
