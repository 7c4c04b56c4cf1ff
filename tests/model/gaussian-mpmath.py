"""Closed forms of linear Gaussian cases with many digits (mpmath), against what a program says of them.

Reads cases from the file that is named, one a line, all numbers as C's %a writes them, which is exact:

    k d kind sigma2 lambda1[k] lambda2[k] A[d][k] b[d] x[d] mean[k] covariance[k][k] results

kind: own, prior, elbo, moments; the proposal counts only for own. results: log p(x), VLB^(1), gap, log Var(w/p(x))
("inf": infinite), posterior mean[k], posterior covariance[k][k]. A line of kind "gradient" has variances[k]
in the place of the covariance, and as results the derivatives of VLB^(1) by mean, log deviation, lambda1, lambda2, A
and b. Prints the largest relative errors, and fails where
one is above 1e-9. Another formula than the program's where there is one: the evidence by the marginal of x.
"""

import sys

from mpmath import inf, log, mp, mpf, pi

TOLERANCE = mpf("1e-9")
ZERO = mpf("1e-45")  # what is left of 0; proposals written in float64 are further from the posterior, or are it
NAMES = ["log evidence", "elbo", "gap", "log variance", "posterior mean", "posterior covariance", "gradient"]
mp.dps = 80  # of which forty are left where a condition number of 1e20 is squared


def dot(a, b):
    return mp.fdot(zip(a, b))


def factor(a):
    """Lower L, A = L Lᵀ; None where A is not positive definite."""
    n, rows = len(a), []
    for i in range(n):
        row = []
        for j in range(i + 1):
            rest = a[i][j] - dot(row, rows[j][:j] if j < i else row)
            if j == i:
                if rest <= 0:
                    return None
                row.append(mp.sqrt(rest))
            else:
                row.append(rest / rows[j][j])
        rows.append(row)
    return rows


def solve_lower(l, b):
    y = []
    for row, value in zip(l, b):
        y.append((value - dot(row[:-1], y)) / row[-1])
    return y


def log_determinant(l):
    return 2 * mp.fsum(log(row[-1]) for row in l)


def inverse_of(l):
    """(L Lᵀ)⁻¹, by columns of L⁻¹."""
    n = len(l)
    columns = [solve_lower(l, [mpf(i == j) for i in range(n)]) for j in range(n)]
    return [[dot(columns[i], columns[j]) for j in range(n)] for i in range(n)]


class Case:
    def __init__(self, words):
        numbers = iter(words)
        self.k, self.d, self.kind = int(next(numbers)), int(next(numbers)), next(numbers)

        def take(n):
            return [mpf(float.fromhex(next(numbers))) for _ in range(n)]

        k, d = self.k, self.d
        self.sigma2 = take(1)[0]
        self.lambda1, self.lambda2 = take(k), take(k)
        self.a = [take(k) for _ in range(d)]
        self.b, self.x, self.mean = take(d), take(d), take(k)
        if self.kind == "gradient":
            self.variance = take(k)
        else:
            self.covariance = [take(k) for _ in range(k)]
        self.told = [float.fromhex(word) for word in numbers]

    def gradient(self):
        k, d = self.k, self.d
        columns = list(zip(*self.a))
        r = [(x - b - dot(row, self.mean)) / self.sigma2 for x, b, row in zip(self.x, self.b, self.a)]
        apart = [m - l for m, l in zip(self.mean, self.lambda1)]
        variance = self.variance
        by_lambda1 = [a / l for a, l in zip(apart, self.lambda2)]
        by_mean = [dot(columns[j], r) - by_lambda1[j] for j in range(k)]
        by_log_s = [1 - variance[j] * (1 / self.lambda2[j] + dot(columns[j], columns[j]) / self.sigma2)
                    for j in range(k)]
        by_lambda2 = [((v + a * a) / l - 1) / l / 2 for v, a, l in zip(variance, apart, self.lambda2)]
        by_a = [r[i] * self.mean[j] - self.a[i][j] * variance[j] / self.sigma2 for i in range(d) for j in range(k)]
        return by_mean + by_log_s + by_lambda1 + by_lambda2 + by_a + r

    def evidence(self):
        """log N(x; A λ1 + b, A Λ Aᵀ + σ² I)"""
        d = self.d
        weighted = [[a * v for a, v in zip(row, self.lambda2)] for row in self.a]
        m = [[dot(weighted[i], self.a[j]) + (self.sigma2 if i == j else 0) for j in range(i + 1)] for i in range(d)]
        l = factor(m)
        residual = [x - b - dot(row, self.lambda1) for x, b, row in zip(self.x, self.b, self.a)]
        y = solve_lower(l, residual)
        return -(d * log(2 * pi) + log_determinant(l) + dot(y, y)) / 2

    def posterior(self):
        """Mean, precision and covariance"""
        k = self.k
        columns = list(zip(*self.a))
        h = [[dot(columns[i], columns[j]) / self.sigma2 + (1 / self.lambda2[i] if i == j else 0) for j in range(k)]
             for i in range(k)]
        covariance = inverse_of(factor(h))
        residual = [x - b - dot(row, self.lambda1) for x, b, row in zip(self.x, self.b, self.a)]
        pull = [dot(column, residual) / self.sigma2 for column in columns]
        mean = [m + dot(row, pull) for m, row in zip(self.lambda1, covariance)]
        return mean, h, covariance

    def proposal(self, mean, h, covariance):
        k = self.k
        if self.kind == "own":
            return self.mean, self.covariance
        variances = {"prior": self.lambda2, "elbo": [1 / h[j][j] for j in range(k)],
                     "moments": [covariance[j][j] for j in range(k)]}[self.kind]
        own = [[variances[i] if i == j else mpf(0) for j in range(k)] for i in range(k)]
        return (self.lambda1 if self.kind == "prior" else mean), own

    def results(self):
        k = self.k
        evidence = self.evidence()
        mean, h, covariance = self.posterior()
        own_mean, own = self.proposal(mean, h, covariance)
        l = factor(own)
        # KL(q ‖ p(z|x)) and E_q (p(z|x)/q)², both in the coordinates of z
        apart = [a - b for a, b in zip(mean, own_mean)]
        trace = mp.fsum(dot(h[i], own[i]) for i in range(k))
        pulled = [dot(row, apart) for row in h]
        log_h = log_determinant(factor(h))
        log_own = log_determinant(l)
        gap = (trace - k - log_h - log_own + dot(apart, pulled)) / 2
        inverse = inverse_of(l)
        r = factor([[2 * h[i][j] - inverse[i][j] for j in range(k)] for i in range(k)])
        if r is None:
            log_variance = inf
        else:
            # ∫ N(z; m, H⁻¹)² / N(z; n, S): exponents are quadratic with the precision 2H − S⁻¹
            straight = solve_lower(r, [dot(row, apart) for row in inverse])
            log_square = (log_h + log_own / 2 - log_determinant(r) / 2
                          + (dot(straight, straight) + dot(apart, [dot(row, apart) for row in inverse])) / 2)
            log_variance = log_square if log_square > 1000 else -inf
            if ZERO < log_square <= 1000:
                log_variance = log(mp.expm1(log_square))
        if abs(gap) < ZERO:
            gap = mpf(0)
        return [evidence, evidence - gap, gap, log_variance], mean, covariance


def distance(told, true, scale=None):
    if mp.isinf(true) or mp.isinf(told):
        return mpf(0) if true == told else inf
    size = abs(true) if scale is None else scale
    return abs(mpf(told) - true) / size if size else abs(mpf(told))


def check(words):
    case = Case(words)
    k = case.k
    if case.kind == "gradient":
        worst = max(distance(told, true) for told, true in zip(case.told, case.gradient()))
        return [mpf(0)] * (len(NAMES) - 1) + [worst]
    numbers, mean, covariance = case.results()
    errors = [distance(told, true) for told, true in zip(case.told, numbers)]
    # the variance itself is to be right to 1e-9, and so its logarithm to 1e-9 as it stands
    if mp.isfinite(numbers[3]):
        errors[3] = abs(mpf(case.told[3]) - numbers[3]) if abs(numbers[3]) < 1 else errors[3]
    deviation = [mp.sqrt(covariance[j][j]) for j in range(k)]
    errors.append(max(distance(case.told[4 + j], mean[j], max(abs(mean[j]), mpf("1e-30"))) for j in range(k)))
    errors.append(max(distance(case.told[4 + k + i * k + j], covariance[i][j], deviation[i] * deviation[j])
                      for i in range(k) for j in range(k)))
    return errors + [mpf(0)]


def main():
    worst, n = [mpf(0)] * len(NAMES), 0
    for line in open(sys.argv[1], encoding="ascii"):
        errors = check(line.split())
        n += 1
        for name, error in zip(NAMES, errors):
            if not error <= TOLERANCE:
                sys.exit(f"case {n}: {name} is off by {mp.nstr(error, 3)}: {line[:60]}")
        worst = [max(pair) for pair in zip(worst, errors)]
    print(n, "cases;", ", ".join(f"{name} {mp.nstr(error, 2)}" for name, error in zip(NAMES, worst)))


if __name__ == "__main__":
    main()
