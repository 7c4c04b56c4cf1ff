#include "ui/study/detector/session-private.h"

#include "model/data/builtin.h"
#include "model/data/file-kind.h"
#include "model/data/file-part.h"
#include "model/detect/rule.h"
#include "ui/study/signals.h"

#include <math.h>

G_DEFINE_FINAL_TYPE (LimenDetectorSession, limen_detector_session, G_TYPE_OBJECT)

void
limen_detector_session_renew_range (LimenDetectorSession *self)
{
  g_return_if_fail (LIMEN_IS_DETECTOR_SESSION (self));
  const LimenDetector *detector = limen_detector_session_detector (self);
  if (detector)
    self->range = limen_threshold_range (
        detector, isnan (detector->threshold) ? detector->mean : detector->threshold);
}

/* -- what the user wants -- */

LimenLoad *
limen_detector_session_new_load (LimenDetectorSession *self, const char *const *paths)
{
  static const char *const none[] = {NULL};
  g_return_val_if_fail (LIMEN_IS_DETECTOR_SESSION (self), NULL);
  LimenLoad *load = g_new0 (LimenLoad, 1);
  load->before = limen_experiment_copy (self->whole);
  load->paths = g_strdupv ((char **)(paths ? paths : none));
  load->role = LIMEN_N_SETS;
  return load;
}

void
limen_detector_session_queue_load (LimenDetectorSession *self, LimenLoad *load)
{
  g_return_if_fail (LIMEN_IS_DETECTOR_SESSION (self) && load != NULL);
  g_queue_push_tail (&self->waiting, load);
  limen_detector_session_start_next (self);
}

/* What Limen brings along was chosen by name: there is nothing to tell of it. */
static gboolean
are_builtin (const char *const *paths)
{
  for (; *paths; paths++)
    if (!limen_is_builtin (*paths))
      return FALSE;
  return TRUE;
}

void
limen_detector_session_open (LimenDetectorSession *self, const char *const *paths,
                             LimenSetRole role)
{
  g_return_if_fail (LIMEN_IS_DETECTOR_SESSION (self) && paths != NULL && role <= LIMEN_N_SETS);
  LimenLoad *load = limen_detector_session_new_load (self, paths);
  load->role = role;
  load->arrives = !are_builtin (paths);
  limen_detector_session_queue_load (self, load);
}

void
limen_detector_session_start (LimenDetectorSession *self, const char *const *paths, LimenRule rule)
{
  g_return_if_fail (LIMEN_IS_DETECTOR_SESSION (self) && paths != NULL);
  LimenLoad *load = limen_detector_session_new_load (self, paths);
  load->arrives = load->anew = TRUE;
  load->rule = rule;
  limen_detector_session_queue_load (self, load);
}

void
limen_detector_session_answer (LimenDetectorSession *self, LimenSetRole role)
{
  g_return_if_fail (LIMEN_IS_DETECTOR_SESSION (self) && role < LIMEN_N_SETS);
  LimenLoad *load = g_steal_pointer (&self->asked);
  if (!load)
    return;
  load->answers[load->n_answers++] = role;
  g_queue_push_head (&self->waiting, load);
  limen_detector_session_start_next (self);
}

void
limen_detector_session_open_scores (LimenDetectorSession *self, const char *const *paths,
                                    const LimenTableWish *wish)
{
  g_return_if_fail (LIMEN_IS_DETECTOR_SESSION (self) && paths != NULL && wish != NULL);
  LimenLoad *load = limen_detector_session_new_load (self, paths);
  load->wish = limen_table_wish_copy (wish);
  load->arrives = TRUE;
  limen_detector_session_queue_load (self, load);
}

void
limen_detector_session_choose_column (LimenDetectorSession *self, const char *column)
{
  g_return_if_fail (LIMEN_IS_DETECTOR_SESSION (self) && column != NULL);
  const LimenExperiment *now = self->experiment;
  if (!now->table || g_str_equal (now->table->table->column[now->table->column].name, column))
    return;
  LimenLoad *load =
      limen_detector_session_new_load (self, (const char *const *)now->table_from->paths);
  load->wish = limen_table_wish_copy (&now->wish);
  g_free (load->wish.column);
  load->wish.column = g_strdup (column);
  load->wish.side_said = FALSE;
  load->keeps_table = load->arrives = TRUE;
  limen_detector_session_queue_load (self, load);
}

void
limen_detector_session_use_flow (LimenDetectorSession *self, LimenNice *flow,
                                 LimenOrigin *learned_from)
{
  g_return_if_fail (LIMEN_IS_DETECTOR_SESSION (self) && flow != NULL);
  LimenLoad *load = limen_detector_session_new_load (self, NULL);
  load->flow = limen_nice_ref (flow);
  load->flow_from = limen_origin_ref (learned_from);
  limen_detector_session_queue_load (self, load);
}

void
limen_detector_session_swap (LimenDetectorSession *self)
{
  g_return_if_fail (LIMEN_IS_DETECTOR_SESSION (self));
  LimenLoad *load = limen_detector_session_new_load (self, NULL);
  load->swap = TRUE;
  limen_detector_session_queue_load (self, load);
}

void
limen_detector_session_invert (LimenDetectorSession *self, LimenSetRole role)
{
  g_return_if_fail (LIMEN_IS_DETECTOR_SESSION (self) && role < LIMEN_N_SETS);
  LimenLoad *load = limen_detector_session_new_load (self, NULL);
  load->invert[role] = TRUE;
  limen_detector_session_queue_load (self, load);
}

/* The file of which @path may be one array */
static char *
with_member (const char *path, const char *member)
{
  g_autofree char *old = NULL, *file = limen_path_split (path, &old);
  LimenFileKind kind = limen_file_kind (path, NULL);
  return kind == LIMEN_FILE_NPZ || kind == LIMEN_FILE_PICKLE
             ? g_strdup_printf ("%s:%s", file, member)
             : g_strdup (path);
}

void
limen_detector_session_read (LimenDetectorSession *self, LimenSetRole role,
                             const LimenReading *reading, const char *member)
{
  g_return_if_fail (LIMEN_IS_DETECTOR_SESSION (self) && role < LIMEN_N_SETS && reading != NULL);
  const LimenOrigin *from = self->whole->set_from[role];
  char **paths = self->asks[role] ? self->asks[role] : from ? from->paths : NULL;
  if (!paths)
    return;
  LimenLoad *load = limen_detector_session_new_load (self, (const char *const *)paths);
  for (guint i = 0; member && paths[i]; i++) {
    g_free (load->paths[i]);
    load->paths[i] = with_member (paths[i], member);
  }
  load->role = role;
  load->reading = *reading;
  load->keeps_inverted = TRUE;
  limen_detector_session_queue_load (self, load);
}

void
limen_detector_session_cancel (LimenDetectorSession *self)
{
  g_return_if_fail (LIMEN_IS_DETECTOR_SESSION (self));
  g_queue_clear_full (&self->waiting, (GDestroyNotify)limen_load_free);
  g_clear_pointer (&self->asked, limen_load_free);
  limen_latest_cancel (self->splits);
  if (self->job)
    limen_job_cancel (self->job);
}

/* -- from one state to another -- */

/* To find a threshold may take a look at all scores; a promise alone does not. */
void
limen_detector_session_move (LimenDetectorSession *self, LimenDetector **detector)
{
  g_return_if_fail (LIMEN_IS_DETECTOR_SESSION (self) && detector && *detector);
  const LimenDetectorPageState *now = self->state;
  g_autoptr (LimenDetector) old = *detector;
  g_autoptr (LimenDetector) moved =
      limen_rule_equal (old->rule, now->rule) ? NULL : limen_detector_with_rule (old, now->rule);
  *detector = limen_detector_with_promise (moved ? moved : old, now->promise);
}

static void
follow_rule (LimenDetectorSession *self)
{
  LimenDetector **shown = self->preview_detector ? &self->preview_detector
                          : self->analysis       ? &self->analysis->detector
                                                 : NULL;
  if (!shown)
    return;
  limen_detector_session_move (self, shown);
  limen_detector_session_renew_range (self);
  g_signal_emit_by_name (self, "threshold-changed");
}

/* Takes @next (nullable), whose files are those in use */
static void
change (LimenDetectorSession *self, LimenDetectorPageState *next)
{
  if (!next)
    return;
  g_autoptr (LimenDetectorPageState) old = self->state;
  LimenDetectorChange changes = limen_detector_page_state_changes (old, next);
  self->state = next;
  if (changes & LIMEN_DETECTOR_CHANGED_SPLIT)
    limen_detector_session_want_split (self);
  if (changes & LIMEN_DETECTOR_CHANGED_RULE)
    follow_rule (self);
  if (changes & (LIMEN_DETECTOR_CHANGED_SPLIT | LIMEN_DETECTOR_CHANGED_VIEW))
    g_signal_emit_by_name (self, "settings-changed");
}

void
limen_detector_session_set_state (LimenDetectorSession *self, const LimenDetectorPageState *state)
{
  g_return_if_fail (LIMEN_IS_DETECTOR_SESSION (self) && state != NULL);
  const LimenDetectorPageState *now = self->state;
  LimenDetectorChange changes = limen_detector_page_state_changes (now, state);
  g_autoptr (LimenDetectorPageState) plain =
      limen_detector_page_state_with_corrections (state, now->corrections);
  g_autoptr (LimenDetectorPageState) files =
      limen_detector_page_state_with_files (plain, now->flow, now->set);
  change (self, limen_detector_page_state_with_table (files, now->table, &now->wish));
  if (!(changes & (LIMEN_DETECTOR_CHANGED_FILES | LIMEN_DETECTOR_CHANGED_CORRECTIONS)))
    return;
  LimenLoad *load = limen_detector_session_new_load (self, NULL);
  load->wanted = limen_detector_page_state_copy (state);
  limen_detector_session_queue_load (self, load);
}

/* A public function that goes to a state with one thing changed */
#define SETTER(name, Type)                                                                         \
  void limen_detector_session_set_##name (LimenDetectorSession *self, Type value)                  \
  {                                                                                                \
    g_return_if_fail (LIMEN_IS_DETECTOR_SESSION (self));                                           \
    change (self, limen_detector_page_state_with_##name (self->state, value));                     \
  }
SETTER (split, LimenSplit)
SETTER (rule, LimenRule)
SETTER (promise, LimenPromise)
SETTER (share, double)
SETTER (curve, LimenCurveKind)
SETTER (scale, LimenHistogramScale)

void
limen_detector_session_resample (LimenDetectorSession *self)
{
  g_return_if_fail (LIMEN_IS_DETECTOR_SESSION (self));
  limen_detector_session_set_split (self,
                                    (LimenSplit){LIMEN_SPLIT_RANDOM, self->state->split.seed + 1});
}

void
limen_detector_session_set_threshold (LimenDetectorSession *self, double value)
{
  g_return_if_fail (LIMEN_IS_DETECTOR_SESSION (self));
  value = CLAMP (value, self->range.low, self->range.high);
  limen_detector_session_set_rule (self, (LimenRule){LIMEN_RULE_VALUE, value});
}

void
limen_detector_session_set_heights (LimenDetectorSession *self, gboolean counts, gboolean log)
{
  g_return_if_fail (LIMEN_IS_DETECTOR_SESSION (self));
  change (self, limen_detector_page_state_with_heights (self->state, counts, log));
}

/* Further out than everything there is nothing to see. */
void
limen_detector_session_zoom (LimenDetectorSession *self, double about, double factor)
{
  g_return_if_fail (LIMEN_IS_DETECTOR_SESSION (self) && factor >= 0);
  const LimenDetector *detector = limen_detector_session_detector (self);
  LimenHistogramView view = limen_detector_session_view (self);
  LimenHistogramView whole = limen_histogram_view_new (detector, view.scale);
  about = isnan (about) && detector ? detector->threshold : about;
  if (factor > 0 && isfinite (about))
    view = limen_histogram_view_zoom (&view, about, factor);
  if (factor == 0 || !isfinite (about) || (view.low <= whole.low && view.high >= whole.high))
    view.low = view.high = 0;
  change (self, limen_detector_page_state_with_range (self->state, view.low, view.high));
}

void
limen_detector_session_pan (LimenDetectorSession *self, double fraction)
{
  g_return_if_fail (LIMEN_IS_DETECTOR_SESSION (self));
  LimenHistogramView view = limen_detector_session_view (self);
  view = limen_histogram_view_pan (&view, fraction);
  change (self, limen_detector_page_state_with_range (self->state, view.low, view.high));
}

/* -- what there is -- */

/* A public function that tells one thing of a session */
#define GETTER(Type, name, what, none)                                                             \
  Type limen_detector_session_##name (LimenDetectorSession *self)                                  \
  {                                                                                                \
    g_return_val_if_fail (LIMEN_IS_DETECTOR_SESSION (self), none);                                 \
    return what;                                                                                   \
  }
GETTER (const LimenDetectorPageState *, state, self->state, NULL)
GETTER (const LimenAnalysis *, analysis, self->preview_detector ? NULL : self->analysis, NULL)
GETTER (LimenCurve *, curve,
        !self->preview_detector && self->analysis ? self->analysis->curve : NULL, NULL)
GETTER (const LimenUnsorted *, unsorted,
        !self->preview_detector && self->analysis ? self->analysis->unsorted : NULL, NULL)
GETTER (const LimenExperiment *, experiment, self->experiment, NULL)
GETTER (const LimenExperiment *, whole, self->whole, NULL)
GETTER (LimenThresholdRange, range, self->range, (LimenThresholdRange){0})

const LimenDetector *
limen_detector_session_detector (LimenDetectorSession *self)
{
  g_return_val_if_fail (LIMEN_IS_DETECTOR_SESSION (self), NULL);
  return self->preview_detector ? self->preview_detector
         : self->analysis       ? self->analysis->detector
                                : NULL;
}

char *
limen_detector_session_sentence (LimenDetectorSession *self)
{
  g_return_val_if_fail (LIMEN_IS_DETECTOR_SESSION (self), NULL);
  const LimenDetector *detector = limen_detector_session_detector (self);
  if (!detector)
    return NULL;
  return detector == self->preview_detector ? limen_detector_sentence_so_far (detector)
                                            : limen_detector_sentence (detector);
}

LimenHistogramView
limen_detector_session_view (LimenDetectorSession *self)
{
  g_return_val_if_fail (LIMEN_IS_DETECTOR_SESSION (self), (LimenHistogramView){0});
  return limen_detector_page_state_view (self->state, limen_detector_session_detector (self));
}

const char *const *
limen_detector_session_asks (LimenDetectorSession *self, LimenSetRole role)
{
  g_return_val_if_fail (LIMEN_IS_DETECTOR_SESSION (self) && role < LIMEN_N_SETS, NULL);
  return (const char *const *)self->asks[role];
}

gboolean
limen_detector_session_busy (LimenDetectorSession *self, double *fraction)
{
  g_return_val_if_fail (LIMEN_IS_DETECTOR_SESSION (self), FALSE);
  gboolean splits = limen_latest_busy (self->splits, fraction);
  if (fraction && self->job)
    *fraction = limen_job_fraction (self->job);
  return self->job || splits;
}

double
limen_detector_session_threshold (LimenDetectorSession *self)
{
  g_return_val_if_fail (LIMEN_IS_DETECTOR_SESSION (self), NAN);
  const LimenDetector *detector = limen_detector_session_detector (self);
  if (!detector)
    return NAN;
  double threshold = isnan (detector->threshold) ? detector->mean : detector->threshold;
  return isinf (threshold) ? CLAMP (threshold, self->range.low, self->range.high) : threshold;
}

/* -- the object -- */

static void
limen_detector_session_finalize (GObject *object)
{
  LimenDetectorSession *self = LIMEN_DETECTOR_SESSION (object);
  g_clear_handle_id (&self->tick, g_source_remove);
  g_clear_pointer (&self->splits, limen_latest_free);
  g_clear_pointer (&self->hashes, limen_latest_free);
  g_clear_pointer (&self->questions, limen_latest_free);
  g_clear_pointer (&self->asked, limen_load_free);
  g_queue_clear_full (&self->waiting, (GDestroyNotify)limen_load_free);
  g_clear_pointer (&self->whole, limen_experiment_free);
  g_clear_pointer (&self->experiment, limen_experiment_free);
  g_clear_pointer (&self->analysis, limen_analysis_free);
  g_clear_pointer (&self->former, limen_detector_former_free);
  g_clear_pointer (&self->state, limen_detector_page_state_free);
  for (int role = 0; role < LIMEN_N_SETS; role++)
    g_strfreev (self->asks[role]);
  G_OBJECT_CLASS (limen_detector_session_parent_class)->finalize (object);
}

static void
limen_detector_session_class_init (LimenDetectorSessionClass *klass)
{
  static const char *const names[] = {"data-changed", "threshold-changed", "settings-changed",
                                      "busy-changed", NULL};
  GType type = G_TYPE_FROM_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = limen_detector_session_finalize;
  limen_signals_new (type, names, FALSE);
  g_signal_new ("arrived", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                G_TYPE_STRING);
  g_signal_new ("role-asked", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                G_TYPE_STRING);
  g_signal_new ("scores-asked", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                G_TYPE_POINTER);
  g_signal_new ("notice", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                G_TYPE_STRING, G_TYPE_PTR_ARRAY);
}

static void
limen_detector_session_init (LimenDetectorSession *self)
{
  self->state = limen_detector_page_state_new ();
  self->whole = limen_experiment_new ();
  self->experiment = limen_experiment_new ();
  self->range = (LimenThresholdRange){0, 1, 0.1};
  limen_detector_session_begin_work (self);
  g_queue_init (&self->waiting);
}

LimenDetectorSession *
limen_detector_session_new (void)
{
  return g_object_new (LIMEN_TYPE_DETECTOR_SESSION, NULL);
}
