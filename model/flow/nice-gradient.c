#include "model/flow/nice-gradient.h"
#include "model/flow/nice-private.h"

#include <math.h>
#include <string.h>

#define HALVINGS 40   /* of a step, before it is given up */
#define PART     1e-4 /* of the promised rise that a step must bring */

/* -- a layer -- */

/* y = Wx + b; @x: (inputs), @y: (out) (outputs) */
static void
layer_forward (const LimenLinear *layer, const double *x, double *y)
{
  for (guint o = 0; o < layer->outputs; o++)
    y[o] = layer->bias[o];
  for (guint i = 0; i < layer->inputs; i++) {
    const float *weight = layer->weight + (gsize)i * layer->stride;
    double factor = x[i];
    if (factor == 0)
      continue;
    for (guint o = 0; o < layer->outputs; o++)
      y[o] += factor * weight[o];
  }
}

/* Four sums, which processors form at once; float64 throughout */
static double
product (const float *weight, const double *d, guint n)
{
  double sum[4] = {0};
  guint i = 0;
  for (; i + 4 <= n; i += 4)
    for (guint k = 0; k < 4; k++)
      sum[k] += weight[i + k] * d[i + k];
  for (; i < n; i++)
    sum[0] += weight[i] * d[i];
  return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

/* dx = Wᵀdy. @awake: (nullable): (inputs): what the inputs were after their ReLU: where it held
 * them at 0, nothing goes back */
static void
layer_backward (const LimenLinear *layer, const double *dy, const double *awake, double *dx)
{
  for (guint i = 0; i < layer->inputs; i++)
    dx[i] = awake && awake[i] <= 0
                ? 0
                : product (layer->weight + (gsize)i * layer->stride, dy, layer->outputs);
}

/* -- a pass -- */

/* @half: [0] the even and [1] the odd entries, each (D/2)
 * @hidden: (couplings, depth, width): what the hidden units of each coupling were
 * @shift, @d: (2): room for max (width, D/2) each */
typedef struct {
  const LimenNice *nice;
  GCancellable *cancellable;
  double *half[2], *hidden, *room[2];
} Pass;

static Pass
pass_new (const LimenNice *nice, GCancellable *cancellable)
{
  LimenNiceShape shape = nice->shape;
  guint half = shape.dimension / 2, widest = MAX (shape.width, half);
  Pass pass = {nice, cancellable};
  for (guint i = 0; i < 2; i++) {
    pass.half[i] = g_new0 (double, half);
    pass.room[i] = g_new0 (double, widest);
  }
  pass.hidden = g_new0 (double, (gsize)shape.couplings *shape.depth *shape.width);
  return pass;
}

static void
pass_clear (Pass *pass)
{
  for (guint i = 0; i < 2; i++) {
    g_free (pass->half[i]);
    g_free (pass->room[i]);
  }
  g_free (pass->hidden);
}

static double *
hidden_of (const Pass *pass, guint coupling, guint layer)
{
  LimenNiceShape shape = pass->nice->shape;
  return pass->hidden + ((gsize)coupling * shape.depth + layer) * shape.width;
}

/* Adds the shift of a coupling to the half that it moves. */
static void
coupling_forward (Pass *pass, guint c)
{
  LimenNiceShape shape = pass->nice->shape;
  const LimenMlp *mlp = &pass->nice->coupling[c];
  const double *x = pass->half[(c + 1) % 2];
  for (guint l = 0; l < shape.depth; l++) {
    double *y = hidden_of (pass, c, l);
    layer_forward (&mlp->layer[l], x, y);
    for (guint u = 0; u < shape.width; u++)
      y[u] = fmax (y[u], 0);
    x = y;
  }
  layer_forward (&mlp->layer[shape.depth], x, pass->room[0]);
  for (guint i = 0; i < shape.dimension / 2; i++)
    pass->half[c % 2][i] += pass->room[0][i];
}

/* @d: (2): gradients with respect to the halves after it become those before it. */
static void
coupling_backward (Pass *pass, guint c, double *const d[2])
{
  LimenNiceShape shape = pass->nice->shape;
  const LimenMlp *mlp = &pass->nice->coupling[c];
  const double *dy = d[c % 2];
  for (guint l = shape.depth; l > 0; l--) {
    double *dx = pass->room[l % 2];
    layer_backward (&mlp->layer[l], dy, hidden_of (pass, c, l - 1), dx);
    dy = dx;
  }
  double *into = pass->room[0]; /* dy is room[1] */
  layer_backward (&mlp->layer[0], dy, NULL, into);
  for (guint i = 0; i < shape.dimension / 2; i++)
    d[(c + 1) % 2][i] += into[i];
}

static gboolean
pass_forward (Pass *pass, const double *x)
{
  for (guint i = 0; i < pass->nice->shape.dimension; i++)
    pass->half[i % 2][i / 2] = x[i];
  for (guint c = 0; c < pass->nice->shape.couplings; c++) {
    if (g_cancellable_is_cancelled (pass->cancellable))
      return FALSE;
    coupling_forward (pass, c);
  }
  return TRUE;
}

static double
latent_of (const Pass *pass, guint i)
{
  return exp (pass->nice->scale[i]) * pass->half[i % 2][i / 2];
}

/* −softplus(z) − softplus(−z) = −|z| − 2 log(1 + exp(−|z|)) */
static double
contribution_of (double z)
{
  return -fabs (z) - 2 * log1p (exp (-fabs (z)));
}

static double
log_likelihood_of (const Pass *pass)
{
  double sum = 0, scales = 0;
  for (guint i = 0; i < pass->nice->shape.dimension; i++) {
    sum += contribution_of (latent_of (pass, i));
    scales += pass->nice->scale[i];
  }
  return isnan (sum) ? -INFINITY : sum + scales;
}

/* After pass_forward(). @gradient: (out) (D) */
static gboolean
pass_backward (Pass *pass, double *gradient)
{
  guint dimension = pass->nice->shape.dimension;
  g_autofree double *even = g_new (double, dimension / 2), *odd = g_new (double, dimension / 2);
  double *const d[2] = {even, odd};
  for (guint i = 0; i < dimension; i++)
    d[i % 2][i / 2] = -tanh (latent_of (pass, i) / 2) * exp (pass->nice->scale[i]);
  for (guint c = pass->nice->shape.couplings; c-- > 0;) {
    if (g_cancellable_is_cancelled (pass->cancellable))
      return FALSE;
    coupling_backward (pass, c, d);
  }
  for (guint i = 0; i < dimension; i++)
    gradient[i] = d[i % 2][i / 2];
  return TRUE;
}

/* -- one image -- */

static LimenNiceDetail *
detail_new (const Pass *pass)
{
  guint dimension = pass->nice->shape.dimension;
  LimenNiceDetail *detail = g_new0 (LimenNiceDetail, 1);
  detail->dimension = dimension;
  detail->latent = g_new (double, dimension);
  detail->contribution = g_new (double, dimension);
  detail->gradient = g_new0 (double, dimension);
  detail->log_likelihood = log_likelihood_of (pass);
  for (guint i = 0; i < dimension; i++) {
    detail->latent[i] = latent_of (pass, i);
    detail->contribution[i] = contribution_of (detail->latent[i]);
    detail->constant += pass->nice->scale[i];
  }
  return detail;
}

LimenNiceDetail *
limen_nice_detail (const LimenNice *nice, const double *x, GCancellable *cancellable,
                   GError **error)
{
  g_return_val_if_fail (nice != NULL && x != NULL, NULL);
  g_autoptr (LimenNiceDetail) detail = NULL;
  Pass pass = pass_new (nice, cancellable);
  gboolean whole = pass_forward (&pass, x);
  if (whole) {
    detail = detail_new (&pass);
    whole = pass_backward (&pass, detail->gradient);
  }
  pass_clear (&pass);
  if (!whole) {
    g_cancellable_set_error_if_cancelled (cancellable, error);
    return NULL;
  }
  return g_steal_pointer (&detail);
}

LimenNiceDetail *
limen_nice_detail_copy (const LimenNiceDetail *detail)
{
  g_return_val_if_fail (detail != NULL, NULL);
  gsize size = detail->dimension * sizeof (double);
  LimenNiceDetail *copy = g_memdup2 (detail, sizeof *detail);
  copy->latent = g_memdup2 (detail->latent, size);
  copy->contribution = g_memdup2 (detail->contribution, size);
  copy->gradient = g_memdup2 (detail->gradient, size);
  return copy;
}

void
limen_nice_detail_free (LimenNiceDetail *detail)
{
  if (!detail)
    return;
  g_free (detail->latent);
  g_free (detail->contribution);
  g_free (detail->gradient);
  g_free (detail);
}

/* -- the ascent -- */

/* @x: (D): where it is; @tried: (D): where it may go; @gradient: (D): at @x; @length: of the next
 * step, in the metric of the scales */
typedef struct {
  Pass pass;
  double *x, *tried, *gradient;
  double at, length;
} Climb;

/* Where a step of @length leads. Returns: by how much the gradient says that it is more likely */
static double
try_step (Climb *climb, double length)
{
  const LimenNice *nice = climb->pass.nice;
  double promise = 0;
  for (guint i = 0; i < nice->shape.dimension; i++) {
    double way = length * climb->gradient[i] * exp (-2.0 * nice->scale[i]);
    climb->tried[i] = CLAMP (climb->x[i] + way, 0, 1);
    promise += climb->gradient[i] * (climb->tried[i] - climb->x[i]);
  }
  return promise;
}

/* Halved until it is worth it. @there: (out): the log-likelihood at the end. Returns: FALSE where
 * no step is, or it was cancelled */
static gboolean
find_step (Climb *climb, double *there)
{
  for (guint i = 0; i < HALVINGS; i++, climb->length /= 2) {
    double promise = try_step (climb, climb->length);
    if (!(promise > 0) || !pass_forward (&climb->pass, climb->tried))
      return FALSE;
    *there = log_likelihood_of (&climb->pass);
    if (*there > climb->at && *there >= climb->at + PART * promise)
      return TRUE;
  }
  return FALSE;
}

/* The step goes beyond @goal: the shortest one that reaches it, as near as twenty halvings find it
 */
static gboolean
shorten_step (Climb *climb, double goal, double *there)
{
  double enough = climb->length, little = 0;
  for (guint i = 0; i < 20; i++) {
    double middle = (little + enough) / 2;
    try_step (climb, middle);
    if (!pass_forward (&climb->pass, climb->tried))
      return FALSE;
    if (log_likelihood_of (&climb->pass) >= goal)
      enough = middle;
    else
      little = middle;
  }
  try_step (climb, enough);
  if (!pass_forward (&climb->pass, climb->tried))
    return FALSE;
  *there = log_likelihood_of (&climb->pass);
  return TRUE;
}

/* One step. Returns: FALSE where there is none, or it was cancelled */
static gboolean
step (Climb *climb, double goal)
{
  double there;
  if (!pass_forward (&climb->pass, climb->x) || !pass_backward (&climb->pass, climb->gradient) ||
      !find_step (climb, &there) || (there > goal && !shorten_step (climb, goal, &there)))
    return FALSE;
  memcpy (climb->x, climb->tried, climb->pass.nice->shape.dimension * sizeof *climb->x);
  climb->at = there;
  climb->length *= 2;
  return TRUE;
}

static LimenNiceAscent *
ascend (Climb *climb, guint most, double goal, const LimenRun *run)
{
  LimenNiceAscent *ascent = g_new0 (LimenNiceAscent, 1);
  ascent->dimension = climb->pass.nice->shape.dimension;
  ascent->log_likelihood = g_new0 (double, most + 1);
  if (pass_forward (&climb->pass, climb->x))
    climb->at = log_likelihood_of (&climb->pass);
  ascent->log_likelihood[0] = climb->at;
  while (isfinite (climb->at) && climb->at < goal && ascent->n_steps < most && step (climb, goal)) {
    ascent->log_likelihood[++ascent->n_steps] = climb->at;
    if (run->progress)
      run->progress ((double)ascent->n_steps / most, run->progress_data);
  }
  ascent->reached = climb->at >= goal;
  ascent->x = g_memdup2 (climb->x, ascent->dimension * sizeof *climb->x);
  return ascent;
}

LimenNiceAscent *
limen_nice_ascend (const LimenNice *nice, const double *x, guint most, double goal,
                   const LimenRun *run, GError **error)
{
  g_return_val_if_fail (nice != NULL && x != NULL, NULL);
  LimenRun watched = limen_run_of (run);
  guint dimension = nice->shape.dimension;
  Climb climb = {pass_new (nice, watched.cancellable),
                 g_memdup2 (x, dimension * sizeof *x),
                 g_new (double, dimension),
                 g_new (double, dimension),
                 -INFINITY,
                 1};
  g_autoptr (LimenNiceAscent) ascent = ascend (&climb, most, goal, &watched);
  pass_clear (&climb.pass);
  g_free (climb.x);
  g_free (climb.tried);
  g_free (climb.gradient);
  if (g_cancellable_set_error_if_cancelled (watched.cancellable, error))
    return NULL;
  return g_steal_pointer (&ascent);
}

LimenNiceAscent *
limen_nice_ascent_copy (const LimenNiceAscent *ascent)
{
  g_return_val_if_fail (ascent != NULL, NULL);
  LimenNiceAscent *copy = g_memdup2 (ascent, sizeof *ascent);
  copy->x = g_memdup2 (ascent->x, ascent->dimension * sizeof (double));
  copy->log_likelihood =
      g_memdup2 (ascent->log_likelihood, (ascent->n_steps + 1) * sizeof (double));
  return copy;
}

void
limen_nice_ascent_free (LimenNiceAscent *ascent)
{
  if (!ascent)
    return;
  g_free (ascent->x);
  g_free (ascent->log_likelihood);
  g_free (ascent);
}
