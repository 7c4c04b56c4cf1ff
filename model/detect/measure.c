#include "model/detect/measure.h"

LimenMeasure *
limen_measure_new (const char *name, const char *title, const char *unit, LimenSide side)
{
  LimenMeasure *measure = g_new (LimenMeasure, 1);
  g_atomic_ref_count_init (&measure->references);
  measure->name = g_strdup (name);
  measure->title = g_strdup (title);
  measure->unit = g_strdup (unit);
  measure->side = side;
  return measure;
}

LimenMeasure *
limen_measure_log_likelihood (void)
{
  static gsize once;
  static LimenMeasure *measure;
  if (g_once_init_enter (&once)) {
    measure = limen_measure_new ("log-likelihood", "log-likelihood", "nats", LIMEN_SIDE_LOW);
    g_once_init_leave (&once, 1);
  }
  return measure;
}

LimenMeasure *
limen_measure_ref (LimenMeasure *measure)
{
  g_atomic_ref_count_inc (&measure->references);
  return measure;
}

void
limen_measure_unref (LimenMeasure *measure)
{
  if (!g_atomic_ref_count_dec (&measure->references))
    return;
  g_free (measure->name);
  g_free (measure->title);
  g_free (measure->unit);
  g_free (measure);
}
