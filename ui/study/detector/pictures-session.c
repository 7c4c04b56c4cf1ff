#include "ui/study/detector/pictures-session.h"

#include "model/data/builtin.h"
#include "model/data/file-kind.h"
#include "ui/study/latest.h"
#include "ui/study/signals.h"

struct _LimenPicturesSession {
  GObject parent_instance;

  LimenDetectorSession *detector;
  LimenPictures *pictures;
  LimenNice *flow;      /* nullable: that they have their scores by, or shall have */
  LimenOrigin *read_as; /* nullable: how the normal images were read then */
  guint width, height;  /* of images then */
  LimenLatest *scores;
  LimenJob *look; /* nullable: at the head of the queue */
  GQueue coming;  /* Coming: what was opened and is not looked at yet */
};

G_DEFINE_FINAL_TYPE (LimenPicturesSession, limen_pictures_session, G_TYPE_OBJECT)

/* -- scores -- */

static void
input_free (gpointer data)
{
  LimenPicturesInput *input = data;
  limen_pictures_free (input->pictures);
  limen_nice_unref (input->flow);
  limen_origin_unref (input->normal_from);
  g_free (input);
}

static gpointer
run_scores (gpointer input, const LimenRun *run, GError **error)
{
  return limen_pictures_score (input, run, error);
}

static void
wish (LimenPicturesSession *self)
{
  if (!self->flow || !limen_pictures_wait (self->pictures))
    return;
  LimenPicturesInput *input = g_new (LimenPicturesInput, 1);
  *input = (LimenPicturesInput){limen_pictures_copy (self->pictures), limen_nice_ref (self->flow),
                                limen_origin_ref (self->read_as), self->width, self->height};
  limen_latest_wish (self->scores, input);
}

/* Takes @next */
static void
change (LimenPicturesSession *self, LimenPictures *next)
{
  limen_pictures_free (self->pictures);
  self->pictures = next;
  g_signal_emit_by_name (self, "changed");
}

static void
scored_cb (gpointer result, const GError *error, gpointer owner)
{
  LimenPicturesSession *self = owner;
  g_autoptr (LimenPictures) scored = result;
  if (scored)
    change (self, limen_pictures_with_scores (self->pictures, scored));
}

static gboolean
same_reading (const LimenOrigin *a, const LimenOrigin *b)
{
  static const LimenReading usual = {0};
  const LimenReading *x = a ? &a->reading : &usual, *y = b ? &b->reading : &usual;
  return (a && a->inverted) == (b && b->inverted) && limen_reading_equal (x, y);
}

/* By another flow, or read in another way, they have other scores. */
static void
data_changed_cb (LimenPicturesSession *self)
{
  const LimenExperiment *now = limen_detector_session_experiment (self->detector);
  LimenOrigin *from = now->set_from[LIMEN_SET_NORMAL];
  guint width, height;
  limen_pictures_size (now->flow, now->set[LIMEN_SET_NORMAL], &width, &height);
  gboolean same = now->flow == self->flow && width == self->width && height == self->height &&
                  same_reading (from, self->read_as);
  limen_origin_put (&self->read_as, from);
  if (same) {
    g_signal_emit_by_name (self, "changed"); /* verdicts and ranks */
    return;
  }
  g_clear_pointer (&self->flow, limen_nice_unref);
  self->flow = now->flow ? limen_nice_ref (now->flow) : NULL;
  self->width = width;
  self->height = height;
  limen_latest_free (self->scores); /* what another flow says comes to nothing */
  self->scores = limen_latest_new (run_scores, input_free, (GDestroyNotify)limen_pictures_free,
                                   LIMEN_OVERTAKEN_IS_SHOWN, scored_cb, self);
  change (self, limen_pictures_waiting (self->pictures));
  wish (self);
}

/* -- what comes in -- */

typedef struct {
  char **paths;
  gboolean start; /* as in an empty page, with */
  LimenRule rule;
} Coming;

static void
coming_free (gpointer data)
{
  Coming *coming = data;
  g_strfreev (coming->paths);
  g_free (coming);
}

typedef struct {
  GPtrArray *pictures, *rest; /* element-type filename, NULL-terminated */
  guint n_sets;
} Looked;

static void
looked_free (gpointer data)
{
  Looked *looked = data;
  g_ptr_array_unref (looked->pictures);
  g_ptr_array_unref (looked->rest);
  g_free (looked);
}

/* One picture, and not a stack of pages, nor one that has to be asked about: those are sets. What
 * can't be read is refused beside the others. */
static gboolean
is_one (const char *path, const LimenRun *run)
{
  static const LimenImageSetOptions two = {.max_images = 2};
  g_autoptr (GError) error = NULL;
  const char *paths[] = {path, NULL};
  if (limen_file_kind (path, NULL) != LIMEN_FILE_IMAGE)
    return FALSE;
  g_autoptr (LimenImageSet) set = limen_image_set_load (paths, &two, NULL, run, &error);
  return set ? limen_image_set_n_images (set) == 1
             : !g_error_matches (error, LIMEN_ERROR, LIMEN_ERROR_MISMATCH);
}

static gpointer
run_look (gpointer paths, const LimenRun *run, GError **error)
{
  Looked *looked = g_new0 (Looked, 1);
  looked->pictures = g_ptr_array_new_null_terminated (4, g_free, TRUE);
  looked->rest = g_ptr_array_new_null_terminated (4, g_free, TRUE);
  gboolean few = g_strv_length (paths) <= 2 * LIMEN_MOST_PICTURES; /* with some weights */
  for (char **path = paths; *path; path++) {
    gboolean picture = few && is_one (*path, run);
    looked->n_sets += !picture && !limen_file_kind_is_weights (limen_file_kind (*path, NULL));
    g_ptr_array_add (picture ? looked->pictures : looked->rest, g_strdup (*path));
  }
  return looked;
}

static void
add_files (LimenPicturesSession *self, const char *const *paths)
{
  guint n_left_out;
  change (self, limen_pictures_with_files (self->pictures, paths, &n_left_out));
  wish (self);
  if (n_left_out == 0)
    return;
  g_autofree char *sentence = g_strdup_printf (
      "%u of the pictures found no room beside the %u that are judged one by one; remove some, or "
      "open a folder.",
      n_left_out, LIMEN_MOST_PICTURES);
  g_signal_emit_by_name (self, "notice", sentence);
}

static void
hand_on (LimenPicturesSession *self, const char *const *paths, const Coming *coming)
{
  if (coming->start)
    limen_detector_session_start (self->detector, paths, coming->rule);
  else
    limen_detector_session_open (self->detector, paths, LIMEN_N_SETS);
}

static void look_at_next (LimenPicturesSession *self);

static void
looked_cb (gpointer result, const GError *error, gpointer owner)
{
  LimenPicturesSession *self = owner;
  Looked *looked = result;
  Coming *coming = g_queue_pop_head (&self->coming);
  g_clear_pointer (&self->look, limen_job_unref);
  if (looked) {
    guint n = looked->pictures->len;
    gboolean single = n > 0 && n <= LIMEN_MOST_PICTURES && looked->n_sets == 0;
    gpointer *rest = single ? looked->rest->pdata : (gpointer *)coming->paths;
    if (coming->start)
      change (self, limen_pictures_new ());
    if (rest && rest[0])
      hand_on (self, (const char *const *)rest, coming);
    if (single)
      add_files (self, (const char *const *)looked->pictures->pdata);
    looked_free (looked);
  }
  coming_free (coming);
  look_at_next (self);
}

static void
look_at_next (LimenPicturesSession *self)
{
  Coming *coming = g_queue_peek_head (&self->coming);
  if (coming && !self->look)
    self->look = limen_job_start (run_look, g_strdupv (coming->paths), (GDestroyNotify)g_strfreev,
                                  looked_free, looked_cb, self);
}

static gboolean
are_builtin (const char *const *paths)
{
  for (guint i = 0; paths[i]; i++)
    if (!limen_is_builtin (paths[i]))
      return FALSE;
  return TRUE;
}

/* Takes @coming */
static void
let_come (LimenPicturesSession *self, Coming *coming)
{
  if (g_queue_is_empty (&self->coming) && are_builtin ((const char *const *)coming->paths)) {
    hand_on (self, (const char *const *)coming->paths, coming);
    coming_free (coming);
    return;
  }
  g_queue_push_tail (&self->coming, coming);
  look_at_next (self);
}

void
limen_pictures_session_open (LimenPicturesSession *self, const char *const *paths)
{
  g_return_if_fail (LIMEN_IS_PICTURES_SESSION (self) && paths != NULL);
  Coming *coming = g_new0 (Coming, 1);
  coming->paths = g_strdupv ((char **)paths);
  let_come (self, coming);
}

void
limen_pictures_session_start (LimenPicturesSession *self, const char *const *paths, LimenRule rule)
{
  g_return_if_fail (LIMEN_IS_PICTURES_SESSION (self) && paths != NULL);
  Coming *coming = g_new0 (Coming, 1);
  *coming = (Coming){g_strdupv ((char **)paths), TRUE, rule};
  let_come (self, coming);
}

/* -- what the user wants -- */

void
limen_pictures_session_draw (LimenPicturesSession *self, const LimenDrawing *drawing)
{
  g_return_if_fail (LIMEN_IS_PICTURES_SESSION (self) && drawing != NULL);
  change (self, limen_pictures_with_drawing (self->pictures, drawing));
  wish (self);
}

void
limen_pictures_session_remove (LimenPicturesSession *self, guint id)
{
  g_return_if_fail (LIMEN_IS_PICTURES_SESSION (self));
  change (self, limen_pictures_without (self->pictures, id));
}

/* -- what there is -- */

const LimenPictures *
limen_pictures_session_pictures (LimenPicturesSession *self)
{
  g_return_val_if_fail (LIMEN_IS_PICTURES_SESSION (self), NULL);
  return self->pictures;
}

LimenDetectorSession *
limen_pictures_session_detector (LimenPicturesSession *self)
{
  g_return_val_if_fail (LIMEN_IS_PICTURES_SESSION (self), NULL);
  return self->detector;
}

gboolean
limen_pictures_session_busy (LimenPicturesSession *self)
{
  g_return_val_if_fail (LIMEN_IS_PICTURES_SESSION (self), FALSE);
  return self->look || limen_latest_busy (self->scores, NULL);
}

/* -- the object -- */

static void
limen_pictures_session_finalize (GObject *object)
{
  LimenPicturesSession *self = LIMEN_PICTURES_SESSION (object);
  g_signal_handlers_disconnect_by_data (self->detector, self);
  g_clear_pointer (&self->scores, limen_latest_free);
  g_queue_clear_full (&self->coming, coming_free);
  g_clear_pointer (&self->pictures, limen_pictures_free);
  g_clear_pointer (&self->flow, limen_nice_unref);
  limen_origin_unref (self->read_as);
  g_clear_object (&self->detector);
  G_OBJECT_CLASS (limen_pictures_session_parent_class)->finalize (object);
}

static void
limen_pictures_session_class_init (LimenPicturesSessionClass *klass)
{
  static const char *const names[] = {"changed", NULL};
  G_OBJECT_CLASS (klass)->finalize = limen_pictures_session_finalize;
  limen_signals_new (G_TYPE_FROM_CLASS (klass), names, TRUE);
}

static void
limen_pictures_session_init (LimenPicturesSession *self)
{
  self->pictures = limen_pictures_new ();
  g_queue_init (&self->coming);
  self->scores = limen_latest_new (run_scores, input_free, (GDestroyNotify)limen_pictures_free,
                                   LIMEN_OVERTAKEN_IS_SHOWN, scored_cb, self);
}

LimenPicturesSession *
limen_pictures_session_new (LimenDetectorSession *detector)
{
  g_return_val_if_fail (LIMEN_IS_DETECTOR_SESSION (detector), NULL);
  LimenPicturesSession *self = g_object_new (LIMEN_TYPE_PICTURES_SESSION, NULL);
  self->detector = g_object_ref (detector);
  limen_pictures_size (NULL, NULL, &self->width, &self->height);
  g_signal_connect_swapped (detector, "data-changed", G_CALLBACK (data_changed_cb), self);
  g_signal_connect_swapped (detector, "threshold-changed", G_CALLBACK (data_changed_cb), self);
  data_changed_cb (self);
  return self;
}
