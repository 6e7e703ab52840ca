# What the job scripts share: the facts of the site, and how the program is started and stopped.

. "${SITE:-slurm/site.env}"
export TERM=dumb

# Runs the program. Ahead of the time limit Slurm sends USR1 to this shell (#SBATCH --signal), which passes it on to all ranks. They stop in
# good order with exit code 75, and the job goes back into the queue, to go on where it stopped.
launch() {
  local asked= child status
  trap 'asked=yes; echo "time limit ahead: the ranks are asked to stop" >&2; kill -USR1 $child' USR1
  "$@" &
  child=$!
  wait $child
  status=$?
  while kill -0 $child 2>/dev/null; do
    wait $child
    status=$?
  done
  if [ -n "$asked" ] && [ $status -eq 75 ]; then
    scontrol requeue "${SLURM_ARRAY_JOB_ID:+${SLURM_ARRAY_JOB_ID}_}${SLURM_ARRAY_TASK_ID:-$SLURM_JOB_ID}"
  fi
  exit $status
}
