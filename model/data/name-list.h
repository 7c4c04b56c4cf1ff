/* Many names, in little more memory than their letters take. */
#pragma once

#include <glib.h>

typedef struct LimenNameList LimenNameList;

LimenNameList *limen_name_list_new (void);
void limen_name_list_free (LimenNameList *list);
/** limen_name_list_add: @n bytes without a 0 among them */
void limen_name_list_add (LimenNameList *list, const char *text, gsize n);
guint limen_name_list_n (const LimenNameList *list);
/** limen_name_list_at: (transfer none): until the next is added */
const char *limen_name_list_at (const LimenNameList *list, guint index);
/** limen_name_list_ordered: (transfer full): @place: (n): name i is the one that was at @place[i]
 */
LimenNameList *limen_name_list_ordered (const LimenNameList *list, const guint32 *place);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenNameList, limen_name_list_free)
