"""Writes pymatgen-neighbors.tsv: neighbors in the ordered structures of samples/cod by pymatgen's definitions.

Run at the root of the repository:
    /usr/bin/python3 tests/CrystalHpc.Tests/Coordination/Data/pymatgen-neighbors.py > tests/CrystalHpc.Tests/Coordination/Data/pymatgen-neighbors.tsv
"""
import itertools
import pathlib
import sys
import warnings

import pymatgen.analysis.local_env as env
from pymatgen.io.cif import CifParser

try:
    from importlib.metadata import version
    VERSION = version("pymatgen")
except Exception:
    VERSION = "unknown"

LARGEST_CELL = 120
warnings.simplefilter("ignore")
CHEAP = {
    "minimum_distance": env.MinimumDistanceNN(),
    "gap_difference": env.BrunnerNN_real(),
    "gap_ratio": env.BrunnerNN_relative(),
    "gap_reciprocal": env.BrunnerNN_reciprocal(),
    "econ": env.EconNN(),
    "econ_fictive_radii": env.EconNN(use_fictive_radius=True),
    "jmol": env.JmolNN(),
    "cutoff_3.5": env.MinimumDistanceNN(cutoff=3.5, get_all_sites=True),
}
ISAYEV = env.IsayevNN(compute_adj_neighbors=False)


def text(structure, index, definition):
    """Neighbors as element:distance*count, shortest first."""
    try:
        found = definition.get_nn_info(structure, index)
    except Exception as fault:  # no neighbor at all, a missing radius
        return f"! {type(fault).__name__}"
    site = structure[index]
    pairs = sorted((f'{nn["site"].distance(site, jimage=[0, 0, 0]):.4f}', nn["site"].specie.symbol) for nn in found)
    groups = [(key, len(list(group))) for key, group in itertools.groupby(pairs)]
    return " ".join(f"{element}:{distance}" + (f"*{count}" if count > 1 else "") for (distance, element), count in groups)


print(f"# Neighbors in samples/cod by pymatgen {VERSION} (MIT), structures as its CifParser reads them; made by pymatgen-neighbors.py.")
print("# One row for each kind of site; neighbors as element:distance in angstrom*count. Definitions with their published defaults;")
print("# cutoff_3.5 is MinimumDistanceNN(cutoff=3.5, get_all_sites=True). EconNN(cation_anion=True) fails in this release.")
print("\t".join(["file", "element", "charge", "x", "y", "z", *CHEAP, "isayev"]))
for path in sorted(pathlib.Path("samples/cod").rglob("*.cif")):
    try:
        structure = CifParser(str(path)).get_structures(primitive=False)[0]
    except Exception as fault:
        print(path, type(fault).__name__, str(fault)[:80], file=sys.stderr)
        continue
    if not structure.is_ordered or len(structure) > LARGEST_CELL:
        continue
    seen = set()
    for index, site in enumerate(structure):
        lists = [text(structure, index, definition) for definition in CHEAP.values()]
        key = (site.specie.symbol, *lists)
        if key in seen:
            continue
        seen.add(key)
        charge = getattr(site.specie, "oxi_state", None)
        fields = [path.name, site.specie.symbol, "" if charge is None else f"{charge:g}", *(f"{x:.5f}" for x in site.frac_coords)]
        print("\t".join([*fields, *lists, text(structure, index, ISAYEV)]), flush=True)
