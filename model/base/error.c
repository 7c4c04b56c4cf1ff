#include "model/base/error.h"

G_DEFINE_QUARK (limen - error - quark, limen_error)

LimenProblem *
limen_problem_new (const char *path, const char *message)
{
  LimenProblem *problem = g_new (LimenProblem, 1);
  problem->path = g_strdup (path);
  problem->message = g_strdup (message);
  return problem;
}

void
limen_problem_free (LimenProblem *problem)
{
  g_free (problem->path);
  g_free (problem->message);
  g_free (problem);
}

GPtrArray *
limen_problems_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)limen_problem_free);
}

char *
limen_display_name (const char *path)
{
  return g_filename_display_name (path);
}
