#include "viz/kit/palette.h"

/* 0xRRGGBB and opacity. Blue, orange and purple keep apart under the three kinds of colour
 * blindness by lightness as well as by hue (after Okabe and Ito, 2008); text inks have at
 * least 4.5:1 against paper, 7:1 in high contrast (WCAG 2.1, 1.4.3 and 1.4.6). */
typedef struct {
  guint32 rgb;
  double alpha;
} Entry;

static const Entry table[LIMEN_N_COLOURS][LIMEN_N_SCHEMES] = {
    /* light, dark, light with high contrast, dark with high contrast */
    [LIMEN_COLOUR_PAPER] = {{0xffffff, 1}, {0x2a2a2e, 1}, {0xffffff, 1}, {0x000000, 1}},
    [LIMEN_COLOUR_INK] = {{0x2b2b30, 1}, {0xf4f4f6, 1}, {0x000000, 1}, {0xffffff, 1}},
    [LIMEN_COLOUR_DIM] = {{0x6a6a72, 1}, {0xb0b0b8, 1}, {0x3a3a40, 1}, {0xdcdce2, 1}},
    [LIMEN_COLOUR_GRID] = {{0x1c1c30, .09}, {0xffffff, .10}, {0x000000, .3}, {0xffffff, .36}},
    [LIMEN_COLOUR_AXIS] = {{0x9a9aa2, 1}, {0x86868e, 1}, {0x000000, 1}, {0xffffff, 1}},
    [LIMEN_COLOUR_FIRST] = {{0x1c6fd8, 1}, {0x62a0ea, 1}, {0x0a55a8, 1}, {0x7fb8ff, 1}},
    [LIMEN_COLOUR_SECOND] = {{0xc44a00, 1}, {0xff9f55, 1}, {0x8c3200, 1}, {0xffbb70, 1}},
    [LIMEN_COLOUR_HAND] = {{0x75238c, 1}, {0xe4a8f0, 1}, {0x480a66, 1}, {0xf2ccff, 1}},
    [LIMEN_COLOUR_ON_HAND] = {{0xffffff, 1}, {0x25102e, 1}, {0xffffff, 1}, {0x000000, 1}},
    [LIMEN_COLOUR_REST] = {{0x77777f, 1}, {0x9c9ca4, 1}, {0x3a3a40, 1}, {0xdcdce2, 1}},
    [LIMEN_COLOUR_THIRD] = {{0x056636, 1}, {0x5fe0a0, 1}, {0x056633, 1}, {0x70f9b3, 1}},
    [LIMEN_COLOUR_FIRST_LIGHT] = {{0x009ecd, 1}, {0x9fe0ff, 1}, {0x2f98d0, 1}, {0xc8ecff, 1}},
    [LIMEN_COLOUR_FIRST_DARK] = {{0x0e5377, 1}, {0x3a73d6, 1}, {0x002c50, 1}, {0x3a80ff, 1}},
    [LIMEN_COLOUR_SECOND_LIGHT] = {{0xdf7800, 1}, {0xffe08a, 1}, {0xe07808, 1}, {0xffeeb0, 1}},
    [LIMEN_COLOUR_SECOND_DARK] = {{0x6d3802, 1}, {0xbf5c10, 1}, {0x4e2400, 1}, {0xdc6901, 1}},
    [LIMEN_COLOUR_FIRST_FILL] = {{0x2f7fe6, .30},
                                 {0x5b9df0, .34},
                                 {0x1c6be0, .30},
                                 {0x5b9df0, .42}},
    [LIMEN_COLOUR_SECOND_FILL] = {{0xf0731a, .30},
                                  {0xf58a3a, .34},
                                  {0xe66100, .28},
                                  {0xf58a3a, .42}},
    [LIMEN_COLOUR_FIRST_STRONG] = {{0x1a65c9, .60},
                                   {0x62a0ea, .75},
                                   {0x0a458f, .85},
                                   {0x7fb8ff, .85}},
    [LIMEN_COLOUR_SECOND_STRONG] = {{0xd95300, .55},
                                    {0xff9f55, .75},
                                    {0x8c3200, .85},
                                    {0xffbb70, .85}},
    [LIMEN_COLOUR_FLAGGED] = {{0xf0731a, .055}, {0xff9440, .045}, {0xe66100, .10}, {0xff9440, .15}},
    [LIMEN_COLOUR_KEPT] = {{0x2f7fe6, .055}, {0x5b9df0, .055}, {0x1c6be0, .06}, {0x5b9df0, .10}},
};

LimenRgba
limen_palette_colour (LimenScheme scheme, LimenColour colour)
{
  const Entry *entry = &table[colour][scheme];
  return (LimenRgba){(entry->rgb >> 16) / 255.0, (entry->rgb >> 8 & 255) / 255.0,
                     (entry->rgb & 255) / 255.0, entry->alpha};
}

void
limen_palette_set (cairo_t *cr, LimenScheme scheme, LimenColour colour)
{
  LimenRgba c = limen_palette_colour (scheme, colour);
  cairo_set_source_rgba (cr, c.red, c.green, c.blue, c.alpha);
}

char *
limen_palette_css (LimenScheme scheme, LimenColour colour)
{
  const Entry *entry = &table[colour][scheme];
  /* The opacity as eight bits: the same in every locale, and all that a screen can show. */
  if (entry->alpha == 1)
    return g_strdup_printf ("#%06x", entry->rgb);
  return g_strdup_printf ("#%06x%02x", entry->rgb, (guint)(entry->alpha * 255 + 0.5));
}

LimenScheme
limen_scheme (gboolean dark, gboolean high_contrast)
{
  return (high_contrast ? LIMEN_SCHEME_LIGHT_CONTRAST : LIMEN_SCHEME_LIGHT) + (dark ? 1 : 0);
}
