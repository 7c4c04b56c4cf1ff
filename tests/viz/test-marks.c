#include "marks.h"

#include <string.h>

/* --- A picture of few marks, and what can go wrong with one --- */

typedef struct {
  double x, width, dash, alpha, text_x, size;
  const char *string;
  LimenColour colour;
  gboolean curve, clip, halo;
} Few;

static const Few usual = {.x = 20,
                          .width = 2,
                          .alpha = 1,
                          .text_x = 30,
                          .size = 1,
                          .string = "60 nats",
                          .colour = LIMEN_COLOUR_FIRST};

static void
draw_few (cairo_t *cr, double width, double height, gpointer data)
{
  const Few *few = data;
  LimenChartStyle style = limen_chart_style (LIMEN_SCHEME_LIGHT);
  LimenRgba c = limen_palette_colour (style.scheme, few->colour);
  LimenText text = {.colour = LIMEN_COLOUR_INK, .size = few->size, .halo = few->halo};
  cairo_save (cr);
  if (few->clip) {
    cairo_rectangle (cr, 0, 0, 25, height);
    cairo_clip (cr);
  }
  cairo_translate (cr, 10, 0);
  cairo_set_source_rgba (cr, c.red, c.green, c.blue, c.alpha * few->alpha);
  cairo_set_line_width (cr, few->width);
  cairo_set_dash (cr, &few->dash, few->dash > 0, 0);
  cairo_move_to (cr, 0, 0);
  cairo_line_to (cr, few->x, 40);
  if (few->curve)
    cairo_curve_to (cr, 30, 40, 40, 50, few->x, 60);
  else
    cairo_line_to (cr, few->x, 60);
  cairo_stroke (cr);
  cairo_restore (cr);
  limen_text_draw (cr, &style, &text, "60 nats", 30, 10);
  limen_text_draw (cr, &style, &text, few->string, few->text_x, 40);
}

static LimenMarks *
marks_of (const Few *few)
{
  return limen_marks_record (draw_few, (gpointer)few, LIMEN_SCHEME_LIGHT, 120, 80);
}

static gboolean
same (const LimenMarks *a, const LimenMarks *b)
{
  if (a->line->len != b->line->len)
    return FALSE;
  for (guint i = 0; i < a->line->len; i++)
    if (!limen_mark_line_is (g_ptr_array_index (a->line, i), g_ptr_array_index (b->line, i)))
      return FALSE;
  return TRUE;
}

static void
test_a_mark_is_told_in_pixels_by_role (void)
{
  g_autoptr (LimenMarks) marks = marks_of (&usual);
  g_assert_cmpuint (marks->line->len, ==, 3);
  g_assert_cmpstr (g_ptr_array_index (marks->line, 0), ==,
                   "stroke first width=2 path of 3 10.0 0.0 20.0 × 60.0, centre 23.1 29.3, "
                   "length 64.7");
  g_assert_true (g_str_has_prefix (g_ptr_array_index (marks->line, 1),
                                   "text ink 12px \"60 nats\" at 30.0 10.0 "));
}

static void
test_each_change_of_a_mark_is_seen (void)
{
  Few change[10];
  for (guint i = 0; i < G_N_ELEMENTS (change); i++)
    change[i] = usual;
  change[0].x = 20.4;
  change[1].width = 2.1;
  change[2].dash = 3;
  change[3].alpha = 0.9;
  change[4].text_x = 30.5;
  change[5].size = 1.05;
  change[6].string = "61 nats";
  change[7].colour = LIMEN_COLOUR_SECOND;
  change[8].curve = change[9].clip = TRUE;
  g_autoptr (LimenMarks) before = marks_of (&usual), again = marks_of (&usual);
  g_assert_true (same (before, again));
  for (guint i = 0; i < G_N_ELEMENTS (change); i++) {
    g_autoptr (LimenMarks) after = marks_of (&change[i]);
    g_assert_false (same (before, after));
  }
}

static void
test_a_halo_belongs_to_its_text (void)
{
  Few few = usual;
  few.halo = TRUE;
  g_autoptr (LimenMarks) marks = marks_of (&few);
  g_assert_cmpuint (marks->line->len, ==, 3);
  g_assert_nonnull (
      strstr (g_ptr_array_index (marks->line, 2), ", on stroke paper:0.85 width=3.6"));
}

static void
test_crowded_texts_are_found (void)
{
  static const struct {
    const char *string;
    double x, size;
    guint n;
  } table[] = {
      {"60 nats", 30, 1, 0},
      {"60 nats", 90, 1, 1},
      {"60 nats", -3, 1, 1},
      {"60 nats", 30, 6, 2},
  };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    Few few = usual;
    few.string = table[i].string;
    few.text_x = table[i].x;
    g_autoptr (LimenMarks) marks = marks_of (&few);
    few.size = table[i].size;
    g_autoptr (LimenMarks) large = marks_of (&few);
    g_autoptr (GPtrArray) crowded = limen_marks_crowded (table[i].size > 1 ? large : marks);
    g_assert_cmpuint (crowded->len, >=, table[i].n);
    g_assert_cmpuint (crowded->len > 0, ==, table[i].n > 0);
  }
}

/* --- Lines --- */

static void
test_lines_are_the_same_but_for_rounding (void)
{
  static const struct {
    const char *a, *b;
    gboolean same;
  } table[] = {
      {"line 1.0 2.0 to 3.0 4.0", "line 1.1 2.0 to 2.9 4.0", TRUE},
      {"line 1.0 2.0 to 3.0 4.0", "line 1.0 2.0 to 3.2 4.0", FALSE},
      {"line 1.0 2.0, length 3.0", "line 1.0 -0.0, length 3.0", FALSE},
      {"width=1.1", "width=1.2", FALSE},
      {"text 12px \"1.0\" at 5.0", "text 12px \"1.1\" at 5.0", FALSE},
      {"text 12px \"1.0\" at 5.0", "text 12px \"1.0\" at 5.1", TRUE},
      {"text 12px \"1.0\" at 5.0", "text 12.1px \"1.0\" at 5.0", FALSE},
      {"image #ff808080 #ff000000", "image #ff81807e #ff000000", TRUE},
      {"image #ff808080 #ff000000", "image #ff808080 #ff000300", FALSE},
      {"7 × fill first", "8 × fill first", FALSE},
      {"fill first:0.50", "fill first:0.60", FALSE},
      {"fill first", "fill first-dark", FALSE},
      {"fill first 1.0", "fill first 1.0, shortened", FALSE},
      {"", "fill", FALSE},
  };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_test_message ("%s | %s", table[i].a, table[i].b);
    g_assert_cmpint (limen_mark_line_is (table[i].a, table[i].b), ==, table[i].same);
    g_assert_cmpint (limen_mark_line_is (table[i].b, table[i].a), ==, table[i].same);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/marks/a-mark-is-told-in-pixels-by-role",
                   test_a_mark_is_told_in_pixels_by_role);
  g_test_add_func ("/marks/each-change-of-a-mark-is-seen", test_each_change_of_a_mark_is_seen);
  g_test_add_func ("/marks/a-halo-belongs-to-its-text", test_a_halo_belongs_to_its_text);
  g_test_add_func ("/marks/crowded-texts-are-found", test_crowded_texts_are_found);
  g_test_add_func ("/marks/lines-are-the-same-but-for-rounding",
                   test_lines_are_the_same_but_for_rounding);
  return g_test_run ();
}
