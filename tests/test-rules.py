"""Rules of the house that the compiler does not see: floors and rooms, lengths, tests that are run, words.

usage: test-rules.py ROOT [--extra FILE LINE]
"""

import os
import re
import shutil
import subprocess
import sys

ROOT = sys.argv[1]
WINDOWS = r"gtk|gdk/|gsk/|adwaita|libadwaita"
UPSTAIRS = {  # where, and what nobody there may know
    "model/": rf"{WINDOWS}|cairo|pango", "viz/": WINDOWS, "ui/study/": WINDOWS, "ui/cli/": WINDOWS,
    "(viz|ui|model/(?!data/))": "gdk-pixbuf",  # reads pictures: files to numbers
}
GAP = r"(?:[ \t]|/\*.*?\*/)*"
MOST_LINES = 600
MOST_LINES_OF_A_FUNCTION = 60
LAID_OUT_BY = 14  # the major version of clang-format
MAY_BE_NULL = r"GError \*\*|GCancellable \*|const LimenRun \*|char \*\*argv"
SKIPPED = ""


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


def sources():
    """Files of the floors, and lines that are taken for such as stand in one: --extra FILE LINE tries a rule."""
    yield from files("model", "viz", "ui")
    yield from ((*sys.argv[i + 1:i + 2], "".join(sys.argv[i + 2:i + 3]) + "\n")
                for i, one in enumerate(sys.argv) if one == "--extra")


def includes(text):
    """With the first of their quotation marks or brackets, however they are laid out; "" for what a macro names."""
    told = re.findall(rf"^(?:.*\*/)?{GAP}(?:#|%:){GAP}(?:include\w*|import)\b{GAP}(.*)", text.replace("\\\n", ""), re.MULTILINE)
    return [named[0] if (named := re.match(r'["<][^">]+(?=[">])', one)) else "" for one in told]


def own(text):
    """Paths of our own headers, in quotation marks or not."""
    return [one[1:] for one in includes(text) if re.match(r'["<](model|viz|ui|tests)/', one)]


def room_of(path):
    """The folder below the floor's own; files beside such folders are a room as well."""
    parts = path.split("/")[:-1]
    return "/".join(parts[:3 if parts[:2] == ["ui", "study"] else 2])


def rooms():
    """Of tests/rooms, in its order: each with the rooms that it may know."""
    known = {}
    with open(os.path.join(ROOT, "tests/rooms"), encoding="utf-8") as file:
        for line in file:
            if line := line.split("#")[0].strip():
                room, others = line.split(":")
                known[room] = others.split()
    assert len(known) > 20, known
    return known


def check_an_include_is_written_from_the_root(told=None):
    for path, text in told or sources():
        for one in includes(text):
            if not one:
                yield f"{path} includes what a macro names: write the header itself"
            elif one[0] == '"' and not one[1:].startswith(("model/", "viz/", "ui/", "limen-")):
                yield f"{path} includes {one[1:]}, which is no path from the root"
            elif one[0] == "<" and one[1:].startswith(("model/", "viz/", "ui/", "tests/", "limen-", ".", "/")):
                yield f"{path} includes <{one[1:]}>: headers of our own stand in quotation marks"
            if one and (os.path.normpath(one[1:]) != one[1:] or ".." in one.split("/")):
                yield f"{path} includes {one[1:]}, a path with a detour: write it without . and .."
            if one[:1] == '"' and not one.endswith(".h"):
                yield f"{path} includes {one[1:]}, which is no header"


def check_a_floor_draws_nothing_it_has_no_eyes_for(told=None):
    for path, text in told or sources():
        for where, words in UPSTAIRS.items():
            for one in includes(text):
                if re.match(where, path) and re.match(f'["<]({words})', one):
                    yield f"{path} includes {one[1:]}, which {os.path.dirname(path)}/ may not know"


def check_a_room_knows_only_those_it_may(told=None):
    known = rooms()
    for path, text in told or sources():
        here = room_of(path)
        if here not in known:
            yield f"{path} is in {here}/, which is no room of tests/rooms"
            continue
        for one in own(text):
            there = room_of(one)
            if there != here and not any(there == other or other.endswith("*") and there.startswith(other[:-1])
                                         for other in known[here]):
                yield f"{path} includes {one}: tests/rooms does not let {here} know {there}"


def check_no_room_knows_one_that_knows_it():
    seen = []
    for room, others in rooms().items():
        for other in others:
            if not other.endswith("*") and other not in seen and other != "ui":
                yield f"tests/rooms lets {room} know {other}, which does not stand above it"
        seen.append(room)


def unit_of(path):
    """A source, its header and its private header are one unit."""
    return re.sub(r"(-private)?\.[ch]$", "", path)


def circles(graph):
    """Strongly connected parts with more than one unit: Tarjan's algorithm."""
    index, low, stack, found = {}, {}, [], []

    def visit(unit):
        index[unit] = low[unit] = len(index)
        stack.append(unit)
        for other in sorted(graph.get(unit, ())):
            if other not in index:
                visit(other)
            if other in stack:
                low[unit] = min(low[unit], low[other])
        if low[unit] == index[unit]:
            part = [stack.pop()]
            while part[-1] != unit:
                part.append(stack.pop())
            if len(part) > 1:
                found.append(sorted(part))

    for unit in sorted(graph):
        if unit not in index:
            visit(unit)
    return found


def check_no_units_know_each_other_in_a_circle(told=None):
    graph = {}
    for path, text in told or sources():
        graph.setdefault(unit_of(path), set()).update({unit_of(one) for one in own(text)} - {unit_of(path)})
    for part in circles(graph):
        yield "a circle: " + ", ".join(part)


WALLS = (check_an_include_is_written_from_the_root, check_a_floor_draws_nothing_it_has_no_eyes_for,
         check_a_room_knows_only_those_it_may, check_no_units_know_each_other_in_a_circle)
REFUSED = (  # a file, and a line that some wall must stop there
    ("model/data/csv.c", '#include "model/latent/vae.h"'),
    ("model/data/csv.c", "#include <model/latent/vae.h>"),
    ("model/data/csv.c", "#include <model/base/matrix.h>"),
    ("model/base/number.c", "#include <cairo.h>"),
    ("model/base/number.c", "#include <gdk-pixbuf/gdk-pixbuf.h>"),
    ("model/base/number.c", '#include "tests/model/game-judges.h"'),
    ("model/base/number.c", '#include "model/base/matrix.c"'),
    ("model/base/number.c", "#include HEADER"),
    ("model/attic/box.c", "#include <glib.h>"),
    ("viz/game/mix-plot.c", "#include <viz/bound/bound-plot.h>"),
    ("viz/game/mix-plot.c", '  #include "ui/window.h"'),
    ("viz/game/mix-plot.c", '# include "ui/window.h"'),
    ("viz/game/mix-plot.c", '/* for once */ #include/**/"ui/window.h"'),
    ("viz/game/mix-plot.c", '#include \\\n"ui/window.h"'),
    ("viz/game/mix-plot.c", '/* for\n once */ #include "ui/window.h"'),
    ("viz/game/mix-plot.c", '%:include "ui/window.h"'),
    ("viz/game/mix-plot.c", '#import "ui/window.h"'),
    ("viz/game/mix-plot.c", '#include"ui/window.h"'),
    ("viz/kit/sheet.c", "#include <gsk/gsk.h>"),
    ("viz/kit/sheet.c", "#include <gdk-pixbuf/gdk-pixbuf.h>"),
    ("ui/study/job.c", "#include <gtk/gtk.h>"),
    ("ui/study/job.c", "  #include <gtk/gtk.h>"),
    ("ui/study/job.c", '#include "../toasts.h"'),
    ("ui/study/job.c", "#include <../toasts.h>"),
    ("ui/study/game/told.c", "#include <ui/study/bound/state.h>"),
    ("ui/cli/game.c", "#include <ui/window.h>"),
    ("ui/cli/game.c", "#include <adwaita.h>"),
    ("ui/cli/game.c", '#include "ui/study/../window.h"'),
    ("ui/cli/game.c", '#include "ui/study/./job.h"'),
    ("ui/cli/game.c", '#include "ui/study//job.h"'),
    ("ui/cli/game.c", '#include "ui/../ui/cli/game.h"'),
)
LET_THROUGH = (
    ("model/data/csv.c", "#include <math.h>"),
    ("model/data/csv.c", '#include "model/base/matrix.h"'),
    ("model/data/csv.c", '/* #include "ui/window.h" */'),
    ("model/data/image-pixbuf.c", "#include <gdk-pixbuf/gdk-pixbuf.h>"),
    ("viz/kit/sheet.c", "#include <cairo.h>"),
    ("ui/cli/game.c", '#include "ui/study/game/state.h"'),
    ("ui/window.c", "#include <adwaita.h>"),
)


def check_the_walls_hold():
    """One line at a time, beside nothing else."""
    for lines, wrong in ((REFUSED, "has nothing against"), (LET_THROUGH, "refuses")):
        for path, line in lines:
            told = [one for wall in WALLS for one in wall([(path, line + "\n")])]
            if bool(told) != (lines is REFUSED):
                yield f"the wall of {path} {wrong} {line!r}"
    pair = [("viz/kit/axis.h", '#include "viz/kit/sheet.h"\n'), ("viz/kit/sheet.c", '#include "viz/kit/axis.h"\n')]
    if not list(check_no_units_know_each_other_in_a_circle(pair)):
        yield "a circle of two units is not seen"


def check_no_file_is_long():
    for path, text in files("model", "viz", "ui", "tests", "tools", ends=(".c", ".h", ".py")):
        if (n := text.count("\n")) > MOST_LINES:
            yield f"{path} has {n} lines"


def check_no_function_is_long():
    for path, text in files("model", "viz", "ui"):
        if not path.endswith(".c"):
            continue
        for name, body in re.findall(r"^(\w+) \([^;{}]*\)\n\{\n(.*?)^\}", text, re.MULTILINE | re.DOTALL):
            if (n := body.count("\n")) > MOST_LINES_OF_A_FUNCTION:
                yield f"{path}: {name} has {n} lines"


def pointers(arguments):
    """Names of arguments that must point to something: not those through which a caller may give nothing."""
    told = [one for one in arguments.split(",") if "*" in one and not re.search(MAY_BE_NULL, one)]
    return [re.search(r"(\w+)\)?(\[\w*\])?\s*$", one)[1] for one in told]


def tells_of_null(body, pointer):
    """Whether a precondition stands there, or what becomes of NULL, or another public function is asked at once."""
    return ("_if_fail (" in body or re.search(rf"!{pointer}\b(?![-.>])|\b{pointer} (\?|&&)|if \({pointer}\)", body)
            or re.match(rf"\s*(return )?limen_\w+ \({pointer}[,)]", body))


def check_public_functions_of_ui_say_what_they_need():
    public = {name for _, text in files("ui", ends=(".h",)) for name in re.findall(r"\b(limen_\w+) \(", text)}
    for path, text in files("ui", ends=(".c",)):
        for name, arguments, body in re.findall(r"^(\w+) \(([^;{}]*)\)\n\{\n(.*?)^\}", text, re.MULTILINE | re.DOTALL):
            if name in public and (told := pointers(arguments)) and not tells_of_null(body, told[0]):
                yield f"{path}: {name} has no precondition of {', '.join(told)}"


def check_headers_say_what_they_are_for():
    for path, text in files("model", "viz", "ui"):
        if path.endswith(".h") and (not text.startswith("/*") or "#pragma once" not in text):
            yield f"{path} has no first comment, or no #pragma once"


def check_every_test_is_run():
    for folder in ("model", "viz", "study", "ui", "fuzz"):
        with open(os.path.join(ROOT, "tests", folder, "meson.build"), encoding="utf-8") as file:
            told = file.read()
        for path, _ in files("tests/" + folder, ends=(".c", ".py")):
            name = os.path.basename(path)
            word = re.match(r"(test|fuzz)-([\w-]+)\.(c|py)$", name)
            if word and os.path.dirname(path) == "tests/" + folder and f"'{word[2]}'" not in told and name not in told:
                yield f"{path} is not in tests/{folder}/meson.build"


def clang_format():
    """Its path, where it is of the version that the layout was made by: others lay some lines otherwise."""
    if path := shutil.which("clang-format"):
        told = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout
        return path if re.search(rf"version {LAID_OUT_BY}\.", told) else None
    return None


def check_clang_format_decides_layout():
    if not (program := clang_format()):
        yield SKIPPED
        return
    listed = [os.path.join(ROOT, path) for path, _ in files("model", "viz", "ui", "tests")]
    told = subprocess.run([program, "--dry-run", "-Werror", *listed], capture_output=True, text=True, check=False)
    yield from (os.path.relpath(line, ROOT) for line in told.stderr.splitlines() if ": error: " in line)


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
        title = f"{number} - {name[6:].replace('_', ' ')}"
        if broken == [SKIPPED]:
            print(f"ok {title} # SKIP no clang-format {LAID_OUT_BY}", flush=True)
            continue
        for line in broken:
            print("#", line)
        failed += bool(broken)
        print(f"{'not ' if broken else ''}ok {title}", flush=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
