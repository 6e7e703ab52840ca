"""Equal numbers of labels from evolution and from molecular dynamics, each potential tested on both.

    python3 docs/studies/grow.py CRYSTALHPC FOLDER

CRYSTALHPC is the program, FOLDER a new folder. Both potentials start from the same 40 drawn crystals; the labels of seed 1 are trained on, those of seed 2 are tests.
"""
import json
import pathlib
import subprocess
import sys

SYSTEMS = ["Cu4", "Ag4", "Cu2Ag2", "Cu3Ag", "CuAg3"]
FRAMES = 6  # of each of five systems: as many as two rounds of 15 labels


def call(*arguments):
    subprocess.run([str(a) for a in arguments], check=True, stdout=subprocess.DEVNULL)


def evolution(program, folder, seed):
    config = folder / f"grow-{seed}.json"
    grow = {"oracle": "gupta", "systems": SYSTEMS, "rounds": 2, "drawn": 40, "structures": 25, "labels": 15, "spread_electron_volt_per_angstrom": 1e-6, "seed": seed}
    config.write_text(json.dumps({"run_directory": str(folder / f"grow-{seed}"), "grow": grow}))
    call(program, "search", "grow", config, "--threads", "1")
    return folder / f"grow-{seed}" / "labels-0" / "labels.extxyz", [folder / f"grow-{seed}" / f"labels-{k}" / "labels.extxyz" for k in (1, 2)]


def dynamics(program, folder, seed):
    files = []
    for atoms in SYSTEMS:
        copper = int(atoms.split("Cu")[1][:1].replace("A", "1")) if "Cu" in atoms else 0
        sites = ["0 0 0", "0 1.95 1.95", "1.95 0 1.95", "1.95 1.95 0"]
        kinds = ["Cu"] * copper + ["Ag"] * (4 - copper)
        counts = [(k, kinds.count(k)) for k in dict.fromkeys(kinds)]
        start = folder / f"{atoms}.vasp"
        start.write_text(f"{atoms}\n1\n3.9 0 0\n0 3.9 0\n0 0 3.9\n{' '.join(k for k, _ in counts)}\n{' '.join(str(n) for _, n in counts)}\nCartesian\n" + "\n".join(sites) + "\n")
        out = folder / f"md-{atoms}-{seed}"
        call(program, "potential", "md", start, "--model", "gupta", "--ensemble", "npt", "--temperature", "800", "--steps", 200 * FRAMES, "--every", "200", "--seed", seed, "--out", out, "--threads", "1")
        text = (out / "trajectory.extxyz").read_text().splitlines(keepends=True)
        frames = [text[i:i + 6] for i in range(0, len(text), 6)][-FRAMES:]  # the start is left out
        picked = folder / f"md-{atoms}-{seed}.extxyz"
        picked.write_text("".join(line for frame in frames for line in frame))
        labelled = folder / f"md-{atoms}-{seed}-labelled.extxyz"
        call(program, "potential", "label", picked, "--model", "gupta", "--out", labelled)
        files.append(labelled)
    return files


def main():
    program, folder = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    drawn, found = evolution(program, folder, 1)
    sets = {"evolution": found, "dynamics": dynamics(program, folder, 1)}
    tests = {"evolution": evolution(program, folder, 2)[1], "dynamics": dynamics(program, folder, 2)}
    print("| trained on 40 drawn crystals and 30 of | tested on evolution | tested on dynamics |\n|---|---|---|")
    for name, files in sets.items():
        config = folder / f"train-{name}.json"
        potential = {"data": [str(f) for f in [drawn, *files]], "members": 3, "refit": True, "stress_weight": 20}
        config.write_text(json.dumps({"run_directory": str(folder / f"train-{name}"), "potential": potential}))
        call(program, "potential", "train", config, "--threads", "1")
        cells = []
        for test, data in tests.items():
            joined = folder / f"test-{test}.extxyz"
            joined.write_text("".join(f.read_text() for f in data))
            out = folder / f"judged-{name}-{test}"
            call(program, "potential", "evaluate", joined, "--model", folder / f"train-{name}" / "model.safetensors", "--out", out)
            metrics = json.loads((out / "metrics.json").read_text())["metrics"]
            cells.append(f"{metrics['energy.rmse_meV_per_atom']:.1f} meV/atom, {metrics['forces.rmse_eV_per_A']:.3f} eV/A")
        print(f"| {name} | " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()
