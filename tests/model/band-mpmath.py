"""η of the uniform band for few images, by another formula and with many digits (mpmath): writes band-answers.h.

Steck, "Rectangle probabilities for uniform order statistics" (1971): the probability that each of n order statistics
lies between l(i) and u(i) is n! det [(u(i) - l(j))₊^(j - i + 1) / (j - i + 1)!], 0 where the power is negative. Bounds are
roots of sums of binomial terms.

usage: band-mpmath.py > band-answers.h
"""

import sys

from mpmath import binomial, det, factorial, findroot, fsum, matrix, mp, mpf, nstr

MOST = 30
mp.dps = 60


def tail(x, i, n):
    """P(at least i of n uniform numbers are below x): that of the i-th being below x."""
    return fsum(binomial(n, k) * x**k * (1 - x) ** (n - k) for k in range(i, n + 1))


def bound(i, n, probability):
    """x by bisection, then Newton's method with the density of Beta(i, n - i + 1)."""
    low, high = mpf(0), mpf(1)
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if tail(middle, i, n) < probability else (low, middle)
    x = (low + high) / 2
    for _ in range(4):
        x -= (tail(x, i, n) - probability) / (i * binomial(n, i) * x ** (i - 1) * (1 - x) ** (n - i))
    return x


def coverage(n, eta):
    low = [bound(i, n, eta / 2) for i in range(1, n + 1)]
    high = [1 - x for x in reversed(low)]
    rows = matrix(n, n)
    for i in range(n):
        for j in range(max(i - 1, 0), n):
            power = j - i + 1
            rows[i, j] = max(high[i] - low[j], mpf(0)) ** power / factorial(power) if power else mpf(1)
    return factorial(n) * det(rows)


def solve(n, confidence):
    first = (1 - confidence) / (1 + mpf("0.9") * mp.log(n) ** 2)
    return findroot(lambda eta: coverage(n, eta) - confidence, (first, first * mpf("1.01")), solver="secant", tol=1e-25)


def main():
    print("/* Made by band-mpmath.py: η(n) for n = 1, 2, …, of confidence 0.95 and 0.975 */\n#pragma once\n")
    print(f"static const double band_answers[{MOST}][2] = {{")
    for n in range(1, MOST + 1):
        told = [nstr(solve(n, mpf(one)), 17) for one in ("0.95", "0.975")]
        print(f"    {{{told[0]}, {told[1]}}},")
        sys.stdout.flush()
    print("};")


if __name__ == "__main__":
    main()
