#!/usr/bin/env bash
# Installs what is missing (Open MPI, MPICH, Slurm, Chromium, pandas, zsh, fish, shellcheck), builds, runs all tests. The tests in category Mpi start mpirun of
# both at 1, 2 and 4 ranks, those in category Slurm a private Slurm of one node and one of two (tests/slurm/cluster); they fail
# where that cannot be, unless CRYSTALHPC_SKIP_SLURM=1 says to do without. Those in category Browser open a report in headless
# Chromium, those in category Published try the folder that packaging/publish.sh makes. Last line: N passed, N failed, N skipped.
#
# tests/run.sh --quick: for daily work. Installs nothing, publishes nothing, and leaves out these four categories and Slow.
set -euo pipefail
cd "$(dirname "$0")/.."

quick=0
case "${1-}" in
  "") ;;
  --quick) quick=1 ;;
  *) echo "usage: tests/run.sh [--quick]" >&2; exit 2 ;;
esac

install() {
  local as_root=()
  [ "$(id -u)" -eq 0 ] || as_root=(sudo)
  "${as_root[@]}" apt-get -o DPkg::Lock::Timeout=900 update -qq &&
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get -o DPkg::Lock::Timeout=900 install -y -qq --no-install-recommends "$@" >/dev/null
}
install_missing() {
  local packages=() extras=() package tool
  command -v mpirun.openmpi >/dev/null || packages+=(openmpi-bin libopenmpi-dev)
  command -v mpirun.mpich >/dev/null || packages+=(mpich libmpich-dev)
  [ "${CRYSTALHPC_SKIP_SLURM-}" = 1 ] || for package in slurmctld slurmd slurm-client/srun munge/munged; do
    PATH=$PATH:/usr/sbin command -v "${package#*/}" >/dev/null || packages+=("${package%/*}")
  done
  if [ ${#packages[@]} -gt 0 ]; then
    if command -v apt-get >/dev/null; then
      install "${packages[@]}" || echo "not installed: ${packages[*]}; tests that need them will be skipped, or fail if they need Slurm" >&2
    else
      echo "no apt-get here: tests that need ${packages[*]} will be skipped, or fail if they need Slurm (CRYSTALHPC_SKIP_SLURM=1)" >&2
    fi
  fi
  # A system without these packages (some have Chromium as a snap only) still runs all other tests.
  command -v chromium >/dev/null && command -v chromedriver >/dev/null || install chromium chromium-driver ||
    echo "no Chromium here: tests in category Browser will be skipped" >&2
  /usr/bin/python3 -c 'import pandas' 2>/dev/null || extras+=(python3-pandas)
  for tool in zsh fish shellcheck; do command -v "$tool" >/dev/null || extras+=("$tool"); done
  [ ${#extras[@]} -eq 0 ] || install "${extras[@]}" || echo "not installed: ${extras[*]}; tests that need them will be skipped" >&2
}
[ "$quick" -eq 1 ] || install_missing
command -v dotnet >/dev/null || { echo "the .NET 10 SDK is needed: https://dotnet.microsoft.com/download" >&2; exit 1; }

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 TERM=dumb
dotnet build CrystalHpc.sln -c Release --nologo -v quiet
[ "$quick" -eq 1 ] || packaging/publish.sh >/dev/null || echo "not published (runtime packs?): tests in category Published will be skipped" >&2

log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
chosen=()
[ "$quick" -eq 0 ] || chosen=(--filter 'TestCategory!=Mpi&TestCategory!=Slurm&TestCategory!=Browser&TestCategory!=Published&TestCategory!=Slow')
dotnet test CrystalHpc.sln -c Release --no-build --nologo "${chosen[@]}" --logger 'console;verbosity=normal' 2>&1 \
  | tee "$log" | grep --line-buffered -v '^  Passed ' || status=$?

echo "slowest:"
sed -n 's/^  Passed \(.*\) \[\([^]]*\)\]$/\2|\1/p' "$log" \
  | awk -F'|' '{ n = split($1, w, " "); t = 0; for (i = 1; i < n; i += 2) t += w[i] * (w[i + 1] == "h" ? 3600 : w[i + 1] == "m" ? 60 : w[i + 1] == "s")
      if (t > 0) printf "%5d s  %s\n", t, $2 }' | sort -rn | head -20 || true

count() { sed -n "s/^ *$1: *\([0-9][0-9]*\)$/\1/p" "$log" | awk '{ n += $1 } END { print n + 0 }'; }
passed=$(count Passed) failed=$(count Failed) skipped=$(count Skipped)
echo "$passed passed, $failed failed, $skipped skipped"
[ "$status" -eq 0 ] && [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
