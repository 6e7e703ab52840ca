-- Module file for Lmod. Copy it to <a folder of MODULEPATH>/crystalhpc/0.1.0.lua and set root.
local root = pathJoin(os.getenv("HOME"), "software/crystalhpc-0.1.0-linux-x64")

help([[CrystalHpc: bond-valence parameters from crystal structures.
crystalhpc --help; configurations in $CRYSTALHPC_ROOT/configs.]])
whatis("Name: CrystalHpc")
whatis("Version: 0.1.0")
whatis("Description: Bond-valence parameters from crystal structures, on one core or on many MPI ranks")

prepend_path("PATH", root)
setenv("CRYSTALHPC_ROOT", root)
