/* Zero-sum games: M[i][j] are the points for B when A plays i and B plays j. A minimizes, B
 * maximizes L(p_A, p_B) = p_Aᵀ M p_B. */
#pragma once

#include "model/game/simplex.h"

/**
 * LimenPayoff:
 * @rows, @columns: strategies of A and of B, 1 to LIMEN_GAME_MOST
 * @m: row-major, rows of @columns
 * @row_name, @column_name: of strategies: "rock"
 *
 * A plain value.
 */
typedef struct {
  guint rows, columns;
  double m[LIMEN_GAME_MOST * LIMEN_GAME_MOST];
  char row_name[LIMEN_GAME_MOST][24], column_name[LIMEN_GAME_MOST][24];
} LimenPayoff;

/** limen_payoff_builtin: "rock-paper-scissors", "biased-rock-paper-scissors", "matching-pennies" (a
 * 3 × 3 game that is matching pennies in two of its strategies), "many-solutions";
 * LIMEN_ERROR_ARGUMENT for another name */
gboolean limen_payoff_builtin (const char *name, LimenPayoff *payoff, GError **error);
const char *const *limen_payoff_names (void);
/** limen_payoff_title: of a game by name: "rock paper scissors" */
const char *limen_payoff_title (const char *name);
/** limen_payoff_load: CSV as limen_table_read() takes it, a row a strategy of A, numbers or
 * fractions "1/3"; a first row and column of words are names. @told: (out) (optional) (nullable)
 * (transfer full): what was guessed: "decimal commas". Each refusal names the file, the row and
 * column and what is wrong: text, not finite, larger than 1e9, ragged, too large. */
gboolean limen_payoff_load (const char *path, LimenPayoff *payoff, char **told, GError **error);
/** limen_payoff_parse: as limen_payoff_load(), of @bytes; @path: as named in messages */
gboolean limen_payoff_parse (GBytes *bytes, const char *path, LimenPayoff *payoff, char **told,
                             GError **error);
/** limen_payoff_parse_number: "2", "−0.5", "1/3"; FALSE for anything else. @value may come out
 * infinite
 */
gboolean limen_payoff_parse_number (const char *text, double *value);
/** limen_payoff_check: whether sizes and payoffs are ones that Limen takes */
gboolean limen_payoff_check (const LimenPayoff *payoff, GError **error);
/** limen_payoff_largest: the largest |payoff|; 1 where all are 0 */
double limen_payoff_largest (const LimenPayoff *payoff);
/** limen_payoff_half_range: half of what the largest and the least payoff differ by, whatever is
 * added to all; 1 where all are the same */
double limen_payoff_half_range (const LimenPayoff *payoff);

/** limen_payoff_for_b: @out: (columns): points of each strategy of B against @p_a: (rows): Mᵀ p_A
 */
void limen_payoff_for_b (const LimenPayoff *payoff, const double *p_a, double *out);
/** limen_payoff_of_a: @out: (rows): points for B of each strategy of A against @p_b: M p_B */
void limen_payoff_of_a (const LimenPayoff *payoff, const double *p_b, double *out);

/* Gains up to this part of the largest payoff are rounding. */
#define LIMEN_GAME_ROUNDING 1e-12

/**
 * LimenExploit: what each player could gain by a best reply
 * @inside: whether both points are strategies: no weight is below 0, and their sum is 1, to 1e-9
 * @value: L(p_A, p_B)
 * @a_saves, @b_gains: value − min (M p_B), max (Mᵀ p_A) − value: both ≥ 0 where @inside
 * @gap: their sum, max (Mᵀ p_A) − min (M p_B): where @inside it is ≥ 0, and 0 exactly at a solution
 * (exploitability, duality gap); elsewhere no duality gap, of any sign
 * @a_reply, @b_reply: the best replies, the first of several
 * @a_replies, @b_replies: all of them, as bits: those that gain as much but for rounding
 * @error: by how much each of these numbers may be off, by rounding
 */
typedef struct {
  gboolean inside;
  double value, a_saves, b_gains, gap, error;
  guint a_reply, b_reply, a_replies, b_replies;
} LimenExploit;
LimenExploit limen_exploit (const LimenPayoff *payoff, const double *p_a, const double *p_b);
