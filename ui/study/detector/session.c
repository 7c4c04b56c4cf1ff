#include "ui/study/detector/session.h"

#include "model/data/file-kind.h"
#include "model/data/file-part.h"
#include "ui/study/job.h"

#include <math.h>

#define PREVIEW_MS      150
#define PREVIEW_IMAGES  50000 /* sorting more would take longer than a frame */
#define N_RANDOM_SPLITS 1000

/* Scores that are there while the rest is computed: written by worker threads. */
typedef struct {
  GMutex lock;
  gboolean fresh;
  char *name[LIMEN_N_SETS];
  double *value[LIMEN_N_SETS];
  guint n[LIMEN_N_SETS];
} Preview;

struct _LimenDetectorSession {
  GObject parent_instance;

  LimenExperiment *experiment;
  LimenAnalysis *analysis;
  char **asks[LIMEN_N_SETS]; /* paths that could be read if it was said how */
  LimenDetector *preview_detector;
  LimenThresholdRange range;
  LimenSplit split;
  LimenRule rule;

  LimenJob *job;
  guint tick;
  Preview *preview; /* shared with the job's thread, freed when the job has ended */
  GQueue waiting;   /* LimenLoad: what was dropped while a job ran */
  LimenLoad *asked; /* what waits for an answer, and all others behind it */
};

G_DEFINE_FINAL_TYPE (LimenDetectorSession, limen_detector_session, G_TYPE_OBJECT)

enum { DATA_CHANGED, THRESHOLD_CHANGED, BUSY_CHANGED, ROLE_ASKED, NOTICE, N_SIGNALS };
static guint signals[N_SIGNALS];

/* -- what the threads work on -- */

typedef struct {
  LimenLoad *load; /* NULL: only a new split */
  LimenExperiment *experiment;
  LimenSplit split;
  LimenRule rule;
  Preview *preview;
} Input;

typedef struct {
  LimenExperiment *experiment;
  LimenAnalysis *analysis;
  GPtrArray *problems;
  GError *refusal; /* why there is no experiment */
  LimenLoad *load; /* what is to be done again with an answer */
  char *unclear;   /* what is to be asked for, instead of a refusal */
  char **asks[LIMEN_N_SETS];
} Result;

static void
input_free (Input *input)
{
  g_clear_pointer (&input->load, limen_load_free);
  g_clear_pointer (&input->experiment, limen_experiment_free);
  g_free (input);
}

static void
result_free (Result *result)
{
  g_clear_pointer (&result->experiment, limen_experiment_free);
  g_clear_pointer (&result->analysis, limen_analysis_free);
  g_clear_pointer (&result->problems, g_ptr_array_unref);
  g_clear_error (&result->refusal);
  g_clear_pointer (&result->load, limen_load_free);
  g_free (result->unclear);
  for (int role = 0; role < LIMEN_N_SETS; role++)
    g_strfreev (result->asks[role]);
  g_free (result);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Result, result_free)

static void
preview_free (Preview *preview)
{
  for (int role = 0; role < LIMEN_N_SETS; role++) {
    g_free (preview->name[role]);
    g_free (preview->value[role]);
  }
  g_mutex_clear (&preview->lock);
  g_free (preview);
}

static void
keep_partial (LimenSetRole role, const char *name, const double *value, guint n, gpointer data)
{
  Preview *preview = data;
  guint old = preview->n[role];
  n = MIN (n, PREVIEW_IMAGES);
  if (n <= old)
    return;
  g_mutex_lock (&preview->lock);
  if (!preview->value[role]) {
    preview->value[role] = g_new (double, PREVIEW_IMAGES);
    preview->name[role] = g_strdup (name);
  }
  for (guint i = old; i < n; i++)
    preview->value[role][i] = value[i];
  preview->n[role] = n;
  preview->fresh = TRUE;
  g_mutex_unlock (&preview->lock);
}

static gpointer
run_job (LimenJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  Input *input = data;
  Result *result = g_new0 (Result, 1);
  result->problems = limen_problems_new ();
  if (input->load)
    input->load->asks = result->asks;
  result->experiment =
      input->load
          ? limen_load_run (input->load, keep_partial, input->preview, limen_job_progress, job,
                            result->problems, &result->unclear, cancellable, &result->refusal)
          : limen_experiment_copy (input->experiment);
  if (result->unclear)
    result->load = g_steal_pointer (&input->load);
  LimenScores *const *scores = result->experiment ? result->experiment->scores : NULL;
  if (scores && scores[LIMEN_SET_NORMAL]) {
    result->analysis =
        limen_analysis_new (scores[LIMEN_SET_NORMAL], scores[LIMEN_SET_ANOMALY], input->split,
                            input->rule, N_RANDOM_SPLITS, cancellable, &result->refusal);
    if (!result->analysis)
      g_clear_pointer (&result->experiment, limen_experiment_free);
  }
  return result;
}

/* -- on the main thread -- */

static void start_next (LimenDetectorSession *self);

static void
emit (LimenDetectorSession *self, guint signal)
{
  g_signal_emit (self, signals[signal], 0);
}

/* A step of the keys is about a fiftieth of a standard deviation, rounded to 1, 2 or 5 times a
 * power of ten. */
static double
round_step (double step)
{
  double power = pow (10, floor (log10 (step))), digit = step / power;
  return power * (digit < 1.5 ? 1 : digit < 3.5 ? 2 : digit < 7.5 ? 5 : 10);
}

static void
extend_range (const LimenScores *scores, double *low, double *high)
{
  if (!scores || scores->n == 0)
    return;
  guint first = limen_scores_n_below (scores, -G_MAXDOUBLE); /* leaves out −∞ */
  if (first == scores->n)
    return;
  *low = MIN (*low, scores->sorted[first]);
  *high = MAX (*high, scores->sorted[scores->n - 1]);
}

static void
renew_range (LimenDetectorSession *self)
{
  const LimenDetector *detector = limen_detector_session_detector (self);
  double low = INFINITY, high = -INFINITY, value = limen_detector_session_threshold (self);
  if (!detector)
    return;
  extend_range (detector->validation, &low, &high);
  extend_range (detector->normal, &low, &high);
  extend_range (detector->anomaly, &low, &high);
  low = fmin (low, value);
  high = fmax (high, value);
  double room = MAX (high - low, 1) * 0.01;
  double step = round_step (detector->std > 1e-3 ? detector->std / 50 : 1e-3 / 50);
  self->range = (LimenThresholdRange){floor (low - room), ceil (high + room), step};
}

static void
end_work (LimenDetectorSession *self)
{
  g_clear_handle_id (&self->tick, g_source_remove);
  g_clear_pointer (&self->job, limen_job_unref);
  g_clear_pointer (&self->preview, preview_free);
  g_clear_pointer (&self->preview_detector, limen_detector_free);
}

static void
take_result (LimenDetectorSession *self, Result *result)
{
  limen_experiment_free (self->experiment);
  self->experiment = g_steal_pointer (&result->experiment);
  g_clear_pointer (&self->analysis, limen_analysis_free);
  self->analysis = g_steal_pointer (&result->analysis);
  if (!self->analysis)
    return;
  /* the rule may have been moved while the job ran */
  LimenDetector *moved = limen_detector_with_rule (self->analysis->detector, self->rule);
  limen_detector_free (self->analysis->detector);
  self->analysis->detector = moved;
}

/* A set that is read needs no answer any more; one that is not, does. */
static gboolean
take_questions (LimenDetectorSession *self, Result *result)
{
  gboolean changed = FALSE;
  for (int role = 0; role < LIMEN_N_SETS; role++) {
    char **paths = g_steal_pointer (&result->asks[role]);
    gboolean answered = !paths && result->experiment && self->asks[role] &&
                        result->experiment->set[role] != self->experiment->set[role];
    if (!paths && !answered)
      continue;
    g_strfreev (self->asks[role]);
    self->asks[role] = paths;
    changed = TRUE;
  }
  return changed;
}

static void
job_done_cb (gpointer data, const GError *error, gpointer owner)
{
  LimenDetectorSession *self = LIMEN_DETECTOR_SESSION (owner);
  g_autoptr (Result) result = data;
  gboolean previewed = self->preview_detector != NULL;
  gboolean changed = result && result->experiment;
  gboolean asks = result && take_questions (self, result);
  end_work (self);
  if (changed)
    take_result (self, result);
  if (changed || previewed || asks) {
    renew_range (self);
    emit (self, DATA_CHANGED);
  }
  if (result && result->unclear && !self->asked) {
    self->asked = g_steal_pointer (&result->load);
    g_signal_emit (self, signals[ROLE_ASKED], 0, result->unclear);
  } else if (result && result->refusal &&
             !g_error_matches (result->refusal, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit (self, signals[NOTICE], 0, result->refusal->message, result->problems);
  else if (changed && result->problems->len > 0)
    g_signal_emit (self, signals[NOTICE], 0, NULL, result->problems);
  start_next (self);
  emit (self, BUSY_CHANGED);
}

static LimenScores *
preview_scores (const Preview *preview, LimenSetRole role)
{
  return preview->n[role]
             ? limen_scores_new (preview->name[role], preview->value[role], preview->n[role])
             : NULL;
}

static void
show_preview (LimenDetectorSession *self)
{
  g_mutex_lock (&self->preview->lock);
  gboolean fresh = self->preview->fresh;
  g_autoptr (LimenScores) normal = fresh ? preview_scores (self->preview, LIMEN_SET_NORMAL) : NULL;
  g_autoptr (LimenScores) anomaly =
      fresh ? preview_scores (self->preview, LIMEN_SET_ANOMALY) : NULL;
  self->preview->fresh = FALSE;
  g_mutex_unlock (&self->preview->lock);
  LimenScores *const *old = self->experiment->scores;
  if (fresh && !normal && old[LIMEN_SET_NORMAL]) /* only the anomalies are new */
    normal = limen_scores_ref (old[LIMEN_SET_NORMAL]);
  if (!normal || normal->n < 4)
    return;
  g_clear_pointer (&self->preview_detector, limen_detector_free);
  self->preview_detector = limen_detector_new (normal, anomaly, self->split, self->rule);
  renew_range (self);
  emit (self, DATA_CHANGED);
}

static gboolean
tick_cb (gpointer data)
{
  LimenDetectorSession *self = data;
  if (self->preview)
    show_preview (self);
  emit (self, BUSY_CHANGED);
  return G_SOURCE_CONTINUE;
}

static void
start_job (LimenDetectorSession *self, LimenLoad *load)
{
  Input *input = g_new0 (Input, 1);
  input->load = load;
  input->experiment = limen_experiment_copy (self->experiment);
  input->split = self->split;
  input->rule = self->rule;
  if (load) {
    self->preview = g_new0 (Preview, 1);
    g_mutex_init (&self->preview->lock);
    input->preview = self->preview;
  }
  self->job = limen_job_start (run_job, input, (GDestroyNotify)input_free,
                               (GDestroyNotify)result_free, job_done_cb, self);
  self->tick = g_timeout_add (PREVIEW_MS, tick_cb, self);
  emit (self, BUSY_CHANGED);
}

static void
start_next (LimenDetectorSession *self)
{
  if (self->job || self->asked)
    return;
  LimenLoad *load = g_queue_pop_head (&self->waiting);
  const LimenDetector *detector = self->analysis ? self->analysis->detector : NULL;
  gboolean stale = detector && (detector->split.kind != self->split.kind ||
                                detector->split.seed != self->split.seed);
  if (load) {
    limen_experiment_free (load->before); /* what is there now, not when it was dropped */
    load->before = limen_experiment_copy (self->experiment);
    start_job (self, load);
  } else if (stale)
    start_job (self, NULL);
}

static LimenLoad *
new_load (LimenDetectorSession *self)
{
  LimenLoad *load = g_new0 (LimenLoad, 1);
  load->before = limen_experiment_copy (self->experiment);
  load->paths = g_new0 (char *, 1);
  load->role = LIMEN_N_SETS;
  return load;
}

static void
queue_load (LimenDetectorSession *self, LimenLoad *load)
{
  g_queue_push_tail (&self->waiting, load);
  start_next (self);
}

void
limen_detector_session_open (LimenDetectorSession *self, const char *const *paths,
                             LimenSetRole role)
{
  LimenLoad *load = new_load (self);
  g_strfreev (load->paths);
  load->paths = g_strdupv ((char **)paths);
  load->role = role;
  queue_load (self, load);
}

void
limen_detector_session_answer (LimenDetectorSession *self, LimenSetRole role)
{
  LimenLoad *load = g_steal_pointer (&self->asked);
  if (!load)
    return;
  load->answers[load->n_answers++] = role;
  g_queue_push_head (&self->waiting, load);
  start_next (self);
}

void
limen_detector_session_use_flow (LimenDetectorSession *self, LimenNice *flow)
{
  LimenLoad *load = new_load (self);
  load->flow = limen_nice_ref (flow);
  queue_load (self, load);
}

void
limen_detector_session_swap (LimenDetectorSession *self)
{
  LimenLoad *load = new_load (self);
  load->swap = TRUE;
  queue_load (self, load);
}

void
limen_detector_session_invert (LimenDetectorSession *self, LimenSetRole role)
{
  LimenLoad *load = new_load (self);
  load->invert[role] = TRUE;
  queue_load (self, load);
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
  char **paths = self->asks[role] ? self->asks[role] : self->experiment->paths[role];
  if (!paths)
    return;
  LimenLoad *load = new_load (self);
  g_strfreev (load->paths);
  load->paths = g_strdupv (paths);
  for (guint i = 0; member && paths[i]; i++) {
    g_free (load->paths[i]);
    load->paths[i] = with_member (paths[i], member);
  }
  load->role = role;
  load->reading = *reading;
  load->keeps_inverted = TRUE;
  queue_load (self, load);
}

const char *const *
limen_detector_session_asks (LimenDetectorSession *self, LimenSetRole role)
{
  return (const char *const *)self->asks[role];
}

void
limen_detector_session_set_split (LimenDetectorSession *self, LimenSplit split)
{
  self->split = split;
  start_next (self);
}

void
limen_detector_session_set_rule (LimenDetectorSession *self, LimenRule rule)
{
  if (self->rule.kind == rule.kind && self->rule.value == rule.value)
    return;
  self->rule = rule;
  LimenDetector **shown = self->preview_detector ? &self->preview_detector
                          : self->analysis       ? &self->analysis->detector
                                                 : NULL;
  if (!shown)
    return;
  LimenDetector *moved = limen_detector_with_rule (*shown, rule);
  limen_detector_free (*shown);
  *shown = moved;
  renew_range (self);
  emit (self, THRESHOLD_CHANGED);
}

void
limen_detector_session_cancel (LimenDetectorSession *self)
{
  g_queue_clear_full (&self->waiting, (GDestroyNotify)limen_load_free);
  g_clear_pointer (&self->asked, limen_load_free);
  if (self->job)
    limen_job_cancel (self->job);
}

const LimenDetector *
limen_detector_session_detector (LimenDetectorSession *self)
{
  return self->preview_detector ? self->preview_detector
         : self->analysis       ? self->analysis->detector
                                : NULL;
}

const LimenAnalysis *
limen_detector_session_analysis (LimenDetectorSession *self)
{
  return self->preview_detector ? NULL : self->analysis;
}

const LimenExperiment *
limen_detector_session_experiment (LimenDetectorSession *self)
{
  return self->experiment;
}

LimenSplit
limen_detector_session_split (LimenDetectorSession *self)
{
  return self->split;
}

LimenRule
limen_detector_session_rule (LimenDetectorSession *self)
{
  return self->rule;
}

gboolean
limen_detector_session_busy (LimenDetectorSession *self, double *fraction)
{
  if (fraction)
    *fraction = self->job ? limen_job_fraction (self->job) : 1;
  return self->job != NULL;
}

double
limen_detector_session_threshold (LimenDetectorSession *self)
{
  const LimenDetector *detector = limen_detector_session_detector (self);
  return !detector ? NAN : isnan (detector->threshold) ? detector->mean : detector->threshold;
}

void
limen_detector_session_set_threshold (LimenDetectorSession *self, double nats)
{
  nats = CLAMP (nats, self->range.low, self->range.high);
  limen_detector_session_set_rule (self, (LimenRule){LIMEN_RULE_NATS, nats});
}

LimenThresholdRange
limen_detector_session_range (LimenDetectorSession *self)
{
  return self->range;
}

static void
limen_detector_session_finalize (GObject *object)
{
  LimenDetectorSession *self = LIMEN_DETECTOR_SESSION (object);
  end_work (self);
  g_clear_pointer (&self->asked, limen_load_free);
  g_queue_clear_full (&self->waiting, (GDestroyNotify)limen_load_free);
  g_clear_pointer (&self->experiment, limen_experiment_free);
  g_clear_pointer (&self->analysis, limen_analysis_free);
  for (int role = 0; role < LIMEN_N_SETS; role++)
    g_strfreev (self->asks[role]);
  G_OBJECT_CLASS (limen_detector_session_parent_class)->finalize (object);
}

static void
limen_detector_session_class_init (LimenDetectorSessionClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = limen_detector_session_finalize;
  signals[DATA_CHANGED] =
      g_signal_new ("data-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[THRESHOLD_CHANGED] = g_signal_new ("threshold-changed", type, G_SIGNAL_RUN_LAST, 0, NULL,
                                             NULL, NULL, G_TYPE_NONE, 0);
  signals[BUSY_CHANGED] =
      g_signal_new ("busy-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ROLE_ASKED] = g_signal_new ("role-asked", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                      G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[NOTICE] = g_signal_new ("notice", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_PTR_ARRAY);
}

static void
limen_detector_session_init (LimenDetectorSession *self)
{
  self->experiment = limen_experiment_new ();
  self->range = (LimenThresholdRange){0, 1, 0.1};
  self->split = (LimenSplit){LIMEN_SPLIT_RANDOM, 0};
  self->rule = (LimenRule){LIMEN_RULE_SIGMAS, 3};
  g_queue_init (&self->waiting);
}

LimenDetectorSession *
limen_detector_session_new (void)
{
  return g_object_new (LIMEN_TYPE_DETECTOR_SESSION, NULL);
}
