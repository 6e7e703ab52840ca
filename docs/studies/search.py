"""Start by way on one case: how many structures until the lowest enthalpy of all runs is met within 1 meV an atom.

    python3 docs/studies/search.py CRYSTALHPC FOLDER [SEED ...]

CRYSTALHPC is the program, FOLDER a new folder for its runs. Prints one line a run, and the table that stands in docs/studies/search.md.
"""
import csv
import json
import pathlib
import subprocess
import sys

ATOMS, COUNT = "Pd6Ag2", 8
STARTS = {"random": 200, "supercell": 100, "lattice": 50}
WAYS = ["evolution", "monte_carlo", "relaxation"]
FCC = """fcc
1
3.9 0 0
0 3.9 0
0 0 3.9
Pd Ag
3 1
Cartesian
0 1.95 1.95
1.95 0 1.95
1.95 1.95 0
0 0 0
"""


def run(program, folder, start, way, seed):
    name = f"{start}-{way}-{seed}"
    config = folder / f"{name}.json"
    search = {"model": "gupta", "atoms": ATOMS, "structures": STARTS[start], "starts": [start], "way": way, "seed": seed}
    if start == "supercell":
        search["start_files"] = [str(folder / "fcc.vasp")]
    config.write_text(json.dumps({"run_directory": str(folder / name), "search": search}))
    subprocess.run([program, "search", "run", str(config)], check=True, stdout=subprocess.DEVNULL)
    with open(folder / name / "history.csv") as table:
        return [float(row["best_eV"]) / COUNT for row in csv.DictReader(table) if row["best_eV"]]


def main():
    program, folder, seeds = sys.argv[1], pathlib.Path(sys.argv[2]).resolve(), [int(s) for s in sys.argv[3:]] or [1, 2, 3]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "fcc.vasp").write_text(FCC)
    runs = {}
    for seed in seeds:
        for start in STARTS:
            for way in WAYS:
                runs[start, way, seed] = run(program, folder, start, way, seed)
                print(start, way, seed, f"{runs[start, way, seed][-1]:.6f}", flush=True)
    lowest = min(best[-1] for best in runs.values())
    print(f"\nlowest {lowest:.6f} eV/atom\n\n| start | structures | " + " | ".join(WAYS) + " |\n|---|---|" + "---|" * len(WAYS))
    for start, count in STARTS.items():
        cells = []
        for way in WAYS:
            hits = [next((i + 1 for i, e in enumerate(runs[start, way, s]) if e < lowest + 1e-3), None) for s in seeds]
            left = [1000 * (runs[start, way, s][-1] - lowest) for s in seeds]
            cells.append(", ".join(str(h) if h else f"({g:.1f} meV)" for h, g in zip(hits, left)))
        print(f"| {start} | {count} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
