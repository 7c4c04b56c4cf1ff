/* What an explanation says, for files. */
#pragma once

#include "model/explain/maps.h"

/**
 * LimenExplainReport:
 * @map_file: (LIMEN_N_EXPLAIN_MAPS) (nullable elements): the file that a map is written to, beside
 * it
 *
 * A plain value that borrows.
 */
typedef struct {
  const LimenExplanation *explanation;
  const char *map_file[LIMEN_N_EXPLAIN_MAPS];
} LimenExplainReport;

/** limen_explain_report_json: (transfer full): one object and a newline; what is not a finite
 * number is null */
char *limen_explain_report_json (const LimenExplainReport *report);
/** limen_explain_report_text: (transfer full): NULL-terminated pairs of key and value for
 * LimenPicture */
char **limen_explain_report_text (const LimenExplanation *explanation);
