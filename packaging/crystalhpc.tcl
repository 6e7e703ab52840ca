#%Module1.0
# Module file for Environment Modules. Copy it to <a folder of MODULEPATH>/crystalhpc/0.1.0 and set root.
set root "$::env(HOME)/software/crystalhpc-0.1.0-linux-x64"

proc ModulesHelp { } {
    puts stderr "CrystalHpc: bond-valence parameters from crystal structures."
    puts stderr "crystalhpc --help; configurations in \$CRYSTALHPC_ROOT/configs."
}
module-whatis "Bond-valence parameters from crystal structures, on one core or on many MPI ranks"

prepend-path PATH $root
setenv CRYSTALHPC_ROOT $root
