# shellcheck shell=bash
# What the job scripts share: the facts of the site, the log, and how the program is started and stopped. They set 'slurm', the folder of this file.

# shellcheck source=site.env
. "${SITE:-$slurm/site.env}"
export TERM=dumb

# Both are words of a shell: what has spaces in it is quoted there.
# shellcheck disable=SC2034
launcher=() program=()
eval "launcher=($LAUNCH)"
if [ -n "${CRYSTALHPC-}" ]; then
  eval "program=($CRYSTALHPC)"
elif [ -x "${slurm%/*}/crystalhpc" ]; then
  program=("${slurm%/*}/crystalhpc")
else
  # The folder of packaging/publish.sh starts in a third of the time: its code is compiled already. A later build is what its maker wants to run.
  program=(dotnet "${slurm%/*}/src/CrystalHpc/bin/Release/net10.0/crystalhpc.dll")
  built=${program[1]}
  for published in "${slurm%/*}"/artifacts/crystalhpc-*/crystalhpc; do
    if [ "$published" -nt "$built" ] && "$published" --version >/dev/null 2>&1; then
      program=("$published") built=$published
    fi
  done
fi
job=${SLURM_ARRAY_JOB_ID:+${SLURM_ARRAY_JOB_ID}_}${SLURM_ARRAY_TASK_ID:-$SLURM_JOB_ID}
run=''

# run_of WORDS: the run directory that the words of a command line name: that of --run, or the first that is one. None: nothing.
run_of() {
  local word previous=''
  for word; do
    [ "$previous" != --run ] || { printf '%s\n' "$word"; return; }
    [ "${word#--run=}" = "$word" ] || { printf '%s\n' "${word#--run=}"; return; }
    previous=$word
  done
  for word; do
    [ ! -e "$word/run.json" ] || { printf '%s\n' "$word"; return; }
  done
}

# log_in RUN STAGE: from here on all output goes to a log in RUN/logs, unless it goes there already. A folder that holds anything else than a
# run is not touched; the program says so.
log_in() {
  run=$1
  local logs=$run/logs log
  log=$logs/$2-$job.log
  [ -n "$run" ] || return 0
  case $(readlink "/proc/$$/fd/1") in "$(readlink -m -- "$logs")"/*) return 0 ;; esac
  [ -d "$logs" ] || [ -e "$run/run.json" ] || [ -z "$(ls -A -- "$run" 2>/dev/null)" ] || return 0
  mkdir -p -- "$logs" && : >>"$log" || return 0
  echo "log: $log"
  exec >>"$log" 2>&1
}

# launch COMMAND: runs it between a header and a footer, and exits with its code. Ahead of the time limit Slurm sends USR1 to this shell (#SBATCH
# --signal), which passes it on to all ranks. They stop in good order with exit code 75, and the job goes back into the queue, to go on where it stopped.
launch() {
  local asked='' child status began=$SECONDS
  header "$@"
  trap 'asked=limit; echo "time limit ahead: the ranks are asked to stop" >&2; kill -USR1 "$child"' USR1
  trap 'asked=cancelled' TERM
  "$@" &
  child=$!
  wait "$child"
  status=$?
  while kill -0 "$child" 2>/dev/null; do
    wait "$child"
    status=$?
  done
  footer "$status" $((SECONDS - began)) "$asked"
  [ "$asked" != limit ] || [ "$status" -ne 75 ] || scontrol requeue "$job"
  exit "$status"
}

header() {
  local line
  printf -v line ' %q' "$@"
  echo "== Slurm job $job ($SLURM_JOB_NAME) on $SLURM_JOB_NODELIST: $SLURM_JOB_NUM_NODES nodes, ${SLURM_NTASKS:-1} tasks, ${SLURM_CPUS_PER_TASK:-1} cores each"
  echo "   $(date -u +%Y-%m-%dT%H:%M:%SZ), attempt $((${SLURM_RESTART_COUNT:-0} + 1)) of this job, in $PWD"
  echo "  $line"
}

# What the program says of its end (see docs/cluster.md) ends with what to do next; a rank that was killed says nothing, and Slurm has its own ways.
footer() {
  local status=$1 seconds=$2 asked=$3
  echo "== Slurm job $job: exit code $status after $seconds s, $(date -u +%Y-%m-%dT%H:%M:%SZ)"
  case $status:$asked in
    75:limit) echo "   next: nothing; the job goes back into the queue and on where it stopped" ;;
    [01234]:* | 75:*) ;;
    *)
      echo "   a rank was killed or lost, or failed: the lines of the launcher, or of the rank, above say which (exit code 137: often for lack of memory)"
      [ -z "$run" ] || timeout 60 "${program[@]}" status "$run" || true
      echo "   next: submit the same again; complete shards are kept, and it goes on where it stopped"
      ;;
  esac
}
