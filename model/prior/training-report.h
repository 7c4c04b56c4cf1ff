/* What a training with a trainable prior says, for files: JSON, CSV, and the text inside a picture.
 */
#pragma once

#include "model/prior/training-record.h"

#include <stdio.h>

/** limen_training_report_json: (transfer full): one object and a newline; what is not known is null
 */
char *limen_training_report_json (const LimenTrainingReport *report);
/** limen_training_report_write_csv: the curve; what is not known is empty. FALSE where @stream
 * failed
 */
gboolean limen_training_report_write_csv (const LimenTrainingReport *report, FILE *stream);
char **limen_training_report_picture_text (const LimenTrainingReport *report);
