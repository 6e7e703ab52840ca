"""Features of formulas by vectorised NumPy, and a random forest on them, one thread.

Start: formula_peer.py FOLDER with raw little-endian arrays of the C# program: the elements of each formula padded with -1, their fractions, the table of
element properties, the features that C# has made, the crystal system of each row and its part of the split (0 training, 1 test). 'features' answers seconds and the
largest deviation of the statistics from those of C#; 'forest' seconds, accuracy and share among the first three on the test rows.
"""
import pathlib
import sys
import time

import numpy as np

folder = pathlib.Path(sys.argv[1])
rows, most, properties, count = np.fromfile(folder / "shape", dtype=np.int32)
elements = np.fromfile(folder / "elements", dtype=np.int32).reshape(rows, most)
fractions = np.fromfile(folder / "fractions").reshape(rows, most)
table = np.fromfile(folder / "table").reshape(-1, properties)
expected = np.fromfile(folder / "features", dtype=np.float32).reshape(rows, count)
labels = np.fromfile(folder / "labels", dtype=np.int32)
is_test = np.fromfile(folder / "parts", dtype=np.int32) == 1


def features():
    held = elements >= 0
    values = table[np.where(held, elements, 0)]  # rows, elements, properties
    weights = fractions[:, :, None]
    low = np.where(held[:, :, None], values, np.inf).min(1)
    high = np.where(held[:, :, None], values, -np.inf).max(1)
    mean = (weights * values).sum(1)
    deviation = (weights * np.abs(values - mean[:, None])).sum(1)
    is_mode = (fractions == fractions.max(1, keepdims=True))[:, :, None]
    mode = np.where(is_mode & held[:, :, None], values, np.inf).min(1)
    statistics = np.stack([low, high, high - low, mean, deviation, mode], axis=2).reshape(rows, -1)
    norms = np.stack([held.sum(1)] + [(fractions**p).sum(1) ** (1 / p) for p in (2, 3, 5, 7, 10)], axis=1)
    return np.concatenate([statistics, norms], axis=1)


print(f"NumPy {np.__version__}, {rows} formulas", flush=True)
for line in sys.stdin:
    start = time.process_time()
    if line.startswith("features"):
        made = features()
        seconds = time.process_time() - start
        print(seconds, np.abs(made - expected[:, : made.shape[1]]).max() / np.abs(expected).max(), flush=True)
    else:
        from sklearn.ensemble import RandomForestClassifier

        forest = RandomForestClassifier(100, n_jobs=1, random_state=1).fit(expected[~is_test], labels[~is_test])
        chances = forest.predict_proba(expected[is_test])
        seconds = time.process_time() - start
        order = forest.classes_[np.argsort(-chances, axis=1)]
        right = order == labels[is_test][:, None]
        print(seconds, right[:, 0].mean(), right[:, :3].any(1).mean(), flush=True)
