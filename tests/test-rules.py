"""Rules of the house that the compiler does not see: floors and rooms, lengths, tests that are run, words.

usage: test-rules.py ROOT
"""

import os
import re
import subprocess
import sys

ROOT = sys.argv[1]
FLOORS = {"model": ["model"], "viz": ["model", "viz"], "ui": ["model", "viz", "ui"]}
UPSTAIRS = {"model": r"<(gtk|gdk/|adwaita|cairo|pango)", "viz": r"<(gtk|gdk/|adwaita)"}  # windows and pictures
MOST_LINES = 640
MOST_LINES_OF_A_FUNCTION = 60


def files(*folders, ends=(".c", ".h")):
    """Paths below the root, and their text."""
    for folder in folders:
        for where, inner, names in os.walk(os.path.join(ROOT, folder)):
            inner[:] = [one for one in inner if one not in ("__pycache__", "corpus", "builtin")]
            for name in sorted(names):
                if name.endswith(ends):
                    path = os.path.relpath(os.path.join(where, name), ROOT)
                    with open(os.path.join(ROOT, path), encoding="utf-8") as file:
                        yield path, file.read()


def includes(text):
    return re.findall(r'^#include (["<][^">]+)[">]', text, re.MULTILINE)


def rooms_of_model():
    """In their order: a room knows those before it."""
    with open(os.path.join(ROOT, "model/meson.build"), encoding="utf-8") as file:
        text = re.sub(r"#.*", "", file.read())
    return re.findall(r"'([a-z]+)'", text[text.index("foreach"):text.index("subdir")])


def check_a_floor_knows_only_what_lies_below_it():
    for floor, known in FLOORS.items():
        for path, text in files(floor):
            for one in includes(text):
                own = re.match(r'"(model|viz|ui|tests)/', one)
                if own and own[1] not in known:
                    yield f"{path} includes {one[1:]}"
                if floor in UPSTAIRS and re.match(UPSTAIRS[floor], one):
                    yield f"{path} includes {one[1:]}"


def check_a_room_of_model_knows_only_those_before_it():
    rooms = rooms_of_model()
    assert len(rooms) > 5, rooms
    for path, text in files("model"):
        here = path.split("/")[1]
        for one in includes(text):
            there = re.match(r'"model/([a-z]+)/', one)
            if there and rooms.index(there[1]) > rooms.index(here):
                yield f"{path} includes {one[1:]}"


def check_no_file_is_long():
    for path, text in files("model", "viz", "ui"):
        if (n := text.count("\n")) > MOST_LINES:
            yield f"{path} has {n} lines"


def check_no_function_is_long():
    for path, text in files("model", "viz", "ui"):
        if not path.endswith(".c"):
            continue
        for name, body in re.findall(r"^(\w+) \([^;{}]*\)\n\{\n(.*?)^\}", text, re.MULTILINE | re.DOTALL):
            if (n := body.count("\n")) > MOST_LINES_OF_A_FUNCTION:
                yield f"{path}: {name} has {n} lines"


def check_headers_say_what_they_are_for():
    for path, text in files("model", "viz", "ui"):
        if path.endswith(".h") and (not text.startswith("/*") or "#pragma once" not in text):
            yield f"{path} has no first comment, or no #pragma once"


def check_every_test_is_run():
    for folder in ("model", "viz", "ui", "fuzz"):
        with open(os.path.join(ROOT, "tests", folder, "meson.build"), encoding="utf-8") as file:
            told = file.read()
        for path, _ in files("tests/" + folder, ends=(".c", ".py")):
            name = os.path.basename(path)
            word = re.match(r"(test|fuzz)-([\w-]+)\.(c|py)$", name)
            if word and os.path.dirname(path) == "tests/" + folder and f"'{word[2]}'" not in told and name not in told:
                yield f"{path} is not in tests/{folder}/meson.build"


def check_nothing_is_left_to_do():
    for path, text in files("model", "viz", "ui", "tests", "tools", ends=(".c", ".h", ".py", "check", "run")):
        for word in re.findall(r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK)\b", text):
            yield f"{path} says {word}"


def check_a_commit_has_no_path_of_one_machine():
    listed = subprocess.run(["git", "-C", ROOT, "grep", "-nIE", r"(^|[^\w.])/(work|home|root)/", "--", ".", ":!tests/test-rules.py"],
                            capture_output=True, text=True, check=False)
    if listed.returncode == 0:
        yield from listed.stdout.splitlines()


def main():
    checks = {name: check for name, check in globals().items() if name.startswith("check_")}
    print(f"1..{len(checks)}")
    failed = 0
    for number, (name, check) in enumerate(checks.items(), 1):
        broken = list(check())
        for line in broken:
            print("#", line)
        failed += bool(broken)
        print(f"{'not ' if broken else ''}ok {number} - {name[6:].replace('_', ' ')}", flush=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
