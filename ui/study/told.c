#include "ui/study/told.h"

#include "model/base/replace-file.h"

#include <string.h>

void
limen_told_clear (LimenTold *told)
{
  g_return_if_fail (told != NULL);
  g_clear_pointer (&told->what, g_free);
  g_clear_pointer (&told->text, g_strfreev);
  g_clear_pointer (&told->table, g_free);
  if (told->free_data)
    g_clear_pointer (&told->data, told->free_data);
}

static void
draw_cb (cairo_t *cr, double width, double height, gpointer data)
{
  const LimenTold *told = data;
  told->draw (cr, told->scheme, width, height, told->data);
}

gboolean
limen_told_fill_picture (LimenTold *told, LimenScheme scheme, LimenPicture *picture,
                         GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (told != NULL && picture != NULL, FALSE);
  if (!told->text && told->tell)
    told->text = told->tell (told->data, cancellable, error);
  told->scheme = scheme;
  picture->draw = draw_cb;
  picture->user_data = told;
  picture->text = (const char *const *)told->text;
  return told->text != NULL;
}

gboolean
limen_told_save_table (const LimenTold *told, const char *path, GError **error)
{
  g_return_val_if_fail (told != NULL && path != NULL && (told->table || told->write), FALSE);
  return told->write
             ? told->write (path, told->data, error)
             : limen_replace_file_with_bytes (path, told->table, strlen (told->table), error);
}
