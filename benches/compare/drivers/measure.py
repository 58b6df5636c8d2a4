"""What every driver in Python shares: reading the arguments, timing each query, printing one line of JSON.

The line holds `prep_s` (from the instance in memory to a peer that can be asked), `times_us` and `answers` (one for
each query, in order) and `peak_mb` (the most memory that the process held). Where all queries together take less than a
quarter of a second they are asked again, all in their order, until it is filled; a time is the median of the passes.
"""

import json
import sys
import time
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))


LEAST_S = 0.25


def peak_mb():
    """The high-water mark of this process; None where the system does not tell."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return None
    lines = [line for line in status.splitlines() if line.startswith("VmHWM:")]
    return round(int(lines[0].split()[1]) / 1024) if lines else None


def report(prepare, queries):
    """Prepares a peer, asks it every query, and prints what came of it."""
    start = time.perf_counter()
    ask = prepare()
    prep_s = time.perf_counter() - start
    answers, passes = [], []
    start = time.perf_counter()
    while not passes or time.perf_counter() - start < LEAST_S:
        times = []
        for number, (source, target) in enumerate(queries):
            begun = time.perf_counter()
            answer = ask(source, target)
            times.append((time.perf_counter() - begun) * 1e6)
            if not passes:
                answers.append(answer)
            elif answer != answers[number]:
                raise SystemExit(f"error: another answer to {source} {target} the second time")
        passes.append(times)
    times_us = [round(median(times), 2) for times in zip(*passes)]
    print(json.dumps(dict(prep_s=round(prep_s, 3), times_us=times_us, answers=answers, peak_mb=peak_mb())))
