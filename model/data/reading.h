/* How an array of numbers is read as images: what is asked for, and what was done. Scale, layout,
 * colours and which end is white are decided in one place, from all the numbers, and told. */
#pragma once

#include "model/base/error.h"
#include "model/base/number-type.h"

#define LIMEN_ARRAY_MAX_DIMS 8

/**
 * LimenUnit: what of an array is one image
 * @LIMEN_UNIT_AUTO: is decided
 * @LIMEN_UNIT_ROWS: (n, h·w): a row of numbers
 * @LIMEN_UNIT_COLUMNS: (h·w, n): a column of numbers
 * @LIMEN_UNIT_IMAGES: (n, h, w)
 * @LIMEN_UNIT_LAST: (h, w, n), as MATLAB has it
 * @LIMEN_UNIT_ONE: (h, w): all of it
 */
typedef enum {
  LIMEN_UNIT_AUTO,
  LIMEN_UNIT_ROWS,
  LIMEN_UNIT_COLUMNS,
  LIMEN_UNIT_IMAGES,
  LIMEN_UNIT_LAST,
  LIMEN_UNIT_ONE,
} LimenUnit;

/** LimenLabelSide: which number of a row is no pixel */
typedef enum {
  LIMEN_LABEL_AUTO,
  LIMEN_LABEL_NONE,
  LIMEN_LABEL_FIRST,
  LIMEN_LABEL_LAST,
} LimenLabelSide;

/** LimenChannels: where colours are: before height and width, as planes, or behind them */
typedef enum {
  LIMEN_CHANNELS_AUTO,
  LIMEN_CHANNELS_NONE,
  LIMEN_CHANNELS_FIRST,
  LIMEN_CHANNELS_LAST,
} LimenChannels;

/**
 * LimenReading: how to read an array; all zero: to be decided
 * @black, @white: the numbers that mean them; equal: to be decided. Either may be the larger
 * @transposed: width stands before height, as in EMNIST's files
 * @keeps_colour: images are wanted in colour, grey ones with three channels alike; a set of images
 * is grey in any case
 */
typedef struct {
  double black, white;
  LimenUnit unit;
  LimenLabelSide label;
  LimenChannels channels;
  gboolean transposed;
  gboolean keeps_colour;
} LimenReading;

/** limen_reading_equal: whether both ask for the same */
gboolean limen_reading_equal (const LimenReading *a, const LimenReading *b);

/**
 * limen_reading_set_range:
 * @text: "0..255", "-1 to 1", "255..0": black, then white
 *
 * Returns: FALSE with LIMEN_ERROR_ARGUMENT and the end of a sentence: "needs ..."
 */
gboolean limen_reading_set_range (LimenReading *reading, const char *text, GError **error);
/** limen_range_text: (transfer full): what limen_reading_set_range() makes exactly @black and
 * @white of, with more than 9 digits only where that takes them: "0..255",
 * "-0.01..1.0137254901960784" */
char *limen_range_text (double black, double white);
/**
 * limen_reading_set_layout:
 * @text: words with commas between them: rows, columns, images, images-last or one; label-first,
 * label-last or no-label; channels-first, channels-last or grey; transposed. What no word says is
 * decided.
 *
 * Returns: as limen_reading_set_range()
 */
gboolean limen_reading_set_layout (LimenReading *reading, const char *text, GError **error);

/** limen_reading_range_text: (transfer full): what was decided: "0–255", "−1 to 1", "255 (black) to
 * 0 (white)" */
char *limen_reading_range_text (const LimenReading *reading);

/** limen_reading_layout_words: (transfer full): what limen_reading_set_layout() takes: "rows,
 * label-first"; empty where nothing is asked for */
char *limen_reading_layout_words (const LimenReading *reading);

/**
 * LimenReadAs: what was done with one array, or one picture of numbers of which its file does not
 * say what is white; a reference-counted value that does not change
 * @file: the name of the file; @member: (nullable): of the array in it
 * @member_asked: that one was named
 * @members: (nullable): NULL-terminated: all arrays of the file that can be images
 * @dims: (n_dims): its shape; none of a picture
 * @asked: what was asked for; @done: the same with everything decided
 * @fits: the images have the size that they are wanted at
 * @n, @width, @height: of the images, before they were fitted to another size
 * @n_channels: 1 to 4: of an even number the last is opacity
 * @low, @high: the least and the greatest number of all pixels of the array, @whole: none has a
 * fraction
 * @n_values: numbers of all pixels; @n_clamped: how many of them lay outside of black to white
 * @label_low, @label_high: of the labels that were left out, where there are; @labels_count: there
 * are more than two, and they count the images
 * @left_out: (nullable): the names of columns of a table that are no pixels
 * @reordered: its columns did not stand in the order that their names tell, and were put in it
 */
typedef struct {
  char *file, *member;
  char **members;
  gboolean member_asked;
  LimenNumberType type;
  guint n_dims;
  guint64 dims[LIMEN_ARRAY_MAX_DIMS];
  LimenReading asked, done;
  gboolean fits;
  guint n, width, height, n_channels;
  double low, high;
  gboolean whole;
  guint64 n_values, n_clamped;
  double label_low, label_high;
  gboolean labels_count;
  char *left_out;
  gboolean reordered;
} LimenReadAs;

LimenReadAs *limen_read_as_new (void);
LimenReadAs *limen_read_as_ref (const LimenReadAs *read_as);
void limen_read_as_unref (LimenReadAs *read_as);

/** limen_read_as_line: (transfer full): "read as 0–255, 28 × 28, grey from RGB" */
char *limen_read_as_line (const LimenReadAs *read_as);
/** limen_read_as_notes: (transfer full): NULL-terminated: a sentence for each thing that was
 * guessed, rounded or left out; mostly none */
char **limen_read_as_notes (const LimenReadAs *read_as);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenReadAs, limen_read_as_unref)
