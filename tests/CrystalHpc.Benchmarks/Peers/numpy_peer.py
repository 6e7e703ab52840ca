"""Value and gradient of the bond-valence misfit with NumPy: the formulas of BondValenceObjective, without priors.

Start: numpy_peer.py FOLDER with raw little-endian arrays written by the C# program. Every line read is a request for one evaluation;
the answer is seconds, value and sum of the absolute gradient.
"""
import pathlib
import sys
import time

import numpy as np

folder = pathlib.Path(sys.argv[1])
starts = np.fromfile(folder / "starts", dtype=np.int64)  # first bond of each equation
keys = np.fromfile(folder / "keys", dtype=np.int64)  # key of each bond
differences = np.fromfile(folder / "differences")  # mean length of the key minus length of the bond
targets = np.fromfile(folder / "targets")  # oxidation state of each equation
offsets = np.fromfile(folder / "offsets")  # (r0 - mean length)/B of each key
softness = np.fromfile(folder / "softness")  # B of each key
sigma, delta = np.fromfile(folder / "scales")
counts = np.diff(np.append(starts, keys.size))


def evaluate():
    reduced = differences * (1 / softness)[keys]
    valences = np.exp(offsets[keys] + reduced)
    residuals = (np.add.reduceat(valences, starts) - targets) / sigma
    root = np.sqrt(1 + (residuals * (sigma / delta)) ** 2)
    value = np.sum(residuals**2 / (1 + root)) / targets.size
    slopes = np.repeat(residuals / root / sigma, counts) * valences
    by_offset = np.bincount(keys, slopes, offsets.size) / targets.size
    by_softness = np.bincount(keys, -slopes * reduced, offsets.size) / targets.size
    return value, np.abs(by_offset).sum() + np.abs(by_softness).sum()


print("ready", flush=True)
for _ in sys.stdin:
    start = time.process_time()
    value, gradient = evaluate()
    print(time.process_time() - start, value, gradient, flush=True)
