#include "ui/study/detector/session-private.h"

#include "ui/study/detector/arrival.h"
#include "ui/study/detector/corrected.h"

#include <string.h>

#define TICK_MS         150 /* between two looks at work */
#define N_RANDOM_SPLITS 1000

/* -- what the threads work on -- */

typedef struct {
  LimenLoad *load; /* NULL: only a new split */
  LimenExperiment *experiment;
  LimenCorrections *corrections; /* nullable */
  LimenSplit split;
  LimenRule rule;
  LimenPreview *preview;
} Input;

typedef struct {
  LimenExperiment *whole, *experiment; /* as its files came, and corrected */
  LimenCorrections *corrections;       /* nullable */
  LimenAnalysis *analysis;
  GPtrArray *problems;
  GError *refusal; /* why there is no experiment */
  LimenLoad *load; /* what is to be done again with an answer */
  char *unclear;   /* what is to be asked for, instead of a refusal */
  LimenTableQuestion *question;
  char **asks[LIMEN_N_SETS];
  gboolean arrives, anew, swapped, corrects, guessed[LIMEN_N_SETS];
  LimenRule rule;
} Result;

static Input *
input_new (LimenDetectorSession *self, LimenLoad *load)
{
  Input *input = g_new (Input, 1);
  *input = (Input){load,
                   limen_experiment_copy (self->experiment),
                   limen_corrections_ref (self->state->corrections),
                   self->state->split,
                   load && load->anew ? load->rule : self->state->rule,
                   self->preview};
  return input;
}

static void
input_free (Input *input)
{
  g_clear_pointer (&input->load, limen_load_free);
  limen_experiment_free (input->experiment);
  limen_corrections_unref (input->corrections);
  g_free (input);
}

static void
result_free (Result *result)
{
  g_clear_pointer (&result->whole, limen_experiment_free);
  g_clear_pointer (&result->experiment, limen_experiment_free);
  limen_corrections_unref (result->corrections);
  g_clear_pointer (&result->analysis, limen_analysis_free);
  g_clear_pointer (&result->problems, g_ptr_array_unref);
  g_clear_error (&result->refusal);
  g_clear_pointer (&result->load, limen_load_free);
  g_free (result->unclear);
  g_clear_pointer (&result->question, limen_table_question_unref);
  for (int role = 0; role < LIMEN_N_SETS; role++)
    g_strfreev (result->asks[role]);
  g_free (result);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Result, result_free)

static LimenAnalysis *
analyse (const LimenExperiment *experiment, const Input *input, GCancellable *cancellable,
         GError **error)
{
  g_autofree guint32 *order = limen_experiment_order (experiment, input->split);
  return limen_analysis_new_in_order (experiment->scores, order, input->split, input->rule,
                                      N_RANDOM_SPLITS, cancellable, error);
}

static gpointer
run_load (gpointer data, const LimenRun *run, GError **error)
{
  Input *input = data;
  Result *result = g_new0 (Result, 1);
  result->problems = limen_problems_new ();
  const LimenLoad *load = input->load;
  result->arrives = load->arrives;
  result->anew = load->anew;
  result->swapped = load->swap;
  result->corrects = load->corrects;
  result->rule = input->rule;
  input->load->asks = result->asks;
  input->load->guessed = result->guessed;
  input->load->question = &result->question;
  result->whole = load->corrects
                      ? limen_experiment_copy (load->before)
                      : limen_load_run (input->load, limen_preview_keep, input->preview,
                                        result->problems, &result->unclear, run, &result->refusal);
  if (result->whole)
    result->experiment = limen_corrected_load (load, result->whole, input->corrections,
                                               &result->corrections, &result->refusal);
  if (result->unclear)
    result->load = g_steal_pointer (&input->load);
  if (result->experiment && result->experiment->scores[LIMEN_SET_NORMAL]) {
    result->analysis = analyse (result->experiment, input, run->cancellable, &result->refusal);
    if (!result->analysis)
      g_clear_pointer (&result->experiment, limen_experiment_free);
  }
  return result;
}

static gpointer
run_split (gpointer data, const LimenRun *run, GError **error)
{
  const Input *input = data;
  return analyse (input->experiment, input, run->cancellable, error);
}

static gpointer
run_hashes (gpointer experiment, const LimenRun *run, GError **error)
{
  return limen_experiment_hash (experiment, run->cancellable, error);
}

/* -- on the main thread -- */

static gboolean tick_cb (gpointer session);

static void
tell_busy (LimenDetectorSession *self)
{
  gboolean busy = limen_detector_session_busy (self, NULL);
  if (busy && !self->tick)
    self->tick = g_timeout_add (TICK_MS, tick_cb, self);
  else if (!busy)
    g_clear_handle_id (&self->tick, g_source_remove);
  g_signal_emit_by_name (self, "busy-changed");
}

/* The rule may have been moved while work was under way; it is not of another score. */
static void
take_analysis (LimenDetectorSession *self, LimenAnalysis *analysis, LimenScoreKind score)
{
  g_clear_pointer (&self->analysis, limen_analysis_free);
  self->analysis = analysis;
  if (!analysis)
    return;
  g_autoptr (LimenDetectorPageState) old = self->state;
  self->state = limen_detector_page_state_with_score (old, score);
  limen_detector_session_move (self, &analysis->detector);
}

static void
take_files (LimenDetectorSession *self)
{
  const LimenExperiment *now = self->whole;
  g_autoptr (LimenDetectorPageState) old = self->state;
  g_autoptr (LimenDetectorPageState) files =
      limen_detector_page_state_with_files (old, now->flow_from, now->set_from);
  self->state = limen_detector_page_state_with_table (files, now->table_from, &now->wish);
}

static void
hashed_cb (gpointer result, const GError *error, gpointer owner)
{
  LimenDetectorSession *self = owner;
  g_autoptr (GHashTable) hashes = result;
  if (!hashes) /* exports will say why */
    return;
  limen_experiment_take_hashes (self->whole, hashes);
  limen_experiment_take_hashes (self->experiment, hashes);
  take_files (self);
}

static void
take_rule (LimenDetectorSession *self, LimenRule rule)
{
  g_autoptr (LimenDetectorPageState) old = self->state;
  g_autoptr (LimenDetectorPageState) whole = limen_detector_page_state_with_range (old, 0, 0);
  self->state = limen_detector_page_state_with_first_rule (whole, rule);
}

static const LimenMeasure *
measure_of (const LimenExperiment *experiment)
{
  const LimenScores *scores = experiment->scores[LIMEN_SET_NORMAL];
  return scores ? scores->measure : NULL;
}

/* A threshold that was put by hand, and what is seen of the axis, are of one measure. */
static void
take_measure (LimenDetectorSession *self, const LimenExperiment *next)
{
  const LimenMeasure *old = measure_of (self->experiment), *now = measure_of (next);
  if (!old || !now || limen_measure_same (old, now))
    return;
  if (self->state->rule.kind == LIMEN_RULE_VALUE)
    take_rule (self, LIMEN_USUAL_RULE);
  else {
    g_autoptr (LimenDetectorPageState) some = self->state;
    self->state = limen_detector_page_state_with_range (some, 0, 0);
  }
}

static void
take_corrections (LimenDetectorSession *self, LimenCorrections *corrections)
{
  g_autoptr (LimenDetectorPageState) old = self->state;
  self->state = limen_detector_page_state_with_corrections (old, corrections);
}

static void
take_result (LimenDetectorSession *self, Result *result)
{
  if (result->arrives)
    memcpy (self->guessed, result->guessed, sizeof self->guessed);
  else if (!result->corrects)
    memset (self->guessed, 0, sizeof self->guessed); /* the user has seen to it */
  if (result->anew)
    take_rule (self, result->rule);
  else
    take_measure (self, result->experiment);
  limen_experiment_free (self->experiment);
  limen_experiment_free (self->whole);
  self->experiment = g_steal_pointer (&result->experiment);
  self->whole = g_steal_pointer (&result->whole);
  take_analysis (self, g_steal_pointer (&result->analysis), LIMEN_SCORE_LOG_LIKELIHOOD);
  take_files (self);
  take_corrections (self, result->corrections);
  if (!result->corrects)
    limen_latest_wish (self->hashes, limen_experiment_copy (self->whole));
}

/* A set that is read needs no answer any more; one that is not, does. */
static gboolean
take_questions (LimenDetectorSession *self, Result *result)
{
  gboolean changed = FALSE;
  for (int role = 0; role < LIMEN_N_SETS; role++) {
    char **paths = g_steal_pointer (&result->asks[role]);
    gboolean answered = !paths && result->experiment && self->asks[role] &&
                        result->whole->set[role] != self->whole->set[role];
    if (!paths && !answered)
      continue;
    g_strfreev (self->asks[role]);
    self->asks[role] = paths;
    changed = TRUE;
  }
  return changed;
}

static void
tell_result (LimenDetectorSession *self, Result *result, gboolean changed)
{
  if (changed && self->former && !result->corrects) {
    g_autofree char *taken =
        limen_arrival_sentence (self->former->whole, self->whole, self->guessed, result->anew);
    if (taken)
      g_signal_emit_by_name (self, "arrived", taken);
  }
  if (result->unclear && !self->asked) {
    self->asked = g_steal_pointer (&result->load);
    g_signal_emit_by_name (self, "role-asked", result->unclear);
  } else if (result->question)
    g_signal_emit_by_name (self, "scores-asked", result->question);
  else if (result->refusal && !g_error_matches (result->refusal, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit_by_name (self, "notice", result->refusal->message, result->problems);
  else if (changed && result->problems->len > 0)
    g_signal_emit_by_name (self, "notice", NULL, result->problems);
}

static void
loaded_cb (gpointer data, const GError *error, gpointer owner)
{
  LimenDetectorSession *self = LIMEN_DETECTOR_SESSION (owner);
  g_autoptr (Result) result = data;
  gboolean previewed = self->preview_detector != NULL;
  gboolean changed = result && result->experiment;
  /* what files took the place of can be had back until others come; a swap of both is part of it,
   * and so is what was corrected */
  if (changed && !((result->swapped || result->corrects) && self->former))
    limen_detector_session_keep_former (self, result->arrives);
  gboolean asks = result && take_questions (self, result);
  g_clear_pointer (&self->job, limen_job_unref);
  g_clear_pointer (&self->preview, limen_preview_free);
  g_clear_pointer (&self->preview_detector, limen_detector_free);
  if (changed)
    take_result (self, result);
  if (changed || previewed || asks) {
    limen_detector_session_renew_range (self);
    g_signal_emit_by_name (self, "data-changed");
  }
  if (result)
    tell_result (self, result, changed);
  limen_detector_session_start_next (self);
  tell_busy (self);
}

static void
show_preview (LimenDetectorSession *self)
{
  LimenScores *scores[LIMEN_N_LABELLED] = {NULL}, *old = self->experiment->scores[LIMEN_SET_NORMAL];
  gboolean fresh = limen_preview_take (self->preview, scores);
  g_autoptr (LimenScores) normal = scores[LIMEN_SET_NORMAL];
  g_autoptr (LimenScores) anomaly = scores[LIMEN_SET_ANOMALY];
  if (fresh && !normal && old && !self->anew) /* only the anomalies are new */
    normal = limen_scores_ref (old);
  if (!normal || normal->n < 4)
    return;
  g_clear_pointer (&self->preview_detector, limen_detector_free);
  self->preview_detector =
      limen_detector_new (normal, anomaly, self->state->split, self->state->rule);
  limen_detector_session_move (self, &self->preview_detector);
  limen_detector_session_renew_range (self);
  g_signal_emit_by_name (self, "data-changed");
}

static gboolean
tick_cb (gpointer data)
{
  LimenDetectorSession *self = data;
  if (self->preview)
    show_preview (self);
  g_signal_emit_by_name (self, "busy-changed");
  return G_SOURCE_CONTINUE;
}

static void
start_load (LimenDetectorSession *self, LimenLoad *load)
{
  limen_latest_cancel (self->splits);   /* a load brings its own analysis */
  limen_experiment_free (load->before); /* what is there now, not when it was dropped */
  load->before = limen_experiment_copy (self->whole);
  self->preview = limen_preview_new ();
  self->anew = load->anew;
  self->job = limen_job_start (run_load, input_new (self, load), (GDestroyNotify)input_free,
                               (GDestroyNotify)result_free, loaded_cb, self);
  tell_busy (self);
}

/* -- what images are judged by -- */

void
limen_detector_session_judge_by (LimenDetectorSession *self, LimenScoreKind score,
                                 LimenAnalysis *analysis)
{
  g_return_if_fail (LIMEN_IS_DETECTOR_SESSION (self));
  if (!analysis) {
    if (self->experiment->scores[LIMEN_SET_NORMAL])
      limen_latest_wish (self->splits, input_new (self, NULL));
    tell_busy (self);
    return;
  }
  limen_latest_cancel (self->splits);
  take_analysis (self, analysis, score);
  limen_detector_session_renew_range (self);
  g_signal_emit_by_name (self, "settings-changed");
  g_signal_emit_by_name (self, "data-changed");
  tell_busy (self);
}

/* -- what there is to choose of a table -- */

static gpointer
run_question (gpointer data, const LimenRun *run, GError **error)
{
  const LimenExperiment *now = data;
  const char *const *paths = (const char *const *)now->table_from->paths;
  const LimenTableAsked asked = {LIMEN_TABLE_ASKS_NOTHING,
                                 now->table->table->column[now->table->column].name};
  g_autofree char *told = limen_table_scores_told (now->table);
  g_autofree char *all =
      g_strdup_printf ("%s: %s; %s.", now->table->table->name, told, now->table->table->told);
  return limen_table_question_new (&asked, all, paths, g_strv_length ((char **)paths), paths,
                                   &now->wish, run->cancellable, error);
}

static void
questioned_cb (gpointer result, const GError *error, gpointer owner)
{
  g_autoptr (LimenTableQuestion) question = result;
  if (question)
    g_signal_emit_by_name (owner, "scores-asked", question);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit_by_name (owner, "notice", error->message, NULL);
}

void
limen_detector_session_ask_scores (LimenDetectorSession *self)
{
  g_return_if_fail (LIMEN_IS_DETECTOR_SESSION (self));
  if (self->experiment->table)
    limen_latest_wish (self->questions, limen_experiment_copy (self->experiment));
}

/* -- splits -- */

static gboolean
is_split_shown (LimenDetectorSession *self)
{
  LimenSplit shown = self->analysis->detector->split, asked = self->state->split;
  return shown.kind == asked.kind && shown.seed == asked.seed;
}

void
limen_detector_session_want_split (LimenDetectorSession *self)
{
  g_return_if_fail (LIMEN_IS_DETECTOR_SESSION (self));
  if (!self->analysis || self->job)
    return;
  if (is_split_shown (self))
    limen_latest_cancel (self->splits);
  else
    limen_latest_wish (self->splits, input_new (self, NULL));
  tell_busy (self);
}

static void
split_cb (gpointer result, const GError *error, gpointer owner)
{
  LimenDetectorSession *self = owner;
  if (result) {
    take_analysis (self, result, LIMEN_SCORE_LOG_LIKELIHOOD);
    limen_detector_session_renew_range (self);
    g_signal_emit_by_name (self, "data-changed");
  } else if (!self->job && self->analysis && !is_split_shown (self))
    limen_detector_session_set_split (self, self->analysis->detector->split); /* cancelled */
  tell_busy (self);
}

void
limen_detector_session_start_next (LimenDetectorSession *self)
{
  g_return_if_fail (LIMEN_IS_DETECTOR_SESSION (self));
  if (self->job || self->asked)
    return;
  LimenLoad *load = g_queue_pop_head (&self->waiting);
  if (load)
    start_load (self, load);
  else
    limen_detector_session_want_split (
        self); /* another may have been asked for while something was read */
}

/* -- back to what was there -- */

void
limen_detector_former_free (LimenFormer *former)
{
  g_return_if_fail (former != NULL);
  limen_experiment_free (former->whole);
  limen_experiment_free (former->experiment);
  g_clear_pointer (&former->analysis, limen_analysis_free);
  limen_detector_page_state_free (former->state);
  for (int role = 0; role < LIMEN_N_SETS; role++)
    g_strfreev (former->asks[role]);
  g_free (former);
}

void
limen_detector_session_keep_former (LimenDetectorSession *self, gboolean keeps)
{
  g_return_if_fail (LIMEN_IS_DETECTOR_SESSION (self));
  g_clear_pointer (&self->former, limen_detector_former_free);
  if (!keeps)
    return;
  self->former = g_new0 (LimenFormer, 1);
  self->former->whole = limen_experiment_copy (self->whole);
  self->former->experiment = limen_experiment_copy (self->experiment);
  self->former->analysis = g_steal_pointer (&self->analysis);
  self->former->state = limen_detector_page_state_copy (self->state);
  for (int role = 0; role < LIMEN_N_SETS; role++)
    self->former->asks[role] = g_strdupv (self->asks[role]);
}

gboolean
limen_detector_session_can_undo (LimenDetectorSession *self)
{
  g_return_val_if_fail (LIMEN_IS_DETECTOR_SESSION (self), FALSE);
  return self->former && !self->job;
}

void
limen_detector_session_undo (LimenDetectorSession *self)
{
  g_return_if_fail (LIMEN_IS_DETECTOR_SESSION (self));
  if (!limen_detector_session_can_undo (self))
    return;
  LimenFormer *former = g_steal_pointer (&self->former);
  limen_latest_cancel (self->splits);
  limen_experiment_free (self->whole);
  limen_experiment_free (self->experiment);
  limen_detector_page_state_free (self->state);
  self->whole = g_steal_pointer (&former->whole);
  self->experiment = g_steal_pointer (&former->experiment);
  self->state = g_steal_pointer (&former->state);
  memset (self->guessed, 0, sizeof self->guessed);
  for (int role = 0; role < LIMEN_N_SETS; role++) {
    g_strfreev (self->asks[role]);
    self->asks[role] = g_steal_pointer (&former->asks[role]);
  }
  take_analysis (self, g_steal_pointer (&former->analysis), self->state->score);
  g_free (former);
  limen_latest_wish (self->hashes, limen_experiment_copy (self->whole));
  limen_detector_session_renew_range (self);
  g_signal_emit_by_name (self, "settings-changed");
  g_signal_emit_by_name (self, "data-changed");
  tell_busy (self);
}

void
limen_detector_session_begin_work (LimenDetectorSession *self)
{
  g_return_if_fail (LIMEN_IS_DETECTOR_SESSION (self));
  self->splits =
      limen_latest_new (run_split, (GDestroyNotify)input_free, (GDestroyNotify)limen_analysis_free,
                        LIMEN_OVERTAKEN_IS_CANCELLED, split_cb, self);
  self->hashes = limen_latest_new (run_hashes, (GDestroyNotify)limen_experiment_free,
                                   (GDestroyNotify)g_hash_table_unref, LIMEN_OVERTAKEN_IS_CANCELLED,
                                   hashed_cb, self);
  self->questions = limen_latest_new (run_question, (GDestroyNotify)limen_experiment_free,
                                      (GDestroyNotify)limen_table_question_unref,
                                      LIMEN_OVERTAKEN_IS_CANCELLED, questioned_cb, self);
}
