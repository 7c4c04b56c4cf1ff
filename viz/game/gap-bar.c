/* What each player could gain: in words, and as a bar from the middle to either side. */
#include "model/game/sentences.h"
#include "viz/kit/line-plot-private.h"
#include "viz/game/simplex-plot-private.h"

#include <math.h>

typedef struct {
  const char *string;
  LimenColour colour;
  gboolean bold;
} Word;

static LimenText
text_of (const Word *word, double align)
{
  return (LimenText){
      .colour = word->colour, .bold = word->bold, .size = 1.03, .align_x = align, .align_y = 0.5};
}

static double
width_of (const LimenChartStyle *style, const Word *words, guint n)
{
  double width = 0;
  for (guint i = 0; i < n; i++) {
    LimenText text = text_of (&words[i], 0);
    width += limen_text_rect (style, &text, words[i].string, 0, 0).width;
  }
  return width;
}

static void
draw_words (cairo_t *cr, const LimenChartStyle *style, const Word *words, guint n, double x,
            double y)
{
  for (guint i = 0; i < n; i++) {
    LimenText text = text_of (&words[i], 0);
    LimenRect rect = limen_text_draw (cr, style, &text, words[i].string, x, y);
    x = rect.x + rect.width;
  }
}

/* What a player's words are made of, long or short. */
typedef struct {
  char *now, *then, *reply;
  Word word[4];
} Player;

/* "; its best reply, rock, gets ", or " → rock " */
static char *
reply_words (const LimenExploit *exploit, const LimenPayoff *payoff, gboolean is_b, gboolean brief)
{
  const LimenGameReply reply = limen_game_reply (payoff, exploit, is_b);
  g_autofree char *names = limen_game_replies (&reply);
  g_autofree char *claim = limen_game_say (LIMEN_SAY_REPLY, &reply);
  return g_strdup_printf (brief ? " → %s " : "; %s ", brief ? names : claim ? claim : "");
}

/* "A gets +0.23; its best reply, rock, gets +0.38", or "A +0.23 → rock +0.38" */
static Player
player_of (const LimenExploit *exploit, const LimenPayoff *payoff, gboolean is_b, gboolean brief)
{
  double points = is_b ? exploit->value : -exploit->value;
  double gain = is_b ? exploit->b_gains : exploit->a_saves, most = limen_payoff_largest (payoff);
  const char *who = brief ? (is_b ? "B " : "A ") : (is_b ? "B gets " : "A gets ");
  Player player = {limen_points_signed (points, most), limen_points_signed (points + gain, most),
                   reply_words (exploit, payoff, is_b, brief)};
  player.word[0] = (Word){who, LIMEN_COLOUR_INK, FALSE};
  player.word[1] = (Word){player.now, LIMEN_COLOUR_INK, TRUE};
  player.word[2] = (Word){player.reply, LIMEN_COLOUR_INK, FALSE};
  player.word[3] = (Word){player.then, is_b ? LIMEN_COLOUR_SECOND : LIMEN_COLOUR_FIRST, TRUE};
  return player;
}

/* Both players in the same words, the longest for which each has @room, @off the middle. */
static void
draw_players (const LimenExploit *exploit, const LimenPayoff *payoff, cairo_t *cr,
              const LimenChartStyle *style, double middle, double off, double y, double room)
{
  gboolean drawn = FALSE;
  for (int brief = 0; brief < 2 && !drawn; brief++) {
    Player player[2];
    double width[2];
    for (int b = 0; b < 2; b++) {
      player[b] = player_of (exploit, payoff, b, brief);
      width[b] = width_of (style, player[b].word, 4);
    }
    drawn = fmax (width[0], width[1]) <= room;
    for (int b = 0; b < 2; b++) {
      if (drawn)
        draw_words (cr, style, player[b].word, 4, middle + (b ? off : -off) - width[b] / 2, y);
      g_free (player[b].now);
      g_free (player[b].then);
      g_free (player[b].reply);
    }
  }
}

/* Returns: its width */
static double
draw_gap (const LimenExploit *exploit, double size, cairo_t *cr, const LimenChartStyle *style,
          double middle, double y, double room)
{
  g_autofree char *gap = limen_game_points (exploit->gap, size);
  g_autofree char *a = limen_game_points (exploit->a_saves, size);
  g_autofree char *b = limen_game_points (exploit->b_gains, size);
  const Word words[] = {{"gap ", LIMEN_COLOUR_HAND, TRUE}, {gap, LIMEN_COLOUR_HAND, TRUE},
                        {" = ", LIMEN_COLOUR_DIM, FALSE},  {a, LIMEN_COLOUR_FIRST, TRUE},
                        {" + ", LIMEN_COLOUR_DIM, FALSE},  {b, LIMEN_COLOUR_SECOND, TRUE}};
  guint n = G_N_ELEMENTS (words);
  double width = width_of (style, words, n);
  if (width > room) {
    n = 2;
    width = width_of (style, words, n);
  }
  if (width > room)
    return 0;
  draw_words (cr, style, words, n, middle - width / 2, y);
  return width;
}

static void
draw_bar (const LimenExploit *exploit, double scale, cairo_t *cr, const LimenChartStyle *style,
          const LimenRect *bar)
{
  double half = bar->width / 2, middle = bar->x + half, radius = bar->height / 2;
  double a = half * CLAMP (exploit->a_saves / scale, 0, 1);
  double b = half * CLAMP (exploit->b_gains / scale, 0, 1);
  cairo_save (cr);
  limen_chart_rounded (cr, bar, radius);
  limen_palette_set (cr, style->scheme, LIMEN_COLOUR_GRID);
  cairo_fill_preserve (cr);
  cairo_clip (cr);
  limen_palette_set (cr, style->scheme, LIMEN_COLOUR_FIRST);
  cairo_rectangle (cr, middle - a, bar->y, a, bar->height);
  cairo_fill (cr);
  limen_palette_set (cr, style->scheme, LIMEN_COLOUR_SECOND);
  cairo_rectangle (cr, middle, bar->y, b, bar->height);
  cairo_fill (cr);
  cairo_restore (cr);
  limen_palette_set (cr, style->scheme, LIMEN_COLOUR_AXIS);
  cairo_set_line_width (cr, 1);
  limen_chart_line (cr, floor (middle) + 0.5, bar->y - 3, floor (middle) + 0.5,
                    bar->y + bar->height + 3);
  cairo_stroke (cr);
}

void
limen_gap_bar_draw (const LimenExploit *exploit, const LimenPayoff *payoff, double scale,
                    cairo_t *cr, const LimenChartStyle *style, double width, double height)
{
  double em = style->font_size, margin = 1.2 * em;
  gboolean words = height >= 3 * em;
  double thick = fmin (0.75 * em, height / 2), y = words ? 1.15 * em : height / 2;
  LimenRect bar = {margin, words ? fmin (y + 1.3 * em, height - thick - 4) : (height - thick) / 2,
                   fmax (width - 2 * margin, 1), fmax (thick, 1)};
  limen_chart_begin (cr, style, width, height);
  if (words) {
    double gap =
        draw_gap (exploit, limen_payoff_largest (payoff), cr, style, width / 2, y, bar.width);
    double room = (width - gap) / 2 - margin - 1.5 * em;
    double off = gap / 2 + 1.5 * em + room / 2;
    draw_players (exploit, payoff, cr, style, width / 2, off, y, room);
  }
  draw_bar (exploit, scale > 0 ? scale : 1, cr, style, &bar);
  cairo_restore (cr);
}
