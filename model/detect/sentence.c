#include "model/base/number.h"
#include "model/detect/detector.h"

#include <math.h>
#include <string.h>

/* With a point, whatever the locale */
static char *
fixed (double value, int decimals)
{
  char format[16], text[G_ASCII_DTOSTR_BUF_SIZE + 320]; /* the largest double has 309 digits */
  g_snprintf (format, sizeof format, "%%.%df", decimals);
  return g_strdup (g_ascii_formatd (text, sizeof text, format, value));
}

/* Three significant digits or all before the point */
static char *
nats_text (double nats)
{
  double size = fabs (nats);
  return limen_format_number (nats, size < 9.995 ? 2 : size < 99.95 ? 1 : 0);
}

/* Two significant digits; more where a rate below 1 would read as 100 %. */
static char *
percent_text (double rate)
{
  double percent = 100 * rate;
  int decimals = MAX (0, 1 - (int)floor (log10 (percent)));
  char *text = fixed (percent, decimals);
  while (rate < 1 && g_str_has_prefix (text, "100")) {
    g_free (text);
    text = fixed (percent, ++decimals);
  }
  return text;
}

/* "2.6 % of the normal images are flagged"; @verbs: for one and for many */
static char *
clause (LimenErrorRate rate, const char *things, const char *const verbs[2])
{
  if (rate.errors == 0)
    return g_strdup_printf ("none of the %s %s", things, verbs[0]);
  if (rate.errors == rate.n)
    return g_strdup_printf ("all %s %s", things, verbs[1]);
  g_autofree char *percent = percent_text (rate.rate);
  return g_strdup_printf ("%s %% of the %s %s", percent, things, verbs[1]);
}

char *
limen_detector_sentence (const LimenDetector *detector)
{
  static const char *const flagged[2] = {"is flagged", "are flagged"};
  static const char *const passed[2] = {"passes", "pass"};
  LimenErrorRate type_1 = limen_detector_type_1 (detector),
                 type_2 = limen_detector_type_2 (detector);
  g_autofree char *nats = nats_text (detector->threshold);
  g_autofree char *normal = clause (type_1, "normal images", flagged);
  g_autofree char *anomaly = clause (type_2, "anomalies", passed);
  if (isnan (detector->threshold))
    return g_strdup ("Without normal images there is no mean to set a threshold from.");
  if (type_1.n > 0 && type_2.n > 0)
    return g_strdup_printf ("At %s nats, %s, and %s.", nats, normal, anomaly);
  if (type_1.n > 0)
    return g_strdup_printf ("At %s nats, %s; there are no anomalies to test.", nats, normal);
  if (type_2.n > 0)
    return g_strdup_printf ("At %s nats, %s; there are no normal images to test.", nats, anomaly);
  return g_strdup_printf ("At %s nats there are no images to test.", nats);
}
