"""Runs shell commands, one a line, in a folder, and answers seconds, processor seconds, peak memory in MB of the largest process, and the exit code.

Start: timed_command.py FOLDER. Processes that a command waits for count with it. What commands print is left in FOLDER/output.
"""
import os
import sys
import time

os.chdir(sys.argv[1])
print("ready", flush=True)
for line in sys.stdin:
    start = time.perf_counter()
    child = os.fork()
    if child == 0:
        output = os.open("output", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(output, 1)
        os.dup2(output, 2)
        os.execv("/bin/bash", ["bash", "-c", line])
    _, status, usage = os.wait4(child, 0)
    seconds = time.perf_counter() - start
    print(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024 / 1e6, os.waitstatus_to_exitcode(status), flush=True)
