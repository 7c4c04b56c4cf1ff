#include "ui/study/detector/loader.h"

#include "model/data/builtin.h"
#include "model/data/file-kind.h"
#include "model/data/image-set.h"
#include "model/detect/score-images.h"
#include "model/kinds/kinds.h"
#include "ui/study/detector/from-scores.h"

#include <string.h>

/* What was dropped, sorted: weights, tables of scores, and for each role the images that go there.
 */
typedef struct {
  GPtrArray *weights, *tables;
  GPtrArray *images[LIMEN_N_SETS];
} Sorted;

typedef struct {
  const LimenLoad *load;
  LimenExperiment *next;
  LimenPartialFunc partial;
  gpointer partial_data;
  GPtrArray *problems;
  LimenRun whole, step;
  double done, share; /* of the whole work: before this step, and of this step */
} Run;

static void
step_progress (double fraction, gpointer data)
{
  Run *run = data;
  if (run->whole.progress)
    run->whole.progress (run->done + run->share * fraction, run->whole.progress_data);
}

static void
begin_step (Run *run, double until)
{
  run->done += run->share;
  run->share = until - run->done;
  step_progress (0, run);
}

static void
add_problem (Run *run, const char *path, const GError *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_ptr_array_add (run->problems, limen_problem_new (path, error->message));
}

static void
sorted_init (Sorted *sorted)
{
  sorted->weights = g_ptr_array_new_with_free_func (g_free);
  sorted->tables = g_ptr_array_new_with_free_func (g_free);
  for (int role = 0; role < LIMEN_N_SETS; role++)
    sorted->images[role] = g_ptr_array_new_with_free_func (g_free);
}

static void
sorted_clear (Sorted *sorted)
{
  g_ptr_array_unref (sorted->weights);
  g_ptr_array_unref (sorted->tables);
  for (int role = 0; role < LIMEN_N_SETS; role++)
    g_ptr_array_unref (sorted->images[role]);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sorted, sorted_clear)

static void
add_all (GPtrArray *array, char **paths)
{
  for (guint i = 0; paths[i]; i++)
    g_ptr_array_add (array, g_strdup (paths[i]));
}

/* Normal images of the user's own: what Limen brought along gives way to what is dropped. */
static gboolean
has_own_normal (const LimenLoad *load)
{
  const LimenOrigin *from = load->anew ? NULL : load->before->set_from[LIMEN_SET_NORMAL];
  return from && !limen_is_builtin (from->paths[0]);
}

/* What is dropped once more stays what it is. */
static gboolean
has_role (const LimenLoad *load, const char *path, LimenSetRole *role)
{
  for (*role = 0; *role < LIMEN_N_SETS; ++*role) {
    const LimenOrigin *from = load->before->set_from[*role];
    if (from && !load->anew && g_strv_contains ((const char *const *)from->paths, path))
      return TRUE;
  }
  return FALSE;
}

/* The role of a set whose name does not tell. Beside normal images it is compared with them; the
 * first is asked for. FALSE where there is no answer yet. */
static gboolean
find_role (const Sorted *sorted, const LimenLoad *load, const char *path, guint *n_asked,
           LimenSetRole *role)
{
  if (has_role (load, path, role))
    return TRUE;
  if (sorted->images[LIMEN_SET_NORMAL]->len > 0 || has_own_normal (load) ||
      *n_asked == LIMEN_MOST_ANSWERS) {
    *role = LIMEN_SET_ANOMALY;
    if (load->guessed)
      load->guessed[*role] = TRUE;
    return TRUE;
  }
  if (*n_asked == load->n_answers)
    return FALSE;
  *role = load->answers[(*n_asked)++];
  return TRUE;
}

/* What a question calls it: the last two components of its path */
static char *
name_to_ask (const char *path, gboolean with_others)
{
  g_autofree char *full = g_canonicalize_filename (path, NULL), *base = g_path_get_basename (full);
  g_autofree char *parent = g_path_get_dirname (full), *above = g_path_get_basename (parent);
  g_autofree char *name = strlen (above) > 1 ? g_build_filename (above, base, NULL) : NULL;
  g_autofree char *shown = limen_display_name (name ? name : base);
  return with_others ? g_strdup_printf ("%s and the other pictures", shown)
                     : g_steal_pointer (&shown);
}

static guint
count_pictures (char **paths)
{
  guint n = 0;
  for (guint i = 0; paths[i]; i++)
    n += limen_file_kind (paths[i], NULL) == LIMEN_FILE_IMAGE;
  return n;
}

/* Files and folders whose names do not tell: single pictures belong together, everything else is a
 * set of its own. FALSE with @unclear: one of them is to be asked for. */
static gboolean
sort_unknown (const LimenLoad *load, char **paths, Sorted *sorted, char **unclear)
{
  guint n_pictures = count_pictures (paths), n_asked = 0;
  LimenSetRole pictures = LIMEN_N_SETS, role;
  for (guint i = 0; paths[i]; i++) {
    gboolean picture = limen_file_kind (paths[i], NULL) == LIMEN_FILE_IMAGE;
    if (limen_is_builtin (paths[i]))
      role = limen_builtin_is_anomaly (paths[i]) ? LIMEN_SET_ANOMALY : LIMEN_SET_NORMAL;
    else if (picture && pictures != LIMEN_N_SETS)
      role = pictures;
    else if (!find_role (sorted, load, paths[i], &n_asked, &role)) {
      *unclear = name_to_ask (paths[i], picture && n_pictures > 1);
      return FALSE;
    }
    if (picture)
      pictures = role;
    g_ptr_array_add (sorted->images[role], g_strdup (paths[i]));
  }
  return TRUE;
}

static gboolean
sort_images (const LimenLoad *load, char **paths, Sorted *sorted, char **unclear)
{
  g_auto (GStrv) normal = NULL, anomaly = NULL, unsorted = NULL, unknown = NULL;
  if (load->role != LIMEN_N_SETS) {
    add_all (sorted->images[load->role], paths);
    return TRUE;
  }
  limen_sort_into_roles ((const char *const *)paths, &normal, &anomaly, &unsorted, &unknown);
  add_all (sorted->images[LIMEN_SET_NORMAL], normal);
  add_all (sorted->images[LIMEN_SET_ANOMALY], anomaly);
  add_all (sorted->images[LIMEN_SET_UNSORTED], unsorted);
  return sort_unknown (load, unknown, sorted, unclear);
}

/* A table or an array that is scores and nothing else */
static gboolean
is_scores (Run *run, const char *path, LimenFileKind kind)
{
  gboolean may = kind == LIMEN_FILE_UNKNOWN || kind == LIMEN_FILE_CSV || kind == LIMEN_FILE_NPY;
  LimenKinds kinds = may ? limen_kinds_of_file (path, run->whole.cancellable, NULL) : 0;
  return kinds & LIMEN_KIND_SCORES && !(kinds & LIMEN_KIND_IMAGES);
}

/* FALSE with @unclear. Nobody is asked what a file is that can't be read. */
static gboolean
sort_paths (Run *run, Sorted *sorted, char **unclear)
{
  g_autoptr (GStrvBuilder) images = g_strv_builder_new ();
  for (guint i = 0; run->load->paths[i]; i++) {
    const char *path = run->load->paths[i];
    g_autoptr (GError) error = NULL;
    LimenFileKind kind = limen_file_kind (path, &error);
    if (error)
      add_problem (run, path, error);
    else if (limen_file_kind_is_weights (kind))
      g_ptr_array_add (sorted->weights, g_strdup (path));
    else if (is_scores (run, path, kind))
      g_ptr_array_add (sorted->tables, g_strdup (path));
    else if (kind != LIMEN_FILE_UNKNOWN || limen_has_images (path, run->whole.cancellable, &error))
      g_strv_builder_add (images, path);
    else
      add_problem (run, path, error);
  }
  g_auto (GStrv) paths = g_strv_builder_end (images);
  if (*paths || sorted->weights->len > 0)
    limen_scores_leave_arrays (sorted->tables, run->problems);
  return sort_images (run->load, paths, sorted, unclear);
}

/* Files that are others than those there are; FALSE where there are none and nothing is to go. */
static gboolean
sort_wanted (Run *run, Sorted *sorted)
{
  const LimenDetectorPageState *wanted = run->load->wanted;
  LimenExperiment *next = run->next;
  gboolean changed = FALSE, table = wanted->table != NULL;
  if (table && next->table && limen_origin_same_files (wanted->table, next->table_from) &&
      limen_table_wish_equal (&wanted->wish, &next->wish))
    return FALSE;
  if (table) {
    add_all (sorted->tables, wanted->table->paths);
    return TRUE;
  }
  if (next->table) {
    limen_experiment_take_table (next, NULL, NULL, NULL);
    changed = TRUE;
  }
  if (!wanted->flow && next->flow) {
    limen_experiment_take_flow (next, NULL, NULL);
    changed = TRUE;
  } else if (wanted->flow && !limen_origin_same_files (wanted->flow, next->flow_from))
    add_all (sorted->weights, wanted->flow->paths);
  for (int role = 0; role < LIMEN_N_SETS; role++) {
    const LimenOrigin *set = wanted->set[role];
    if (!set && next->set[role]) {
      limen_experiment_take_set (next, role, NULL, NULL);
      changed = TRUE;
    } else if (set && !limen_origin_same_files (set, next->set_from[role]))
      add_all (sorted->images[role], set->paths);
    if (!next->flow)
      g_clear_pointer (&next->scores[role], limen_scores_unref);
  }
  return changed;
}

/* Of a flow that Limen trained, its file says from which images. */
static LimenOrigin *
origin_of (const char *path, const LimenNice *flow)
{
  LimenImagePrints *prints = limen_nice_learned_prints (flow);
  LimenOrigin *origin = limen_origin_new_path (path);
  if (!prints)
    return origin;
  g_autoptr (LimenOrigin) images = limen_origin_new (NULL, limen_nice_learned_from (flow));
  origin->learned_from = limen_origin_with_prints (images, prints);
  return origin;
}

/* The last of several flows that can be read is used. */
static gboolean
load_flow (Run *run, const Sorted *sorted)
{
  LimenNice *given = run->load->flow;
  gboolean changed = given != NULL;
  if (changed)
    limen_experiment_take_flow (
        run->next, limen_nice_ref (given),
        limen_origin_new_learned (limen_nice_path (given), run->load->flow_from));
  for (guint i = 0; i < sorted->weights->len; i++) {
    const char *path = g_ptr_array_index (sorted->weights, i);
    g_autoptr (GError) error = NULL;
    LimenNice *flow = limen_nice_load (path, run->whole.cancellable, &error);
    if (!flow) {
      add_problem (run, path, error);
      continue;
    }
    limen_experiment_take_flow (run->next, flow, origin_of (path, flow));
    changed = TRUE;
  }
  return changed;
}

static gboolean
fits (const LimenNice *flow, const LimenImageSet *set)
{
  return !flow || limen_nice_shape (flow).dimension ==
                      limen_image_set_width (set) * limen_image_set_height (set);
}

/* What is refused because it must be said how to read it can be read once that is said. */
static void
remember_question (Run *run, LimenSetRole role, const char *const *paths, const GError *error)
{
  char ***asks = run->load->asks;
  if (!asks || !g_error_matches (error, LIMEN_ERROR, LIMEN_ERROR_MISMATCH))
    return;
  g_strfreev (asks[role]);
  asks[role] = g_strdupv ((char **)paths);
}

/* Loads @paths at the flow's size and puts the set into its role; what was there stays when that
 * fails. */
static gboolean
load_set (Run *run, LimenSetRole role, const char *const *paths, LimenReading reading,
          gboolean invert)
{
  LimenImageSetOptions options = {.reading = reading};
  g_autoptr (GError) error = NULL;
  if (run->next->flow && !limen_nice_image_size (run->next->flow, &options.width, &options.height))
    options.width = options.height = 0;
  LimenImageSet *set = limen_image_set_load (paths, &options, run->problems, &run->step, &error);
  if (!set) {
    add_problem (run, paths[0], error);
    remember_question (run, role, paths, error);
    return FALSE;
  }
  if (invert) {
    LimenImageSet *plain = set;
    set = limen_image_set_inverted (plain);
    limen_image_set_unref (plain);
  }
  g_autoptr (LimenOrigin) plain = limen_origin_new (paths, limen_image_set_name (set));
  limen_experiment_take_set (run->next, role, set, limen_origin_read_as (plain, &reading, invert));
  return TRUE;
}

typedef struct {
  Run *run;
  LimenSetRole role;
  const char *name;
} Scoring;

static void
prefix_scored (const double *value, guint n, gpointer data)
{
  const Scoring *scoring = data;
  scoring->run->partial (scoring->role, scoring->name, value, n, scoring->run->partial_data);
}

static gboolean
score_set (Run *run, LimenSetRole role, GError **error)
{
  LimenExperiment *next = run->next;
  Scoring scoring = {run, role, limen_image_set_name (next->set[role])};
  LimenScores *scores =
      limen_score_set (next->flow, &next->set[role], prefix_scored, &scoring, run->problems,
                       &next->n_not_finite[role], &run->step, error);
  if (!scores)
    return FALSE;
  g_clear_pointer (&next->scores[role], limen_scores_unref);
  next->scores[role] = scores;
  return limen_nice_prefers_inverted (next->flow, next->set[role], &next->seems_inverted[role],
                                      run->whole.cancellable, error);
}

/* What its labels say, no hand turns round. */
static gboolean
check_swap (const LimenLoad *load, GError **error)
{
  const LimenTableScores *table = load->swap ? load->before->table : NULL;
  return !table ||
         limen_fail (
             error, LIMEN_ERROR_ARGUMENT,
             "The labels of %s say which images are normal; choose the label of normal ones "
             "instead of swapping the sets.",
             table->table->name);
}

static void
swap_roles (LimenExperiment *experiment)
{
  LimenExperiment old = *experiment;
  for (int role = 0; role < LIMEN_N_LABELLED; role++) {
    experiment->set[role] = old.set[!role];
    experiment->scores[role] = old.scores[!role];
    experiment->set_from[role] = old.set_from[!role];
    experiment->seems_inverted[role] = old.seems_inverted[!role];
    experiment->n_not_finite[role] = old.n_not_finite[!role];
  }
}

/* Those that were dropped, or are wanted */
static gboolean
load_new (Run *run, LimenSetRole role, GPtrArray *paths)
{
  const LimenOrigin *from = run->next->set_from[role];
  const LimenOrigin *wanted = run->load->wanted ? run->load->wanted->set[role] : NULL;
  gboolean inverted =
      wanted ? wanted->inverted : run->load->keeps_inverted && from && from->inverted;
  g_ptr_array_add (paths, NULL);
  return load_set (run, role, (const char *const *)paths->pdata,
                   wanted ? wanted->reading : run->load->reading, inverted);
}

/* A set that was there, where the flow has another size now or the user asked to invert it */
static gboolean
load_again (Run *run, LimenSetRole role, gboolean *changed, GError **error)
{
  const LimenImageSet *set = run->next->set[role];
  if (!set || !run->next->set_from[role] ||
      (fits (run->next->flow, set) && !run->load->invert[role]))
    return TRUE;
  g_autoptr (LimenOrigin) from = limen_origin_ref (run->next->set_from[role]);
  if (load_set (run, role, (const char *const *)from->paths, from->reading,
                from->inverted != run->load->invert[role]))
    *changed = TRUE;
  else if (!fits (run->next->flow, set)) {
    LimenProblem *problem = g_ptr_array_index (run->problems, run->problems->len - 1);
    g_set_error_literal (error, LIMEN_ERROR, LIMEN_ERROR_MISMATCH, problem->message);
    return FALSE; /* the new flow can't be used with what the user had */
  }
  return TRUE;
}

static gboolean
load_sets (Run *run, const Sorted *sorted, gboolean *changed, GError **error)
{
  for (int role = 0; role < LIMEN_N_SETS; role++) {
    begin_step (run, 0.3 * (role + 1) / LIMEN_N_SETS);
    if (sorted->images[role]->len > 0)
      *changed = load_new (run, role, sorted->images[role]) || *changed;
    else if (!load_again (run, role, changed, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
score_sets (Run *run, gboolean flow_changed, GError **error)
{
  guint left = 0, total = 0;
  gboolean wanted[LIMEN_N_SETS];
  for (int role = 0; role < LIMEN_N_SETS; role++) {
    LimenImageSet *set = run->next->set[role];
    wanted[role] = run->next->flow && set && (flow_changed || !run->next->scores[role]);
    total += wanted[role] ? limen_image_set_n_images (set) : 0;
  }
  for (int role = 0; role < LIMEN_N_SETS; role++) {
    if (!wanted[role])
      continue;
    left += limen_image_set_n_images (run->next->set[role]);
    begin_step (run, 0.3 + 0.7 * left / MAX (total, 1));
    if (!score_set (run, role, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
find_learned (Run *run, LimenSetRole role, LimenLearnedSet *learned, GError **error)
{
  const LimenExperiment *next = run->next;
  const LimenOrigin *images = next->flow_from ? next->flow_from->learned_from : NULL;
  *learned = (LimenLearnedSet){0};
  if (!images || !next->set[role])
    return TRUE;
  learned->n_images = limen_image_set_n_images (next->set[role]);
  learned->same_files = limen_origin_shares_files (images, next->set_from[role]);
  return !images->prints ||
         limen_image_prints_count (images->prints, next->set[role], &learned->n_learned,
                                   run->whole.cancellable, error);
}

static gboolean
find_all_learned (Run *run, GError **error)
{
  LimenLearned *learned = &run->next->learned;
  return find_learned (run, LIMEN_SET_NORMAL, &learned->normal, error) &&
         find_learned (run, LIMEN_SET_ANOMALY, &learned->anomaly, error);
}

/* -- scores of any program -- */

static void
ask (Run *run, const Sorted *sorted, const LimenTableAsked *asked, const char *why)
{
  const LimenLoad *load = run->load;
  if (asked->asks != LIMEN_TABLE_ASKS_NOTHING && load->question && !load->wanted)
    *load->question = limen_table_question_new (
        asked, why, (const char *const *)sorted->tables->pdata, sorted->tables->len,
        (const char *const *)load->paths, &load->wish, run->whole.cancellable, NULL);
}

/* Tables make an experiment of their own, instead of all that was there. */
static LimenExperiment *
load_tables (Run *run, const Sorted *sorted, GError **error)
{
  const LimenDetectorPageState *wanted = run->load->wanted;
  const LimenTableScores *there = run->load->keeps_table ? run->load->before->table : NULL;
  g_autoptr (GError) refused = NULL;
  g_auto (LimenTableAsked) asked = {0};
  LimenExperiment *next = limen_experiment_from_scores (
      (const char *const *)sorted->tables->pdata, sorted->tables->len,
      wanted ? &wanted->wish : &run->load->wish, there ? there->table : NULL, &asked, run->problems,
      &run->whole, &refused);
  if (!next) {
    ask (run, sorted, &asked, refused->message);
    g_propagate_error (error, g_steal_pointer (&refused));
    return NULL;
  }
  limen_scores_leave (sorted->weights, run->problems);
  for (int role = 0; role < LIMEN_N_SETS; role++)
    limen_scores_leave (sorted->images[role], run->problems);
  return next;
}

/* Nothing could be used: one reason speaks for itself, several are listed. */
static void
refuse_all (Run *run, GError **error)
{
  if (g_cancellable_set_error_if_cancelled (run->whole.cancellable, error))
    return;
  if (run->problems->len == 1) {
    LimenProblem *problem = g_ptr_array_index (run->problems, 0);
    g_set_error_literal (error, LIMEN_ERROR, LIMEN_ERROR_FORMAT, problem->message);
    g_ptr_array_set_size (run->problems, 0);
  } else
    g_set_error (error, LIMEN_ERROR, LIMEN_ERROR_FORMAT,
                 "None of the %u files could be used; see the list for the reasons.",
                 run->problems->len);
}

LimenExperiment *
limen_load_run (const LimenLoad *load, LimenPartialFunc partial, gpointer partial_data,
                GPtrArray *problems, char **unclear, const LimenRun *watched, GError **error)
{
  g_return_val_if_fail (load != NULL && problems != NULL && unclear != NULL, NULL);
  if (!check_swap (load, error))
    return NULL;
  g_autoptr (LimenExperiment) next =
      load->anew ? limen_experiment_new () : limen_experiment_copy (load->before);
  Run run = {load, next, partial, partial_data, problems, .whole = limen_run_of (watched)};
  run.step = (LimenRun){step_progress, &run, run.whole.cancellable};
  g_auto (Sorted) sorted = {0};
  if (load->swap)
    swap_roles (next);
  sorted_init (&sorted);
  gboolean changed = load->swap;
  if (load->keeps_table && load->before->table) /* which is not looked at again */
    add_all (sorted.tables, load->paths);
  else if (load->wanted)
    changed = sort_wanted (&run, &sorted);
  else if (!sort_paths (&run, &sorted, unclear))
    return NULL;
  if (sorted.tables->len > 0)
    return load_tables (&run, &sorted, error);
  if (next->table && !load->swap && !load->wanted) /* flow and images take its place */
    limen_experiment_take_table (next, NULL, NULL, NULL);
  gboolean flow_changed = load_flow (&run, &sorted);
  changed = changed || flow_changed;
  if (!load_sets (&run, &sorted, &changed, error))
    return NULL;
  if (!changed && (!load->wanted || problems->len > 0)) {
    refuse_all (&run, error);
    return NULL;
  }
  if (!score_sets (&run, flow_changed, error) || !find_all_learned (&run, error) ||
      g_cancellable_set_error_if_cancelled (run.whole.cancellable, error))
    return NULL;
  return g_steal_pointer (&next);
}

void
limen_load_free (LimenLoad *load)
{
  g_return_if_fail (load != NULL);
  limen_experiment_free (load->before);
  g_strfreev (load->paths);
  g_clear_pointer (&load->flow, limen_nice_unref);
  limen_origin_put (&load->flow_from, NULL);
  g_clear_pointer (&load->wanted, limen_detector_page_state_free);
  limen_table_wish_clear (&load->wish);
  g_clear_pointer (&load->seen, limen_experiment_free);
  g_free (load->key);
  g_free (load);
}
