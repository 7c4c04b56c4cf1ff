#include "ui/study/train/trained-flow.h"

#include "model/flow/nice-keep.h"
#include "ui/study/job.h"
#include "ui/study/signals.h"

struct _LimenTrainedFlow {
  GObject parent_instance;

  LimenNice *flow; /* nullable, as */
  LimenOrigin *learned_from;
  char *place;
};

G_DEFINE_FINAL_TYPE (LimenTrainedFlow, limen_trained_flow, G_TYPE_OBJECT)

/* -- what there is -- */

static void
put (LimenTrainedFlow *self, LimenNice *flow, LimenOrigin *learned_from)
{
  LimenNice *old = self->flow;
  self->flow = flow ? limen_nice_ref (flow) : NULL;
  g_clear_pointer (&old, limen_nice_unref);
  limen_origin_put (&self->learned_from, learned_from);
  g_clear_pointer (&self->place, g_free);
}

void
limen_trained_flow_take (LimenTrainedFlow *self, LimenNice *flow, LimenOrigin *learned_from)
{
  g_return_if_fail (LIMEN_IS_TRAINED_FLOW (self) && flow != NULL);
  put (self, flow, learned_from);
  g_signal_emit_by_name (self, "changed");
  g_signal_emit_by_name (self, "trained");
}

void
limen_trained_flow_give_up (LimenTrainedFlow *self)
{
  g_return_if_fail (LIMEN_IS_TRAINED_FLOW (self));
  put (self, NULL, NULL);
  g_signal_emit_by_name (self, "changed");
}

LimenNice *
limen_trained_flow_flow (LimenTrainedFlow *self)
{
  g_return_val_if_fail (LIMEN_IS_TRAINED_FLOW (self), NULL);
  return self->flow;
}

LimenOrigin *
limen_trained_flow_learned_from (LimenTrainedFlow *self)
{
  g_return_val_if_fail (LIMEN_IS_TRAINED_FLOW (self), NULL);
  return self->learned_from;
}

const char *
limen_trained_flow_place (LimenTrainedFlow *self)
{
  g_return_val_if_fail (LIMEN_IS_TRAINED_FLOW (self), NULL);
  return self->place;
}

gboolean
limen_trained_flow_is_unsaved (LimenTrainedFlow *self)
{
  g_return_val_if_fail (LIMEN_IS_TRAINED_FLOW (self), FALSE);
  return self->flow && !self->place;
}

/* -- saving -- */

typedef struct {
  LimenNice *flow;
  char *path;
  LimenFlowSavedFunc done;
  gpointer owner;
} Saving;

/* @saving: borrowed: the job has it until this was told */
typedef struct {
  const Saving *saving;
  char *place, *trouble;
} Saved;

static void
saving_free (Saving *saving)
{
  g_object_unref (saving->owner);
  limen_nice_unref (saving->flow);
  g_free (saving->path);
  g_free (saving);
}

static void
saved_free (Saved *saved)
{
  g_free (saved->place);
  g_free (saved->trouble);
  g_free (saved);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Saved, saved_free)

static gpointer
run_saving (gpointer data, const LimenRun *run, GError **error)
{
  const Saving *saving = data;
  g_autoptr (GError) trouble = NULL;
  LimenKeeper keeper = {saving->path, LIMEN_NUMBER_F32, NULL};
  Saved *saved = g_new0 (Saved, 1);
  saved->saving = saving;
  saved->place = g_strdup (limen_keeper_save (&keeper, saving->flow, &trouble));
  saved->trouble = trouble ? g_strdup (trouble->message) : NULL;
  limen_keeper_clear (&keeper);
  return saved;
}

/* Only at its own place it counts as saved; a newer flow may have come meanwhile. */
static void
saved_cb (gpointer result, const GError *error, gpointer owner)
{
  LimenTrainedFlow *self = owner;
  g_autoptr (Saved) saved = result;
  if (!saved)
    return;
  const Saving *saving = saved->saving;
  if (!saved->trouble && saving->flow == self->flow) {
    g_free (self->place);
    self->place = g_strdup (saved->place);
    g_signal_emit_by_name (self, "changed");
  }
  saving->done (saved->place, saved->trouble, saving->owner);
}

static gboolean
names_weights (const char *path)
{
  static const char *const endings[] = {".safetensors", ".pt", ".pth", ".ckpt"};
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (path, endings[i]))
      return TRUE;
  return FALSE;
}

void
limen_trained_flow_save (LimenTrainedFlow *self, LimenNice *flow, const char *path,
                         LimenFlowSavedFunc done, gpointer owner)
{
  g_return_if_fail (LIMEN_IS_TRAINED_FLOW (self) && flow != NULL && path != NULL);
  g_return_if_fail (done != NULL && G_IS_OBJECT (owner));
  Saving *saving = g_new (Saving, 1);
  *saving = (Saving){limen_nice_ref (flow),
                     g_strconcat (path, names_weights (path) ? NULL : ".safetensors", NULL), done,
                     g_object_ref (owner)};
  limen_job_unref (limen_job_start (run_saving, saving, (GDestroyNotify)saving_free,
                                    (GDestroyNotify)saved_free, saved_cb, self));
}

/* -- the object -- */

static void
limen_trained_flow_finalize (GObject *object)
{
  put (LIMEN_TRAINED_FLOW (object), NULL, NULL);
  G_OBJECT_CLASS (limen_trained_flow_parent_class)->finalize (object);
}

static void
limen_trained_flow_class_init (LimenTrainedFlowClass *klass)
{
  static const char *const names[] = {"trained", "changed", NULL};
  G_OBJECT_CLASS (klass)->finalize = limen_trained_flow_finalize;
  limen_signals_new (G_TYPE_FROM_CLASS (klass), names, FALSE);
}

static void
limen_trained_flow_init (LimenTrainedFlow *self)
{
}

LimenTrainedFlow *
limen_trained_flow_new (void)
{
  return g_object_new (LIMEN_TYPE_TRAINED_FLOW, NULL);
}
