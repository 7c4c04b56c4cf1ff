#!/usr/bin/env python3
"""Extragradient on rock paper scissors as one writes it in NumPy, every iterate stored, for bench-game.

usage: peer-game.py N STEP: prints "S s, x X X X": the time of the loop and the last iterate of A.
"""
import sys, time
import numpy as np


def project(v):
    """To the simplex, by sorting (Held, Wolfe and Crowder, 1974)."""
    u = np.sort(v)[::-1]
    c = np.cumsum(u) - 1
    last = np.nonzero(u * np.arange(1, len(v) + 1) > c)[0][-1]
    return np.maximum(v - c[last] / (last + 1), 0)


def main(n, step):
    m = np.array([[0.0, 1, -1], [-1, 0, 1], [1, -1, 0]])
    x, y = np.array([0.75, 0.125, 0.125]), np.array([0.125, 0.25, 0.625])
    xs, ys = np.empty((n, 3)), np.empty((n, 3))
    start = time.perf_counter()
    for k in range(n):
        a, b = project(x - step * (m @ y)), project(y + step * (m.T @ x))
        x, y = project(x - step * (m @ b)), project(y + step * (m.T @ a))
        xs[k], ys[k] = x, y
    print(f"{time.perf_counter() - start:.6f} s, x", *(repr(float(value)) for value in xs[-1]))


main(int(sys.argv[1]), float(sys.argv[2]))
