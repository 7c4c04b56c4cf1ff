"""The fuzz targets and the readers, as clang sees them, with this build's flags: it must not be left to ./check --fuzz to
find that it no longer builds.

argv: the build directory, the folder of the fuzz targets. Skipped where clang is not installed.
"""

import concurrent.futures
import json
import os
import shlex
import shutil
import subprocess
import sys

build, targets = map(os.path.realpath, sys.argv[1:3])
clang = shutil.which("clang")
if not clang:
    print("clang is not installed")
    sys.exit(77)


def belongs(entry):
    """The fuzz targets and the rooms whose readers they attack; to compile all else twice would take a minute."""
    path = os.path.realpath(os.path.join(entry["directory"], entry["file"]))
    root = os.path.dirname(os.path.dirname(targets))
    within = any(path.startswith(os.path.join(root, room) + os.sep) for room in ("model/data", "model/weights", "ui/cli"))
    return within or (os.path.dirname(path) == targets and os.path.basename(path).startswith("fuzz-"))


def flags(entry):
    """The compiler's own name, what it writes, and what only gcc or a sanitizer knows, left out."""
    words, kept = shlex.split(entry["command"]), []
    while words[0] != "-c" and not words[0].startswith("-"):  # ccache cc
        words.pop(0)
    skip = False
    for word in words:
        if skip or word in ("-o", "-MF", "-MQ", "-c"):
            skip = not skip and word in ("-o", "-MF", "-MQ")
        elif not word.startswith(("-MD", "-fsanitize", "-fprofile")):
            kept.append(word)
    return kept


plain = {name: value for name, value in os.environ.items() if name != "LD_PRELOAD"}  # which is for tests alone


def check(entry):
    # what meson.build, too, tells clang: it takes a g_autoptr that only frees for an unused variable
    command = [clang, "-fsyntax-only", "-Werror", *flags(entry), "-Wno-unused-variable"]
    done = subprocess.run(command, cwd=entry["directory"], env=plain, capture_output=True, text=True, check=False)
    return entry["file"], done.returncode, done.stderr


with open(os.path.join(build, "compile_commands.json"), encoding="utf-8") as file:
    entries = {entry["file"]: entry for entry in json.load(file) if belongs(entry)}
with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
    answers = list(pool.map(check, entries.values()))
failed = [(name, said) for name, status, said in answers if status]
for name, said in failed:
    print(f"{name} does not compile with clang:\n{said}")
print(f"{len(answers)} files, {len(failed)} that clang does not compile")
sys.exit(1 if failed or len(answers) < 50 else 0)
