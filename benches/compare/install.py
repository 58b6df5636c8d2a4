"""Fetches and builds the contenders in a folder outside the repository, and tells what they were built from."""

import datetime
import os
import platform
import re
import subprocess
import sys
from pathlib import Path

from contest import Programs

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parent.parent


def default_cache():
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "fiberplan-compare"


def install(cache, say):
    """The peers from their registries and fiberplan from this repository, as far as they are not there yet."""
    cache.mkdir(parents=True, exist_ok=True)
    programs = Programs(cache / "venv" / "bin" / "python", cache / "rust" / "release", cache / "instances")
    wanted = (HERE / "requirements.txt").read_text(encoding="utf-8")
    stamp = cache / "venv" / "installed.txt"
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != wanted:
        say("installing the Python peers")
        run([sys.executable, "-m", "venv", cache / "venv"])
        run([programs.python, "-m", "pip", "install", "-q", "-r", HERE / "requirements.txt"])
        stamp.write_text(wanted, encoding="utf-8")
    say("building fiberplan and the Rust peers")
    manifest = HERE / "rust" / "Cargo.toml"
    target = dict(CARGO_TARGET_DIR=str(cache / "rust"))
    run(["cargo", "build", "--release", "--locked", "-q", "--manifest-path", manifest], **target)
    return programs


def make_instances(programs, names):
    run([programs.python, HERE / "instances.py", programs.instances, *names])


def run(words, **environment):
    subprocess.run([str(word) for word in words], check=True, env={**os.environ, **environment})


def provenance():
    """Date, machine and versions, as lines of Markdown."""
    manifest = (HERE / "rust" / "Cargo.toml").read_text(encoding="utf-8")
    rust = dict(re.findall(r'^([\w-]+) = "=([\d.]+)"$', manifest, re.M))
    python = dict(line.split("==") for line in (HERE / "requirements.txt").read_text(encoding="utf-8").split())
    peers = ", ".join(f"{name} {version}" for name, version in sorted({**rust, **python}.items()))
    python_version = platform.python_version()
    return "\n".join([
        f"- {datetime.date.today().isoformat()}; fiberplan {own_version()}",
        f"- {machine()}",
        f"- {first_line(['rustc', '--version'])}, Python {python_version}",
        f"- {peers}",
    ])


def own_version():
    manifest = (REPOSITORY / "Cargo.toml").read_text(encoding="utf-8")
    version = re.search(r'^version = "(.+)"$', manifest, re.M).group(1)
    commit = first_line(["git", "-C", REPOSITORY, "rev-parse", "--short", "HEAD"])
    changed = first_line(["git", "-C", REPOSITORY, "status", "--porcelain", "--untracked-files=no"])
    return version + (f" at {commit}" if commit else "") + (" with changes" if changed else "")


def machine():
    model = platform.processor() or platform.machine()
    memory = ""
    try:
        names = re.findall(r"^model name\s*: (.+)$", Path("/proc/cpuinfo").read_text(encoding="utf-8"), re.M)
        model = names[0] if names else model
        kilobytes = re.search(r"^MemTotal:\s+(\d+) kB$", Path("/proc/meminfo").read_text(encoding="ascii"), re.M)
        memory = f", {int(kilobytes.group(1)) / 2**20:.0f} GB of memory"
    except OSError:
        pass
    return f"{model}, {os.cpu_count()} cores{memory}, {platform.system()}; every contender on one core"


def first_line(words):
    """The first line that a program prints; nothing if there is no such program or it fails."""
    try:
        done = subprocess.run([str(word) for word in words], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return (done.stdout.splitlines() or [""])[0]
