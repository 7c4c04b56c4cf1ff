#include "ui/game/gap-row.h"

#include "model/base/number.h"

void
limen_gap_row_set (GtkLabel *label, const LimenExploit *exploit)
{
  g_return_if_fail (GTK_IS_LABEL (label) && exploit != NULL);
  const LimenNumber gap = {exploit->gap, exploit->error};
  gboolean small = exploit->gap > exploit->error && exploit->gap < 0.001;
  g_autofree char *text = small ? limen_format_digits (gap, 2) : limen_format_known (gap, 6);
  gtk_label_set_text (label, text);
}
