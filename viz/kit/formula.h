/* A formula, set as in print, from a few words of TeX: a layout of our own over Pango. */
#pragma once

#include "viz/kit/chart.h"

/**
 * LimenFormula: an immutable formula
 *
 * What it is written in: letters stand for themselves, Latin ones slanted, Greek ones as they are
 * (μ, σ, λ), digits and the rest upright; "-" is a minus sign. `x_{k}`, `x^{2}`, both of one:
 * `x_k^2`. {…} groups. `\frac{a}{b}`, `\sqrt{a}`, `\sum_{k=1}^{K}`, `\prod`, `\int`, with what is
 * below and above; `\E_{z∼q}`, `\max_{p}`, `\min_{p}`, `\log`, `\exp`, `\Var`, `\KL`, `\Pr`, `\lim`
 * upright,
 * `\max`, `\min`, `\lim` with what is below below. `\left( … \right)` with ( [ | { . grow with what
 * is inside (`\{` and `\}` are braces). `\hat{a}`, `\bar{a}` , `\text{words}` , `\,` a little room,
 * `\quad` more,
 * `\\` a new line, `&` where lines are aligned. Operators as Unicode: ≤ ≥ = ≠ ∼ → ∈ ∂ ∇ · × ∞ ⊤ ∣ .
 */
typedef struct LimenFormula LimenFormula;

/** limen_formula_new: (transfer full): LIMEN_ERROR_FORMAT where @source is not such a thing */
LimenFormula *limen_formula_new (const char *source, GError **error);
void limen_formula_free (LimenFormula *formula);

/** limen_formula_spoken: (transfer full): for a screen reader: "the sum over k from 1 to K of w
 * sub k, divided by K" */
char *limen_formula_spoken (const LimenFormula *formula);
/** limen_formula_fit: (transfer full): the same in as few lines as are no wider than @width pixels:
 * it goes on in a new line where there is wide room, else at a relation, else at an operator,
 * outside of brackets; where there is no such place it stays wider */
LimenFormula *limen_formula_fit (const LimenFormula *formula, const LimenChartStyle *style,
                                 double scale, double width);
/** limen_formula_size: @width, @height, @baseline: (out): pixels, at @style's font size times
 * @scale */
void limen_formula_size (const LimenFormula *formula, const LimenChartStyle *style, double scale,
                         double *width, double *height, double *baseline);
/** limen_formula_draw: (@x, @y): its top left corner */
void limen_formula_draw (const LimenFormula *formula, cairo_t *cr, const LimenChartStyle *style,
                         double scale, LimenColour colour, double x, double y);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenFormula, limen_formula_free)
