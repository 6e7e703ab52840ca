#!/usr/bin/env python3
"""Figures of docs/studies/strata.md that are no output of a verb.

strata.py formation LABELS.extxyz OTHER.extxyz...   formation energies of the same structures by several potentials, meV/atom
strata.py correlation MODEL.safetensors...          how like the first-layer weights of other neighbors are to those of an atom's own kind
"""
import collections
import itertools
import json
import math
import re
import struct
import sys

import numpy


def read(path):
    with open(path) as file:
        while line := file.readline():
            facts, rows = file.readline(), [file.readline() for _ in range(int(line))]
            name = re.search(r'id="?([^"=]+?)"?(?= \w+=|"|$)', facts).group(1)
            yield name, [row.split()[0] for row in rows], float(re.search(r" energy=(\S+)", facts).group(1))


def formation_energies(path):
    structures = list(read(path))
    pure = {species[0]: energy / len(species) for name, species, energy in structures if name.endswith(" fcc")}
    return {name: (len(set(species)), 1e3 * (energy - sum(pure[symbol] for symbol in species)) / len(species))
            for name, species, energy in structures if not name.endswith(" fcc")}


def formation(labels, *others):
    known = formation_energies(labels)
    for path in others:
        found, errors = formation_energies(path), collections.defaultdict(list)
        for name, (elements, energy) in known.items():
            errors[elements].append(found[name][1] - energy)
        errors["all"] = list(itertools.chain(*errors.values()))
        for key, values in errors.items():
            print(f"{path}: {key} element(s), {len(values)} structures: root mean square "
                  f"{math.sqrt(sum(v * v for v in values) / len(values)):.2f}, largest {max(map(abs, values)):.2f} meV/atom")


def correlation(*models):
    for path in models:
        data = open(path, "rb").read()
        length = struct.unpack("<Q", data[:8])[0]
        header = json.loads(data[8:8 + length])
        meta = header.pop("__metadata__")
        tensor = {name: numpy.frombuffer(data[8 + length + entry["data_offsets"][0]:8 + length + entry["data_offsets"][1]], "<f8").reshape(entry["shape"])
                  for name, entry in header.items()}
        values = {}
        for center, functions in json.loads(meta["options"])["functions"].items():
            weights = tensor[f"member.0.{center}.0.weight"] * tensor[f"{center}.factor"].reshape(1, -1)
            radial = collections.defaultdict(list)
            for i, function in enumerate(functions):
                if function[0] == "Radial":
                    radial[function[1]].append(i)
            for other in radial:
                if other != center:
                    values[f"{center}-{other}"] = numpy.corrcoef(weights[:, radial[center]].ravel(), weights[:, radial[other]].ravel())[0, 1]
        print(path, ", ".join(f"{key} {value:.2f}" for key, value in values.items()))


if __name__ == "__main__":
    {"formation": formation, "correlation": correlation}[sys.argv[1]](*sys.argv[2:])
