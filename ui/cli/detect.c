/* limen detect */
#include "model/base/replace-file.h"
#include "model/detect/sentences.h"
#include "ui/cli/commands.h"
#include "viz/detector/detector-picture.h"
#include "viz/kit/picture.h"

#include <math.h>
#include <string.h>

static gboolean
save_plot (const LimenOptions *options, const LimenReport *report, GError **error)
{
  g_auto (GStrv) text = limen_report_picture_text (report);
  LimenDetectorPicture drawing = {
      report->detector, limen_histogram_view_new (report->detector, LIMEN_HISTOGRAM_SPREAD),
      limen_scheme (options->dark, FALSE)};
  LimenPicture picture = {.width = options->width,
                          .height = options->height,
                          .scale = options->scale,
                          .draw = limen_detector_picture_draw,
                          .user_data = &drawing,
                          .text = (const char *const *)text};
  return limen_picture_format_from_path (options->plot, &picture.format, error) &&
         limen_picture_save (&picture, options->plot, error);
}

static void
print_rate (const char *label, LimenErrorRate rate)
{
  g_autofree char *percent = limen_percent_text (rate.rate, 4);
  g_autofree char *low = limen_percent_text (rate.low, 4);
  g_autofree char *high = limen_percent_text (rate.high, 4);
  if (rate.n > 0)
    limen_say (stdout, "%-12s%s %%, 95 %% interval %s %% to %s %%", label, percent, low, high);
}

static void
print_validation (const LimenDetector *detector)
{
  g_autofree char *place = limen_detector_place (detector);
  g_autofree char *spread = isnan (detector->std)
                                ? g_strdup ("")
                                : g_strdup_printf (", standard deviation %.3f nats", detector->std);
  limen_say (stdout, "%-12s%u image%s, mean %.3f nats%s", "validation", detector->validation->n,
             detector->validation->n == 1 ? "" : "s", detector->mean, spread);
  limen_say (stdout, "%-12s%.3f nats, %s", "threshold", detector->threshold, place);
}

static void
print_detector (const LimenReport *report)
{
  const LimenDetector *detector = report->detector;
  LimenNiceShape shape = limen_nice_shape (report->nice);
  LimenErrorRate type_1 = limen_detector_type_1 (detector),
                 type_2 = limen_detector_type_2 (detector);
  g_autofree char *sentence = limen_detector_sentence (detector);
  g_autofree char *model = limen_display_name (limen_nice_path (report->nice));
  limen_say (stdout, "%-12s%s: dimension %u, width %u, depth %u, %u couplings", "model", model,
             shape.dimension, shape.width, shape.depth, shape.couplings);
  print_validation (detector);
  print_rate ("type I", type_1);
  print_rate ("type II", type_2);
  if (isfinite (detector->auroc))
    limen_say (stdout, "%-12s%.7f", "AUROC", detector->auroc);
  limen_say (stdout, "%s", sentence);
  limen_say (stdout, "%u type I errors among %u data", type_1.errors, type_1.n);
  if (detector->anomaly)
    limen_say (stdout, "%u type II errors among %u data", type_2.errors, type_2.n);
}

static gboolean
write_outputs (const LimenOptions *options, const LimenReport *report, GError **error)
{
  gboolean to_stdout = options->json && g_str_equal (options->json, "-");
  g_autofree char *json = options->json ? limen_report_json (report) : NULL;
  if (options->scores && !limen_report_save_scores (report, options->scores, error))
    return FALSE;
  if (options->plot && !save_plot (options, report, error))
    return FALSE;
  if (json && !to_stdout &&
      !limen_replace_file_with_bytes (options->json, json, strlen (json), error))
    return FALSE;
  if (to_stdout)
    fputs (json, stdout);
  else
    print_detector (report);
  return TRUE;
}

static gboolean
report (const LimenOptions *options, LimenReport *result, LimenSession *session, GError **error)
{
  g_autoptr (GHashTable) hashes = NULL;
  if (options->json || options->plot) {
    hashes = limen_report_hash_files (result, session->cancellable, error);
    if (!hashes)
      return FALSE;
  }
  result->sha256 = hashes;
  return !g_cancellable_set_error_if_cancelled (session->cancellable, error) &&
         write_outputs (options, result, error);
}

static void
add_all (GPtrArray *all, const GPtrArray *paths)
{
  for (guint i = 0; i < paths->len; i++)
    g_ptr_array_add (all, paths->pdata[i]);
}

static gboolean
check_outputs (const LimenOptions *options, GError **error)
{
  g_autoptr (GPtrArray) taken = g_ptr_array_new ();
  const char *outputs[] = {options->json, options->scores, options->plot};
  g_ptr_array_add (taken, (gpointer)options->model);
  add_all (taken, options->normal);
  add_all (taken, options->anomaly);
  add_all (taken, options->validation);
  for (guint i = 0; i < G_N_ELEMENTS (outputs); i++)
    if (outputs[i] && !g_str_equal (outputs[i], "-") &&
        !limen_check_output (outputs[i], taken, error))
      return FALSE;
  return TRUE;
}

static LimenDetector *
make_detector (const LimenOptions *options, LimenScores *validation, LimenScores *normal,
               LimenScores *anomaly)
{
  LimenRule rule = {LIMEN_RULE_SIGMAS, options->sigmas};
  if (!isnan (options->threshold))
    rule = (LimenRule){LIMEN_RULE_NATS, options->threshold};
  return validation ? limen_detector_new_with_validation (validation, normal, anomaly, rule)
                    : limen_detector_new (normal, anomaly, options->split, rule);
}

gboolean
limen_command_detect (const LimenOptions *options, LimenSession *session, GError **error)
{
  g_auto (LimenScoredSet) validation = {0}, normal = {0}, anomaly = {0};
  if (!check_outputs (options, error))
    return FALSE;
  limen_session_start (session, "reading weights");
  g_autoptr (LimenNice) nice = limen_nice_load (options->model, session->cancellable, error);
  if (nice)
    limen_tell_network (session, options->model, limen_nice_path (nice),
                        limen_nice_networks (nice));
  if (!nice ||
      !limen_score_images (&validation, nice, options->validation, &options->reading, session,
                           error) ||
      !limen_score_images (&normal, nice, options->normal, &options->reading, session, error) ||
      !limen_score_images (&anomaly, nice, options->anomaly, &options->anomaly_reading, session,
                           error))
    return FALSE;
  g_autoptr (LimenDetector) detector =
      make_detector (options, validation.scores, normal.scores, anomaly.scores);
  if (isnan (detector->threshold)) {
    g_autofree char *sentence = limen_detector_sentence (detector);
    g_set_error_literal (error, LIMEN_ERROR, LIMEN_ERROR_ARGUMENT, sentence);
    return FALSE;
  }
  LimenReport result = {
      .detector = detector,
      .nice = nice,
      .validation = {validation.images, validation.problems},
      .normal = {normal.images, normal.problems},
      .anomaly = {anomaly.images, anomaly.problems},
      .n_not_finite = {validation.n_not_finite, normal.n_not_finite, anomaly.n_not_finite}};
  return report (options, &result, session, error);
}
