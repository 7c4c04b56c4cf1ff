#include "model/data/glyph-strokes.h"

#include "model/base/text-table.h"

#include "limen-tables.h" /* generated from tables.gresource.xml */

#include <stdio.h>

static LimenGlyphForm forms[2][10][LIMEN_GLYPH_FORMS];

/* A line of the table: kind, class, weight, strokes */
static void
take_line (const char *line)
{
  guint kind, class, weight;
  int n = 0;
  if (sscanf (line, "%u %u %u %n", &kind, &class, &weight, &n) < 3)
    return;
  LimenGlyphForm *form = forms[kind][class];
  while (form->strokes)
    form++;
  *form = (LimenGlyphForm){weight, g_strdup (line + n)};
}

const LimenGlyphForm *
limen_glyph_forms (guint kind, guint class)
{
  static gsize ready;
  if (g_once_init_enter (&ready)) {
    g_auto (GStrv) lines = limen_text_table (limen_tables_get_resource (), "glyph-strokes");
    for (guint i = 0; lines[i]; i++)
      take_line (lines[i]);
    g_once_init_leave (&ready, 1);
  }
  return forms[kind][class];
}
