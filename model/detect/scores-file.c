/* Scores as CSV and as NumPy's array. */
#include "model/base/replace-file.h"
#include "model/detect/report.h"

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
write_name_and_score (FILE *stream, const char *name, double score)
{
  char
      number[G_ASCII_DTOSTR_BUF_SIZE + 320]; /* "%.6f" of the largest double takes 317 characters */
  write_field (stream, name);
  fprintf (stream, ",%s", g_ascii_formatd (number, sizeof number, "%.6f", score));
}

static void
write_image_and_score (FILE *stream, const LimenImageSet *images, guint index, double score)
{
  g_autofree char *name = limen_image_set_image_name (images, index);
  write_name_and_score (stream, name, score);
}

gboolean
limen_scores_write_csv (const LimenScores *scores, const LimenImageSet *images, FILE *stream)
{
  fputs ("image,log_likelihood\n", stream);
  for (guint i = 0; i < scores->n && !ferror (stream); i++) {
    write_image_and_score (stream, images, i, scores->value[i]);
    fputs ("\n", stream);
  }
  return !ferror (stream);
}

static void
write_verdict (FILE *stream, const LimenReport *report, double score)
{
  double threshold = report->detector->threshold;
  fputs (isnan (threshold) ? ",\n" : score < threshold ? ",flagged\n" : ",kept\n", stream);
}

static void
write_row (FILE *stream, const LimenReport *report, const char *set, const LimenImageSet *images,
           guint index, double score)
{
  fprintf (stream, "%s,", set);
  write_image_and_score (stream, images, index, score);
  write_verdict (stream, report, score);
}

static void
write_singles (FILE *stream, const LimenReport *report)
{
  for (guint i = 0; i < report->n_singles; i++) {
    fputs ("picture,", stream);
    write_name_and_score (stream, report->single[i].name, report->single[i].score);
    write_verdict (stream, report, report->single[i].score);
  }
}

static void
write_set (FILE *stream, const LimenReport *report, const char *set, const LimenReportSet *source,
           const LimenScores *scores)
{
  if (scores && source->images)
    for (guint i = 0; i < scores->n && !ferror (stream); i++)
      write_row (stream, report, set, source->images, i, scores->value[i]);
}

/* The two halves of a split, put back into the order of their images */
static void
write_halves (FILE *stream, const LimenReport *report)
{
  const LimenDetector *detector = report->detector;
  guint n_test = detector->normal->n, n = n_test + detector->validation->n;
  g_autofree guint32 *place = g_new (guint32, n);
  for (guint i = 0; i < n_test; i++)
    place[detector->normal_index[i]] = i;
  for (guint i = n_test; i < n; i++)
    place[detector->validation_index[i - n_test]] = i;
  for (guint i = 0; i < n && !ferror (stream); i++) {
    gboolean test = place[i] < n_test;
    write_row (stream, report, test ? "normal" : "validation", report->normal.images, i,
               test ? detector->normal->value[place[i]]
                    : detector->validation->value[place[i] - n_test]);
  }
}

static gboolean
write_scores (FILE *stream, gpointer user_data, GError **error)
{
  const LimenReport *report = user_data;
  const LimenDetector *detector = report->detector;
  fputs ("set,image,log_likelihood,verdict\n", stream);
  if (detector->normal_index && report->normal.images)
    write_halves (stream, report);
  else {
    write_set (stream, report, "validation", &report->validation, detector->validation);
    write_set (stream, report, "normal", &report->normal, detector->normal);
  }
  write_set (stream, report, "anomaly", &report->anomaly, detector->anomaly);
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
