#include "model/bench/nearest.h"
#include "model/base/matrix.h"

#include <cblas.h>
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK 512 /* images that are compared with at once */
#define RUN   128 /* pixels of a distance between two looks whether it is too large already */
#define MANY  8   /* where more than one in so many may be the nearest, outlines are of no use */

/* Vectors whose distances are at most those of the images that they are made of.
 * @x: (n, D); @squares: (n): sums of squares of the rows, a little less where the rows are rounded;
 * @norm: (n): their roots */
typedef struct {
  guint dimension;
  float *x;
  double *squares, *norm;
} Rows;

/* @pixels: the images; @outline: of each, much shorter */
struct LimenNeighbours {
  guint n, width, height;
  Rows pixels, outline;
};

static double
sum_of_squares (const float *x, guint n)
{
  double sum = 0;
  for (guint i = 0; i < n; i++)
    sum += (double)x[i] * x[i];
  return sum;
}

/* -- outlines -- */

/* An image of half the size, whose pixels are sums of four by 1/2, and for each four of these the
 * norm of what they leave out of the image. Both are at most as far apart as the images: the first
 * is a projection on orthonormal vectors, the second follows from the triangle inequality in each
 * cell, and what they are of is orthogonal. */
static guint
outline_length (guint width, guint height)
{
  return ((width + 1) / 2) * ((height + 1) / 2) + ((width + 3) / 4) * ((height + 3) / 4);
}

/* Of the cell of two by two pixels at @x, @y, black beyond the edge. @left: (inout) (nullable): the
 * squares that its mean leaves out are added. Returns: the half sum */
static double
cell_of (const float *image, guint width, guint height, guint x, guint y, double *left)
{
  double sum = 0, squares = 0;
  for (guint row = y; row < MIN (y + 2, height); row++)
    for (guint column = x; column < MIN (x + 2, width); column++) {
      double value = image[(gsize)row * width + column];
      sum += value;
      squares += value * value;
    }
  *left += MAX (squares - sum * sum / 4, 0);
  return sum / 2;
}

static void
draw_outline (const float *image, guint width, guint height, float *outline)
{
  guint across = (width + 1) / 2;
  float *norm = outline + (gsize)across * ((height + 1) / 2);
  for (guint y = 0; y < height; y += 4)
    for (guint x = 0; x < width; x += 4) {
      double left = 0;
      for (guint v = y; v < MIN (y + 4, height); v += 2)
        for (guint u = x; u < MIN (x + 4, width); u += 2)
          outline[(gsize)(v / 2) * across + u / 2] =
              (float)cell_of (image, width, height, u, v, &left);
      *norm++ = (float)sqrt (left);
    }
}

/* Numbers that were rounded to float32 may be farther apart than they should, by ε of both. */
static double
rounded_down (double squares)
{
  return squares * (1 - 16 * (double)FLT_EPSILON);
}

/* -- making -- */

static Rows
rows_new (guint n, guint dimension)
{
  return (Rows){dimension, limen_floats_new ((gsize)n * dimension), g_new (double, n),
                g_new (double, n)};
}

static void
rows_clear (Rows *rows)
{
  free (rows->x);
  g_free (rows->squares);
  g_free (rows->norm);
}

static float *
row_of (const Rows *rows, guint i)
{
  return rows->x + (gsize)i * rows->dimension;
}

static void
measure_row (Rows *rows, guint i)
{
  rows->squares[i] = sum_of_squares (row_of (rows, i), rows->dimension);
  rows->norm[i] = sqrt (rows->squares[i]);
}

LimenNeighbours *
limen_neighbours_new (const LimenImageSet *set)
{
  LimenNeighbours *neighbours = g_new (LimenNeighbours, 1);
  guint n = limen_image_set_n_images (set);
  guint width = limen_image_set_width (set), height = limen_image_set_height (set);
  *neighbours = (LimenNeighbours){n, width, height, rows_new (n, width * height),
                                  rows_new (n, outline_length (width, height))};
  limen_image_set_copy_rows (set, 0, n, neighbours->pixels.x);
  for (guint i = 0; i < n; i++) {
    draw_outline (row_of (&neighbours->pixels, i), width, height, row_of (&neighbours->outline, i));
    measure_row (&neighbours->pixels, i);
    measure_row (&neighbours->outline, i);
    neighbours->outline.squares[i] = rounded_down (neighbours->outline.squares[i]);
  }
  return neighbours;
}

void
limen_neighbours_free (LimenNeighbours *neighbours)
{
  if (!neighbours)
    return;
  rows_clear (&neighbours->pixels);
  rows_clear (&neighbours->outline);
  g_free (neighbours);
}

gsize
limen_neighbours_room (const LimenNeighbours *neighbours)
{
  return (gsize)LIMEN_NEIGHBOURS_BATCH * (BLOCK + neighbours->outline.dimension);
}

/* -- distances -- */

static double
squared_distance (const float *a, const float *b, guint n)
{
  double sum = 0;
  for (guint i = 0; i < n; i++) {
    double apart = (double)a[i] - b[i];
    sum += apart * apart;
  }
  return sum;
}

/* Four numbers, which processors take at once */
typedef float Four __attribute__ ((vector_size (4 * sizeof (float))));

static inline Four
squares_apart (const float *a, const float *b)
{
  Four x, y;
  memcpy (&x, a, sizeof x);
  memcpy (&y, b, sizeof y);
  return (x - y) * (x - y);
}

/* Whether a squared distance is above @most, as far as float32 can tell: all that is summed is
 * positive, so n terms are off by at most n·ε of the sum. */
static gboolean
is_beyond (const float *a, const float *b, guint n, double most)
{
  Four first = {0}, second = {0}, third = {0}, fourth = {0};
  double limit = most * (1 + (n + 4) * (double)FLT_EPSILON);
  for (guint i = 0; i + RUN <= n; i += RUN) {
    for (guint j = i; j < i + RUN; j += 16) {
      first += squares_apart (a + j, b + j);
      second += squares_apart (a + j + 4, b + j + 4);
      third += squares_apart (a + j + 8, b + j + 8);
      fourth += squares_apart (a + j + 12, b + j + 12);
    }
    Four all = (first + second) + (third + fourth);
    if ((all[0] + all[1]) + (all[2] + all[3]) > limit)
      return TRUE;
  }
  return FALSE;
}

/* An image that is sought for, as rows of one kind see it.
 * @skip: which one it is itself; @best: (inout): the least squared distance so far */
typedef struct {
  const float *x;
  double squares, norm;
  guint skip;
  double *best;
} Sought;

/* A sum of D products of float32, in any order, is off by at most D·ε·|x|·|y|. @product: of @sought
 * and the row. Returns: what the squared distance to the image is at least */
static inline double
least (const Rows *rows, const Sought *sought, double slack, guint row, float product)
{
  return sought->squares + rows->squares[row] - 2.0 * product - slack * rows->norm[row];
}

static double
slack_of (const Rows *rows, const Sought *sought)
{
  return 2 * (rows->dimension + 2) * (double)FLT_EPSILON * sought->norm;
}

static void
try_image (const LimenNeighbours *neighbours, const Sought *sought, guint image)
{
  const float *other = row_of (&neighbours->pixels, image);
  guint dimension = neighbours->pixels.dimension;
  if (image == sought->skip || is_beyond (sought->x, other, dimension, *sought->best))
    return;
  double exact = squared_distance (sought->x, other, dimension);
  *sought->best = MIN (*sought->best, exact);
}

/* @product: (n): of @sought with the rows from @first on. The nearest by these goes first, so that
 * few of the others are tried. */
static void
try_likeliest (const LimenNeighbours *neighbours, const Rows *rows, const Sought *sought,
               guint first, guint n, const float *product)
{
  double slack = slack_of (rows, sought), lowest = INFINITY;
  guint likeliest = G_MAXUINT;
  for (guint i = 0; i < n; i++) {
    double low = least (rows, sought, slack, first + i, product[i]);
    if (low < lowest && first + i != sought->skip) {
      lowest = low;
      likeliest = first + i;
    }
  }
  if (lowest < *sought->best)
    try_image (neighbours, sought, likeliest);
}

static void
try_all (const LimenNeighbours *neighbours, const Rows *rows, const Sought *sought, guint first,
         guint n, const float *product)
{
  double slack = slack_of (rows, sought);
  for (guint i = 0; i < n; i++)
    if (least (rows, sought, slack, first + i, product[i]) < *sought->best)
      try_image (neighbours, sought, first + i);
}

static guint
count_likely (const Rows *rows, const Sought *sought, guint first, guint n, const float *product)
{
  double slack = slack_of (rows, sought);
  guint likely = 0;
  for (guint i = 0; i < n; i++)
    likely += least (rows, sought, slack, first + i, product[i]) < *sought->best;
  return likely;
}

/* @x: (n, D); @product: (out) (n, BLOCK) */
static void
multiply (const Rows *rows, const float *x, guint n, guint first, guint m, float *product)
{
  int dimension = (int)rows->dimension;
  cblas_sgemm (CblasRowMajor, CblasNoTrans, CblasTrans, (int)n, (int)m, dimension, 1, x, dimension,
               row_of (rows, first), dimension, 0, product, BLOCK);
}

/* A batch of images. @pixels, @outline: (n): as rows of either kind see each; @outlines: (n, D) */
typedef struct {
  const float *x;
  float *outlines;
  guint n;
  Sought pixels[LIMEN_NEIGHBOURS_BATCH], outline[LIMEN_NEIGHBOURS_BATCH];
} Batch;

static void
take_batch (const LimenNeighbours *neighbours, const guint *skip, double *best, Batch *batch)
{
  guint dimension = neighbours->pixels.dimension, length = neighbours->outline.dimension;
  for (guint i = 0; i < batch->n; i++) {
    const float *x = batch->x + (gsize)i * dimension;
    float *outline = batch->outlines + (gsize)i * length;
    guint itself = skip ? skip[i] : G_MAXUINT;
    draw_outline (x, neighbours->width, neighbours->height, outline);
    double squares = sum_of_squares (x, dimension), less = sum_of_squares (outline, length);
    best[i] = INFINITY;
    batch->pixels[i] = (Sought){x, squares, sqrt (squares), itself, &best[i]};
    batch->outline[i] = (Sought){x, rounded_down (less), sqrt (less), itself, &best[i]};
  }
}

/* By outlines, or where they tell too little, as of noise, by all pixels: it costs three times as
 * much, and leaves hardly any image to be tried. */
static void
search_block (const LimenNeighbours *neighbours, const Batch *batch, guint first, float *product)
{
  const Rows *rows = &neighbours->outline;
  const Sought *sought = batch->outline;
  guint m = MIN (BLOCK, neighbours->n - first), likely = 0;
  multiply (rows, batch->outlines, batch->n, first, m, product);
  for (guint i = 0; i < batch->n; i++) {
    try_likeliest (neighbours, rows, &sought[i], first, m, product + (gsize)i * BLOCK);
    likely += count_likely (rows, &sought[i], first, m, product + (gsize)i * BLOCK);
  }
  if (likely > batch->n * m / MANY) {
    rows = &neighbours->pixels;
    sought = batch->pixels;
    multiply (rows, batch->x, batch->n, first, m, product);
  }
  for (guint i = 0; i < batch->n && likely > 0; i++)
    try_all (neighbours, rows, &sought[i], first, m, product + (gsize)i * BLOCK);
}

void
limen_neighbours_distances (const LimenNeighbours *neighbours, const float *x, guint n,
                            const guint *skip, float *room, double *out)
{
  g_return_if_fail (n <= LIMEN_NEIGHBOURS_BATCH);
  Batch batch = {.x = x, .outlines = room + (gsize)LIMEN_NEIGHBOURS_BATCH * BLOCK, .n = n};
  take_batch (neighbours, skip, out, &batch);
  for (guint first = 0; first < neighbours->n; first += BLOCK)
    search_block (neighbours, &batch, first, room);
  for (guint i = 0; i < n; i++)
    out[i] = sqrt (out[i]);
}
