/* What is stated, and when it is true: each sentence on screen, in a picture or on the command line
 * that states something is a claim with its condition beside it. */
#pragma once

#include <glib.h>

/**
 * LimenClaim: one sentence about a state
 * @name: for tests and messages: "tight for every K"
 * @holds: whether the sentence is true of @state. Nothing else decides whether it is said
 * @say: (transfer full): the sentence; only called where @holds
 * @words: the sentence where it is the same of every state, in the place of @say
 *
 * A room keeps all its claims in sentences.c, and in sentences-….c what is said of another matter,
 * as tables of this type, each with a comment that says in words what @holds computes. A table is
 * read from the top: the first claim that holds is said. A property test walks random states and
 * judges what is said by a computation of its own; to show that it would notice, it puts
 * limen_claim_always() in the place of a condition and must find the sentence contradicted.
 */
typedef struct {
  const char *name;
  gboolean (*holds) (gconstpointer state);
  char *(*say) (gconstpointer state);
  const char *words;
} LimenClaim;

/** limen_claim_first: index of the first claim of @claims: (n) that holds of @state; @n: none */
guint limen_claim_first (const LimenClaim *claims, guint n, gconstpointer state);
/** limen_claim_words: (transfer full): what @claim says of @state, of which it holds */
char *limen_claim_words (const LimenClaim *claim, gconstpointer state);
/** limen_claim_say: (transfer full) (nullable): the words of that claim; NULL where none holds */
char *limen_claim_say (const LimenClaim *claims, guint n, gconstpointer state);
/** limen_claim_always: TRUE: the condition of a claim that is true of every state, and what a test
 * puts in the place of another */
gboolean limen_claim_always (gconstpointer state);
