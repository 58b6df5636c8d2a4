"""Runs one cell: everybody once, then the fastest and fiberplan in turns; answers are compared before times are.

Machines are noisy and a neighbour comes and goes, so nobody is timed all at once: a run of each follows a run of the
other, and what counts is the median over the turns of the median over the queries.
"""

import json
import subprocess
from pathlib import Path
from statistics import median
from typing import NamedTuple

HERE = Path(__file__).resolve().parent

LONGEST_RUN_S = 600

# Noise can double a time, so a peer is asked again if its first turn took at most this many times the fastest's.
IN_THE_RUNNING = 2.5


class Programs(NamedTuple):
    python: Path
    rust: Path
    instances: Path


class Outcome(NamedTuple):
    """What came of one contender in a cell."""
    verdict: str
    """Empty if every answer that could be checked is right, else what is wrong."""
    times_us: tuple
    """For each turn, the times of the queries."""
    answers: tuple = ()
    prep_s: float = None
    peak_mb: int = None

    @property
    def count(self):
        return len(self.times_us[0]) if self.times_us else 0

    def median_us(self, count=None):
        """The median over the turns of the median over the first queries."""
        return median(median(times[:count]) for times in self.times_us)


def command(programs, cell, contender):
    if contender.driver.endswith(".py"):
        program = [programs.python, HERE / "drivers" / contender.driver]
    else:
        program = [programs.rust / contender.driver]
    ending = "graph" if cell.instance.startswith("road") else "edges"
    files = [programs.instances / f"{cell.instance}.{end}" for end in (ending, "pairs")]
    words = [*program, contender.key, *files, contender.count, *cell.arguments]
    return [str(word) for word in words]


def run_once(programs, cell, contender):
    """One process; its line of JSON, or why there is none."""
    words = command(programs, cell, contender)
    try:
        done = subprocess.run(words, capture_output=True, text=True, timeout=LONGEST_RUN_S, check=True)
    except subprocess.TimeoutExpired:
        return f"over {LONGEST_RUN_S} s"
    except subprocess.CalledProcessError as error:
        last = error.stderr.strip().splitlines()[-1:] or ["no message"]
        return f"failed: {last[0]}"
    return json.loads(done.stdout.splitlines()[-1])


def right_answers(cell, lines):
    """For each query the answer that is known, or that of the check, or that of the first trusted peer that has one."""
    right = list(cell.known)
    for contender in sorted(cell.contenders, key=lambda contender: not contender.check):
        line = lines[contender]
        if contender.trusted and not contender.ours and isinstance(line, dict):
            right += line["answers"][len(right):]
    return right


def verdict(line, right):
    if not isinstance(line, dict):
        return line
    wrong = [i for i, (answer, known) in enumerate(zip(line["answers"], right)) if answer != known]
    return f"WRONG in {len(wrong)} of {len(line['answers'])}" if wrong else ""


def run_cell(programs, cell, say):
    """The outcome of each contender, by contender."""
    lines, outcomes = {}, {}
    for contender in cell.contenders:
        lines[contender] = run_once(programs, cell, contender)
    right = right_answers(cell, lines)
    for contender, line in lines.items():
        wrong = verdict(line, right)
        if not isinstance(line, dict):
            outcomes[contender] = Outcome(wrong, ())
            say(f"{contender.name}: {wrong}")
            continue
        outcomes[contender] = Outcome(wrong, (line["times_us"],), line["answers"], line["prep_s"], line["peak_mb"])
        say(f"{contender.name}: {outcomes[contender].median_us():.1f} us {wrong}")
        if contender.ours and len(line["answers"]) > len(right):
            say(f"{contender.name}: only {len(right)} of {len(line['answers'])} answers have another to compare with")
    for _ in range(1, cell.turns):
        for contender in in_the_running(outcomes):
            line = run_once(programs, cell, contender)
            outcome = outcomes[contender]
            wrong = outcome.verdict or verdict(line, right)
            times = (line["times_us"],) if isinstance(line, dict) else ()
            outcomes[contender] = outcome._replace(verdict=wrong, times_us=outcome.times_us + times)
    return outcomes


def in_the_running(outcomes):
    """The peers that may be the fastest and fiberplan's own, in turns."""
    right = [contender for contender, outcome in outcomes.items() if not outcome.verdict]
    mine = [contender for contender in right if contender.ours]
    peers = [contender for contender in right if not contender.ours and not contender.check]
    if not peers:
        return mine
    fastest = min(outcomes[peer].median_us() for peer in peers)
    close = [peer for peer in peers if outcomes[peer].median_us() <= IN_THE_RUNNING * fastest]
    return [close[0], *mine, *close[1:]]


def ratio(outcomes):
    """fiberplan's best time over the best peer's, each over the queries that both have answered, with their names.

    Where there is no peer it is the one that checks the answers. None where nobody of either side is right.
    """
    right = [contender for contender, outcome in outcomes.items() if not outcome.verdict]
    others = [contender for contender in right if not contender.ours]
    peers = [contender for contender in others if not contender.check] or others
    pairs = []
    for peer in peers:
        for own in (contender for contender in right if contender.ours):
            count = min(outcomes[own].count, outcomes[peer].count)
            pairs.append((outcomes[own].median_us(count) / outcomes[peer].median_us(count), own, peer))
    if not pairs:
        return None
    # Against each peer fiberplan sends the faster of its own; the peer that does best against that one is the best.
    best = {}
    for pair in sorted(pairs, key=lambda pair: pair[0]):
        best.setdefault(pair[2], pair)
    return max(best.values(), key=lambda pair: pair[0])
