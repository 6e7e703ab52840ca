"""Prints name and version of each Python package of the benchmarks that is installed here, a line each."""
import importlib.metadata
import sys

print("Python", sys.version.split()[0])
for name in ("numpy", "pymatgen", "spglib", "torch", "scikit-learn"):
    try:
        print(name, importlib.metadata.version(name))
    except importlib.metadata.PackageNotFoundError:
        pass
