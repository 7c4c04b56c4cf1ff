#include "model/data/name-list.h"

#include <string.h>

#define STEP 32 /* names between two whose places are known */

/* @text: names, a 0 behind each; @place: where each STEP-th begins */
struct LimenNameList {
  char *text;
  gsize size, room;
  GArray *place; /* (element-type guint64) */
  guint n;
};

LimenNameList *
limen_name_list_new (void)
{
  LimenNameList *list = g_new0 (LimenNameList, 1);
  list->place = g_array_new (FALSE, FALSE, sizeof (guint64));
  return list;
}

void
limen_name_list_free (LimenNameList *list)
{
  if (!list)
    return;
  g_free (list->text);
  g_array_unref (list->place);
  g_free (list);
}

void
limen_name_list_add (LimenNameList *list, const char *text, gsize n)
{
  guint64 at = list->size;
  if (list->n++ % STEP == 0)
    g_array_append_val (list->place, at);
  if (list->room - list->size < n + 1) {
    list->room = MAX (list->size + n + 1, list->room + list->room / 2);
    list->text = g_realloc (list->text, list->room);
  }
  if (n > 0)
    memcpy (list->text + list->size, text, n);
  list->text[list->size + n] = 0;
  list->size += n + 1;
}

guint
limen_name_list_n (const LimenNameList *list)
{
  return list->n;
}

const char *
limen_name_list_at (const LimenNameList *list, guint index)
{
  const char *at = list->text + g_array_index (list->place, guint64, index / STEP);
  for (guint i = 0; i < index % STEP; i++)
    at += strlen (at) + 1;
  return at;
}

LimenNameList *
limen_name_list_ordered (const LimenNameList *list, const guint32 *place)
{
  LimenNameList *ordered = limen_name_list_new ();
  for (guint i = 0; i < list->n; i++) {
    const char *name = limen_name_list_at (list, place[i]);
    limen_name_list_add (ordered, name, strlen (name));
  }
  return ordered;
}
