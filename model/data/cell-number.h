/* Numbers as people write them in cells. */
#pragma once

#include <glib.h>

/** LimenDecimal: what parts a number's whole from its fraction: a whole file has one of both */
typedef enum { LIMEN_DECIMAL_POINT, LIMEN_DECIMAL_COMMA } LimenDecimal;

/**
 * LimenCellKind: what a cell that is not empty looks like
 * @LIMEN_CELL_NUMBER: a decimal, with thousands apart or not, or a fraction, of any sign
 * @LIMEN_CELL_MONEY, @LIMEN_CELL_PERCENT, @LIMEN_CELL_BRACKETS: “$3”, “300 %”, “(3)”
 * @LIMEN_CELL_MISTYPED: “3O”, “1l0”: digits, and letters that look like some
 * @LIMEN_CELL_LIKE_NUMBER: “12:30”, “½”, “1,00,000”, “1st”, “±5”, “minus 5”, “sqrt(2)”: is meant as
 * one, and is none that can be read
 * @LIMEN_CELL_MISSING: “#DIV/0!”, “#N/A”, “NA”, “null”: what programs write where a number failed
 * @LIMEN_CELL_NOTHING: “None”, “-”, “?”: the same, or a word
 * @LIMEN_CELL_LETTER: “O”, “l” alone: a word, or a digit mistyped
 * @LIMEN_CELL_TEXT: a word
 *
 * Nothing but text is a name by itself; see limen_cell_may_be_word().
 */
typedef enum {
  LIMEN_CELL_NUMBER,
  LIMEN_CELL_MONEY,
  LIMEN_CELL_PERCENT,
  LIMEN_CELL_BRACKETS,
  LIMEN_CELL_MISTYPED,
  LIMEN_CELL_LIKE_NUMBER,
  LIMEN_CELL_MISSING,
  LIMEN_CELL_NOTHING,
  LIMEN_CELL_LETTER,
  LIMEN_CELL_TEXT,
} LimenCellKind;

/** limen_cell_kind: a number counts as one whichever its decimal mark is */
LimenCellKind limen_cell_kind (const char *text, gsize n);

/** limen_cell_may_be_word: whether a cell of @kind is a word where others beside it plainly are:
 * “O” beside “X”, “None” beside “Low” */
gboolean limen_cell_may_be_word (LimenCellKind kind);

/** limen_cell_number: @thousands: (out) (optional): whether groups of three stood apart. FALSE for
 * what is no number with this decimal mark. @value may come out infinite, or NaN */
gboolean limen_cell_number (const char *text, gsize n, LimenDecimal decimal, double *value,
                            gboolean *thousands);

/** limen_cell_is_negative: whether it is a number below 0, whichever its decimal mark is */
gboolean limen_cell_is_negative (const char *text, gsize n);

/** limen_plain_number: a decimal without groups, or a fraction: "2", "−0.5", "1/3" */
gboolean limen_plain_number (const char *text, gsize n, double *value);
