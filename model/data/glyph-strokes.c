#include "model/data/glyph-strokes.h"

#include "limen-data.h" /* generated from data.gresource.xml */

#include <stdio.h>

#define TABLE "/io/github/limen_explorer/Limen/data/glyph-strokes.txt"

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

static void
read_forms (void)
{
  g_autoptr (GBytes) table = g_resource_lookup_data (limen_data_get_resource (), TABLE,
                                                     G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_auto (GStrv) lines = g_strsplit (g_bytes_get_data (table, NULL), "\n", -1);
  for (guint i = 0; lines[i]; i++)
    take_line (lines[i]);
}

const LimenGlyphForm *
limen_glyph_forms (guint kind, guint class)
{
  static gsize ready;
  if (g_once_init_enter (&ready)) {
    read_forms ();
    g_once_init_leave (&ready, 1);
  }
  return forms[kind][class];
}
