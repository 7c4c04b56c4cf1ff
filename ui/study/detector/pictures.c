#include "ui/study/detector/pictures.h"

#include "model/base/error.h"

#include <math.h>
#include <string.h>

#define USUAL_SIDE 28

/* -- one -- */

static void
picture_free (gpointer data)
{
  LimenSinglePicture *picture = data;
  g_clear_pointer (&picture->drawing, limen_drawing_free);
  g_clear_pointer (&picture->image, limen_image_set_unref);
  g_clear_pointer (&picture->measure, limen_measure_unref);
  g_free (picture->name);
  g_free (picture->path);
  g_free (picture->told);
  g_free (picture->refusal);
  g_free (picture);
}

static LimenSinglePicture *
picture_copy (const LimenSinglePicture *picture)
{
  LimenSinglePicture *copy = g_memdup2 (picture, sizeof *picture);
  copy->name = g_strdup (picture->name);
  copy->path = g_strdup (picture->path);
  copy->drawing = picture->drawing ? limen_drawing_copy (picture->drawing) : NULL;
  copy->image = picture->image ? limen_image_set_ref (picture->image) : NULL;
  copy->told = g_strdup (picture->told);
  copy->refusal = g_strdup (picture->refusal);
  copy->measure = picture->measure ? limen_measure_ref (picture->measure) : NULL;
  return copy;
}

static LimenSinglePicture *
picture_new (guint id, const char *path)
{
  LimenSinglePicture *picture = g_new0 (LimenSinglePicture, 1);
  picture->id = id;
  picture->path = g_strdup (path);
  picture->name = path ? g_filename_display_basename (path) : g_strdup ("Drawing");
  picture->score = NAN;
  return picture;
}

/* -- all -- */

LimenPictures *
limen_pictures_new (void)
{
  LimenPictures *pictures = g_new0 (LimenPictures, 1);
  pictures->all = g_ptr_array_new_with_free_func (picture_free);
  return pictures;
}

LimenPictures *
limen_pictures_copy (const LimenPictures *pictures)
{
  g_return_val_if_fail (pictures != NULL, NULL);
  LimenPictures *copy = limen_pictures_new ();
  copy->last_id = pictures->last_id;
  for (guint i = 0; i < pictures->all->len; i++)
    g_ptr_array_add (copy->all, picture_copy (pictures->all->pdata[i]));
  return copy;
}

void
limen_pictures_free (LimenPictures *pictures)
{
  g_return_if_fail (pictures != NULL);
  g_ptr_array_unref (pictures->all);
  g_free (pictures);
}

guint
limen_pictures_n (const LimenPictures *pictures)
{
  g_return_val_if_fail (pictures != NULL, 0);
  return pictures->all->len;
}

const LimenSinglePicture *
limen_pictures_at (const LimenPictures *pictures, guint index)
{
  g_return_val_if_fail (pictures != NULL && index < pictures->all->len, NULL);
  return pictures->all->pdata[index];
}

static LimenSinglePicture *
find (const LimenPictures *pictures, guint id)
{
  for (guint i = 0; i < pictures->all->len; i++)
    if (limen_pictures_at (pictures, i)->id == id)
      return pictures->all->pdata[i];
  return NULL;
}

static LimenSinglePicture *
find_path (const LimenPictures *pictures, const char *path)
{
  for (guint i = 0; i < pictures->all->len; i++)
    if (g_strcmp0 (limen_pictures_at (pictures, i)->path, path) == 0)
      return pictures->all->pdata[i];
  return NULL;
}

const LimenSinglePicture *
limen_pictures_drawn (const LimenPictures *pictures)
{
  g_return_val_if_fail (pictures != NULL, NULL);
  return find_path (pictures, NULL);
}

gboolean
limen_pictures_wait (const LimenPictures *pictures)
{
  g_return_val_if_fail (pictures != NULL, FALSE);
  for (guint i = 0; i < pictures->all->len; i++)
    if (!limen_pictures_at (pictures, i)->is_done)
      return TRUE;
  return FALSE;
}

/* -- others -- */

LimenPictures *
limen_pictures_with_files (const LimenPictures *pictures, const char *const *paths,
                           guint *n_left_out)
{
  g_return_val_if_fail (pictures != NULL && paths != NULL && n_left_out != NULL, NULL);
  LimenPictures *next = limen_pictures_copy (pictures);
  *n_left_out = 0;
  for (guint i = 0; paths[i]; i++) {
    LimenSinglePicture *known = find_path (next, paths[i]);
    guint n_files = next->all->len - (limen_pictures_drawn (next) != NULL);
    if (known)
      known->is_done = FALSE; /* the file may be another now */
    else if (n_files < LIMEN_MOST_PICTURES)
      g_ptr_array_insert (next->all, (int)n_files, picture_new (++next->last_id, paths[i]));
    else
      ++*n_left_out;
  }
  return next;
}

LimenPictures *
limen_pictures_with_drawing (const LimenPictures *pictures, const LimenDrawing *drawing)
{
  g_return_val_if_fail (pictures != NULL && drawing != NULL, NULL);
  LimenPictures *next = limen_pictures_copy (pictures);
  LimenSinglePicture *drawn = find_path (next, NULL);
  if (drawn && drawing->n == 0) {
    g_ptr_array_remove (next->all, drawn);
    return next;
  }
  if (drawing->n == 0)
    return next;
  if (!drawn) {
    drawn = picture_new (++next->last_id, NULL);
    g_ptr_array_add (next->all, drawn);
  }
  g_clear_pointer (&drawn->drawing, limen_drawing_free);
  drawn->drawing = limen_drawing_copy (drawing);
  drawn->is_done = FALSE;
  return next;
}

LimenPictures *
limen_pictures_without (const LimenPictures *pictures, guint id)
{
  g_return_val_if_fail (pictures != NULL, NULL);
  LimenPictures *next = limen_pictures_copy (pictures);
  LimenSinglePicture *gone = find (next, id);
  if (gone)
    g_ptr_array_remove (next->all, gone);
  return next;
}

static void
forget (LimenSinglePicture *picture)
{
  g_clear_pointer (&picture->image, limen_image_set_unref);
  g_clear_pointer (&picture->told, g_free);
  g_clear_pointer (&picture->refusal, g_free);
  g_clear_pointer (&picture->measure, limen_measure_unref);
  picture->score = NAN;
  picture->is_done = FALSE;
}

LimenPictures *
limen_pictures_waiting (const LimenPictures *pictures)
{
  g_return_val_if_fail (pictures != NULL, NULL);
  LimenPictures *next = limen_pictures_copy (pictures);
  g_ptr_array_foreach (next->all, (GFunc)(void (*) (void))forget, NULL);
  return next;
}

/* The strokes only get more, or are others altogether. */
static gboolean
same_strokes (const LimenSinglePicture *a, const LimenSinglePicture *b)
{
  return a->drawing == b->drawing || (a->drawing && b->drawing && a->drawing->n == b->drawing->n &&
                                      memcmp (a->drawing->point, b->drawing->point,
                                              a->drawing->n * sizeof (LimenPenPoint)) == 0);
}

LimenPictures *
limen_pictures_with_scores (const LimenPictures *pictures, const LimenPictures *scored)
{
  g_return_val_if_fail (pictures != NULL && scored != NULL, NULL);
  LimenPictures *next = limen_pictures_copy (pictures);
  for (guint i = 0; i < scored->all->len; i++) {
    const LimenSinglePicture *from = limen_pictures_at (scored, i);
    LimenSinglePicture *to = find (next, from->id);
    if (!to || to->is_done || !from->is_done)
      continue;
    forget (to);
    to->image = from->image ? limen_image_set_ref (from->image) : NULL;
    to->told = g_strdup (from->told);
    to->refusal = g_strdup (from->refusal);
    to->score = from->score;
    to->measure = from->measure ? limen_measure_ref (from->measure) : NULL;
    to->is_done = same_strokes (to, from);
  }
  return next;
}

/* -- scores -- */

gboolean
limen_pictures_size (const LimenNice *flow, const LimenImageSet *normal, guint *width,
                     guint *height)
{
  *width = *height = flow ? 0 : USUAL_SIDE;
  if (!flow || limen_nice_image_size (flow, width, height))
    return TRUE;
  *width = normal ? limen_image_set_width (normal) : 0;
  *height = normal ? limen_image_set_height (normal) : 0;
  if (*width * *height != limen_nice_shape (flow).dimension)
    *width = *height = 0;
  return *width > 0;
}

static LimenImageSet *
draw (const LimenSinglePicture *picture, guint width, guint height)
{
  g_autofree guint8 *pixels = g_new (guint8, width * height);
  limen_drawing_pixels (picture->drawing, width, height, pixels);
  return limen_image_set_new_from_u8 (picture->name, pixels, 1, width, height);
}

/* As the images of a set; of a file with several pages the first counts. */
static LimenImageSet *
read_file (LimenSinglePicture *picture, const LimenPicturesInput *input, const LimenRun *run,
           GError **error)
{
  const LimenOrigin *as = input->normal_from;
  LimenImageSetOptions options = {.width = input->width, .height = input->height, .max_images = 1};
  if (as)
    options.reading = as->reading;
  const char *paths[] = {picture->path, NULL};
  g_autoptr (LimenImageSet) set = limen_image_set_load (paths, &options, NULL, run, error);
  if (!set)
    return NULL;
  g_autofree char *line = limen_image_set_read_line (set);
  g_autofree char *scaled = limen_image_set_n_resampled (set) > 0
                                ? g_strdup_printf ("scaled to %u × %u", limen_image_set_width (set),
                                                   limen_image_set_height (set))
                                : NULL;
  const char *said[4] = {NULL};
  guint n = 0;
  if (line)
    said[n++] = line;
  if (scaled)
    said[n++] = scaled;
  if (as && as->inverted)
    said[n++] = "inverted, as the normal images are";
  picture->told = n > 0 ? g_strjoinv (", ", (char **)said) : NULL;
  return as && as->inverted ? limen_image_set_inverted (set) : g_steal_pointer (&set);
}

static gboolean
score (LimenSinglePicture *picture, const LimenPicturesInput *input, const LimenRun *run,
       GError **error)
{
  forget (picture);
  if (picture->drawing && input->width == 0) {
    g_set_error_literal (error, LIMEN_ERROR, LIMEN_ERROR_MISMATCH,
                         "The flow does not say how wide its images are; open normal images of "
                         "their size first.");
    return FALSE;
  }
  picture->image = picture->drawing ? draw (picture, input->width, input->height)
                                    : read_file (picture, input, run, error);
  double nats;
  if (!picture->image ||
      !limen_nice_log_likelihood (input->flow, picture->image, &nats, NULL, NULL, run, error))
    return FALSE;
  picture->score = isnan (nats) ? -INFINITY : nats; /* as LimenScores has it */
  picture->measure = limen_measure_ref (limen_measure_log_likelihood ());
  return TRUE;
}

LimenPictures *
limen_pictures_score (const LimenPicturesInput *input, const LimenRun *run, GError **error)
{
  g_return_val_if_fail (input != NULL && input->flow != NULL, NULL);
  g_autoptr (LimenPictures) scored = limen_pictures_copy (input->pictures);
  for (guint i = 0; i < scored->all->len; i++) {
    LimenSinglePicture *picture = scored->all->pdata[i];
    g_autoptr (GError) refused = NULL;
    if (picture->is_done)
      continue;
    if (!score (picture, input, run, &refused))
      picture->refusal = g_strdup (refused->message);
    picture->is_done = TRUE;
    if (g_error_matches (refused, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
      g_propagate_error (error, g_steal_pointer (&refused));
      return NULL;
    }
  }
  return g_steal_pointer (&scored);
}

/* -- what is said -- */

LimenSingle
limen_picture_single (const LimenSinglePicture *picture, const LimenDetector *detector)
{
  g_return_val_if_fail (picture != NULL && !isnan (picture->score), (LimenSingle){0});
  return (LimenSingle){detector, picture->score, picture->measure};
}

gboolean
limen_picture_is_among (const LimenSinglePicture *picture, const LimenDetector *detector)
{
  g_return_val_if_fail (picture != NULL, FALSE);
  return !isnan (picture->score) &&
         (!detector || limen_measure_same (picture->measure, limen_detector_measure (detector)));
}

char *
limen_picture_line (const LimenSinglePicture *picture, const LimenDetector *detector)
{
  g_return_val_if_fail (picture != NULL, NULL);
  if (picture->refusal)
    return g_strdup (picture->refusal);
  if (isnan (picture->score))
    return g_strdup ("waits for a flow to score it");
  LimenSingle single = limen_picture_single (picture, detector);
  return limen_single_sentence (&single);
}

char *
limen_picture_notes (const LimenSinglePicture *picture, const LimenDetector *detector)
{
  g_return_val_if_fail (picture != NULL, NULL);
  gboolean has_score = !isnan (picture->score);
  LimenSingle single = has_score ? limen_picture_single (picture, detector) : (LimenSingle){0};
  g_autofree char *rank = has_score ? limen_single_rank (&single) : NULL;
  return g_strconcat (picture->name, rank ? "\n" : "", rank ? rank : "", picture->told ? "\n" : "",
                      picture->told ? picture->told : "", NULL);
}

char *
limen_pictures_read_aloud (const LimenPictures *pictures, const LimenDetector *detector,
                           const char *sentence)
{
  g_return_val_if_fail (pictures != NULL && sentence != NULL, NULL);
  g_autoptr (GString) all = g_string_new (sentence);
  for (guint i = 0; i < pictures->all->len; i++) {
    const LimenSinglePicture *picture = limen_pictures_at (pictures, i);
    g_autofree char *line = isnan (picture->score) ? NULL : limen_picture_line (picture, detector);
    if (line)
      g_string_append_printf (all, " %s: %s.", picture->name, line);
  }
  return g_strdup (all->str);
}
