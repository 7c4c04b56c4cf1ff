#include "model/base/random.h"

#include <math.h>

static void
philox_round (guint32 c[4], const guint32 k[2])
{
  guint64 p0 = (guint64)0xD2511F53u * c[0], p1 = (guint64)0xCD9E8D57u * c[2];
  guint32 high0 = (guint32)(p0 >> 32), high1 = (guint32)(p1 >> 32);
  guint32 next[4] = {high1 ^ c[1] ^ k[0], (guint32)p1, high0 ^ c[3] ^ k[1], (guint32)p0};
  for (int i = 0; i < 4; i++)
    c[i] = next[i];
}

static void
philox4x32_10 (const guint32 counter[4], const guint32 key[2], guint32 out[4])
{
  guint32 k[2] = {key[0], key[1]};
  for (int i = 0; i < 4; i++)
    out[i] = counter[i];
  for (int round = 0; round < 10; round++) {
    philox_round (out, k);
    k[0] += 0x9E3779B9u;
    k[1] += 0xBB67AE85u;
  }
}

LimenRandom
limen_random_stream (guint64 seed, const char *name, guint64 index)
{
  guint32 hash = 2166136261u; /* FNV-1a of the name */
  for (const char *c = name; *c; c++)
    hash = (hash ^ (guint8)*c) * 16777619u;
  return (LimenRandom){
      .key = {(guint32)seed, (guint32)(seed >> 32)},
      .counter = {0, hash, (guint32)index, (guint32)(index >> 32)},
      .used = 4,
  };
}

guint32
limen_random_u32 (LimenRandom *random)
{
  if (random->used == 4) {
    philox4x32_10 (random->counter, random->key, random->block);
    random->counter[0]++; /* 2^34 numbers a stream */
    random->used = 0;
  }
  return random->block[random->used++];
}

double
limen_random_uniform (LimenRandom *random)
{
  guint64 high = limen_random_u32 (random) >> 5, low = limen_random_u32 (random) >> 6;
  return (double)(high << 26 | low) * 0x1p-53;
}

double
limen_random_normal (LimenRandom *random)
{
  double u = 1 - limen_random_uniform (random), v = limen_random_uniform (random);
  return sqrt (-2 * log (u)) * cos (2 * G_PI * v);
}

guint32
limen_random_below (LimenRandom *random, guint32 n)
{
  guint32 limit = (guint32)(-n) % n,
          value; /* 2^32 mod n: below it, low values would come too often */
  do
    value = limen_random_u32 (random);
  while (value < limit);
  return value % n;
}

void
limen_random_shuffle (LimenRandom *random, guint32 *values, guint32 n)
{
  for (guint32 i = n; i > 1; i--) {
    guint32 j = limen_random_below (random, i), value = values[i - 1];
    values[i - 1] = values[j];
    values[j] = value;
  }
}
