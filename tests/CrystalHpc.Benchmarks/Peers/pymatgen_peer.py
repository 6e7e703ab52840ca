"""Lets pymatgen do the work of a benchmark, one request a line, and answers with seconds of its own clock.

Start: pymatgen_peer.py FOLDER. All CIF files are read into memory and parsed once, untimed; the first answer is one number for each
file: the sites of its first structure, 0 where pymatgen has none (or needs more than ten seconds).
Requests: WORK FILE FILE ..., WORK being parse, crystalnn, neighbors or arrays. Answer: seconds and what was counted.
"""
import io
import pathlib
import signal
import sys
import time
import warnings

from pymatgen.analysis.local_env import CrystalNN
from pymatgen.io.cif import CifParser

CUTOFF = 6.0  # angstrom, as in the C# program
warnings.filterwarnings("ignore")


def parse(text):
    return CifParser(io.StringIO(text)).get_structures(primitive=False)


def first_structure(text):
    def give_up(*_):
        raise TimeoutError
    signal.signal(signal.SIGALRM, give_up)
    signal.alarm(10)
    try:
        return parse(text)[0]
    except Exception:  # whatever it is, the file is left out
        return None
    finally:
        signal.alarm(0)


def crystal_nn(structure):
    finder = CrystalNN()
    found = 0
    for site in range(len(structure)):
        try:
            found += len(finder.get_nn_info(structure, site))
        except Exception:  # an atom without neighbors is an error there
            pass
    return found


texts = [path.read_bytes().decode("utf-8", "replace") for path in sorted(pathlib.Path(sys.argv[1]).glob("*.cif"))]
structures = [first_structure(text) for text in texts]
works = {
    "parse": lambda i: len(parse(texts[i])),
    "crystalnn": lambda i: crystal_nn(structures[i]),
    "neighbors": lambda i: sum(len(shell) for shell in structures[i].get_all_neighbors(CUTOFF)),
    "arrays": lambda i: len(structures[i].get_neighbor_list(CUTOFF)[0]),
}
print(*(0 if structure is None else len(structure) for structure in structures), flush=True)
for line in sys.stdin:
    name, *files = line.split()
    work, indices = works[name], [int(file) for file in files]
    start = time.perf_counter()
    total = sum(work(i) for i in indices)
    print(time.perf_counter() - start, total, flush=True)
