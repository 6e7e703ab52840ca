"""Cu-Ag particles by `search run` and by the genetic algorithm of ASE (python3-ase), as many relaxations each, both with Gupta energies of `potential serve`.

    python3 docs/studies/particles.py CRYSTALHPC FOLDER [RELAXATIONS [ATOMS ...]]

ATOMS such as Cu19Ag19 and Cu13Ag42. ASE's energies come over a socket; its relaxations are BFGS to the force of ours, 0.002 eV/A.
"""
import csv
import json
import os
import pathlib
import re
import subprocess
import sys

import numpy
from ase import Atoms
from ase.calculators.singlepoint import SinglePointCalculator
from ase.calculators.socketio import SocketIOCalculator
from ase.data import atomic_numbers
from ase.ga.cutandsplicepairing import CutAndSplicePairing
from ase.ga.data import DataConnection, PrepareDB
from ase.ga.offspring_creator import OperationSelector
from ase.ga.population import Population
from ase.ga.standard_comparators import InteratomicDistanceComparator
from ase.ga.standardmutations import MirrorMutation, PermutationMutation, RattleMutation
from ase.ga.startgenerator import StartGenerator
from ase.ga.utilities import closest_distances_generator, get_all_atom_types
from ase.io import write
from ase.optimize import BFGS


def ours(program, folder, atoms, relaxations):
    config = folder / f"{atoms}.json"
    config.write_text(json.dumps({"run_directory": str(folder / atoms), "search": {"model": "gupta", "kind": "particle", "atoms": atoms, "structures": relaxations}}))
    subprocess.run([program, "search", "run", str(config), "--threads", "1"], check=True, stdout=subprocess.DEVNULL)
    with open(folder / atoms / "history.csv") as table:
        return min(float(row["best_eV"]) for row in csv.DictReader(table) if row["best_eV"])


def theirs(program, folder, atoms, relaxations):
    numbers = [atomic_numbers[s] for s, n in re.findall(r"([A-Z][a-z]?)(\d*)", atoms) for _ in range(int(n or 1))]
    size, box = len(numbers), 30.0
    slab = Atoms(numbers=[], cell=numpy.eye(3) * box, pbc=False)
    bonds = closest_distances_generator(get_all_atom_types(slab, numbers), ratio_of_covalent_radii=0.7)
    edge = 2.6 * size ** (1 / 3)
    generator = StartGenerator(slab, numbers, bonds, box_to_place_in=[numpy.full(3, (box - edge) / 2), numpy.eye(3) * edge])
    path = folder / f"{atoms}.db"
    path.unlink(missing_ok=True)
    prepared = PrepareDB(db_file_name=str(path), simulation_cell=slab, stoichiometry=numbers)
    starts = [generator.get_new_candidate() for _ in range(20)]
    for start in starts:
        prepared.add_unrelaxed_candidate(start)
    order = folder / f"{atoms}-order.extxyz"
    write(order, Atoms(numbers=starts[0].numbers, positions=starts[0].positions))
    data, name = DataConnection(str(path)), f"ga{atoms}-{os.getpid()}"  # two studies never meet on one socket
    lowest = float("inf")
    with SocketIOCalculator(unixsocket=name) as calculator:
        client = subprocess.Popen([program, "potential", "serve", str(order), "--model", "gupta", "--unix", name], stdout=subprocess.DEVNULL)

        def relax(candidate):
            work = Atoms(numbers=candidate.numbers, positions=candidate.positions, cell=numpy.eye(3) * 1e3, calculator=calculator)
            BFGS(work, logfile=None).run(fmax=0.002, steps=500)
            candidate.positions = work.positions
            energy = work.get_potential_energy()
            candidate.calc = SinglePointCalculator(candidate, energy=energy)  # the database keeps it, the comparator asks for it
            candidate.info["key_value_pairs"]["raw_score"] = -energy
            data.add_relaxed_step(candidate)
            return energy

        done = 0
        while data.get_number_of_unrelaxed_candidates() > 0 and done < relaxations:
            lowest, done = min(lowest, relax(data.get_an_unrelaxed_candidate())), done + 1
        same = InteratomicDistanceComparator(n_top=size, pair_cor_cum_diff=0.015, pair_cor_max=0.7, dE=0.02, mic=False)
        population = Population(data_connection=data, population_size=20, comparator=same)
        pairing = CutAndSplicePairing(slab, size, bonds)
        mutations = OperationSelector([1.0, 1.0, 1.0], [MirrorMutation(bonds, size), RattleMutation(bonds, size), PermutationMutation(size)])
        while done < relaxations:
            first, second = population.get_two_candidates()
            child, description = pairing.get_new_individual([first, second])
            if child is None:
                continue
            data.add_unrelaxed_candidate(child, description)
            if numpy.random.random() < 0.3:
                mutated, text = mutations.get_new_individual([child])
                if mutated is not None:
                    data.add_unrelaxed_step(mutated, text)
                    child = mutated
            lowest, done = min(lowest, relax(child)), done + 1
            population.update()
    client.wait(20)
    return lowest


def main():
    program, folder = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()
    relaxations = int(sys.argv[3]) if len(sys.argv) > 3 else 500
    folder.mkdir(parents=True, exist_ok=True)
    numpy.random.seed(1)
    print("| particle | relaxations | `search run`, eV | ase.ga, eV |\n|---|---|---|---|")
    for atoms in sys.argv[4:] or ["Cu19Ag19", "Cu13Ag42"]:
        own, other = ours(program, folder, atoms, relaxations), theirs(program, folder, atoms, relaxations)
        print(f"| {atoms} | {relaxations} | {own:.4f} | {other:.4f} |", flush=True)


if __name__ == "__main__":
    main()
