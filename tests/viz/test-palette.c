#include "viz/kit/palette.h"

#include <math.h>

static const LimenColour inks[] = {LIMEN_COLOUR_INK,    LIMEN_COLOUR_DIM,   LIMEN_COLOUR_FIRST,
                                   LIMEN_COLOUR_SECOND, LIMEN_COLOUR_THIRD, LIMEN_COLOUR_HAND};

static double
linear (double c)
{
  return c <= 0.04045 ? c / 12.92 : pow ((c + 0.055) / 1.055, 2.4);
}

/* Relative luminance and contrast of WCAG 2.1. */
static double
luminance (LimenRgba c)
{
  return 0.2126 * linear (c.red) + 0.7152 * linear (c.green) + 0.0722 * linear (c.blue);
}

static double
contrast (LimenRgba a, LimenRgba b)
{
  double x = luminance (a) + 0.05, y = luminance (b) + 0.05;
  return fmax (x, y) / fmin (x, y);
}

static LimenRgba
over (LimenRgba top, LimenRgba below)
{
  double a = top.alpha;
  return (LimenRgba){top.red * a + below.red * (1 - a), top.green * a + below.green * (1 - a),
                     top.blue * a + below.blue * (1 - a), 1};
}

static void
test_text_can_be_read (void)
{
  static const LimenColour tints[] = {LIMEN_COLOUR_FLAGGED, LIMEN_COLOUR_KEPT};
  for (LimenScheme scheme = 0; scheme < LIMEN_N_SCHEMES; scheme++) {
    double least = scheme >= LIMEN_SCHEME_LIGHT_CONTRAST ? 7 : 4.5;
    LimenRgba paper = limen_palette_colour (scheme, LIMEN_COLOUR_PAPER);
    for (guint i = 0; i < G_N_ELEMENTS (inks); i++) {
      LimenRgba ink = limen_palette_colour (scheme, inks[i]);
      g_assert_cmpfloat (contrast (ink, paper), >=, least);
      /* Words stand on the tinted regions, too. */
      for (guint t = 0; t < G_N_ELEMENTS (tints); t++)
        g_assert_cmpfloat (contrast (ink, over (limen_palette_colour (scheme, tints[t]), paper)),
                           >=, least * 0.9);
    }
    g_assert_cmpfloat (contrast (limen_palette_colour (scheme, LIMEN_COLOUR_ON_HAND),
                                 limen_palette_colour (scheme, LIMEN_COLOUR_HAND)),
                       >=, least);
  }
}

static void
test_lines_can_be_seen (void)
{
  static const LimenColour lines[] = {LIMEN_COLOUR_REST,        LIMEN_COLOUR_FIRST,
                                      LIMEN_COLOUR_SECOND,      LIMEN_COLOUR_FIRST_LIGHT,
                                      LIMEN_COLOUR_FIRST_DARK,  LIMEN_COLOUR_SECOND_LIGHT,
                                      LIMEN_COLOUR_SECOND_DARK, LIMEN_COLOUR_THIRD};
  for (LimenScheme scheme = 0; scheme < LIMEN_N_SCHEMES; scheme++)
    for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
      g_assert_cmpfloat (contrast (limen_palette_colour (scheme, lines[i]),
                                   limen_palette_colour (scheme, LIMEN_COLOUR_PAPER)),
                         >=, 3);
}

/* CIE L*a*b* of linear sRGB, white D65. */
static void
to_lab (const double rgb[3], double lab[3])
{
  static const double m[3][3] = {
      {0.4124, 0.3576, 0.1805}, {0.2126, 0.7152, 0.0722}, {0.0193, 0.1192, 0.9505}};
  static const double white[3] = {0.9505, 1, 1.089};
  double f[3];
  for (int i = 0; i < 3; i++) {
    double t = (m[i][0] * rgb[0] + m[i][1] * rgb[1] + m[i][2] * rgb[2]) / white[i];
    f[i] = t > 0.008856 ? cbrt (t) : 7.787 * t + 16.0 / 116;
  }
  lab[0] = 116 * f[1] - 16;
  lab[1] = 500 * (f[0] - f[1]);
  lab[2] = 200 * (f[1] - f[2]);
}

static double
distance_seen (const double eye[3][3], LimenRgba a, LimenRgba b)
{
  const LimenRgba both[2] = {a, b};
  double lab[2][3], sum = 0;
  for (int k = 0; k < 2; k++) {
    double rgb[3] = {linear (both[k].red), linear (both[k].green), linear (both[k].blue)};
    double seen[3];
    for (int i = 0; i < 3; i++)
      seen[i] = CLAMP (eye[i][0] * rgb[0] + eye[i][1] * rgb[1] + eye[i][2] * rgb[2], 0, 1);
    to_lab (seen, lab[k]);
  }
  for (int i = 0; i < 3; i++)
    sum += (lab[0][i] - lab[1][i]) * (lab[0][i] - lab[1][i]);
  return sqrt (sum);
}

/* As they are, and to the three kinds of colour blindness: matrices of Machado, Oliveira and
 * Fernandes (2009), severity 1. */
static const double eyes[4][3][3] = {
    {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
    {{0.152286, 1.052583, -0.204868},
     {0.114503, 0.786281, 0.099216},
     {-0.003882, -0.048116, 1.051998}},
    {{0.367322, 0.860646, -0.227968},
     {0.280085, 0.672501, 0.047413},
     {-0.011820, 0.042940, 0.968881}},
    {{1.255528, -0.076749, -0.178779},
     {-0.078411, 0.930809, 0.147602},
     {0.004733, 0.691367, 0.303900}},
};

static void
test_sets_differ_for_every_eye (void)
{
  for (LimenScheme scheme = 0; scheme < LIMEN_N_SCHEMES; scheme++)
    for (guint eye = 0; eye < G_N_ELEMENTS (eyes); eye++) {
      LimenRgba first = limen_palette_colour (scheme, LIMEN_COLOUR_FIRST);
      LimenRgba second = limen_palette_colour (scheme, LIMEN_COLOUR_SECOND);
      LimenRgba hand = limen_palette_colour (scheme, LIMEN_COLOUR_HAND);
      /* Ten is a clear difference of large areas; lines are thin. */
      g_assert_cmpfloat (distance_seen (eyes[eye], first, second), >, 30);
      g_assert_cmpfloat (distance_seen (eyes[eye], second, hand), >, 10);
      g_assert_cmpfloat (distance_seen (eyes[eye], first, hand), >, 10);
    }
}

static void
assert_all_differ (const LimenColour *colours, guint n, double least)
{
  for (LimenScheme scheme = 0; scheme < LIMEN_N_SCHEMES; scheme++)
    for (guint eye = 0; eye < G_N_ELEMENTS (eyes); eye++)
      for (guint i = 0; i < n; i++)
        for (guint k = i + 1; k < n; k++)
          g_assert_cmpfloat (distance_seen (eyes[eye], limen_palette_colour (scheme, colours[i]),
                                            limen_palette_colour (scheme, colours[k])),
                             >, least);
}

/* Six series and what is exact in one picture; and three that race, data and the prior in another.
 */
static void
test_all_series_of_a_picture_differ_for_every_eye (void)
{
  static const LimenColour duel[] = {LIMEN_COLOUR_SECOND,       LIMEN_COLOUR_SECOND_DARK,
                                     LIMEN_COLOUR_SECOND_LIGHT, LIMEN_COLOUR_FIRST,
                                     LIMEN_COLOUR_FIRST_LIGHT,  LIMEN_COLOUR_FIRST_DARK,
                                     LIMEN_COLOUR_INK};
  static const LimenColour race[] = {LIMEN_COLOUR_FIRST, LIMEN_COLOUR_SECOND, LIMEN_COLOUR_THIRD,
                                     LIMEN_COLOUR_REST, LIMEN_COLOUR_HAND};
  assert_all_differ (duel, G_N_ELEMENTS (duel), 12);
  assert_all_differ (race, G_N_ELEMENTS (race), 10);
}

static void
test_schemes_and_css (void)
{
  g_assert_cmpint (limen_scheme (FALSE, FALSE), ==, LIMEN_SCHEME_LIGHT);
  g_assert_cmpint (limen_scheme (TRUE, FALSE), ==, LIMEN_SCHEME_DARK);
  g_assert_cmpint (limen_scheme (FALSE, TRUE), ==, LIMEN_SCHEME_LIGHT_CONTRAST);
  g_assert_cmpint (limen_scheme (TRUE, TRUE), ==, LIMEN_SCHEME_DARK_CONTRAST);
  g_autofree char *paper = limen_palette_css (LIMEN_SCHEME_LIGHT, LIMEN_COLOUR_PAPER);
  g_autofree char *tint = limen_palette_css (LIMEN_SCHEME_LIGHT, LIMEN_COLOUR_FLAGGED);
  g_assert_cmpstr (paper, ==, "#ffffff");
  g_assert_cmpuint (strlen (tint), ==, 9);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/palette/text-can-be-read", test_text_can_be_read);
  g_test_add_func ("/palette/lines-can-be-seen", test_lines_can_be_seen);
  g_test_add_func ("/palette/sets-differ-for-every-eye", test_sets_differ_for_every_eye);
  g_test_add_func ("/palette/all-series-of-a-picture-differ-for-every-eye",
                   test_all_series_of_a_picture_differ_for_every_eye);
  g_test_add_func ("/palette/schemes-and-css", test_schemes_and_css);
  return g_test_run ();
}
