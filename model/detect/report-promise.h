/* Parts of a report in JSON: of the rule and its promise, the band, the curve, and images without
 * labels. */
#pragma once

#include "model/detect/detector.h"
#include "model/detect/p-values.h"
#include "model/report/json.h"

/** limen_report_add_rule: members "promise": "fixed" or "looking"; "rule": "text" (of
 * limen_rule_text()), "name", "promise" (of limen_rule_promise()), "holds" (of
 * limen_rule_anywhere(), null without), "needed" (validation images; null: uncountable) */
void limen_report_add_rule (JsonBuilder *json, const LimenDetector *detector);
/** limen_report_add_band: member "band": "confidence", "eta_1", "eta_2" (null without images),
 * "type_1", "type_2": the band at the threshold, whatever was promised */
void limen_report_add_band (JsonBuilder *json, const LimenDetector *detector);
/** limen_report_add_unsorted: member "unsorted": how many, flagged and listed ones, of how many
 * normal images the p-values are, the sentence, and each image; nothing where @unsorted is NULL
 * @set: (nullable): their names */
void limen_report_add_unsorted (JsonBuilder *json, const LimenDetector *detector,
                                const LimenUnsorted *unsorted, const LimenReportSet *set);
/** limen_report_add_curve: member "curve", null where a set is empty: "auroc", "confidence" of each
 * band, "n" of both sets, and arrays of one number for each point that is kept: "threshold" (null
 * where it is infinite), "flagged_normal", "flagged_anomalies" (counts), "type_1_low",
 * "type_1_high", "type_2_low", "type_2_high" */
void limen_report_add_curve (JsonBuilder *json, const LimenDetector *detector);
