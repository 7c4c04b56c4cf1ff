/* Words in the plot of a duel, and odd duels. */
#include "duel-draw.h"

/* --- Words --- */

static gboolean
overlap (const LimenRect *a, const LimenRect *b)
{
  return a->x < b->x + b->width && b->x < a->x + a->width && a->y < b->y + b->height &&
         b->y < a->y + a->height;
}

static gboolean
in_lens (const LimenDuelLens *lens, const LimenRect *rect)
{
  double x = CLAMP (lens->x, rect->x, rect->x + rect->width);
  double y = CLAMP (lens->y, rect->y, rect->y + rect->height);
  return hypot (x - lens->x, y - lens->y) < lens->radius;
}

static void
check_ticks (const LimenDuelLayout *layout)
{
  const LimenRect *area = &layout->frame.plot;
  const LimenText text = {.size = 1};
  for (int vertical = 0; vertical < 2; vertical++) {
    const GArray *ticks = vertical ? layout->frame.y_ticks : layout->frame.x_ticks;
    for (guint i = 0; i < ticks->len; i++) {
      const LimenTick *tick = &g_array_index (ticks, LimenTick, i);
      LimenRect rect = limen_text_rect (&style, &text, tick->label, 0, 0);
      rect.x = vertical ? area->x - 0.9 * 12 - rect.width : tick->pixel - rect.width / 2;
      rect.y = vertical ? tick->pixel - rect.height / 2 : area->y + area->height + 0.55 * 12;
      g_assert_true (rect.x >= 0 && rect.y >= 0 && rect.x + rect.width <= layout->width &&
                     rect.y + rect.height <= layout->height);
      g_assert_false (layout->lens.radius > 0 && in_lens (&layout->lens, &rect));
      rect.y += 0.5; /* there is no ink in the first half pixel */
      for (guint k = 0; k < limen_places_n_labels (layout->places); k++)
        g_assert_false (overlap (&rect, &limen_places_label (layout->places, k)->rect));
    }
  }
}

/* Lines from the plane to the lens keep off words, and are nearly always two. */
static guint n_leads, leads_missing;

static void
check_leads (const LimenDuelLayout *layout)
{
  double leads[2][4];
  guint n = limen_duel_leads (layout, leads);
  for (guint i = 0; i < n; i++) {
    const LimenDuelLens *lens = &layout->lens;
    g_assert_cmpfloat_with_epsilon (hypot (leads[i][2] - lens->x, leads[i][3] - lens->y),
                                    lens->radius, 1e-6);
    for (guint k = 0; k < limen_places_n_labels (layout->places); k++)
      g_assert_false (limen_segment_clip (&limen_places_label (layout->places, k)->rect, leads[i]));
  }
  n_leads += n;
  leads_missing += 2 - n;
}

static void
check_words (const LimenDuelLayout *layout)
{
  const LimenDuelLens *lens = &layout->lens;
  guint n = limen_places_n_labels (layout->places);
  for (guint i = 0; i < n; i++) {
    const LimenRect *a = &limen_places_label (layout->places, i)->rect;
    g_assert_true (a->x >= 0 && a->y >= 0 && a->x + a->width <= layout->width &&
                   a->y + a->height <= layout->height);
    g_assert_false (lens->radius > 0 && in_lens (lens, a));
    for (guint k = i + 1; k < n; k++)
      g_assert_false (overlap (a, &limen_places_label (layout->places, k)->rect));
  }
  if (lens->radius > 0) {
    LimenRect around = {lens->x - lens->radius, lens->y - lens->radius, 2 * lens->radius,
                        2 * lens->radius};
    g_assert_false (overlap (&around, &layout->frame.plot));
    g_assert_true (around.x >= 0 && around.x + around.width <= layout->width);
    g_assert_true (around.y >= 0 && around.y + around.height <= layout->height);
    check_leads (layout);
  }
  if (layout->width >= 180 && layout->height >= 120)
    check_ticks (layout);
}

static void
test_words_stay_within_and_apart (void)
{
  g_autoptr (LimenDuel) duel = usual_duel (50, 0), shifted = usual_duel (50, 1e7);
  static const guint shown[] = {ALL, 1, 9, 0};
  for (int width = 60; width < 1300; width += 53)
    for (int height = 40; height < 900; height += 47)
      for (guint i = 0; i < G_N_ELEMENTS (shown); i++) {
        LimenDuelPlot plot = plot_of ((width + height) % 2 ? duel : shifted, shown[i]);
        g_autoptr (LimenDuelLayout) layout = limen_duel_layout_new (&plot, &style, width, height);
        check_words (layout);
      }
  g_assert_cmpuint (n_leads, >, 1000);
  g_assert_cmpuint (leads_missing, <, n_leads / 50);
}

static gboolean
has_word (const LimenDuelLayout *layout, const char *word)
{
  for (guint i = 0; i < limen_places_n_labels (layout->places); i++)
    if (strstr (limen_places_label (layout->places, i)->string, word))
      return TRUE;
  return FALSE;
}

static void
test_all_words_are_there_where_there_is_room (void)
{
  static const int roomy[][2] = {{517, 371}, {600, 500}, {360, 600}, {800, 320}, {1600, 1000}};
  g_autoptr (LimenDuel) duel = usual_duel (300, 0);
  LimenDuelPlot plot = plot_of (duel, ALL);
  for (guint i = 0; i < G_N_ELEMENTS (roomy); i++) {
    g_autoptr (LimenDuelLayout) layout =
        limen_duel_layout_new (&plot, &style, roomy[i][0], roomy[i][1]);
    g_assert_cmpuint (layout->n_keys, ==, LIMEN_N_ESTIMATORS + 1);
    for (guint e = 0; e < LIMEN_N_ESTIMATORS; e++)
      g_assert_true (has_word (layout, limen_estimator_title (e)));
    static const char *const words[] = {"Estimator duel",
                                        "300 single-sample",
                                        "Exact gradient",
                                        "points lie outside",
                                        "Lens × ",
                                        "grid ",
                                        "means ± 1 s.e.",
                                        "∂μ₁",
                                        "∂μ₂"};
    for (guint k = 0; k < G_N_ELEMENTS (words); k++)
      g_assert_true (has_word (layout, words[k]));
  }
}

/* --- What can go wrong --- */

static void
test_odd_clouds_are_drawn (void)
{
  g_autoptr (LimenDuel) zero = empty_duel (0, 0, 0), nan = empty_duel (NAN, 1, NAN);
  g_autoptr (LimenDuel) huge = empty_duel (1e90, -1e90, 1e180),
                        tiny = empty_duel (1e-90, 0, 1e-180);
  for (int i = 0; i < 5; i++) {
    add_draw (zero, LIMEN_STICKING_THE_LANDING, 0, 0);
    add_draw (nan, LIMEN_LOG_DERIVATIVE, i ? NAN : 1, INFINITY);
    add_draw (huge, LIMEN_LOG_DERIVATIVE, i * 1e90, -i * 1e90);
    add_draw (tiny, LIMEN_REPARAMETERIZATION, i * 1e-90, 1e-90);
  }
  add_draw (tiny, LIMEN_LOG_DERIVATIVE, 0, 0); /* a single one */
  const LimenDuel *duels[] = {zero, nan, huge, tiny, NULL};
  for (guint i = 0; i < G_N_ELEMENTS (duels); i++)
    for (guint k = 0; k < G_N_ELEMENTS (sizes); k++)
      for (LimenScheme scheme = 0; scheme < LIMEN_N_SCHEMES; scheme++) {
        LimenChartStyle with = {scheme, "sans-serif", 12};
        LimenDuelPlot plot = plot_of (duels[i], ALL);
        LimenVariancePlot variance = {duels[i], 0, ALL, NULL};
        cairo_t *cr;
        cairo_surface_destroy (draw (&plot, &with, sizes[k][0], sizes[k][1]));
        cairo_surface_t *surface = new_picture (sizes[k][0], sizes[k][1], &cr);
        limen_variance_plot_draw (&variance, cr, &with, sizes[k][0], sizes[k][1]);
        finish_picture (surface, cr);
        cairo_surface_destroy (surface);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/duel-plot/words-stay-within-and-apart", test_words_stay_within_and_apart);
  g_test_add_func ("/duel-plot/all-words-are-there-where-there-is-room",
                   test_all_words_are_there_where_there_is_room);
  g_test_add_func ("/duel-plot/odd-clouds-are-drawn", test_odd_clouds_are_drawn);
  return g_test_run ();
}
