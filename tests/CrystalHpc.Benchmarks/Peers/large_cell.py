"""Writes a large crystal as extended XYZ: copper (4 atoms) or rutile (6 atoms), repeated, strained alike in all directions, each coordinate moved at random.

Usage: large_cell.py copper|rutile NX NY NZ STRAIN RATTLE_ANGSTROM. The same in every run.
"""
import random
import sys

CELLS = {
    "copper": ((3.615, 3.615, 3.615), [("Cu", 0, 0, 0), ("Cu", 0, 0.5, 0.5), ("Cu", 0.5, 0, 0.5), ("Cu", 0.5, 0.5, 0)]),
    "rutile": ((4.594, 4.594, 2.959), [("Ti", 0, 0, 0), ("Ti", 0.5, 0.5, 0.5), ("O", 0.305, 0.305, 0), ("O", 0.695, 0.695, 0),
                                       ("O", 0.195, 0.805, 0.5), ("O", 0.805, 0.195, 0.5)]),
}
edges, atoms = CELLS[sys.argv[1]]
counts = [int(word) for word in sys.argv[2:5]]
strain, rattle = float(sys.argv[5]), float(sys.argv[6])
edges = [edge * (1 + strain) for edge in edges]
draw = random.Random(1).gauss
a, b, c = (edge * count for edge, count in zip(edges, counts))
print(len(atoms) * counts[0] * counts[1] * counts[2])
print(f'Lattice="{a} 0 0 0 {b} 0 0 0 {c}" Properties=species:S:1:pos:R:3 pbc="T T T"')
for x in range(counts[0]):
    for y in range(counts[1]):
        for z in range(counts[2]):
            for symbol, *place in atoms:
                print(symbol, *(f"{(cell + part) * edge + draw(0, rattle):.6f}" for cell, part, edge in zip((x, y, z), place, edges)))
