/* Kernels of a game: Shapley and Snow, "Basic solutions of discrete games" (1950): x and y are
 * extreme optimal strategies exactly where a square subgame K has, with C its cofactors and
 * S = Σ C ≠ 0,
 *   x_i = Σ_j C_ij / S,   y_j = Σ_i C_ij / S,   v = det K / S,
 * and both are optimal in the whole game. S does not change when a number is added to all payoffs,
 * so a value of 0 needs no care. */
#include "model/game/kernels.h"

#include <float.h>
#include <math.h>

/* Relative to the range of the payoffs, where they are not rational. Weights and bounds of both
 * players may each be off by as much: together less than 10⁻¹². */
#define TOLERANCE 1e-13L
#define SINGULAR  1e-15L
#define SAME      1e-9L

/* A number of the game: an integer while the arithmetic is exact, or a floating-point number. */
typedef struct {
  LimenWide i;
  long double f;
} Number;

/* m = (base + unit number) with the payoffs' least taken away; unit = 1 / scale where exact. */
typedef struct {
  gboolean exact, overflow;
  guint rows, columns;
  Number m[LIMEN_KERNEL_MOST][LIMEN_KERNEL_MOST];
  LimenWide base, scale;
  long double base_f, unit;
} Ring;

typedef struct {
  guint n, row[LIMEN_KERNEL_MOST], column[LIMEN_KERNEL_MOST];
  Number a[LIMEN_KERNEL_MOST], b[LIMEN_KERNEL_MOST], sum, det;
} Kernel;

static Number
times (Ring *ring, Number a, Number b)
{
  Number out = {0, a.f * b.f};
  if (ring->exact && __builtin_mul_overflow (a.i, b.i, &out.i))
    ring->overflow = TRUE;
  return out;
}

static Number
plus (Ring *ring, Number a, Number b)
{
  Number out = {0, a.f + b.f};
  if (ring->exact && __builtin_add_overflow (a.i, b.i, &out.i))
    ring->overflow = TRUE;
  return out;
}

static Number
minus (Ring *ring, Number a, Number b)
{
  Number out = {0, a.f - b.f};
  if (ring->exact && __builtin_sub_overflow (a.i, b.i, &out.i))
    ring->overflow = TRUE;
  return out;
}

static int
sign (const Ring *ring, Number a, long double tolerance)
{
  if (ring->exact)
    return (a.i > 0) - (a.i < 0);
  return (a.f > tolerance) - (a.f < -tolerance);
}

static gboolean
fill_exact (Ring *ring, const LimenPayoff *payoff)
{
  LimenWide m[LIMEN_KERNEL_MOST * LIMEN_KERNEL_MOST];
  guint n = payoff->rows * payoff->columns;
  if (!limen_rational_integers (payoff->m, n, m, &ring->base, &ring->scale))
    return FALSE;
  for (guint k = 0; k < n; k++)
    ring->m[k / payoff->columns][k % payoff->columns].i = m[k];
  return TRUE;
}

static void
fill_rounded (Ring *ring, const LimenPayoff *payoff)
{
  long double least = payoff->m[0], most = payoff->m[0];
  guint n = payoff->rows * payoff->columns;
  for (guint k = 1; k < n; k++) {
    least = fminl (least, payoff->m[k]);
    most = fmaxl (most, payoff->m[k]);
  }
  ring->base_f = least;
  ring->unit = most > least ? most - least : 1;
  for (guint k = 0; k < n; k++)
    ring->m[k / payoff->columns][k % payoff->columns].f = (payoff->m[k] - least) / ring->unit;
}

static Number
entry (const Ring *ring, const Kernel *kernel, guint i, guint j)
{
  return ring->m[kernel->row[i]][kernel->column[j]];
}

static Number
cofactor (Ring *ring, const Kernel *kernel, guint i, guint j)
{
  guint n = kernel->n, i1 = (i + 1) % n, j1 = (j + 1) % n, i2 = (i + 2) % n, j2 = (j + 2) % n;
  if (n == 1)
    return (Number){1, 1};
  if (n == 2) {
    Number other = entry (ring, kernel, i1, j1);
    return i == j ? other : minus (ring, (Number){0, 0}, other);
  }
  /* Going round cyclically gives the sign with it. */
  return minus (ring, times (ring, entry (ring, kernel, i1, j1), entry (ring, kernel, i2, j2)),
                times (ring, entry (ring, kernel, i1, j2), entry (ring, kernel, i2, j1)));
}

static Number
scaled (const Ring *ring, Number value, Number sum)
{
  return ring->exact ? (Number){sum.i < 0 ? -value.i : value.i, 0} : (Number){0, value.f / sum.f};
}

static void
normalize (long double *p)
{
  long double sum = 0;
  for (guint i = 0; i < LIMEN_KERNEL_MOST; i++)
    sum += p[i];
  for (guint i = 0; i < LIMEN_KERNEL_MOST; i++)
    p[i] /= sum;
}

/* Where cofactors nearly cancel, their quotients by S add up to 1 no more, and det K is not what
 * the weights earn. is_optimal() is to judge what they are. */
static void
settle (const Ring *ring, Kernel *kernel)
{
  long double a[LIMEN_KERNEL_MOST] = {0}, b[LIMEN_KERNEL_MOST] = {0};
  for (guint i = 0; i < kernel->n; i++) {
    a[i] = kernel->a[i].f;
    b[i] = kernel->b[i].f;
  }
  normalize (a);
  normalize (b);
  kernel->det.f = 0;
  for (guint i = 0; i < kernel->n; i++) {
    kernel->a[i].f = a[i];
    kernel->b[i].f = b[i];
    for (guint j = 0; j < kernel->n; j++)
      kernel->det.f += a[i] * entry (ring, kernel, i, j).f * b[j];
  }
}

/* Fills in the weights; FALSE where S = 0. Afterwards S > 0. */
static gboolean
solve_kernel (Ring *ring, Kernel *kernel)
{
  for (guint i = 0; i < kernel->n; i++)
    kernel->a[i] = kernel->b[i] = (Number){0, 0};
  kernel->sum = kernel->det = (Number){0, 0};
  for (guint i = 0; i < kernel->n; i++)
    for (guint j = 0; j < kernel->n; j++) {
      Number c = cofactor (ring, kernel, i, j);
      kernel->a[i] = plus (ring, kernel->a[i], c);
      kernel->b[j] = plus (ring, kernel->b[j], c);
      kernel->sum = plus (ring, kernel->sum, c);
      if (i == 0)
        kernel->det = plus (ring, kernel->det, times (ring, c, entry (ring, kernel, i, j)));
    }
  if (sign (ring, kernel->sum, SINGULAR) == 0)
    return FALSE;
  for (guint i = 0; i < kernel->n; i++) {
    kernel->a[i] = scaled (ring, kernel->a[i], kernel->sum);
    kernel->b[i] = scaled (ring, kernel->b[i], kernel->sum);
  }
  kernel->det = scaled (ring, kernel->det, kernel->sum);
  if (!ring->exact)
    settle (ring, kernel);
  return TRUE;
}

/* Whether both strategies of the kernel are strategies, and optimal in the whole game:
 * Σ_i x_i m_ij ≤ v for each j, Σ_j m_ij y_j ≥ v for each i. */
static gboolean
is_optimal (Ring *ring, const Kernel *kernel)
{
  for (guint i = 0; i < kernel->n; i++)
    if (sign (ring, kernel->a[i], TOLERANCE) < 0 || sign (ring, kernel->b[i], TOLERANCE) < 0)
      return FALSE;
  for (guint j = 0; j < ring->columns; j++) {
    Number points = {0, 0};
    for (guint i = 0; i < kernel->n; i++)
      points = plus (ring, points, times (ring, kernel->a[i], ring->m[kernel->row[i]][j]));
    if (sign (ring, minus (ring, points, kernel->det), TOLERANCE) > 0)
      return FALSE;
  }
  for (guint i = 0; i < ring->rows; i++) {
    Number points = {0, 0};
    for (guint j = 0; j < kernel->n; j++)
      points = plus (ring, points, times (ring, kernel->b[j], ring->m[i][kernel->column[j]]));
    if (sign (ring, minus (ring, points, kernel->det), TOLERANCE) < 0)
      return FALSE;
  }
  return TRUE;
}

static void
add_mix (const Ring *ring, LimenMix *mixes, guint *n_mixes, const Kernel *kernel,
         const Number *weights, const guint *at)
{
  LimenMix mix = {{0}, 1, {0}};
  LimenWide sum = kernel->sum.i < 0 ? -kernel->sum.i : kernel->sum.i, gcd = sum;
  for (guint i = 0; i < kernel->n && ring->exact; i++)
    gcd = limen_wide_gcd (gcd, weights[i].i);
  for (guint i = 0; i < kernel->n; i++) {
    if (ring->exact)
      mix.w[at[i]] = weights[i].i / gcd;
    mix.p[at[i]] =
        ring->exact ? (long double)weights[i].i / (long double)sum : fmaxl (0, weights[i].f);
  }
  if (ring->exact)
    mix.sum = sum / gcd;
  else
    normalize (mix.p);
  for (guint k = 0; k < *n_mixes; k++) {
    gboolean same = mixes[k].sum == mix.sum;
    for (guint i = 0; i < LIMEN_KERNEL_MOST; i++)
      same = same &&
             (ring->exact ? mixes[k].w[i] == mix.w[i] : fabsl (mixes[k].p[i] - mix.p[i]) <= SAME);
    if (same)
      return;
  }
  mixes[(*n_mixes)++] = mix;
}

/* v = (base S + det K) / (scale S) */
static void
note_value (Ring *ring, const Kernel *kernel, LimenKernels *out)
{
  if (!ring->exact) {
    out->value = ring->base_f + ring->unit * kernel->det.f;
    return;
  }
  Number sum = {kernel->sum.i < 0 ? -kernel->sum.i : kernel->sum.i, 0};
  out->value_n = plus (ring, times (ring, (Number){ring->base, 0}, sum), kernel->det).i;
  out->value_d = times (ring, (Number){ring->scale, 0}, sum).i;
  out->value = (long double)out->value_n / (long double)out->value_d;
}

static guint
members (guint set, guint *out)
{
  guint n = 0;
  for (guint i = 0; i < LIMEN_KERNEL_MOST; i++)
    if (set & (1u << i))
      out[n++] = i;
  return n;
}

/* Corners of a polygon, in the order in which its edges join them: by their directions from its
 * middle */
static void
go_round (LimenMix *mixes, guint n)
{
  long double middle[2] = {0}, angle[LIMEN_KERNELS_MOST];
  for (guint k = 0; k < n; k++)
    for (guint i = 0; i < 2; i++)
      middle[i] += mixes[k].p[i] / (long double)n;
  for (guint k = 0; k < n; k++)
    angle[k] = atan2l (mixes[k].p[1] - middle[1], mixes[k].p[0] - middle[0]);
  for (guint k = 1; k < n; k++)
    for (guint l = k; l > 0 && angle[l] < angle[l - 1]; l--) {
      LimenMix mix = mixes[l];
      long double other = angle[l];
      mixes[l] = mixes[l - 1];
      angle[l] = angle[l - 1];
      mixes[l - 1] = mix;
      angle[l - 1] = other;
    }
}

/* Cofactors are sums of a few products of payoffs in [0, 1], each of which rounding may move by its
 * last bit, and weights are quotients of them by S. */
#define ROUNDINGS 32

static void
note_error (const Ring *ring, const Kernel *kernel, LimenKernels *out)
{
  if (!ring->exact)
    out->error = fmaxl (out->error, ROUNDINGS * LDBL_EPSILON / fabsl (kernel->sum.f) + DBL_EPSILON);
}

static gboolean
enumerate (Ring *ring, LimenKernels *out)
{
  out->n_a = out->n_b = 0;
  out->error = 0;
  out->certain = ring->exact;
  for (guint rows = 1; rows < 1u << ring->rows; rows++)
    for (guint columns = 1; columns < 1u << ring->columns; columns++) {
      Kernel kernel = {0};
      kernel.n = members (rows, kernel.row);
      if (members (columns, kernel.column) != kernel.n || !solve_kernel (ring, &kernel) ||
          !is_optimal (ring, &kernel))
        continue;
      add_mix (ring, out->a, &out->n_a, &kernel, kernel.a, kernel.row);
      add_mix (ring, out->b, &out->n_b, &kernel, kernel.b, kernel.column);
      note_value (ring, &kernel, out);
      note_error (ring, &kernel, out);
    }
  if (out->n_a > 3)
    go_round (out->a, out->n_a);
  if (out->n_b > 3)
    go_round (out->b, out->n_b);
  return !ring->overflow && out->n_a > 0;
}

gboolean
limen_kernels_find (const LimenPayoff *payoff, LimenKernels *kernels)
{
  g_return_val_if_fail (payoff->rows <= LIMEN_KERNEL_MOST && payoff->columns <= LIMEN_KERNEL_MOST,
                        FALSE);
  Ring ring = {.exact = TRUE, .rows = payoff->rows, .columns = payoff->columns};
  if (fill_exact (&ring, payoff) && enumerate (&ring, kernels))
    return TRUE;
  ring = (Ring){.exact = FALSE, .rows = payoff->rows, .columns = payoff->columns};
  fill_rounded (&ring, payoff);
  return enumerate (&ring, kernels);
}
