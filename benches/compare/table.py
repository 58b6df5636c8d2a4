"""What came of the cells as Markdown: for each workload a table of times and one of memory."""

from statistics import median

from cells import WORKLOADS
from contest import ratio


def tables(results):
    """The tables of all workloads that have results, a list of (cell, outcomes)."""
    texts = []
    for workload in WORKLOADS:
        own = [(cell, outcomes) for cell, outcomes in results if cell.workload == workload.key]
        if own:
            texts += [f"## {workload.title}", workload.note, times(own), memory(own)]
    return "\n\n".join(texts)


def times(results):
    names, quoted = columns(results)
    rows = []
    for cell, outcomes in results:
        by_name = {contender.name: outcome for contender, outcome in outcomes.items()}
        most = max(outcome.count for outcome in outcomes.values())
        prepared = cell.workload == "repeated"
        measured = [time_cell(by_name.get(name), most, prepared) for name in names]
        known = {quote.name: time_text(quote.median_us) for quote in cell.quoted}
        figures = [*measured, *(known[name] for name in quoted)]
        rows.append([title(cell, outcomes), ratio_cell(outcomes), str(most), *figures])
    return markdown(["time per query", "ratio", "queries", *names, *quoted], rows)


def title(cell, outcomes):
    """With the median number of points where answers are fronts."""
    fronts = [outcome.answers for outcome in outcomes.values() if outcome.answers and not outcome.verdict]
    if cell.workload != "front" or not fronts:
        return cell.title
    most = max(fronts, key=len)
    return f"{cell.title}, {median(n_points for n_points, *_ in most):.0f} points"


def memory(results):
    names, quoted = columns(results)
    rows = []
    for cell, outcomes in results:
        by_name = {contender.name: outcome.peak_mb for contender, outcome in outcomes.items()}
        known = {quote.name: quote.peak_mb for quote in cell.quoted}
        figures = [by_name.get(name) for name in names] + [known[name] for name in quoted]
        rows.append([cell.title, *("-" if figure is None else f"{figure:,}" for figure in figures)])
    return markdown(["most memory, MB", *names, *quoted], rows)


def columns(results):
    """The names of the contenders and of those who are quoted, each in the order in which they first appear."""
    names = [contender.name for _, outcomes in results for contender in outcomes]
    quoted = [quote.name for cell, _ in results for quote in cell.quoted]
    return list(dict.fromkeys(names)), list(dict.fromkeys(quoted))


def time_cell(outcome, most, prepared):
    """A time; with the time of preparing, the number of queries if not all were asked, and what is wrong."""
    if outcome is None:
        return "-"
    if not outcome.times_us:
        return outcome.verdict
    words = [time_text(outcome.median_us())]
    if prepared:
        words.append(f"({time_text(outcome.prep_s * 1e6)})")
    if outcome.count < most:
        words.append(f"[{outcome.count}]")
    return " ".join(words + [outcome.verdict] * bool(outcome.verdict))


def ratio_cell(outcomes):
    found = ratio(outcomes)
    if found is None:
        return "-"
    value, _, peer = found
    return f"**{ratio_text(value)}** {peer.name}"


def ratio_text(value):
    return f"{value:.2f}x" if value >= 0.095 else f"{value:.2g}x"


def time_text(us):
    for unit, size in (("s", 1e6), ("ms", 1e3)):
        if us >= size:
            return f"{three_digits(us / size)} {unit}"
    return f"{three_digits(us)} us"


def three_digits(value):
    if value >= 100:
        return f"{value:.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def markdown(header, rows):
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
