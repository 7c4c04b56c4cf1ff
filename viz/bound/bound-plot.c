#include "viz/bound/bound-plot.h"

#include "model/base/number.h"

#include <math.h>

#define N_POINTS 97 /* of an exact curve, 26 in each decade of K */
#define DECADES  8  /* of gaps that the axis shows at most */

/**
 * Memory: what the plots borrow
 * @k: (N_POINTS): 1 to LIMEN_BOUND_MOST_K, evenly in log K
 * @value, @gap: per proposal, (N_POINTS): VLB^(K), log p(x) − VLB^(K) where it can be told from 0
 * @law: (N_POINTS): Var(w) / (2K p²), from the K on from which it is one
 * @dot_k, @mean, @error: (LIMEN_BOUND_N_DOTS): as far as there are estimates
 */
typedef struct {
  double k[N_POINTS];
  double value[LIMEN_BOUND_MOST_PROPOSALS][N_POINTS];
  double gap[LIMEN_BOUND_MOST_PROPOSALS][N_POINTS];
  double law[LIMEN_BOUND_MOST_PROPOSALS][N_POINTS];
  double dot_k[LIMEN_BOUND_MOST_PROPOSALS][LIMEN_BOUND_N_DOTS];
  double mean[LIMEN_BOUND_MOST_PROPOSALS][LIMEN_BOUND_N_DOTS];
  double error[LIMEN_BOUND_MOST_PROPOSALS][LIMEN_BOUND_N_DOTS];
  guint n_dots[LIMEN_BOUND_MOST_PROPOSALS];
  char *name[LIMEN_BOUND_MOST_PROPOSALS], *gap_name[LIMEN_BOUND_MOST_PROPOSALS], *evidence, *badge;
  LimenLevel level;
  LimenLine bound_line[LIMEN_BOUND_MOST_PROPOSALS];
  LimenLine gap_line[2 * LIMEN_BOUND_MOST_PROPOSALS];
  LimenDots dots[LIMEN_BOUND_MOST_PROPOSALS];
} Memory;

LimenColour
limen_bound_colour (guint index)
{
  static const LimenColour colours[LIMEN_BOUND_MOST_PROPOSALS] = {
      LIMEN_COLOUR_FIRST, LIMEN_COLOUR_SECOND, LIMEN_COLOUR_REST};
  return colours[MIN (index, LIMEN_BOUND_MOST_PROPOSALS - 1)];
}

/* --- Numbers --- */

static void
fill_curves (Memory *m, const LimenBoundStudy *study, guint i)
{
  const LimenBoundProposal *proposal = &study->proposal[i];
  for (guint j = 0; j < N_POINTS; j++)
    m->value[i][j] = m->gap[i][j] = m->law[i][j] = NAN;
  double variance = limen_bound_study_variance (study, i).value;
  double from = limen_bound_law_from (study, i);
  for (guint j = 0; j < N_POINTS && proposal->bound; j++) {
    LimenNumber gap = limen_bound_study_gap (study, i, m->k[j]);
    m->value[i][j] = study->log_evidence - gap.value;
    if (gap.value >= LIMEN_BOUND_LEAST_GAP && !(gap.value <= gap.error))
      m->gap[i][j] = gap.value;
    if (m->k[j] >= from)
      m->law[i][j] = variance / (2 * m->k[j]);
  }
}

static void
fill_dots (Memory *m, const LimenBoundProposal *proposal, guint i)
{
  guint n = 0;
  for (guint j = 0; j < LIMEN_BOUND_N_DOTS; j++) {
    LimenEstimate estimate = limen_running_mean_estimate (&proposal->estimate[j]);
    if (estimate.n == 0)
      continue;
    m->dot_k[i][n] = limen_bound_dots[j];
    m->mean[i][n] = estimate.mean;
    m->error[i][n++] = 2 * estimate.standard_error;
  }
  m->n_dots[i] = n;
}

/* --- The axis of the bound --- */

/* Where it ends below log p(x), or below the best estimate where that is not known. */
static double
origin_of (const Memory *m, const LimenBoundStudy *study)
{
  double best = study->log_evidence;
  for (guint i = 0; i < study->n_proposals && !isfinite (study->log_evidence); i++)
    for (guint j = 0; j < m->n_dots[i]; j++)
      if (!(m->mean[i][j] <= best) && isfinite (m->mean[i][j]))
        best = m->mean[i][j];
  return isfinite (best) ? best : 0;
}

/* The largest distance below @origin at K = @k of what is known exactly, or else by the first
 * estimate from there on. */
static double
distance_at (const Memory *m, const LimenBoundStudy *study, double origin, double k)
{
  guint j = (guint)lround ((N_POINTS - 1) * log (k) / log (LIMEN_BOUND_MOST_K));
  double most = 0;
  for (guint i = 0; i < study->n_proposals; i++) {
    guint d = 0;
    if (isfinite (m->value[i][j]))
      most = fmax (most, origin - m->value[i][j]);
    while (d < m->n_dots[i] && m->dot_k[i][d] < k)
      d++;
    if (!study->proposal[i].bound && d < m->n_dots[i] && isfinite (m->mean[i][d]))
      most =
          fmax (most, origin - m->mean[i][d] +
                          (k == 1 && isfinite (m->error[i][d]) ? fmin (m->error[i][d], 1e3) : 0));
  }
  return most;
}

/* How far the bars of estimates reach above @origin where nothing exact is known. */
static double
bars_above (const Memory *m, const LimenBoundStudy *study, double origin)
{
  double most = 0;
  for (guint i = 0; i < study->n_proposals; i++)
    for (guint d = 0; d < m->n_dots[i] && !study->proposal[i].bound; d++)
      if (isfinite (m->mean[i][d]) && isfinite (m->error[i][d]))
        most = fmax (most, m->mean[i][d] + m->error[i][d] - origin);
  return most;
}

/* Linear as long as the curves use its height well. The further the beginning lies below what comes
 * from K = 10 on, the more the axis spreads what is near the evidence; a drag of the proposal goes
 * through both without a jump. Never less than a fifth of a nat: a bound that comes closer is seen
 * to. */
static LimenAxis
bound_axis (const Memory *m, const LimenBoundStudy *study)
{
  double origin = origin_of (m, study);
  double distance = distance_at (m, study, origin, 1), first = fmax (distance, 0.2);
  double later = fmax (4 * distance_at (m, study, origin, 10), 0.02 * first);
  /* how far from even use of the height */
  double excess = fmin (distance / 0.2, 1) * distance / later - 2.5;
  double above = fmin (1.1 * bars_above (m, study, origin), 0.4 * first);
  LimenAxis axis = {&limen_scale_linear, origin, 1, origin - 1.06 * first,
                    origin + fmax (0.04 * first, above)};
  if (excess <= 0)
    return axis;
  axis.scale = &limen_scale_spread;
  axis.width = later * (1 + 2.5 / excess);
  double height = log1p (first / axis.width);
  axis.low = origin - axis.width * expm1 (1.05 * height);
  axis.high = origin + fmax (axis.width * expm1 (0.035 * height), above);
  return axis;
}

/* --- The two plots --- */

static void
fill_bound_plot (LimenBoundPlot *plot, Memory *m, const LimenBoundStudy *study)
{
  static const LimenDotShape shapes[LIMEN_BOUND_MOST_PROPOSALS] = {LIMEN_DOT_DISC, LIMEN_DOT_SQUARE,
                                                                   LIMEN_DOT_TRIANGLE};
  gboolean known = isfinite (study->log_evidence);
  for (guint i = 0; i < study->n_proposals; i++) {
    gboolean exact = study->proposal[i].bound != NULL;
    m->bound_line[i] = (LimenLine){m->name[i],  limen_bound_colour (i), LIMEN_LINE_EXACT, m->k,
                                   m->value[i], exact ? N_POINTS : 0};
    m->dots[i] = (LimenDots){
        limen_bound_colour (i), shapes[i], m->dot_k[i], m->mean[i], m->error[i], m->n_dots[i]};
  }
  m->level = (LimenLevel){study->log_evidence, m->evidence, LIMEN_COLOUR_INK, LIMEN_LINE_EXACT};
  plot->bound = (LimenLinePlot){
      .title = "The bound",
      .note = "nats",
      .x_caption = "K",
      .x = {&limen_scale_log, .low = 1, .high = LIMEN_BOUND_MOST_K},
      .y = bound_axis (m, study),
      .level = &m->level,
      .n_levels = known ? 1 : 0,
      .line = m->bound_line,
      .n_lines = study->n_proposals,
      .dots = m->dots,
      .n_dots = study->n_proposals,
      .legend = TRUE,
  };
}

static gboolean
has_gap (const Memory *m, guint i)
{
  for (guint j = 0; j < N_POINTS; j++)
    if (isfinite (m->gap[i][j]))
      return TRUE;
  return FALSE;
}

/* What to say where there is nothing to draw of the proposal in the hand. (transfer full) */
static char *
gap_badge (const Memory *m, const LimenBoundStudy *study)
{
  LimenBoundState state = limen_bound_state (study, LIMEN_BOUND_MOST_K);
  if (study->n_proposals == 0 || has_gap (m, 0))
    return NULL;
  return limen_claim_say (limen_bound_badge_claims, LIMEN_BOUND_N_BADGE_CLAIMS, &state);
}

/* What stands on the curve of a gap. (transfer full) (nullable) */
static char *
gap_name (const LimenBoundStudy *study, guint i)
{
  const LimenBoundState state = {.study = study, .index = i, .k = LIMEN_BOUND_MOST_K};
  return limen_claim_say (limen_bound_curve_claims, LIMEN_BOUND_N_CURVE_CLAIMS, &state);
}

/* Around all gaps but those that are next to nothing beside the others. */
static LimenAxis
gap_axis (const Memory *m, const LimenBoundStudy *study)
{
  double low = INFINITY, high = -INFINITY;
  for (guint i = 0; i < study->n_proposals; i++)
    for (guint j = 0; j < N_POINTS; j++)
      if (isfinite (m->gap[i][j])) {
        low = fmin (low, m->gap[i][j]);
        high = fmax (high, m->gap[i][j]);
      }
  if (!(low <= high))
    return (LimenAxis){&limen_scale_log, .low = NAN, .high = NAN};
  low = fmax (low, high * pow (10, -DECADES));
  double room = fmax (0.04 * log10 (high / low), 0.02);
  return (LimenAxis){&limen_scale_log, .low = low * pow (10, -room), .high = high * pow (10, room)};
}

static void
fill_gap_plot (LimenBoundPlot *plot, Memory *m, const LimenBoundStudy *study)
{
  guint n = 0;
  gboolean has_law = FALSE;
  for (guint i = 0; i < study->n_proposals; i++) {
    const LimenBoundProposal *proposal = &study->proposal[i];
    LimenColour colour = limen_bound_colour (i);
    m->gap_name[i] = gap_name (study, i);
    if (proposal->bound)
      m->gap_line[n++] =
          (LimenLine){m->gap_name[i], colour, LIMEN_LINE_EXACT, m->k, m->gap[i], N_POINTS};
    if (has_gap (m, i) && limen_bound_law_from (study, i) <= LIMEN_BOUND_MOST_K) {
      m->gap_line[n++] = (LimenLine){NULL, colour, LIMEN_LINE_REFERENCE, m->k, m->law[i], N_POINTS};
      has_law = TRUE;
    }
  }
  m->badge = gap_badge (m, study);
  plot->gap = (LimenLinePlot){
      .title = "The gap",
      /* not on the line itself, where that for K would cross it */
      .note = has_law ? "log p(x) − VLB, nats; dashed: Var(w) / 2K p²"
                      : "log p(x) − VLB, nats, log–log",
      .x_caption = "K",
      .badge = m->badge,
      .x = {&limen_scale_log, .low = 1, .high = LIMEN_BOUND_MOST_K},
      .y = gap_axis (m, study),
      .line = m->gap_line,
      .n_lines = n,
  };
}

LimenBoundPlot *
limen_bound_plot_new (const LimenBoundStudy *study)
{
  LimenBoundPlot *plot = g_new0 (LimenBoundPlot, 1);
  Memory *m = plot->memory = g_new0 (Memory, 1);
  for (guint j = 0; j < N_POINTS; j++)
    m->k[j] = exp (log (LIMEN_BOUND_MOST_K) * j / (N_POINTS - 1));
  m->k[N_POINTS - 1] = LIMEN_BOUND_MOST_K;
  for (guint i = 0; i < study->n_proposals; i++) {
    m->name[i] = g_strdup (study->proposal[i].name);
    fill_curves (m, study, i);
    fill_dots (m, &study->proposal[i], i);
  }
  g_autofree char *evidence =
      limen_format_known ((LimenNumber){study->log_evidence, study->log_evidence_error}, 4);
  m->evidence = g_strdup_printf ("log p(x) = %s", evidence);
  fill_bound_plot (plot, m, study);
  fill_gap_plot (plot, m, study);
  return plot;
}

LimenLinePlot
limen_bound_marked (const LimenLinePlot *plot, double k, LimenBoundMarked *memory)
{
  LimenLinePlot marked = *plot;
  if (isnan (k))
    return marked;
  for (int end = 0; end < 2; end++)
    memory->x[end] = k;
  memory->y[0] = plot->y.low;
  memory->y[1] = plot->y.high;
  memory->line[0] = (LimenLine){NULL, LIMEN_COLOUR_HAND, LIMEN_LINE_EXACT, memory->x, memory->y, 2};
  marked.n_lines = MIN (plot->n_lines + 1, LIMEN_BOUND_MOST_LINES);
  for (guint i = 1; i < marked.n_lines; i++)
    memory->line[i] = plot->line[i - 1];
  marked.line = memory->line;
  return marked;
}

void
limen_bound_plot_free (LimenBoundPlot *plot)
{
  if (!plot)
    return;
  Memory *m = plot->memory;
  for (guint i = 0; i < LIMEN_BOUND_MOST_PROPOSALS; i++) {
    g_free (m->name[i]);
    g_free (m->gap_name[i]);
  }
  g_free (m->evidence);
  g_free (m->badge);
  g_free (m);
  g_free (plot);
}
