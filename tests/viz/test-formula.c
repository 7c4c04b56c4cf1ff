/* Formulas: read, said in words, and set so that nothing leaves its place. */
#include "model/base/error.h"
#include "viz/kit/formula.h"

#include <math.h>
#include <string.h>

/* What a reader sees, and what a screen reader says */
static const struct {
  const char *source, *spoken;
} known[] = {
    {"\\log p(x) ≥ \\E_{z∼q}[\\log w]",
     "log p of x is at least the expectation over z distributed as q of log w"},
    {"\\frac{1}{K} \\sum_{k=1}^{K} w_k", "1 over K the sum from k equals 1 to K of w sub k"},
    {"\\frac{p(x,z)}{q(z|x)}",
     "the fraction p of x comma z over q of z given x, end of the fraction"},
    {"p_A^⊤ M p_B = 0", "p sub A transposed M p sub B equals 0"},
    {"p^* ≠ a'", "p star is not a prime"},
    {"∇_λ f(λ)", "the gradient with respect to λ f of λ"},
    {"2(a+b)^2", "2 open bracket a plus b close bracket squared"},
    {"\\max_{p}\\min_{q} v", "the maximum over p the minimum over q v"},
    {"\\sqrt{σ^2} = σ", "the square root of σ squared, end of the root equals σ"},
    {"a &= b \\\\ &≤ c", "a equals b, next line: is at most c"},
    {"\\hat{μ} - \\bar{x}", "μ hat minus x bar"},
    {"\\left|a\\right| > 0 \\text{always}",
     "the absolute value of a, end of the whole is greater than 0 always"},
};

static const char *const wrong[] = {
    "\\frac{1}",  "{a",        "a}",       "_1",       "a_",
    "a_1_2",      "\\nothing", "\\left(a", "\\text a", "\\left<a\\right>",
    "a \\right)", "\\",        "a^{b^{c^{"};

static void
test_spoken (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (known); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (LimenFormula) formula = limen_formula_new (known[i].source, &error);
    g_assert_no_error (error);
    g_autofree char *spoken = limen_formula_spoken (formula);
    g_assert_cmpstr (spoken, ==, known[i].spoken);
  }
}

static void
test_refused (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (LimenFormula) formula = limen_formula_new (wrong[i], &error);
    if (formula)
      g_error ("“%s” was taken", wrong[i]);
    g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_FORMAT);
  }
  g_autoptr (GString) deep = g_string_new (NULL);
  for (guint i = 0; i < 100000; i++)
    g_string_append (deep, "{");
  g_autoptr (GError) error = NULL;
  g_assert_null (limen_formula_new (deep->str, &error));
  g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_FORMAT);
}

/* Every beginning, and every byte left out, of what is known: read or refused, nothing else */
static void
test_pieces (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    for (gsize n = 0; n <= strlen (known[i].source); n++) {
      g_autofree char *head = g_strndup (known[i].source, n);
      g_autofree char *hole =
          g_strconcat (head, known[i].source + MIN (n + 1, strlen (known[i].source)), NULL);
      for (guint which = 0; which < 2; which++) {
        g_autoptr (GError) error = NULL;
        g_autoptr (LimenFormula) formula = limen_formula_new (which ? hole : head, &error);
        g_assert_true (formula ? !error : error && error->message);
      }
    }
}

/* The box around all that is drawn in @surface: left, top, right, bottom; FALSE: nothing is */
static gboolean
ink_box (cairo_surface_t *surface, int box[4])
{
  int width = cairo_image_surface_get_width (surface),
      stride = cairo_image_surface_get_stride (surface);
  const guint8 *data = cairo_image_surface_get_data (surface);
  box[0] = box[1] = G_MAXINT;
  box[2] = box[3] = -1;
  for (int y = 0; y < cairo_image_surface_get_height (surface); y++)
    for (int x = 0; x < width; x++)
      if (((const guint32 *)(gconstpointer)(data + y * stride))[x] >> 24 > 40) {
        box[0] = MIN (box[0], x);
        box[1] = MIN (box[1], y);
        box[2] = MAX (box[2], x);
        box[3] = MAX (box[3], y);
      }
  return box[2] >= 0;
}

/* At any size of text, ink stays where limen_formula_size() says there is room for it, and fills
 * most of it */
static void
test_room (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    for (double scale = 1; scale <= 2.5; scale += 0.5) {
      LimenChartStyle style = limen_chart_style (LIMEN_SCHEME_LIGHT);
      g_autoptr (LimenFormula) formula = limen_formula_new (known[i].source, NULL);
      double width, height, baseline;
      int box[4];
      limen_formula_size (formula, &style, scale, &width, &height, &baseline);
      g_assert_cmpfloat (baseline, >, 0);
      g_assert_cmpfloat (baseline, <, height + 0.5);
      cairo_surface_t *surface =
          cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int)width + 40, (int)height + 40);
      cairo_t *cr = cairo_create (surface);
      limen_formula_draw (formula, cr, &style, scale, LIMEN_COLOUR_INK, 20, 20);
      cairo_destroy (cr);
      cairo_surface_flush (surface);
      g_assert_true (ink_box (surface, box));
      if (box[0] < 18 || box[1] < 18 || box[2] > 20 + width + 2 || box[3] > 20 + height + 2)
        g_error ("“%s” at %g leaves its %g × %g: %d %d %d %d", known[i].source, scale, width,
                 height, box[0] - 20, box[1] - 20, box[2] - 20, box[3] - 20);
      g_assert_cmpfloat (box[2] - box[0], >, 0.75 * width);
      g_assert_cmpfloat (box[3] - box[1], >, 0.5 * height);
      cairo_surface_destroy (surface);
    }
}

/* A fraction stands about the axis, a sum is larger than its terms, a script smaller */
static void
test_proportions (void)
{
  LimenChartStyle style = limen_chart_style (LIMEN_SCHEME_LIGHT);
  static const char *const source[] = {"a",  "a_a",  "\\frac{a}{a}", "\\sum_{k=1}^{K}",
                                       "aa", "a = a"};
  double width[6], height[6], baseline[6];
  for (guint i = 0; i < 6; i++) {
    g_autoptr (LimenFormula) formula = limen_formula_new (source[i], NULL);
    limen_formula_size (formula, &style, 2, &width[i], &height[i], &baseline[i]);
  }
  g_assert_cmpfloat (width[1], <, width[4]);
  g_assert_cmpfloat (height[2], >, 1.2 * height[0]);
  g_assert_cmpfloat (baseline[2], <, 0.8 * height[2]);
  g_assert_cmpfloat (height[3], >, height[2]);
  g_assert_cmpfloat (width[5], >, 3 * width[0]);
}

/* Too long for its place, it goes on below, at the best place there is; nothing is lost. */
static void
test_fit (void)
{
  static const char *const source[] = {
      "a = b, \\quad c = d + e", "f(x) = aaaa + bbbb ≤ cccc + dddd = eeee",
      "g = aaaa + bbbb + cccc + dddd", "(aaaa + bbbb + cccc + dddd)",
      "h &= aaaa + bbbb \\\\ &≤ cccc + dddd + eeee"};
  static const guint at_most[] = {5, 6, 5, 1, 7};
  LimenChartStyle style = limen_chart_style (LIMEN_SCHEME_LIGHT);
  for (guint i = 0; i < G_N_ELEMENTS (source); i++) {
    g_autoptr (LimenFormula) formula = limen_formula_new (source[i], NULL);
    g_autofree char *whole = limen_formula_spoken (formula);
    double width, height, baseline, line;
    limen_formula_size (formula, &style, 1, &width, &line, &baseline);
    g_autoptr (LimenFormula) same = limen_formula_fit (formula, &style, 1, ceil (width));
    g_autofree char *unbroken = limen_formula_spoken (same);
    g_assert_cmpstr (unbroken, ==, whole); /* with just the room it takes, it is as it was */
    for (double room = width + 20; room > 30; room *= 0.8) {
      g_autoptr (LimenFormula) fitted = limen_formula_fit (formula, &style, 1, room);
      g_autofree char *spoken = limen_formula_spoken (fitted);
      double now;
      limen_formula_size (fitted, &style, 1, &now, &height, &baseline);
      g_assert_cmpfloat (now, <=, fmax (width, room));
      g_auto (GStrv) lines = g_strsplit (spoken, ", next line:", -1);
      g_autofree char *joined = g_strjoinv ("", lines);
      g_auto (GStrv) before = g_strsplit (whole, ", next line:", -1);
      g_autofree char *all = g_strjoinv ("", before);
      g_assert_cmpstr (joined, ==, all);
      g_assert_cmpuint (g_strv_length (lines), <=, at_most[i]);
      if (room < 0.6 * width && i != 3)
        g_assert_cmpfloat (now, <, width);
    }
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/formula/spoken", test_spoken);
  g_test_add_func ("/formula/refused", test_refused);
  g_test_add_func ("/formula/pieces", test_pieces);
  g_test_add_func ("/formula/room", test_room);
  g_test_add_func ("/formula/proportions", test_proportions);
  g_test_add_func ("/formula/fit", test_fit);
  return g_test_run ();
}
