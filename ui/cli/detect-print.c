/* What limen detect prints. */
#include "model/detect/rule.h"
#include "model/detect/sentences-rule.h"
#include "model/detect/sentences.h"
#include "model/detect/single.h"
#include "ui/cli/detect.h"

#include <math.h>

static void
print_rate (const char *label, LimenErrorRate rate)
{
  g_autofree char *told = limen_error_rate_text (&rate);
  if (rate.n > 0)
    limen_say (stdout, "%-12s%u of %u: %s", label, rate.errors, rate.n, told);
}

/* (transfer full): as terminals write it: "194.292 nats", "0.01235" */
static char *
score_text (const LimenDetector *detector, double score)
{
  const LimenMeasure *measure = limen_detector_measure (detector);
  guint decimals = limen_measure_decimals (measure, detector->std, 3);
  g_autofree char *fixed = g_strdup_printf ("%%.%uf", decimals);
  g_autofree char *number = limen_decimal (score, decimals <= LIMEN_MOST_DECIMALS ? fixed : "%.6g");
  return g_strconcat (number, *measure->unit ? " " : "", measure->unit, NULL);
}

static void
print_validation (const LimenDetector *detector)
{
  gboolean two = limen_detector_measure (detector)->side == LIMEN_SIDE_BOTH;
  LimenLines lines = limen_detector_lines (detector);
  g_autofree char *place = limen_detector_place (detector);
  g_autofree char *mean = score_text (detector, detector->mean);
  g_autofree char *std = score_text (detector, detector->std);
  g_autofree char *spread =
      isnan (detector->std) ? g_strdup ("") : g_strdup_printf (", standard deviation %s", std);
  g_autofree char *line = score_text (detector, two ? lines.low : detector->threshold);
  g_autofree char *other = two ? score_text (detector, lines.high) : NULL;
  limen_say (stdout, "%-12s%u image%s, mean %s%s", "validation", detector->validation->n,
             detector->validation->n == 1 ? "" : "s", mean, spread);
  limen_say (stdout, "%-12s%s%s%s, %s", "threshold", line, two ? " and " : "", two ? other : "",
             place);
}

/* The flow, or the table that the scores are from */
static void
print_source (const LimenReport *report)
{
  if (report->table) {
    g_autofree char *told = limen_table_scores_told (report->table);
    limen_say (stdout, "%-12s%s: %s", "scores", report->table->table->name,
               report->table->table->told);
    limen_say (stdout, "%-12s%s", "flagged", told);
    return;
  }
  if (report->windows)
    limen_say (stdout, "%-12s%s", "windows", report->windows->told);
  if (!report->nice)
    return;
  LimenNiceShape shape = limen_nice_shape (report->nice);
  g_autofree char *model = limen_display_name (limen_nice_path (report->nice));
  limen_say (stdout, "%-12s%s: dimension %u, width %u, depth %u, %u couplings", "model", model,
             shape.dimension, shape.width, shape.depth, shape.couplings);
}

/* How well unusual pixels are those of the masks */
static void
print_pixels (const LimenReportWindows *windows)
{
  if (!windows || !windows->has_pixels)
    return;
  g_autofree char *auroc = limen_decimal (windows->auroc, "%.7f");
  g_autofree char *aupro = limen_decimal (windows->aupro, "%.7f");
  limen_say (stdout, "%-12sAUROC %s, AUPRO up to 30 %% false positives %s", "pixels", auroc, aupro);
  limen_say (stdout, "%-12s%u anomal%s with masks of %u defect%s, %u without", "masks",
             windows->n_masks, windows->n_masks == 1 ? "y" : "ies", windows->n_regions,
             windows->n_regions == 1 ? "" : "s", windows->n_without);
}

static int
compare_p (gconstpointer a, gconstpointer b, gpointer p)
{
  double x = ((const double *)p)[*(const guint32 *)a];
  double y = ((const double *)p)[*(const guint32 *)b];
  return x != y ? (x > y) - (x < y) : (*(const guint32 *)a > *(const guint32 *)b ? 1 : -1);
}

#define MOST_LISTED 20 /* that are named on the terminal */

/* (nullable) (transfer full): numbers of the listed images, the most unusual first */
static guint32 *
listed_images (const LimenUnsorted *judged)
{
  if (judged->n_listed == 0)
    return NULL;
  guint32 *index = g_new (guint32, judged->n_listed);
  guint n = 0;
  for (guint32 i = 0; i < judged->scores->n; i++)
    if (judged->listed[i])
      index[n++] = i;
  g_qsort_with_data (index, (int)n, sizeof *index, compare_p, judged->p);
  return index;
}

static void
print_unsorted (const LimenReport *report)
{
  const LimenUnsorted *judged = report->judged;
  if (!judged)
    return;
  g_autofree char *sentence = limen_unsorted_sentence (judged);
  g_autofree guint32 *index = listed_images (judged);
  limen_say (stdout, "%-12s%u of %u flagged", "unsorted",
             limen_unsorted_n_flagged (judged, report->detector), judged->scores->n);
  limen_say (stdout, "%s", sentence);
  for (guint i = 0; i < MIN (judged->n_listed, MOST_LISTED); i++) {
    g_autofree char *name = limen_report_set_image_name (&report->unsorted, index[i]);
    g_autofree char *p = limen_p_value_text (judged->p[index[i]]);
    limen_say (stdout, "  %s, p = %s", name, p);
  }
  if (judged->n_listed > MOST_LISTED)
    limen_say (stdout, "  and %u more, which --csv and --json list",
               judged->n_listed - MOST_LISTED);
}

/* By what the threshold is set, what that promises, and of which lines the intervals hold */
static void
print_promise (const LimenDetector *detector)
{
  g_autofree char *promise = limen_rule_promise (detector), *holds = limen_rule_anywhere (detector);
  if (promise)
    limen_say (stdout, "%s", promise);
  if (holds)
    limen_say (stdout, "%s", holds);
}

void
limen_detect_print (const LimenReport *report)
{
  g_return_if_fail (report != NULL && report->detector != NULL);
  const LimenDetector *detector = report->detector;
  LimenErrorRate type_1 = limen_detector_type_1 (detector),
                 type_2 = limen_detector_type_2 (detector);
  g_autofree char *sentence = limen_detector_sentence (detector);
  g_autofree char *rule = limen_rule_name (detector->rule, limen_detector_measure (detector)->side);
  g_autofree char *learned = limen_learned_sentence (&report->learned);
  print_source (report);
  print_validation (detector);
  limen_say (stdout, "%-12s%s", "rule", rule);
  print_rate ("type I", type_1);
  print_rate ("type II", type_2);
  if (isfinite (detector->auroc))
    limen_say (stdout, "%-12s%.7f", "AUROC", detector->auroc);
  print_pixels (report->windows);
  limen_say (stdout, "%s", sentence);
  print_promise (detector);
  print_unsorted (report);
  if (report->division)
    limen_say (stdout, "%s", report->division);
  if (learned)
    limen_say (stdout, "%s", learned);
  limen_say (stdout, "%u type I errors among %u data", type_1.errors, type_1.n);
  if (detector->anomaly)
    limen_say (stdout, "%u type II errors among %u data", type_2.errors, type_2.n);
}
