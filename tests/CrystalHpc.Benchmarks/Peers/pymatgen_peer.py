"""Lets pymatgen do the work of a benchmark, one request a line, and answers with seconds of its own clock.

Start: pymatgen_peer.py FOLDER. All CIF files are read into memory and parsed once, untimed; the first answer is one number for each
file: the sites of its first structure, 0 where pymatgen has none (or needs more than ten seconds).
Requests: WORK FILE FILE ..., WORK being parse, crystalnn, neighbors, arrays or chain. Answer: seconds and what was counted.
"""
import io
import pathlib
import signal
import sys
import time
import warnings

from pymatgen.analysis.bond_valence import BVAnalyzer
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


def chain(text):
    """Parse, oxidation states (of the file, else of BVAnalyzer), neighbors of every site, distances to anions by cation."""
    structure = parse(text)[0]
    if not all(getattr(specie, "oxi_state", None) for site in structure for specie in site.species):
        try:
            structure = BVAnalyzer(distance_scale_factor=1.0).get_oxi_state_decorated_structure(structure)
        except ValueError:  # no states found
            return 0
    finder = CrystalNN()
    equations = []
    for index, site in enumerate(structure):
        try:
            neighbors = finder.get_nn_info(structure, index)
        except Exception:  # an atom without neighbors is an error there
            continue
        if site.specie.oxi_state > 0:
            equations.append((site.specie, [(neighbor["site"].specie, site.distance(neighbor["site"], jimage=(0, 0, 0)))
                                            for neighbor in neighbors if neighbor["site"].specie.oxi_state < 0]))
    return len(equations)


texts = [path.read_bytes().decode("utf-8", "replace") for path in sorted(pathlib.Path(sys.argv[1]).glob("*.cif"))]
structures = [first_structure(text) for text in texts]
works = {
    "parse": lambda i: len(parse(texts[i])),
    "crystalnn": lambda i: crystal_nn(structures[i]),
    "neighbors": lambda i: sum(len(shell) for shell in structures[i].get_all_neighbors(CUTOFF)),
    "chain": lambda i: chain(texts[i]),
    "arrays": lambda i: len(structures[i].get_neighbor_list(CUTOFF)[0]),
}
print(*(0 if structure is None else len(structure) for structure in structures), flush=True)
for line in sys.stdin:
    name, *files = line.split()
    work, indices = works[name], [int(file) for file in files]
    start = time.process_time()
    total = sum(work(i) for i in indices)
    print(time.process_time() - start, total, flush=True)
