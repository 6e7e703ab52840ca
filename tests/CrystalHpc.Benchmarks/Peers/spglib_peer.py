"""Lets spglib find the symmetry of structures, one request a line, and answers with seconds of its own clock.

Start: spglib_peer.py FOLDER with structures.txt, one structure a line: nine numbers of the lattice (rows), then kind x y z of each atom.
Requests: TOLERANCE FIRST COUNT. Answer: seconds, then the number of the space group of each structure, 0 where spglib finds none.
"""
import pathlib
import sys
import time
import warnings

import numpy as np
import spglib

warnings.filterwarnings("ignore")
cells = []
for line in (pathlib.Path(sys.argv[1]) / "structures.txt").read_text().splitlines():
    numbers = np.array(line.split(), dtype=float)
    atoms = numbers[9:].reshape(-1, 4)
    cells.append((numbers[:9].reshape(3, 3), atoms[:, 1:].copy(), atoms[:, 0].astype(int)))


def number_of(cell, tolerance):
    found = spglib.get_symmetry_dataset(cell, symprec=tolerance)
    if found is None:
        return 0
    return found["number"] if isinstance(found, dict) else found.number


print(getattr(spglib, "__version__", "unknown"), flush=True)
for request in sys.stdin:
    tolerance, first, count = request.split()
    start = time.process_time()
    numbers = [number_of(cell, float(tolerance)) for cell in cells[int(first):int(first) + int(count)]]
    print(time.process_time() - start, *numbers, flush=True)
