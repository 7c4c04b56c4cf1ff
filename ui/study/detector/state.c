#include "ui/study/detector/state.h"

#include "model/detect/rule.h"

LimenDetectorPageState *
limen_detector_page_state_new (void)
{
  LimenDetectorPageState *state = g_new0 (LimenDetectorPageState, 1);
  state->split = (LimenSplit){LIMEN_SPLIT_RANDOM, 0};
  state->rule = (LimenRule){LIMEN_RULE_SIGMAS, LIMEN_USUAL_SIGMAS};
  state->share = LIMEN_USUAL_SHARE;
  return state;
}

LimenDetectorPageState *
limen_detector_page_state_copy (const LimenDetectorPageState *state)
{
  g_return_val_if_fail (state != NULL, NULL);
  LimenDetectorPageState *copy = g_memdup2 (state, sizeof *state);
  limen_origin_ref (copy->flow);
  limen_origin_ref (copy->table);
  limen_corrections_ref (copy->corrections);
  copy->wish = limen_table_wish_copy (&state->wish);
  for (int role = 0; role < LIMEN_N_SETS; role++)
    limen_origin_ref (copy->set[role]);
  return copy;
}

void
limen_detector_page_state_free (LimenDetectorPageState *state)
{
  g_return_if_fail (state != NULL);
  limen_origin_unref (state->flow);
  limen_origin_unref (state->table);
  limen_corrections_unref (state->corrections);
  limen_table_wish_clear (&state->wish);
  for (int role = 0; role < LIMEN_N_SETS; role++)
    limen_origin_unref (state->set[role]);
  g_free (state);
}

/* -- differences -- */

LimenDetectorChange
limen_detector_page_state_changes (const LimenDetectorPageState *a, const LimenDetectorPageState *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, 0);
  gboolean files = !limen_origin_same_files (a->flow, b->flow) ||
                   !limen_origin_same_files (a->table, b->table) ||
                   !limen_table_wish_equal (&a->wish, &b->wish);
  for (int role = 0; role < LIMEN_N_SETS; role++)
    files = files || !limen_origin_same_files (a->set[role], b->set[role]);
  gboolean split = a->split.kind != b->split.kind || a->split.seed != b->split.seed;
  gboolean rule = !limen_rule_equal (a->rule, b->rule) || a->promise != b->promise;
  gboolean view = a->scale != b->scale || !a->counts != !b->counts || !a->log != !b->log ||
                  a->low != b->low || a->high != b->high || a->share != b->share ||
                  a->curve != b->curve;
  gboolean corrections = !limen_corrections_equal (a->corrections, b->corrections);
  return (files ? LIMEN_DETECTOR_CHANGED_FILES : 0) | (split ? LIMEN_DETECTOR_CHANGED_SPLIT : 0) |
         (rule ? LIMEN_DETECTOR_CHANGED_RULE : 0) | (view ? LIMEN_DETECTOR_CHANGED_VIEW : 0) |
         (a->score != b->score ? LIMEN_DETECTOR_CHANGED_SCORE : 0) |
         (corrections ? LIMEN_DETECTOR_CHANGED_CORRECTIONS : 0);
}

gboolean
limen_detector_page_state_equal (const LimenDetectorPageState *a, const LimenDetectorPageState *b)
{
  return limen_detector_page_state_changes (a, b) == 0;
}

/* -- another one -- */

LimenDetectorPageState *
limen_detector_page_state_with_files (const LimenDetectorPageState *state, LimenOrigin *flow,
                                      LimenOrigin *const set[LIMEN_N_SETS])
{
  g_return_val_if_fail (set != NULL, NULL);
  LimenDetectorPageState *next = limen_detector_page_state_copy (state);
  limen_origin_put (&next->flow, flow);
  for (int role = 0; role < LIMEN_N_SETS; role++)
    limen_origin_put (&next->set[role], set[role]);
  return next;
}

LimenDetectorPageState *
limen_detector_page_state_with_table (const LimenDetectorPageState *state, LimenOrigin *table,
                                      const LimenTableWish *wish)
{
  g_return_val_if_fail (wish != NULL, NULL);
  LimenDetectorPageState *next = limen_detector_page_state_copy (state);
  limen_origin_put (&next->table, table);
  limen_table_wish_clear (&next->wish);
  next->wish = limen_table_wish_copy (wish);
  return next;
}

LimenDetectorPageState *
limen_detector_page_state_with_corrections (const LimenDetectorPageState *state,
                                            LimenCorrections *corrections)
{
  g_return_val_if_fail (state != NULL, NULL);
  LimenDetectorPageState *next = limen_detector_page_state_copy (state);
  limen_corrections_unref (next->corrections);
  next->corrections = limen_corrections_ref (corrections);
  return next;
}

#define SETTER(field, Type)                                                                        \
  LimenDetectorPageState *limen_detector_page_state_with_##field (                                 \
      const LimenDetectorPageState *state, Type value)                                             \
  {                                                                                                \
    g_return_val_if_fail (state != NULL, NULL);                                                    \
    LimenDetectorPageState *next = limen_detector_page_state_copy (state);                         \
    next->field = value;                                                                           \
    return next;                                                                                   \
  }
SETTER (split, LimenSplit)
SETTER (promise, LimenPromise)
SETTER (curve, LimenCurveKind)

/* What the user expects of the images to come is one number. */
static LimenDetectorPageState *
with_rule_and_promise (const LimenDetectorPageState *state, LimenRule rule, LimenPromise promise)
{
  LimenDetectorPageState *next = limen_detector_page_state_with_promise (state, promise);
  next->rule = rule;
  if (rule.kind == LIMEN_RULE_COST && rule.third > 0 && rule.third < 1)
    next->share = rule.third;
  return next;
}

LimenDetectorPageState *
limen_detector_page_state_with_rule (const LimenDetectorPageState *state, LimenRule rule)
{
  g_return_val_if_fail (state != NULL, NULL);
  gboolean turned = rule.kind == state->rule.kind && !limen_rule_equal (rule, state->rule);
  gboolean looks = rule.kind == LIMEN_RULE_VALUE || turned || limen_rule_looks_at_anomalies (rule);
  return with_rule_and_promise (state, rule, looks ? LIMEN_PROMISE_LOOKING : state->promise);
}

LimenDetectorPageState *
limen_detector_page_state_with_first_rule (const LimenDetectorPageState *state, LimenRule rule)
{
  g_return_val_if_fail (state != NULL, NULL);
  gboolean looks = limen_rule_looks_at_anomalies (rule);
  return with_rule_and_promise (state, rule, looks ? LIMEN_PROMISE_LOOKING : LIMEN_PROMISE_FIXED);
}

LimenDetectorPageState *
limen_detector_page_state_with_share (const LimenDetectorPageState *state, double share)
{
  g_return_val_if_fail (state != NULL && share > 0 && share < 1, NULL);
  LimenRule rule = state->rule;
  if (rule.kind == LIMEN_RULE_COST) {
    rule.third = share;
    return limen_detector_page_state_with_rule (state, rule);
  }
  LimenDetectorPageState *next = limen_detector_page_state_copy (state);
  next->share = share;
  return next;
}

LimenDetectorPageState *
limen_detector_page_state_with_range (const LimenDetectorPageState *state, double low, double high)
{
  g_return_val_if_fail (low <= high, NULL);
  LimenDetectorPageState *next = limen_detector_page_state_copy (state);
  gboolean all = low == high; /* told in one way only */
  next->low = all ? 0 : low;
  next->high = all ? 0 : high;
  return next;
}

LimenDetectorPageState *
limen_detector_page_state_with_score (const LimenDetectorPageState *state, LimenScoreKind score)
{
  g_return_val_if_fail (state != NULL, NULL);
  if (state->score == score)
    return limen_detector_page_state_copy (state);
  g_autoptr (LimenDetectorPageState) whole = limen_detector_page_state_with_range (state, 0, 0);
  LimenDetectorPageState *next =
      state->rule.kind == LIMEN_RULE_VALUE
          ? limen_detector_page_state_with_first_rule (whole, LIMEN_USUAL_RULE)
          : limen_detector_page_state_copy (whole);
  next->score = score;
  return next;
}

LimenDetectorPageState *
limen_detector_page_state_with_scale (const LimenDetectorPageState *state,
                                      LimenHistogramScale scale)
{
  g_return_val_if_fail (state != NULL, NULL);
  LimenDetectorPageState *next = limen_detector_page_state_with_range (state, 0, 0);
  next->scale = scale;
  return next;
}

LimenDetectorPageState *
limen_detector_page_state_with_heights (const LimenDetectorPageState *state, gboolean counts,
                                        gboolean log)
{
  g_return_val_if_fail (state != NULL, NULL);
  LimenDetectorPageState *next = limen_detector_page_state_copy (state);
  next->counts = counts;
  next->log = log;
  return next;
}

LimenHistogramView
limen_detector_page_state_view (const LimenDetectorPageState *state, const LimenDetector *detector)
{
  g_return_val_if_fail (state != NULL, (LimenHistogramView){0});
  LimenHistogramView view = limen_histogram_view_new (detector, state->scale);
  if (state->high > state->low) {
    view.low = state->low;
    view.high = state->high;
  }
  return limen_histogram_view_with_heights (&view, state->counts, state->log);
}
