#include "ui/study/detector/redraw-words.h"

#include "model/base/number.h"
#include "model/detect/sentences.h"

#define MISSED_BY_95_PERCENT 0.05

static char *
count_text (guint n)
{
  return n == 0 ? g_strdup ("none") : limen_format_number (n, 0);
}

/* Some sets were drawn, and there is a line at which the intervals of more of them miss the truth
 * than at the line that was fixed. */
static gboolean
looking_costs (gconstpointer data)
{
  const LimenRedrawn *redrawn = data;
  return redrawn->n_sets > 0 && redrawn->n_somewhere_missed > redrawn->n_fixed_missed;
}

/* Some sets were drawn. */
static gboolean
is_drawn (gconstpointer data)
{
  return ((const LimenRedrawn *)data)->n_sets > 0;
}

static char *
say (const LimenRedrawn *redrawn, const char *at_some_line)
{
  g_autofree char *fixed = count_text (redrawn->n_fixed_missed);
  g_autofree char *all = limen_format_number (redrawn->n_sets, 0);
  g_autofree char *somewhere = count_text (redrawn->n_somewhere_missed);
  g_autofree char *left = count_text (redrawn->n_band_left);
  g_autofree char *usual = limen_format_number (MISSED_BY_95_PERCENT * redrawn->n_sets, 0);
  return g_strdup_printf ("The interval misses the truth in %s of %s sets at the line that was "
                          "fixed beforehand, and in %s at %s; the band is left in %s. With 95 %% "
                          "confidence about %s of them, or fewer, are allowed to the fixed line, "
                          "and as many to the band.",
                          fixed, all, somewhere, at_some_line, left, usual);
}

static char *
say_looking_costs (gconstpointer data)
{
  return say (data, "some line that could have been chosen by looking");
}

static char *
say_same (gconstpointer data)
{
  return say (data, "some line, wherever it is put");
}

static const LimenClaim claims[] = {
    {"looking costs", looking_costs, say_looking_costs, NULL},
    {"drawn", is_drawn, say_same, NULL},
    {"nothing drawn", limen_claim_always, NULL, "Nothing is drawn yet."},
};

const LimenClaim *
limen_redrawn_claims (guint *n)
{
  g_return_val_if_fail (n != NULL, NULL);
  *n = G_N_ELEMENTS (claims);
  return claims;
}

char *
limen_redrawn_sentence (const LimenRedrawn *redrawn)
{
  g_return_val_if_fail (redrawn != NULL, NULL);
  return limen_claim_say (claims, G_N_ELEMENTS (claims), redrawn);
}

char *
limen_redrawn_truth (const LimenRedrawn *redrawn)
{
  g_return_val_if_fail (redrawn != NULL, NULL);
  g_autofree char *n = limen_format_number (redrawn->n, 0);
  g_autofree char *all = limen_format_number (redrawn->n_population, 0);
  g_autofree char *truth = limen_percent_text (redrawn->truth);
  return g_strdup_printf (
      "Each set: %s image%s drawn from all %s normal ones here, of which the line "
      "flags %s %%. That is the truth that a set should tell.",
      n, redrawn->n == 1 ? "" : "s", all, truth);
}
