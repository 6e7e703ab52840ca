#!/usr/bin/env bash
# Makes one folder, and an archive of it, that runs where no .NET is installed: the program, the .NET runtime, configurations, samples,
# documentation. Usage: packaging/publish.sh [--framework-dependent] [RID]   (default linux-x64; also linux-arm64)
# The archive lands in artifacts/.
set -euo pipefail
cd "$(dirname "$0")/.."

self_contained=true kind=""
if [ "${1:-}" = --framework-dependent ]; then
  self_contained=false kind="-fd"
  shift
fi
rid=${1:-linux-x64}
version=$(sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' Directory.Build.props)
name="crystalhpc-$version-$rid$kind"
folder="artifacts/$name"
rm -rf "$folder"

# Code compiled ahead of time starts in a third of the time; thousands of ranks start at once. One image for the program and the runtime
# leaves a rank half as many methods to compile as an image each. The lock files of the repository hold no runtime packs, and the
# objects of another RID must not mix with those of a plain build.
dotnet publish src/CrystalHpc -c Release -r "$rid" --self-contained "$self_contained" --nologo -v quiet -o "$folder" \
  -p:PublishReadyToRun=true -p:PublishReadyToRunComposite="$self_contained" \
  -p:NuGetLockFilePath=obj/publish.lock.json -p:DebugType=none -p:GenerateDocumentationFile=false \
  --artifacts-path "artifacts/publish-$rid$kind"

cp -r configs docs samples slurm LICENSE README.md "$folder/"
mkdir -p "$folder/packaging"
cp packaging/crystalhpc.lua packaging/crystalhpc.tcl "$folder/packaging/"
tar -C artifacts -czf "artifacts/$name.tar.gz" "$name"
du -sh "$folder" "artifacts/$name.tar.gz"
