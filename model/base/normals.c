#include "model/base/normals.h"
#include "model/base/vectors.h"

#include <math.h>
#include <string.h>

/* Counters that are turned into numbers side by side, as a processor's vectors can. */
#define LANES 64

/* As in random.c; word i of all lanes is @w[i]. */
LIMEN_VECTOR_BODY void
philox_lanes (guint32 w[4][LANES], guint32 key0, guint32 key1)
{
  for (int round = 0; round < 10; round++) {
    for (int i = 0; i < LANES; i++) {
      guint64 p0 = (guint64)0xD2511F53u * w[0][i], p1 = (guint64)0xCD9E8D57u * w[2][i];
      guint32 next0 = (guint32)(p1 >> 32) ^ w[1][i] ^ key0;
      guint32 next2 = (guint32)(p0 >> 32) ^ w[3][i] ^ key1;
      w[0][i] = next0;
      w[1][i] = (guint32)p1;
      w[2][i] = next2;
      w[3][i] = (guint32)p0;
    }
    key0 += 0x9E3779B9u;
    key1 += 0xBB67AE85u;
  }
}

/* log u for u > 0: u = 2^e·m, √½ ≤ m < √2, and the series of 2·artanh ((m − 1)/(m + 1)). */
LIMEN_VECTOR_BODY float
log_of (float u)
{
  guint32 bits, mantissa;
  float m;
  memcpy (&bits, &u, sizeof bits);
  gint32 exponent = (gint32)(bits - 0x3f3504f3u) >> 23;
  mantissa = bits - ((guint32)exponent << 23);
  memcpy (&m, &mantissa, sizeof m);
  float s = (m - 1) / (m + 1), q = s * s;
  float series = 2 + q * (2.0f / 3 + q * (2.0f / 5 + q * (2.0f / 7 + q * (2.0f / 9))));
  return s * series + (float)exponent * 0x1.62e43p-1f;
}

/* Cosine and sine of 2π·bits/2^32: the nearest quarter turn, and what remains, at most π/4, by
 * their series. */
LIMEN_VECTOR_BODY void
turn (guint32 bits, float *cosine, float *sine)
{
  guint32 quarter = (bits + 0x20000000u) >> 30;
  float a = (float)(gint32)(bits - (quarter << 30)) * 0x1.921fb6p-30f, q = a * a;
  float c = 1 - q * (0.5f - q * (1 / 24.0f - q * (1 / 720.0f - q * (1 / 40320.0f))));
  float s = a * (1 - q * (1 / 6.0f - q * (1 / 120.0f - q * (1 / 5040.0f - q * (1 / 362880.0f)))));
  float even = quarter & 1 ? s : c, odd = quarter & 1 ? c : s;
  *cosine = quarter == 1 || quarter == 2 ? -even : even;
  *sine = quarter >= 2 ? -odd : odd;
}

LIMEN_VECTOR_BODY void
box_muller (const guint32 *first, const guint32 *second, float *out)
{
  for (int i = 0; i < LANES; i++) {
    float u = ((float)(gint32)(first[i] >> 1) + 0.25f) * 0x1p-31f, cosine, sine;
    float radius = sqrtf (MAX (-2 * log_of (u), 0));
    turn (second[i], &cosine, &sine);
    out[i] = radius * cosine;
    out[LANES + i] = radius * sine;
  }
}

/* @out: (4·LANES) */
LIMEN_VECTOR_BODY void
fill_run (const LimenRandom *random, float *out)
{
  guint32 w[4][LANES];
  for (guint32 i = 0; i < LANES; i++)
    for (int j = 0; j < 4; j++)
      w[j][i] = random->counter[j] + (j == 0 ? i : 0);
  philox_lanes (w, random->key[0], random->key[1]);
  box_muller (w[0], w[1], out);
  box_muller (w[2], w[3], out + 2 * LANES);
}

static void
plain_run (const LimenRandom *random, float *out)
{
  fill_run (random, out);
}

LIMEN_WIDE static void
wide_run (const LimenRandom *random, float *out)
{
  fill_run (random, out);
}

LIMEN_WIDEST static void
widest_run (const LimenRandom *random, float *out)
{
  fill_run (random, out);
}

void
limen_random_normals (LimenRandom *random, gsize n, float *out)
{
  enum { RUN = 4 * LANES };
  void (*const runs[]) (const LimenRandom *, float *) = {plain_run, wide_run, widest_run};
  LimenVectors vectors = limen_vectors ();
  float last[RUN];
  for (gsize first = 0; first < n; first += RUN) {
    gsize left = MIN (RUN, n - first);
    runs[vectors](random, left == RUN ? out + first : last);
    if (left < RUN)
      memcpy (out + first, last, left * sizeof *out);
    random->counter[0] += LANES; /* 2^32 counters in a stream */
  }
  random->used = 4;
}
