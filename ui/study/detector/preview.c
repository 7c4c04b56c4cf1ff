#include "ui/study/detector/preview.h"

#define MOST_IMAGES 50000 /* sorting more would take longer than a frame */

struct LimenPreview {
  GMutex lock;
  gboolean fresh;
  char *name[LIMEN_N_LABELLED];
  double *value[LIMEN_N_LABELLED];
  guint n[LIMEN_N_LABELLED];
};

LimenPreview *
limen_preview_new (void)
{
  LimenPreview *preview = g_new0 (LimenPreview, 1);
  g_mutex_init (&preview->lock);
  return preview;
}

void
limen_preview_free (LimenPreview *preview)
{
  g_return_if_fail (preview != NULL);
  for (int role = 0; role < LIMEN_N_LABELLED; role++) {
    g_free (preview->name[role]);
    g_free (preview->value[role]);
  }
  g_mutex_clear (&preview->lock);
  g_free (preview);
}

void
limen_preview_keep (LimenSetRole role, const char *name, const double *value, guint n,
                    gpointer data)
{
  g_return_if_fail (role < LIMEN_N_SETS && data != NULL);
  LimenPreview *preview = data;
  if (role >= LIMEN_N_LABELLED)
    return;
  n = MIN (n, MOST_IMAGES);
  g_mutex_lock (&preview->lock);
  if (n > preview->n[role]) {
    if (!preview->value[role]) {
      preview->value[role] = g_new (double, MOST_IMAGES);
      preview->name[role] = g_strdup (name);
    }
    for (guint i = preview->n[role]; i < n; i++)
      preview->value[role][i] = value[i];
    preview->n[role] = n;
    preview->fresh = TRUE;
  }
  g_mutex_unlock (&preview->lock);
}

gboolean
limen_preview_take (LimenPreview *preview, LimenScores *scores[LIMEN_N_LABELLED])
{
  g_return_val_if_fail (preview != NULL && scores != NULL, FALSE);
  g_mutex_lock (&preview->lock);
  gboolean fresh = preview->fresh;
  for (int role = 0; fresh && role < LIMEN_N_LABELLED; role++)
    scores[role] = preview->n[role] > 0 ? limen_scores_new (preview->name[role],
                                                            preview->value[role], preview->n[role])
                                        : NULL;
  preview->fresh = FALSE;
  g_mutex_unlock (&preview->lock);
  return fresh;
}
