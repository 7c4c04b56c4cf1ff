/* A crew of threads that stays together for many short jobs, where parallel.h hires one for each.
 */
#pragma once

#include "model/base/parallel.h"

typedef struct LimenCrew LimenCrew;

/** limen_crew_new: limen_n_workers() members; the caller of limen_crew_run() is one of them */
LimenCrew *limen_crew_new (void);
void limen_crew_free (LimenCrew *crew);
guint limen_crew_n_workers (const LimenCrew *crew);

/**
 * limen_crew_run:
 * @run: does one of the @n_tasks; its results must depend on the task only, never on the worker
 *
 * Runs all tasks and returns when all are done. To be called by one thread at a time.
 */
void limen_crew_run (LimenCrew *crew, guint n_tasks, LimenBatchFunc run, gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenCrew, limen_crew_free)
