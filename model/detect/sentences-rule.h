/* Shared by the files of claims about rules. */
#pragma once

#include "model/base/claim.h"

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
