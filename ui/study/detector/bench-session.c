#include "ui/study/detector/bench-session.h"

#include "model/data/builtin.h"
#include "ui/study/latest.h"
#include "ui/study/signals.h"
#include "ui/study/ticker.h"

#include <math.h>

#define KEY "limen-bench-session" /* of a detector: who follows it */

struct _LimenBenchSession {
  GObject parent_instance;

  LimenDetectorSession *detector;
  LimenScoreKind chosen; /* by the user; the page judges by it once there is a result */
  LimenRule rule;        /* of the page by that score, kept while it is worked out anew */
  gboolean shown, is_own_vae, reads_own_vae; /* a VAE that the user opened stays */
  LimenBenchModels models;                   /* the flow is that of the page */
  guint k;                                   /* of the VAE's bound */
  char *flow_name;                           /* nullable: by which a VAE is brought along */

  LimenBenchResult *result;         /* nullable: of the images that the page shows */
  LimenImageSet *set[LIMEN_N_SETS]; /* nullable: what result or work is of, */
  LimenSplit split;
  gboolean is_current; /* a result is there or under way, or there can be none */
  gboolean is_stopped; /* by the user, until something is wanted anew */
  gboolean is_judging; /* what the page tells of it is no news */
  LimenBenchTally *tally;
  LimenLatest *work, *reading[LIMEN_N_BENCH_MODELS];
  guint tick;
};

G_DEFINE_FINAL_TYPE (LimenBenchSession, limen_bench_session, G_TYPE_OBJECT)

/* -- on the thread -- */

static gpointer
run_bench (gpointer input, const LimenRun *run, GError **error)
{
  return limen_bench_result_new (input, run, error);
}

/* Weights to be read */
typedef struct {
  LimenBenchModel model;
  gboolean is_own;
  char *path;
} Wish;

typedef struct {
  LimenBenchModel model;
  gboolean is_own;
  LimenVae *vae;
  LimenNice *flow;
} Read;

static void
wish_free (gpointer data)
{
  Wish *wish = data;
  g_free (wish->path);
  g_free (wish);
}

static void
read_free (gpointer data)
{
  Read *read = data;
  g_clear_pointer (&read->vae, limen_vae_unref);
  g_clear_pointer (&read->flow, limen_nice_unref);
  g_free (read);
}

static gpointer
run_reading (gpointer data, const LimenRun *run, GError **error)
{
  const Wish *wish = data;
  Read read = {wish->model, wish->is_own, NULL, NULL};
  if (wish->model == LIMEN_BENCH_VAE)
    read.vae = limen_vae_load (wish->path, 0, run->cancellable, error);
  else
    read.flow = limen_nice_load (wish->path, run->cancellable, error);
  return read.vae || read.flow ? g_memdup2 (&read, sizeof read) : NULL;
}

/* -- what is worked on -- */

static void
tell (LimenBenchSession *self)
{
  limen_ticker_tell (self, &self->tick, limen_bench_session_busy (self, NULL));
}

static void
put_set (LimenImageSet **place, LimenImageSet *set)
{
  g_clear_pointer (place, limen_image_set_unref);
  *place = set ? limen_image_set_ref (set) : NULL;
}

static void
put_flow (LimenNice **place, LimenNice *flow)
{
  g_clear_pointer (place, limen_nice_unref);
  *place = flow ? limen_nice_ref (flow) : NULL;
}

/* What there was is of other images, or of other models, and what is under way, too. */
static void
forget (LimenBenchSession *self)
{
  g_clear_pointer (&self->result, limen_bench_result_unref);
  g_clear_pointer (&self->tally, limen_bench_tally_unref);
  self->is_current = FALSE;
  if (self->work)
    limen_latest_cancel (self->work);
}

static gboolean
reads (LimenBenchSession *self)
{
  for (guint model = 0; model < LIMEN_N_BENCH_MODELS; model++)
    if (limen_latest_busy (self->reading[model], NULL))
      return TRUE;
  return FALSE;
}

/* A VAE without a flow: what it tells is all that the page can judge by. */
static gboolean
has_vae_alone (LimenBenchSession *self)
{
  const LimenExperiment *now = limen_detector_session_experiment (self->detector);
  return self->models.vae && !now->flow && !now->table &&
         !limen_detector_session_busy (self->detector, NULL);
}

static gboolean
is_wanted (LimenBenchSession *self)
{
  return self->shown || self->chosen != LIMEN_SCORE_LOG_LIKELIHOOD || has_vae_alone (self);
}

/* While images are read, all waits for them; while a VAE is, too. */
static void
work (LimenBenchSession *self)
{
  const LimenExperiment *now = limen_detector_session_experiment (self->detector);
  gboolean scored = limen_detector_session_analysis (self->detector) && now->flow;
  if (self->is_current || self->is_stopped || !is_wanted (self) || reads (self) ||
      !(scored || has_vae_alone (self)) || !now->set[LIMEN_SET_NORMAL])
    return;
  LimenBenchInput *input = g_new0 (LimenBenchInput, 1);
  input->models =
      (LimenBenchModels){now->flow ? limen_nice_ref (now->flow) : NULL,
                         self->models.vae ? limen_vae_ref (self->models.vae) : NULL,
                         self->models.reference ? limen_nice_ref (self->models.reference) : NULL};
  put_set (&input->normal, now->set[LIMEN_SET_NORMAL]);
  put_set (&input->anomaly, now->set[LIMEN_SET_ANOMALY]);
  put_set (&input->unsorted, now->set[LIMEN_SET_UNSORTED]);
  input->split = self->split;
  input->order = limen_experiment_order (now, self->split);
  input->sigmas = LIMEN_USUAL_SIGMAS;
  input->k = self->k;
  g_clear_pointer (&self->tally, limen_bench_tally_unref);
  self->tally = limen_bench_tally_new ();
  input->tally = limen_bench_tally_ref (self->tally);
  self->is_current = TRUE;
  limen_latest_wish (self->work, input);
  tell (self);
}

/* Where another split is asked for, it will soon be worked out anew: the wish must not be lost. */
static gboolean
is_of_page (LimenBenchSession *self)
{
  LimenSplit asked = limen_detector_session_state (self->detector)->split;
  return asked.kind == self->split.kind && asked.seed == self->split.seed;
}

/* What is complete, or what of it is there already */
static LimenBenchResult *
so_far (LimenBenchSession *self)
{
  if (self->result || !self->tally)
    return self->result;
  return g_atomic_pointer_get (&self->tally->so_far);
}

/* The page judges by @kind, or by the log-likelihood over its halves. */
static void
judge_by (LimenBenchSession *self, LimenScoreKind kind)
{
  LimenAnalysis *analysis = NULL;
  if (kind != LIMEN_SCORE_LOG_LIKELIHOOD)
    analysis = limen_analysis_with_detector (
        so_far (self)->analysis[kind],
        limen_bench_result_detector (so_far (self), kind, self->rule));
  self->is_judging = TRUE;
  limen_detector_session_judge_by (self->detector, kind, analysis);
  if (analysis && self->rule.kind == LIMEN_RULE_VALUE)
    limen_detector_session_set_rule (self->detector, self->rule);
  self->is_judging = FALSE;
}

static LimenScoreKind
score_of_page (LimenBenchSession *self)
{
  return limen_detector_session_state (self->detector)->score;
}

/* What was chosen, by the new result */
static void
judge (LimenBenchSession *self)
{
  gboolean has = limen_bench_result_has (self->result, self->chosen);
  if (!has) /* other models lack it */
    self->chosen = has_vae_alone (self) ? limen_scorer_recommended (self->result->scorer)
                                        : LIMEN_SCORE_LOG_LIKELIHOOD;
  if (!is_of_page (self) ||
      (self->chosen == LIMEN_SCORE_LOG_LIKELIHOOD && score_of_page (self) == self->chosen))
    return;
  judge_by (self, self->chosen);
}

/* Nothing comes of what was chosen: the page goes on with what it has. */
static void
give_up (LimenBenchSession *self)
{
  self->chosen = score_of_page (self);
}

static void
worked_cb (gpointer data, const GError *error, gpointer owner)
{
  LimenBenchSession *self = owner;
  g_clear_pointer (&self->tally, limen_bench_tally_unref);
  g_clear_pointer (&self->result, limen_bench_result_unref);
  self->result = data;
  if (data)
    judge (self);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    give_up (self);
    g_signal_emit_by_name (self, "notice", error->message);
  }
  tell (self);
}

static void
take_model (LimenBenchSession *self, Read *read)
{
  if (read->model == LIMEN_BENCH_VAE) {
    g_clear_pointer (&self->models.vae, limen_vae_unref);
    self->models.vae = g_steal_pointer (&read->vae);
    self->is_own_vae = read->is_own;
  } else
    put_flow (&self->models.reference, read->flow);
  read_free (read);
  forget (self);
}

static void
read_cb (gpointer data, const GError *error, gpointer owner)
{
  LimenBenchSession *self = owner;
  LimenLatest *vae = self->reading[LIMEN_BENCH_VAE];
  if (data)
    take_model (self, data);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit_by_name (self, "notice", error->message);
  self->reads_own_vae = self->reads_own_vae && limen_latest_busy (vae, NULL);
  work (self);
  tell (self);
}

static void
read_weights (LimenBenchSession *self, LimenBenchModel model, const char *path, gboolean is_own)
{
  Wish *wish = g_new (Wish, 1);
  *wish = (Wish){model, is_own, g_strdup (path)};
  if (model == LIMEN_BENCH_VAE)
    self->reads_own_vae = is_own;
  limen_latest_wish (self->reading[model], wish);
}

/* -- what the page shows -- */

/* The VAE that was taught the same images as a flow that Limen brings along */
static const char *
vae_beside (const char *flow)
{
  static const char *const pairs[][2] = {{LIMEN_BUILTIN_GLYPHS, LIMEN_BUILTIN_VAE},
                                         {LIMEN_BUILTIN_MNIST, LIMEN_BUILTIN_MNIST_VAE},
                                         {LIMEN_BUILTIN_FASHION, LIMEN_BUILTIN_FASHION_VAE}};
  for (guint i = 0; flow && i < G_N_ELEMENTS (pairs); i++)
    if (g_str_equal (flow, pairs[i][0]))
      return pairs[i][1];
  return NULL;
}

/* A VAE that came with another flow goes with it. */
static void
follow_flow (LimenBenchSession *self, const LimenOrigin *from)
{
  const char *name = from && from->paths[0] ? from->paths[0] : from ? from->name : NULL;
  if (g_strcmp0 (name, self->flow_name) == 0)
    return;
  g_free (self->flow_name);
  self->flow_name = g_strdup (name);
  const char *beside = vae_beside (name);
  if (self->is_own_vae || self->reads_own_vae)
    return;
  limen_latest_cancel (self->reading[LIMEN_BENCH_VAE]); /* that of another flow */
  g_clear_pointer (&self->models.vae, limen_vae_unref);
  if (beside)
    read_weights (self, LIMEN_BENCH_VAE, beside, FALSE);
}

static gboolean
is_same (LimenBenchSession *self)
{
  const LimenExperiment *now = limen_detector_session_experiment (self->detector);
  gboolean same = now->flow == self->models.flow;
  for (int role = 0; role < LIMEN_N_SETS; role++)
    same = same && now->set[role] == self->set[role];
  return same && is_of_page (self);
}

/* By undo, the page may be back at another score. */
static void
follow_page (LimenBenchSession *self)
{
  const LimenExperiment *now = limen_detector_session_experiment (self->detector);
  if (score_of_page (self) != LIMEN_SCORE_LOG_LIKELIHOOD && score_of_page (self) != self->chosen) {
    self->chosen = score_of_page (self);
    self->rule = limen_detector_session_state (self->detector)->rule;
  }
  self->is_stopped = FALSE;
  for (int role = 0; role < LIMEN_N_SETS; role++)
    put_set (&self->set[role], now->set[role]);
  put_flow (&self->models.flow, now->flow);
  self->split = limen_detector_session_state (self->detector)->split;
  follow_flow (self, now->flow_from);
}

static void
data_changed_cb (LimenBenchSession *self)
{
  gboolean has_all = limen_detector_session_analysis (self->detector) != NULL;
  if (self->is_judging || (!has_all && limen_detector_session_detector (self->detector)))
    return; /* scores are on their way */
  if (!is_same (self)) {
    forget (self);
    follow_page (self);
  }
  work (self);
  tell (self);
}

/* The line that was put by hand is one of the score that the page judges by. */
static void
threshold_changed_cb (LimenBenchSession *self)
{
  if (!self->is_judging && score_of_page (self) == self->chosen)
    self->rule = limen_detector_session_state (self->detector)->rule;
}

/* The way back to the log-likelihood may be cancelled while its halves are made. */
static void
busy_changed_cb (LimenBenchSession *self)
{
  if (!self->is_judging && !self->is_current && has_vae_alone (self))
    work (self);
  if (self->is_judging || self->chosen == score_of_page (self) ||
      self->chosen != LIMEN_SCORE_LOG_LIKELIHOOD ||
      limen_detector_session_busy (self->detector, NULL))
    return;
  give_up (self);
  tell (self);
}

/* -- what the user wants -- */

void
limen_bench_session_set_shown (LimenBenchSession *self, gboolean shown)
{
  g_return_if_fail (LIMEN_IS_BENCH_SESSION (self));
  self->shown = shown;
  if (!shown)
    return;
  if (self->is_stopped)
    follow_flow (self, limen_detector_session_experiment (self->detector)->flow_from);
  self->is_stopped = FALSE;
  work (self);
  tell (self);
}

void
limen_bench_session_open (LimenBenchSession *self, LimenBenchModel model, const char *path)
{
  g_return_if_fail (LIMEN_IS_BENCH_SESSION (self) && path != NULL);
  self->is_stopped = FALSE;
  read_weights (self, model, path, TRUE);
  tell (self);
}

void
limen_bench_session_set_k (LimenBenchSession *self, guint k)
{
  g_return_if_fail (LIMEN_IS_BENCH_SESSION (self) && k > 0 && k <= LIMEN_BENCH_MOST_K);
  if (k == self->k)
    return;
  self->k = k;
  if (!self->models.vae) /* nothing is made with it */
    return;
  forget (self);
  self->is_stopped = FALSE;
  work (self);
  tell (self);
}

guint
limen_bench_session_k (LimenBenchSession *self)
{
  g_return_val_if_fail (LIMEN_IS_BENCH_SESSION (self), 0);
  return self->k;
}

void
limen_bench_session_cancel (LimenBenchSession *self)
{
  g_return_if_fail (LIMEN_IS_BENCH_SESSION (self));
  if (!limen_bench_session_busy (self, NULL))
    return;
  if (limen_latest_busy (self->reading[LIMEN_BENCH_VAE], NULL) && !self->reads_own_vae)
    g_clear_pointer (&self->flow_name, g_free); /* its VAE is still to be read */
  self->is_stopped = TRUE;
  self->is_current = self->result != NULL;
  limen_latest_cancel (self->work);
  for (guint model = 0; model < LIMEN_N_BENCH_MODELS; model++)
    limen_latest_cancel (self->reading[model]);
  give_up (self);
  tell (self);
}

void
limen_bench_session_choose (LimenBenchSession *self, LimenScoreKind kind)
{
  g_return_if_fail (LIMEN_IS_BENCH_SESSION (self) && kind < LIMEN_N_SCORES);
  gboolean home = kind == LIMEN_SCORE_LOG_LIKELIHOOD;
  if (kind == self->chosen || (!home && !limen_bench_result_has (so_far (self), kind)))
    return;
  self->chosen = kind;
  self->rule = limen_detector_session_state (self->detector)->rule;
  if (self->rule.kind == LIMEN_RULE_VALUE) /* in another unit */
    self->rule = LIMEN_USUAL_RULE;
  self->is_stopped = FALSE;
  if (is_of_page (self) && score_of_page (self) != kind)
    judge_by (self, kind);
  tell (self);
}

/* -- what there is -- */

LimenScoreKind
limen_bench_session_chosen (LimenBenchSession *self)
{
  g_return_val_if_fail (LIMEN_IS_BENCH_SESSION (self), LIMEN_SCORE_LOG_LIKELIHOOD);
  return self->chosen;
}

const LimenBenchResult *
limen_bench_session_result (LimenBenchSession *self)
{
  g_return_val_if_fail (LIMEN_IS_BENCH_SESSION (self), NULL);
  return self->result;
}

const LimenBenchResult *
limen_bench_session_so_far (LimenBenchSession *self)
{
  g_return_val_if_fail (LIMEN_IS_BENCH_SESSION (self), NULL);
  return so_far (self);
}

const LimenBenchModels *
limen_bench_session_models (LimenBenchSession *self)
{
  g_return_val_if_fail (LIMEN_IS_BENCH_SESSION (self), NULL);
  return &self->models;
}

double
limen_bench_session_progress (LimenBenchSession *self, LimenScoreKind kind)
{
  g_return_val_if_fail (LIMEN_IS_BENCH_SESSION (self) && kind < LIMEN_N_SCORES, NAN);
  if (!self->tally || !limen_bench_has (kind, &self->models) ||
      limen_bench_result_has (so_far (self), kind))
    return NAN;
  int all = g_atomic_int_get (&self->tally->all[kind]);
  return all > 0 ? fmin (1, (double)g_atomic_int_get (&self->tally->done[kind]) / all) : 0;
}

gboolean
limen_bench_session_busy (LimenBenchSession *self, double *fraction)
{
  g_return_val_if_fail (LIMEN_IS_BENCH_SESSION (self), FALSE);
  return limen_latest_busy (self->work, fraction) || reads (self);
}

/* -- the object -- */

static void
limen_bench_session_dispose (GObject *object)
{
  LimenBenchSession *self = LIMEN_BENCH_SESSION (object);
  limen_ticker_stop (&self->tick);
  if (self->detector) {
    g_signal_handlers_disconnect_by_data (self->detector, self);
    if (limen_bench_session_of (self->detector) == self)
      g_object_set_data (G_OBJECT (self->detector), KEY, NULL);
  }
  g_clear_pointer (&self->work, limen_latest_free);
  for (guint model = 0; model < LIMEN_N_BENCH_MODELS; model++)
    g_clear_pointer (&self->reading[model], limen_latest_free);
  g_clear_object (&self->detector);
  forget (self);
  for (int role = 0; role < LIMEN_N_SETS; role++)
    put_set (&self->set[role], NULL);
  put_flow (&self->models.flow, NULL);
  put_flow (&self->models.reference, NULL);
  g_clear_pointer (&self->models.vae, limen_vae_unref);
  g_clear_pointer (&self->tally, limen_bench_tally_unref);
  g_clear_pointer (&self->flow_name, g_free);
  G_OBJECT_CLASS (limen_bench_session_parent_class)->dispose (object);
}

static void
limen_bench_session_class_init (LimenBenchSessionClass *klass)
{
  static const char *const names[] = {"changed", NULL};
  G_OBJECT_CLASS (klass)->dispose = limen_bench_session_dispose;
  limen_signals_new (G_TYPE_FROM_CLASS (klass), names, TRUE);
}

static void
limen_bench_session_init (LimenBenchSession *self)
{
  self->k = LIMEN_SCORER_K;
  self->work = limen_latest_new (run_bench, (GDestroyNotify)limen_bench_input_free,
                                 (GDestroyNotify)limen_bench_result_unref,
                                 LIMEN_OVERTAKEN_IS_CANCELLED, worked_cb, self);
  for (guint model = 0; model < LIMEN_N_BENCH_MODELS; model++)
    self->reading[model] = limen_latest_new (run_reading, wish_free, read_free,
                                             LIMEN_OVERTAKEN_IS_CANCELLED, read_cb, self);
}

LimenBenchSession *
limen_bench_session_new (LimenDetectorSession *detector)
{
  g_return_val_if_fail (LIMEN_IS_DETECTOR_SESSION (detector), NULL);
  LimenBenchSession *self = g_object_new (LIMEN_TYPE_BENCH_SESSION, NULL);
  self->detector = g_object_ref (detector);
  g_object_set_data (G_OBJECT (detector), KEY, self);
  data_changed_cb (self);
  g_signal_connect_swapped (detector, "data-changed", G_CALLBACK (data_changed_cb), self);
  g_signal_connect_swapped (detector, "threshold-changed", G_CALLBACK (threshold_changed_cb), self);
  g_signal_connect_swapped (detector, "busy-changed", G_CALLBACK (busy_changed_cb), self);
  return self;
}

LimenBenchSession *
limen_bench_session_of (LimenDetectorSession *detector)
{
  g_return_val_if_fail (LIMEN_IS_DETECTOR_SESSION (detector), NULL);
  return g_object_get_data (G_OBJECT (detector), KEY);
}
