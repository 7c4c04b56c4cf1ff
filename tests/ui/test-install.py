"""What "meson install" lays into a prefix is all there, and the program runs from there.

usage: test-install.py BUILD PREFIX APP_ID
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile

from tap import Skipped, main

BUILD, PREFIX, APP_ID = sys.argv[1:4]
BASE = tempfile.TemporaryDirectory(prefix="limen-install-")
ROOT = BASE.name + PREFIX
SHARE = os.path.join(ROOT, "share")


def installed(*parts):
    path = os.path.join(ROOT, *parts)
    assert os.path.exists(path), f"{path} was not installed"
    return path


def environment():
    shared = os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    kept = {name: value for name, value in os.environ.items() if name not in ("GSETTINGS_SCHEMA_DIR", "DESTDIR")}
    return {**kept, "XDG_DATA_DIRS": f"{SHARE}:{shared}", "GSETTINGS_BACKEND": "memory"}


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True, env=environment(), cwd=BASE.name).stdout


def check_it_is_installed():
    meson = shutil.which("meson")
    if not meson:
        raise Skipped("meson is not here")
    subprocess.run([meson, "install", "-C", BUILD, "--no-rebuild", "--destdir", BASE.name], check=True, capture_output=True)
    installed("bin", "limen")
    for part in (f"applications/{APP_ID}.desktop", f"metainfo/{APP_ID}.metainfo.xml", f"mime/packages/{APP_ID}.xml",
                 f"glib-2.0/schemas/{APP_ID}.gschema.xml", f"icons/hicolor/scalable/apps/{APP_ID}.svg",
                 f"icons/hicolor/symbolic/apps/{APP_ID}-symbolic.svg", "man/man1/limen.1",
                 "bash-completion/completions/limen.bash", "zsh/site-functions/_limen",
                 "fish/vendor_completions.d/limen.fish"):
        installed("share", part)


def check_nothing_but_this_is_installed():
    """No header, library, test or tool, and nothing outside of the prefix."""
    found = [os.path.relpath(os.path.join(where, name), BASE.name + PREFIX)
             for where, _, names in os.walk(BASE.name) for name in names]
    assert found, "nothing is installed"
    beside = [one for one in found if one != "bin/limen" and not one.startswith("share/")]
    assert not beside, beside


def check_the_command_line_runs_from_there():
    program = installed("bin", "limen")
    assert run(program, "--version").startswith("limen ")
    words = "detect --model builtin:glyphs --normal builtin:digits:200 --anomaly builtin:hiragana:100 --json -".split()
    told = json.loads(run(program, *words)[:].partition("\n}")[0] + "\n}")
    assert told["auroc"] > 0.9, told


def check_what_is_told_of_it_is_found_there():
    if shutil.which("man"):
        assert "builtin:glyphs" in run("man", "-M", os.path.join(SHARE, "man"), "limen")
    script = f"source '{installed('share/bash-completion/completions/limen.bash')}'; complete -p limen"
    assert "_limen" in run("bash", "-c", script)


def check_the_window_opens_from_there():
    for one in ("Xvfb", "xdotool", "dbus-daemon", "glib-compile-schemas"):
        if not shutil.which(one):
            raise Skipped(f"{one} is not here")
    from window import Desk

    run("glib-compile-schemas", "--strict", os.path.join(SHARE, "glib-2.0/schemas"))  # as installing to / does
    with Desk(XDG_DATA_DIRS=environment()["XDG_DATA_DIRS"]) as desk:
        program = desk.start(installed("bin", "limen"), title="^Limen")
        desk.rest()
        desk.quit(program)


if __name__ == "__main__":
    sys.exit(main(globals()))
