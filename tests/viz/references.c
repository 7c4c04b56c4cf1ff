#include "references.h"

#include <math.h>
#include <pango/pangocairo.h>
#include <string.h>

#define MOST_SHOWN 40 /* lines of a difference */

static const double widths[] = {360, 900, 1600};

/** Case: a plot, once */
typedef struct {
  const LimenReference *plot;
  double width, height;
  LimenScheme scheme;
} Case;

/* --- Fonts: two that are the same wherever they are --- */

static gboolean
has_font (const char *name)
{
  PangoFontFamily **families;
  int n;
  gboolean found = FALSE;
  pango_font_map_list_families (pango_cairo_font_map_get_default (), &families, &n);
  for (int i = 0; i < n; i++)
    found |= g_ascii_strcasecmp (pango_font_family_get_name (families[i]), name) == 0;
  g_free (families);
  return found;
}

static gboolean
has_fonts (void)
{
  if (has_font ("Cantarell") && has_font ("DejaVu Sans"))
    return TRUE;
  g_test_skip ("The kept pictures are set in Cantarell and DejaVu Sans: install fonts-cantarell "
               "and fonts-dejavu-core.");
  return FALSE;
}

/* --- Differences --- */

/* (n + 1, m + 1): of the lines from i and from j on, how many they have in common. */
static guint *
common_lines (char **a, guint n, char **b, guint m)
{
  guint *common = g_new0 (guint, (gsize)(n + 1) * (m + 1));
  for (guint i = n; i-- > 0;)
    for (guint j = m; j-- > 0;) {
      guint *here = common + (gsize)i * (m + 1) + j;
      *here = limen_mark_line_is (a[i], b[j]) ? here[m + 2] + 1 : MAX (here[1], here[m + 1]);
    }
  return common;
}

/* Returns: how many lines differ, which are told. */
static guint
tell_difference (char **kept, char **now)
{
  guint n = g_strv_length (kept), m = g_strv_length (now), told = 0, i = 0, j = 0;
  g_autofree guint *common = common_lines (kept, n, now, m);
  while (i < n || j < m) {
    const guint *here = common + (gsize)i * (m + 1) + j;
    gboolean both = i < n && j < m;
    if (both && limen_mark_line_is (kept[i], now[j])) {
      i++;
      j++;
      continue;
    }
    gboolean gone = i < n && (!both || here[m + 1] >= here[1]);
    if (told++ < MOST_SHOWN)
      g_test_message ("%c %s", gone ? '-' : '+', gone ? kept[i] : now[j]);
    i += gone;
    j += !gone;
  }
  return told;
}

/* --- Marks --- */

static void
draw_case (cairo_t *cr, double width, double height, gpointer data)
{
  const Case *c = data;
  LimenChartStyle style = limen_chart_style (c->scheme);
  c->plot->draw (cr, &style, width, height);
}

static LimenMarks *
marks_of (const Case *c)
{
  return limen_marks_record (draw_case, (gpointer)c, c->scheme, c->width, c->height);
}

static char *
case_name (const Case *c)
{
  return g_strdup_printf ("%s-%.0f%s", c->plot->name, c->width,
                          c->scheme == LIMEN_SCHEME_DARK ? "-dark" : "");
}

static char *
whole (const LimenMarks *marks)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < marks->line->len; i++)
    g_string_append_printf (text, "%s\n", (const char *)g_ptr_array_index (marks->line, i));
  return g_string_free (text, FALSE);
}

static void
test_draws_what_is_kept (gconstpointer data)
{
  const Case *c = data;
  if (!has_fonts ())
    return;
  g_autoptr (LimenMarks) marks = marks_of (c);
  g_autofree char *name = case_name (c), *file = g_strconcat (name, ".txt", NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "viz", "references", file, NULL);
  g_autofree char *text = whole (marks), *kept = NULL;
  g_autoptr (GError) error = NULL;
  if (g_getenv ("LIMEN_RENEW")) {
    g_file_set_contents (path, text, -1, &error);
    g_assert_no_error (error);
  }
  if (!g_file_get_contents (path, &kept, NULL, NULL)) {
    g_test_message ("There is no %s; run this test with LIMEN_RENEW=1 to keep what is drawn.",
                    path);
    g_test_fail ();
    return;
  }
  g_auto (GStrv) before = g_strsplit (kept, "\n", -1), now = g_strsplit (text, "\n", -1);
  guint n = tell_difference (before, now);
  if (n > 0) {
    g_test_message ("%u lines differ from %s; if that is what you want, run this test with "
                    "LIMEN_RENEW=1 and look at the difference that git shows.",
                    n, path);
    g_test_fail ();
  }
}

/* --- Texts --- */

static void
test_texts_have_room (gconstpointer data)
{
  if (!has_fonts ())
    return;
  g_autoptr (LimenMarks) marks = marks_of (data);
  g_autoptr (GPtrArray) crowded = limen_marks_crowded (marks);
  for (guint i = 0; i < crowded->len; i++)
    g_test_message ("%s", (const char *)g_ptr_array_index (crowded, i));
  if (crowded->len > 0)
    g_test_fail ();
}

/* --- The program --- */

static void
add_test (const Case *c, const char *what, GTestDataFunc test)
{
  g_autofree char *name = case_name (c), *path = g_strdup_printf ("/%s/%s", name, what);
  g_test_add_data_func_full (path, g_memdup2 (c, sizeof *c), test, g_free);
}

static void
add_plot (const LimenReference *plot)
{
  for (guint i = 0; i < G_N_ELEMENTS (widths); i++) {
    Case c = {plot, widths[i], plot->height[i], LIMEN_SCHEME_LIGHT};
    add_test (&c, "draws-what-is-kept", test_draws_what_is_kept);
    add_test (&c, "texts-have-room", test_texts_have_room);
  }
  Case dark = {plot, widths[1], plot->height[1], LIMEN_SCHEME_DARK};
  add_test (&dark, "draws-what-is-kept", test_draws_what_is_kept);
}

int
limen_references_run (int argc, char **argv, const LimenReference *plots, guint n)
{
  g_test_init (&argc, &argv, NULL);
  g_autofree char *fonts = g_test_build_filename (G_TEST_DIST, "viz", "fonts.conf", NULL);
  g_setenv ("FONTCONFIG_FILE", fonts, TRUE);
  for (guint i = 0; i < n; i++)
    add_plot (&plots[i]);
  return g_test_run ();
}
