/* Fractions of integers of any size (GMP), found in doubles and written for people. */
#pragma once

#include <glib.h>
#include <gmp.h>

/** LimenRationals: @at: (n): in lowest terms, denominators > 0 */
typedef struct {
  guint n;
  mpq_t at[];
} LimenRationals;

/** limen_rationals_new: (transfer full): all 0 */
LimenRationals *limen_rationals_new (guint n);
/** limen_rationals_from_doubles: (transfer full): @m: (n), finite: fractions as
 * limen_rational_from_double() recognizes them, where it does so of all; else each the number that
 * the double is. @recognized: (out) (optional): which of both */
LimenRationals *limen_rationals_from_doubles (const double *m, guint n, gboolean *recognized);
/** limen_rationals_to_doubles: (transfer full): each rounded to the nearest */
double *limen_rationals_to_doubles (const LimenRationals *rationals);
void limen_rationals_free (LimenRationals *rationals);

/** limen_rational_from_double: whether @value is, to the last bit or two, a fraction that people
 * write: up to six decimals, or a denominator up to 1,000,000. @out: that fraction; else what
 * @value is exactly, as every double is a fraction; 0 where it is not finite */
gboolean limen_rational_from_double (double value, mpq_ptr out);
/** limen_rational_to_double: the nearest; of two the even one */
double limen_rational_to_double (mpq_srcptr value);

#define LIMEN_RATIONAL_READABLE 40 /* characters that a reader takes in */

/** limen_rational_text: (transfer full): "1/3", "−2", "0", in full */
char *limen_rational_text (mpq_srcptr value);
/** limen_rational_decimal: (transfer full): rounded to ten digits, without zeros at the end:
 * "0.3333333333", "1.1111e−11" */
char *limen_rational_decimal (mpq_srcptr value);
/** limen_rational_told: (transfer full): as limen_rational_text(); of more than
 * LIMEN_RATIONAL_READABLE characters a decimal that says that it is rounded: "≈ 0.3333333333".
 * @exact: FALSE: no fraction, but limen_rational_decimal() of what is said elsewhere to be rounded
 */
char *limen_rational_told (mpq_srcptr value, gboolean exact);
/** limen_rational_is_readable: whether limen_rational_told() writes it in full */
gboolean limen_rational_is_readable (mpq_srcptr value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenRationals, limen_rationals_free)
