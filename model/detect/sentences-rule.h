/* What a rule promises, what the test half says of it, and where it holds. */
#pragma once

#include "model/base/claim.h"
#include "model/detect/detector.h"

/**
 * LimenRuleClaims: tables of claims about a LimenDetector
 * @LIMEN_RULE_PROMISED: what its rule promises, or why it sets no threshold
 * @LIMEN_RULE_TESTED: what the test half says of it
 * @LIMEN_RULE_ANYWHERE: what holds of every threshold, or of this one only
 */
typedef enum {
  LIMEN_RULE_PROMISED,
  LIMEN_RULE_TESTED,
  LIMEN_RULE_ANYWHERE,
  LIMEN_N_RULE_CLAIMS,
} LimenRuleClaims;

/** limen_rule_claims: @n: (out): how many */
const LimenClaim *limen_rule_claims (LimenRuleClaims table, guint *n);
/** limen_rule_promise: (transfer full): what the rule of @detector promises, and what the test half
 * says of it: the first claims of LIMEN_RULE_PROMISED and LIMEN_RULE_TESTED */
char *limen_rule_promise (const LimenDetector *detector);
/** limen_rule_anywhere: (transfer full) (nullable): of LIMEN_RULE_ANYWHERE: "At most 1.97 % of all
 * normal images are flagged: that holds with 95 % confidence wherever you put the line."; NULL
 * where nothing is tested */
char *limen_rule_anywhere (const LimenDetector *detector);

/** limen_rule_longest_promise: (transfer none): words that take as much room as
 * limen_rule_promise() may where a threshold is set, with numbers as long as they usually are;
 * limen_rule_longest_anywhere: the same of limen_rule_anywhere() */
const char *limen_rule_longest_promise (LimenRuleKind kind);
const char *limen_rule_longest_anywhere (void);

/* Between the files of these claims */

/** limen_rule_has_too_few: its rule asks for a rank, there are validation images, and no rank among
 * so few; limen_rule_say_too_few: (transfer full): how many it takes */
gboolean limen_rule_has_too_few (gconstpointer detector);
char *limen_rule_say_too_few (gconstpointer detector);
/** limen_rule_has_no_anomalies: its rule looks at anomalies, there are validation images, and no
 * anomalies */
gboolean limen_rule_has_no_anomalies (gconstpointer detector);
#define LIMEN_RULE_NO_ANOMALIES                                                                    \
  "A rule that weighs errors looks at anomalies, and there are none; give anomalies, or another "  \
  "rule."

/** limen_rule_tested_claims: LIMEN_RULE_TESTED */
#define LIMEN_N_RULE_TESTED 9
extern const LimenClaim limen_rule_tested_claims[LIMEN_N_RULE_TESTED];
