/* Numbers as people read them. */
#pragma once

#include <glib.h>

/**
 * LimenNumber: a number that is called exact
 * @error: by how much @value may be off; NaN: not known
 */
typedef struct {
  double value, error;
} LimenNumber;

/**
 * limen_format_number: (transfer full): "−30 000", "0.25": a decimal point whatever the locale,
 * thin spaces between thousands, a real minus sign; "–" for NaN
 */
char *limen_format_number (double value, guint decimals);

/** limen_format_significant: (transfer full): @digits significant ones at most, no zeros behind
 * them: "0.125", "2.8·10⁻⁵": what pages, pictures and sentences write, never "2.8e-05" */
char *limen_format_significant (double value, int digits);

/** limen_decimals: how many decimals hold of a number that may be off by @error: half of the last
 * is at least @error. At most @most; negative where so many digits before the point do not hold
 * either; −400 where @error is infinite or NaN */
int limen_decimals (double error, int most);
/**
 * limen_format_known: (transfer full): as limen_format_number(), with the decimals that hold, at
 * most @most of them; "6.54·10⁸" where digits before the point do not hold; "3 ± 50" where none
 * does. Of an error that is not known no more than two decimals are written.
 */
char *limen_format_known (LimenNumber number, guint most);
/**
 * limen_format_digits: (transfer full): the same of a number of any size, with the digits that
 * hold, at most @most significant ones: "0.00025", "2.5·10⁻²⁰"; of an error that is not known two
 */
char *limen_format_digits (LimenNumber number, guint most);
/** limen_known_text: (transfer full): as limen_format_known(), for files and terminals: "-3.25",
 * "6.54e+08" */
char *limen_known_text (LimenNumber number, guint most);
/** limen_known_digits: (transfer full): as limen_format_digits(): "0.00025", "2.5e-20" */
char *limen_known_digits (LimenNumber number, guint most);
/** limen_format_size: (transfer full): as limen_format_digits(), of a number that is not negative:
 * "below 6.7·10⁻²⁷" where it cannot be told from 0 */
char *limen_format_size (LimenNumber number, guint most);
/** limen_size_text: (transfer full): the same for files and terminals */
char *limen_size_text (LimenNumber number, guint most);
/**
 * limen_format_mean: (transfer full): "−4.2970 ± 0.0020": a mean with as many decimals as its error
 * has, and the error with two digits, but no less than the rounding of the mean; "–" where there is
 * no mean, the mean alone with @most decimals where there is no error or it is 0
 */
char *limen_format_mean (double mean, double error, guint most);
/** limen_mean_text: (transfer full): the same for files and terminals */
char *limen_mean_text (double mean, double error, guint most);
