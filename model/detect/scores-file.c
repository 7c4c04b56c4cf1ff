/* Scores as CSV and as NumPy's array. */
#include "model/base/replace-file.h"
#include "model/detect/report.h"
#include "model/detect/single.h"

#include <math.h>
#include <string.h>

/* RFC 4180: a field with a comma, a quote or a line break stands in quotes, quotes in it doubled.
 */
static void
write_field (FILE *stream, const char *field)
{
  if (!strpbrk (field, ",\"\n")) {
    fputs (field, stream);
    return;
  }
  fputc ('"', stream);
  for (; *field; field++) {
    if (*field == '"')
      fputc ('"', stream);
    fputc (*field, stream);
  }
  fputc ('"', stream);
}

static void
write_column (FILE *stream, const LimenMeasure *measure)
{
  g_autofree char *column = limen_measure_column (measure);
  write_field (stream, column);
}

/* Log-likelihoods with six decimals; of a measure whose size is not known all that a float64 holds
 */
static void
write_score (FILE *stream, const LimenMeasure *measure, double score)
{
  const char *format = measure == limen_measure_log_likelihood () ? "%.6f" : "%.17g";
  char
      number[G_ASCII_DTOSTR_BUF_SIZE + 320]; /* "%.6f" of the largest double takes 317 characters */
  fprintf (stream, ",%s", g_ascii_formatd (number, sizeof number, format, score));
}

static void
write_name (FILE *stream, const LimenReportSet *set, guint index)
{
  g_autofree char *name = limen_report_set_image_name (set, index);
  write_field (stream, name);
}

static void
write_image_and_score (FILE *stream, const LimenMeasure *measure, const LimenReportSet *set,
                       guint index, double score)
{
  write_name (stream, set, index);
  write_score (stream, measure, score);
}

gboolean
limen_scores_write_csv (const LimenScores *scores, const LimenReportSet *set, FILE *stream)
{
  fputs ("image,", stream);
  write_column (stream, scores->measure);
  fputs ("\n", stream);
  for (guint i = 0; i < scores->n && !ferror (stream); i++) {
    write_image_and_score (stream, scores->measure, set, i, scores->value[i]);
    fputs ("\n", stream);
  }
  return !ferror (stream);
}

static void
write_part_heading (const LimenScorePart *part, FILE *stream)
{
  fputs ("image", stream);
  for (guint k = 0; k < part->n_columns; k++) {
    fputc (',', stream);
    write_column (stream, part->column[k].measure);
  }
  fputs (part->model ? ",index,images,model\n" : "\n", stream);
}

gboolean
limen_score_part_write (const LimenScorePart *part, gboolean heading, FILE *stream)
{
  if (heading)
    write_part_heading (part, stream);
  for (guint i = part->begin; i < part->end && !ferror (stream); i++) {
    write_name (stream, &part->set, i);
    for (guint k = 0; k < part->n_columns; k++) {
      double score = part->column[k].value[i - part->begin];
      if (isfinite (score))
        write_score (stream, part->column[k].measure, score);
      else
        fputc (',', stream);
    }
    if (part->model) {
      fprintf (stream, ",%u,%u,", i, part->n);
      write_field (stream, part->model);
    }
    fputc ('\n', stream);
  }
  return !ferror (stream);
}

/* A set of a report: @set, or rows of a table */
typedef struct {
  const char *role;
  const LimenReportSet *set;
  const LimenTableSet *rows;
} Named;

static gboolean
has_names (const Named *named)
{
  return named->rows || limen_report_set_is_there (named->set);
}

static void
write_verdict (FILE *stream, const LimenReport *report, double score)
{
  LimenLines lines = limen_detector_lines (report->detector);
  write_score (stream, limen_detector_measure (report->detector), score);
  fputs (isnan (lines.low) ? "," : limen_lines_flag (lines, score) ? ",flagged" : ",kept", stream);
}

static void
write_p (FILE *stream, double p)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  fprintf (stream, ",%s", isnan (p) ? "" : g_ascii_formatd (number, sizeof number, "%.12g", p));
}

/* Both p-values of an image that is none of the normal ones */
static void
write_p_values (FILE *stream, const LimenReport *report, double score)
{
  guint n;
  const LimenSingle single = {report->detector, score};
  guint as_unusual = limen_single_n_as_unusual (&single, &n);
  write_p (stream, limen_p_value_marginal (as_unusual, n));
  write_p (stream, limen_p_value_conditional (as_unusual, n, LIMEN_USUAL_DELTA));
}

static void
write_row (FILE *stream, const LimenReport *report, const Named *set, const char *role, guint index,
           double score)
{
  gboolean normal = g_str_equal (role, "normal") || g_str_equal (role, "validation");
  const LimenUnsorted *judged = g_str_equal (role, "unsorted") ? report->judged : NULL;
  fprintf (stream, "%s,", role);
  if (set->rows) {
    g_autofree char *name = limen_table_set_name (report->table, set->rows, index);
    write_field (stream, name);
  } else
    write_name (stream, set->set, index);
  write_verdict (stream, report, score);
  if (normal) /* p-values count these */
    fputs (",,", stream);
  else
    write_p_values (stream, report, score);
  fputs (!judged ? ",\n" : judged->listed[index] ? ",yes\n" : ",no\n", stream);
}

static void
write_singles (FILE *stream, const LimenReport *report)
{
  for (guint i = 0; i < report->n_singles; i++) {
    fputs ("picture,", stream);
    write_field (stream, report->single[i].name);
    write_verdict (stream, report, report->single[i].score);
    write_p_values (stream, report, report->single[i].score);
    fputs (",\n", stream);
  }
}

static void
write_set (FILE *stream, const LimenReport *report, Named set, const LimenScores *scores)
{
  if (scores && has_names (&set))
    for (guint i = 0; i < scores->n && !ferror (stream); i++)
      write_row (stream, report, &set, set.role, i, scores->value[i]);
}

/* An image that was fitted to: it has neither a score nor a verdict */
static void
write_fit (FILE *stream, const Named *set, guint index)
{
  fputs ("fit,", stream);
  write_name (stream, set->set, index);
  fputs (",,,,,\n", stream);
}

/* The parts of a normal set that was divided, put back into the order of their images */
static void
write_parts (FILE *stream, const LimenReport *report, Named set)
{
  const LimenDetector *detector = report->detector;
  guint n_test = detector->normal->n, n = n_test + detector->n_fit, n_scored = n_test;
  if (detector->validation_index) {
    n_scored += detector->validation->n;
    n += detector->validation->n;
  }
  g_autofree guint32 *place = g_new (guint32, n);
  for (guint i = 0; i < n; i++)
    place[i] = n;
  for (guint i = 0; i < n_test; i++)
    place[detector->normal_index[i]] = i;
  for (guint i = n_test; i < n_scored; i++)
    place[detector->validation_index[i - n_test]] = i;
  for (guint i = 0; i < n && !ferror (stream); i++) {
    gboolean test = place[i] < n_test;
    if (place[i] == n) {
      write_fit (stream, &set, i);
      continue;
    }
    write_row (stream, report, &set, test ? "normal" : "validation", i,
               test ? detector->normal->value[place[i]]
                    : detector->validation->value[place[i] - n_test]);
  }
}

static gboolean
write_scores (FILE *stream, gpointer user_data, GError **error)
{
  const LimenReport *report = user_data;
  const LimenDetector *detector = report->detector;
  fputs ("set,image,", stream);
  write_column (stream, limen_detector_measure (detector));
  fputs (",verdict,p_value,p_value_conditional,listed\n", stream);
  const LimenTableScores *table = report->table;
  const Named validation = {"validation", &report->validation, table ? &table->validation : NULL};
  const Named normal = {"normal", &report->normal, table ? &table->normal : NULL};
  const Named anomaly = {"anomaly", &report->anomaly, table ? &table->anomaly : NULL};
  const Named unsorted = {"unsorted", &report->unsorted, NULL};
  if (!detector->validation_index)
    write_set (stream, report, validation, detector->validation);
  if (detector->normal_index && has_names (&normal))
    write_parts (stream, report, normal);
  else
    write_set (stream, report, normal, detector->normal);
  write_set (stream, report, anomaly, detector->anomaly);
  if (report->judged)
    write_set (stream, report, unsorted, report->judged->scores);
  write_singles (stream, report);
  return !ferror (stream);
}

gboolean
limen_report_save_scores (const LimenReport *report, const char *path, GError **error)
{
  return limen_replace_file (path, write_scores, (gpointer)report, error);
}

static gboolean
write_npy (FILE *stream, gpointer user_data, GError **error)
{
  const LimenScores *scores = user_data;
  const char *descr = G_BYTE_ORDER == G_LITTLE_ENDIAN ? "<f8" : ">f8";
  g_autofree char *header = g_strdup_printf (
      "{'descr': '%s', 'fortran_order': False, 'shape': (%u,), }", descr, scores->n);
  /* magic, version 1.0, length 118 and a header padded to it make 128 bytes */
  fwrite ("\x93NUMPY\x01\x00\x76\x00", 1, 10, stream);
  fprintf (stream, "%-117s\n", header);
  return fwrite (scores->value, sizeof (double), scores->n, stream) == scores->n;
}

gboolean
limen_scores_save_npy (const LimenScores *scores, const char *path, GError **error)
{
  return limen_replace_file (path, write_npy, (gpointer)scores, error);
}
