#include "ui/study/detector/from-scores.h"

#include "model/data/file-kind.h"

#define LOOKED_AT     64     /* names that decide whether they lead to pictures at all */
#define MOST_PICTURES 100000 /* that are looked for on the disk */
#define MOST_PIXELS   (1u << 29)

/* -- pictures -- */

/* (transfer full) (element-type filename) (nullable): of all images of @set; NULL where some of
 * their names lead to none. @found: (out): of how many of the first ones they do */
static GPtrArray *
find_pictures (const LimenTableScores *scores, const LimenTableSet *set, guint *found)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  *found = 0;
  for (guint i = 0; i < set->scores->n; i++) {
    char *path = limen_score_table_image_path (scores->table, set->row[i]);
    if (path)
      g_ptr_array_add (paths, path);
    *found += path != NULL;
    if (!path && i >= LOOKED_AT)
      return NULL;
  }
  g_ptr_array_add (paths, NULL);
  return *found == set->scores->n ? g_steal_pointer (&paths) : NULL;
}

/* As the first one is, smaller where so many would not fit into memory */
static gboolean
find_size (const char *const *paths, guint n, LimenImageSetOptions *options, const LimenRun *run,
           GError **error)
{
  const char *const first[] = {paths[0], NULL};
  const LimenImageSetOptions one = {.max_images = 1};
  g_autoptr (LimenImageSet) set =
      limen_image_set_load (first, &one, NULL, &(LimenRun){.cancellable = run->cancellable}, error);
  if (!set)
    return FALSE;
  options->width = limen_image_set_width (set);
  options->height = limen_image_set_height (set);
  while ((guint64)options->width * options->height * n > MOST_PIXELS) {
    options->width = MAX (options->width / 2, 1);
    options->height = MAX (options->height / 2, 1);
  }
  return TRUE;
}

static void
tell (GPtrArray *problems, const LimenTableScores *scores, const char *why)
{
  const char *file = scores->table->files[0];
  g_autofree char *shown = limen_display_name (file);
  g_autofree char *message = g_strdup_printf ("%s has no pictures here: %s.", shown, why);
  g_ptr_array_add (problems, limen_problem_new (file, message));
}

/* One for each score, or none */
static LimenImageSet *
load_pictures (const LimenTableScores *scores, const LimenTableSet *set, GPtrArray *problems,
               const LimenRun *run)
{
  LimenImageSetOptions options = {0};
  guint found, n = set->scores->n;
  if (!scores->table->names || n > MOST_PICTURES)
    return NULL;
  g_autoptr (GPtrArray) paths = find_pictures (scores, set, &found);
  if (!paths) {
    if (found > 0)
      tell (problems, scores, "some of its names lead to files, and others do not");
    return NULL;
  }
  g_autoptr (GError) refused = NULL;
  const char *const *names = (const char *const *)paths->pdata;
  g_autoptr (GPtrArray) left_out = limen_problems_new ();
  g_autoptr (LimenImageSet) images =
      find_size (names, n, &options, run, &refused)
          ? limen_image_set_load (names, &options, left_out, run, &refused)
          : NULL;
  if (images && limen_image_set_n_images (images) == n)
    return g_steal_pointer (&images);
  if (!g_error_matches (refused, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    tell (problems, scores, "its names do not lead to one picture each");
  return NULL;
}

static gboolean
add_pictures (LimenExperiment *experiment, GPtrArray *problems, const LimenRun *run, GError **error)
{
  const LimenTableScores *table = experiment->table;
  const LimenTableSet *set[LIMEN_N_LABELLED] = {&table->normal, &table->anomaly};
  for (int role = 0; role < LIMEN_N_LABELLED; role++) {
    if (set[role]->scores)
      experiment->set[role] = load_pictures (table, set[role], problems, run);
  }
  return !g_cancellable_set_error_if_cancelled (run->cancellable, error);
}

/* -- the whole -- */

LimenExperiment *
limen_experiment_from_scores (const char *const *paths, guint n, const LimenTableWish *wish,
                              LimenScoreTable *there, LimenTableAsked *asked, GPtrArray *problems,
                              const LimenRun *watched, GError **error)
{
  g_return_val_if_fail (paths && n > 0 && wish && asked && problems, NULL);
  LimenRun run = limen_run_of (watched);
  g_autoptr (LimenTableScores) table =
      limen_table_wish_load (wish, paths, n, there, asked, &run, error);
  if (!table)
    return NULL;
  LimenTableScores *scores = limen_table_scores_joined (table);
  g_autoptr (LimenExperiment) experiment = limen_experiment_new ();
  limen_experiment_take_table (
      experiment, scores,
      limen_origin_new ((const char *const *)scores->table->files, scores->table->name), wish);
  return add_pictures (experiment, problems, &run, error) ? g_steal_pointer (&experiment) : NULL;
}

/* -- what comes with them -- */

static void
say (GPtrArray *problems, const char *path, const char *why)
{
  g_autofree char *shown = limen_display_name (path);
  g_autofree char *message = g_strconcat (shown, " was left out: ", why, NULL);
  g_ptr_array_add (problems, limen_problem_new (path, message));
}

void
limen_scores_leave (const GPtrArray *paths, GPtrArray *problems)
{
  g_return_if_fail (paths != NULL && problems != NULL);
  for (guint i = 0; i < paths->len; i++)
    if (paths->pdata[i]) /* not the end of a list */
      say (problems, paths->pdata[i],
           "scores came with it, and they need no flow and no images; open it alone.");
}

void
limen_scores_leave_arrays (GPtrArray *tables, GPtrArray *problems)
{
  g_return_if_fail (tables != NULL && problems != NULL);
  for (guint i = tables->len; i-- > 0;)
    if (limen_file_kind (tables->pdata[i], NULL) == LIMEN_FILE_NPY) {
      say (problems, tables->pdata[i],
           "it holds scores or labels, a number for each image; open it alone to judge by them.");
      g_ptr_array_remove_index (tables, i);
    }
}
