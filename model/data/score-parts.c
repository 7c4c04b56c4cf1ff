/* Parts of one whole: whether each image is there once, and in which order. */
#include "model/data/score-table-private.h"

#include <string.h>

/* The same images by the same model, in the same role: only in that case they are parts of one */
static gboolean
belong_together (const LimenScoreFile *a, const LimenScoreFile *b)
{
  return a->images == b->images && a->of == b->of && g_strcmp0 (a->model, b->model) == 0;
}

static gboolean
refuse_model (const LimenScoreFile *a, const LimenScoreFile *b, GError **error)
{
  g_autofree char *other = limen_display_name (a->path);
  return limen_refuse (error, LIMEN_ERROR_DAMAGED, b->path,
                       "was scored by another model than %s; score all parts with the same one",
                       other);
}

static const LimenScoreFile *
file_of_row (const LimenScoreBuilder *builder, guint row)
{
  guint i = builder->n_files - 1;
  while (builder->file[i].first > row)
    i--;
  return &builder->file[i];
}

static gboolean
refuse_twice (const LimenScoreBuilder *builder, guint a, guint b, guint image, GError **error)
{
  const LimenScoreFile *first = file_of_row (builder, a), *second = file_of_row (builder, b);
  g_autofree char *other = limen_display_name (first->path);
  return limen_refuse (error, LIMEN_ERROR_DAMAGED, second->path,
                       "has image %u once more, which is in %s already; leave one of them out",
                       image, first == second ? "another row of it" : other);
}

/* From image @begin on to the next that is there */
static gboolean
refuse_gap (const LimenScoreBuilder *builder, const LimenScoreFile *file, guint64 begin,
            GError **error)
{
  guint64 end = file->images;
  for (guint i = 0; i < builder->n_files; i++) {
    const LimenScoreFile *part = &builder->file[i];
    for (guint r = part->first; belong_together (file, part) && r < part->first + part->n; r++) {
      guint64 index = g_array_index (builder->index, guint32, r);
      end = index > begin ? MIN (end, index) : end;
    }
  }
  return limen_refuse (error, LIMEN_ERROR_DAMAGED, file->path,
                       "%s images %" G_GUINT64_FORMAT " to %" G_GUINT64_FORMAT
                       " of 0 to %" G_GUINT64_FORMAT "; add the part that has them",
                       builder->n_files > 1 ? "and the files beside it lack" : "lacks", begin,
                       end - 1, file->images - 1);
}

/* Of the whole that file @begin is of: which row has which image, to @place. @taken: files */
static gboolean
order_whole (const LimenScoreBuilder *builder, guint begin, gboolean *taken, guint32 *place,
             GError **error)
{
  const LimenScoreFile *file = &builder->file[begin];
  const guint32 *index = (const guint32 *)(void *)builder->index->data;
  gsize room = (gsize)MIN (file->images, (guint64)builder->n + 1); /* a gap is found among these */
  g_autofree guint32 *row = g_new (guint32, MAX (room, 1));
  memset (row, 0xff, room * sizeof *row);
  for (guint i = begin; i < builder->n_files; i++) {
    const LimenScoreFile *part = &builder->file[i];
    if (taken[i] || !belong_together (file, part))
      continue;
    taken[i] = TRUE;
    for (guint r = part->first; r < part->first + part->n; r++) {
      if (index[r] < room && row[index[r]] != G_MAXUINT32)
        return refuse_twice (builder, row[index[r]], r, index[r], error);
      if (index[r] < room)
        row[index[r]] = r;
    }
  }
  for (gsize i = 0; i < room; i++) {
    if (row[i] == G_MAXUINT32)
      return refuse_gap (builder, file, i, error);
    place[i] = row[i];
  }
  return TRUE;
}

static gboolean
check_models (const LimenScoreBuilder *builder, GError **error)
{
  for (guint i = 0; i < builder->n_files; i++)
    for (guint k = 0; k < i; k++) {
      const LimenScoreFile *a = &builder->file[k], *b = &builder->file[i];
      if (a->n > 0 && b->n > 0 && a->images == b->images && a->of == b->of &&
          g_strcmp0 (a->model, b->model) != 0)
        return refuse_model (a, b, error);
    }
  return TRUE;
}

static gboolean
order_all (const LimenScoreBuilder *builder, guint32 **place, GError **error)
{
  g_autofree gboolean *taken = g_new0 (gboolean, builder->n_files);
  g_autofree guint32 *all = g_new (guint32, (gsize)builder->n + 1);
  guint64 done = 0;
  for (guint i = 0; i < builder->n_files; i++) {
    if (builder->file[i].n == 0 || taken[i])
      continue;
    if (!order_whole (builder, i, taken, all + done, error))
      return FALSE;
    done += builder->file[i].images;
  }
  gboolean same = TRUE;
  for (guint i = 0; i < builder->n && same; i++)
    same = all[i] == i;
  *place = same ? NULL : g_steal_pointer (&all);
  return TRUE;
}

/* FNV-1a over the numbers and names of a file */
static guint64
digest (const LimenScoreBuilder *builder, const LimenScoreFile *file)
{
  guint64 hash = 14695981039346656037u;
  for (guint r = file->first; r < file->first + file->n; r++) {
    for (guint k = 0; k < builder->name->len; k++) {
      guint64 bits;
      memcpy (&bits, &builder->value[k][r], sizeof bits);
      hash = (hash ^ bits) * 1099511628211u;
    }
    for (const char *c = builder->names ? limen_name_list_at (builder->names, r) : ""; *c; c++)
      hash = (hash ^ (guchar)*c) * 1099511628211u;
  }
  return hash;
}

/* Files that count nothing: at least none is there twice. */
static gboolean
check_different (const LimenScoreBuilder *builder, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  for (guint i = 0; i < builder->n_files; i++) {
    LimenScoreFile *file = &builder->file[i];
    guint64 hash = digest (builder, file);
    const LimenScoreFile *other = g_hash_table_lookup (seen, &hash);
    if (other && other->n == file->n && file->n > 0) {
      g_autofree char *shown = limen_display_name (other->path);
      return limen_refuse (error, LIMEN_ERROR_DAMAGED, file->path,
                           "holds the same rows as %s; leave one of them out", shown);
    }
    g_hash_table_insert (seen, g_memdup2 (&hash, sizeof hash), file);
  }
  return TRUE;
}

gboolean
limen_score_order_parts (const LimenScoreBuilder *builder, guint32 **place, GError **error)
{
  *place = NULL;
  if (builder->index->len == 0)
    return builder->n_files < 2 || check_different (builder, error);
  return check_models (builder, error) && order_all (builder, place, error);
}
