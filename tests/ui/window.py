"""A program in a window, as its user has it: a display, a pointer, a keyboard, and a screen reader's view.

A test program defines functions named scenario_*, each taking a Desk, and calls main(). Every scenario runs in a
process, on a session bus and on an X server of its own, and is one TAP subtest. There is no window manager: the
first window lies at (0, 0), so that its coordinates are the screen's.

No scenario may depend on how busy the machine is: what is expected is waited for, and before something is read or
clicked that may still move, all is let come to rest, which is seen by what the processes do and not by a clock.
"""

import functools
import os
import re
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time
import traceback
import zlib

SCREEN = (1600, 1000)
PATIENCE = float(os.environ.get("LIMEN_PATIENCE", 1))  # more for slow builds: every wait is that many times as long
LONG = 120 * PATIENCE  # seconds: what has not come by then never will
SECONDS_FOR_A_SCENARIO = 5 * LONG


class Desk:
    """The display and what runs on it; a context manager that ends all of it."""

    here = None  # a process has one at a time

    def __init__(self, screen=SCREEN, **environment):
        Desk.here = self
        self.known = {}  # accessibles that were found
        self.directory = tempfile.mkdtemp(prefix="limen-desk-")
        self.processes = []
        self.windows = {}
        os.environ["XDG_RUNTIME_DIR"] = self.directory  # its accessibility bus is no other desk's
        size = f"{screen[0]}x{screen[1]}x24"
        display = self._serve("Xvfb", "-displayfd", "{}", "-screen", "0", size, "-noreset", "-nolisten", "tcp")
        bus = self._serve("dbus-daemon", "--session", "--nofork", "--print-address={}")
        os.environ |= {"DISPLAY": ":" + display, "DBUS_SESSION_BUS_ADDRESS": bus}
        self.environment = os.environ | {
            "GDK_BACKEND": "x11",
            "GDK_DEBUG": "gl-disable",
            "GSK_RENDERER": "cairo",
            "GSETTINGS_BACKEND": "memory",
            "GTK_USE_PORTAL": "0",
            "ADW_DISABLE_PORTAL": "1",
            "HOME": self.directory,
            "XDG_CONFIG_HOME": self.directory + "/config",
            "XDG_DATA_HOME": self.directory + "/data",
        } | environment
        os.makedirs(self.directory + "/config/gtk-4.0")
        with open(self.directory + "/config/gtk-4.0/settings.ini", "w", encoding="utf-8") as settings:
            settings.write("[Settings]\ngtk-font-name=Cantarell 11\n")  # as GNOME's settings daemon says

    def _serve(self, *command):
        """Starts a server; returns the line it writes, once it is ready, to the descriptor that replaces {}."""
        ready, answer = os.pipe()
        command = [word.format(answer) for word in command]
        quiet = subprocess.DEVNULL
        self.processes.append(subprocess.Popen(command, pass_fds=[answer], stdout=quiet, stderr=quiet))
        os.close(answer)
        with os.fdopen(ready) as line:
            return line.readline().strip()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for process in reversed(self.processes):
            process.terminate()
        for process in reversed(self.processes):
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
        shutil.rmtree(self.directory, ignore_errors=True)

    # Programs and their windows

    def run(self, *command, **options):
        """Runs a program on this desk to its end."""
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=LONG, **options)

    def start(self, *command, title, at=None):
        """Starts a program; returns its process once a window whose title matches is there and has the keyboard."""
        process = subprocess.Popen(command, env=self.environment)
        self.processes.append(process)
        self.windows[process.pid] = wait_for(
            lambda: self.search(title) or gone(process, command), f"a window titled {title}"
        )
        if at:
            self.xdotool("windowmove", "--sync", self.windows[process.pid], *at)
        self.focus(self.windows[process.pid])
        return process

    def search(self, title):
        """The number of the first visible window whose title matches, or None."""
        found = self.run("xdotool", "search", "--onlyvisible", "--name", title).stdout.split()
        return found[0] if found else None

    def quit(self, process, key="ctrl+q"):
        """Ends a program the way its user would; it must exit without complaint."""
        self.focus(self.windows[process.pid])
        self.keys(key)
        status = process.wait(LONG)
        assert status == 0, f"exited with status {status}"

    def scale_text(self, scale):
        """From the next start on, text is so many times its usual size."""
        self.run("xprop", "-root", "-f", "RESOURCE_MANAGER", "8s", "-set", "RESOURCE_MANAGER",
                 f"Xft.dpi:\t{96 * scale:.0f}\n", check=True)

    def focus(self, window):
        self.xdotool("windowfocus", "--sync", window)

    def resize(self, window, width, height):
        self.xdotool("windowsize", "--sync", window, width, height)

    def rest(self):
        """Waits until nothing moves: neither the display nor a program does much with the processor, or waits for it.
        What never rests, as a race that is played, is let work for a second."""
        still, end = 0, time.monotonic() + LONG
        begin = before = [worked(process.pid) for process in self.processes]
        while still < 3 and time.monotonic() < end:
            time.sleep(0.05)
            now = [worked(process.pid) for process in self.processes]
            ready = any(wants_to_work(process.pid) for process in self.processes)
            still = 0 if ready or most_apart(now, before) > 0.003 else still + 1
            before = now
            if most_apart(now, begin) > PATIENCE:
                return

    def screenshot(self, path, window="root"):
        self.run("import", "-silent", "-strip", "-window", window, path, check=True)

    # Pointer and keys

    def xdotool(self, *arguments):
        self.run("xdotool", *map(str, arguments), check=True)

    def move(self, x, y):
        self.xdotool("mousemove", round(x), round(y))

    def press(self, button=1):
        self.xdotool("mousedown", button)

    def release(self, button=1):
        self.xdotool("mouseup", button)

    def click(self, x, y, button=1):
        self.move(x, y)
        time.sleep(0.05)
        self.xdotool("click", button)

    def drag(self, start, end, moves=8):
        """Presses at start, moves to end in so many moves, releases."""
        self.move(*start)
        self.rest()
        self.press()
        for i in range(1, moves + 1):
            time.sleep(0.03)
            self.move(*between(start, end, i / moves))
        self.release()
        self.rest()

    def drag_and_drop(self, start, end):
        """Drags from a drop source to where its files are wanted, at the pace of both. @end may be a function, asked
        once the drag has begun, of what has its place then."""

        def move_and_look(at, title):
            for aside in (3, 0):  # a pointer that rests tells nobody where it is
                self.move(at[0] + aside, at[1] + aside)
            return self.search(f"^Drop source{title}$")

        def begin():
            self.release()
            self.move(*start)
            self.rest()
            self.press()
            return any(move_and_look((start[0] + 16, start[1] + 8), ": (dragged|wanted)") for _ in range(40))

        wait_for(begin, "the drag to begin")
        end = end() if callable(end) else end
        for i in range(1, 9):
            self.move(*between(start, end, i / 8))
        wait_for(lambda: move_and_look(end, ": wanted"), "the files to be wanted")
        self.let_go()

    def let_go(self):
        """Of files that are dragged from a drop source: they must be taken."""
        self.release()
        wait_for(lambda: self.search("^Drop source(: cancelled)?$"), "the drop")
        assert self.search("^Drop source$"), "nobody wanted the files where they were let go"

    def keys(self, *names):
        """Presses keys one after another, named as xdotool does: "Left", "ctrl+e", "Page_Up"."""
        self.xdotool("key", "--delay", 40, *names)

    def type(self, text):
        self.xdotool("type", "--delay", 20, text)

    # What a screen reader sees

    def accessible(self, role=None, name=None, within=None, seconds=0):
        """The first accessible of that role whose name matches; looked for until it is there."""
        known = None if within else self.known.get((role, name))
        if known and matches(known, role, name):  # still: to go through all of them takes half a second
            return known
        found = wait_for(
            lambda: next(self.accessibles(role, name, within), None), f"accessible {role or ''} {name or ''}", seconds
        )
        self.known[role, name] = None if within else found
        return found

    def accessibles(self, role=None, name=None, within=None):
        for one in walk(within or accessibility().Registry.getDesktop(0)):
            if matches(one, role, name):
                yield one

    def export_picture(self, path, what=None):
        """Exports the page that is seen as a PNG, through the dialog, which says what it shows; returns what decoding
        it with libpng tells."""
        self.keys("ctrl+e")
        dialog = wait_for(lambda: self.search("^Export Picture$"), "the export dialog")
        self.focus(dialog)
        self.rest()
        if what:
            self.accessible("label", what)
        self.keys("Return")
        chooser = wait_for(lambda: (now := self.search("^Export Picture$")) != dialog and now, "the file chooser")
        self.focus(chooser)
        self.rest()
        self.keys("ctrl+a")
        self.type(path)
        self.keys("Return")
        wait_for(lambda: os.path.exists(path), "the picture")
        seen = self.run("identify", "-verbose", path)
        assert seen.returncode == 0 and not seen.stderr, seen.stderr
        return seen.stdout + "\n".join(international_texts(path))

    def export_animation(self, path):
        """Through dialog and chooser of the Game page."""
        self.click(*center(self.accessible("push button", "^Export$")))
        self.accessible("menu item", "^Animation")
        self.keys("Up", "Return")  # the last entry
        dialog = wait_for(lambda: self.search("^Export Animation$"), "the dialog")
        self.focus(dialog)
        self.rest()
        self.keys("Return")
        chooser = wait_for(lambda: (now := self.search("^Export Animation$")) != dialog and now, "the file chooser")
        self.focus(chooser)
        self.rest()
        self.keys("ctrl+a")
        self.type(path)
        self.keys("Return")

    def hand_pixels(self, area):
        """Pixels of the hand's purple inside an accessible, as (x, y) on the screen."""
        self.rest()
        box = area.queryComponent().getExtents(0)
        path = self.directory + "/hand.png"
        self.screenshot(path)
        crop = f"{box.width}x{box.height}+{box.x}+{box.y}"
        data = subprocess.check_output(["convert", path, "-crop", crop, "+repage", "-depth", "8", "rgb:-"])
        found = set()
        for i in range(0, len(data), 3):
            r, g, b = data[i:i + 3]
            if g < 70 and r > 90 and b > 110 and b > r:
                found.add((box.x + i // 3 % box.width, box.y + i // 3 // box.width))
        return found

    def handles(self, area):
        """The middles of the hand's discs in an accessible: where all around is purple."""
        pixels, middles = self.hand_pixels(area), []
        near = [(dx, dy) for dx in range(-4, 5) for dy in range(-4, 5)]
        for x, y in sorted(pixels):
            if all((x + dx, y + dy) in pixels for dx, dy in near):
                if not any(abs(x - a) + abs(y - b) < 16 for a, b in middles):
                    middles.append((x + 2, y))
        return middles

    def ring(self, area):
        """The middle of the one ring of the hand in an accessible: the smallest thing of its colour there."""
        left, parts = self.hand_pixels(area), []
        while left:
            part, edge = set(), {left.pop()}
            while edge:
                x, y = edge.pop()
                part.add((x, y))
                near = {(x + dx, y + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)} & left
                left -= near
                edge |= near
            if len(part) > 60:
                parts.append(part)
        ring = min(parts, key=len)
        return sum(x for x, _ in ring) / len(ring), sum(y for _, y in ring) / len(ring)

    def scroll_to(self, role, name, over=(1150, 500)):
        """Turns the wheel over the panel until the middle of the accessible is on the screen; returns it."""
        one, notch = self.accessible(role, name), 60
        self.move(*over)
        for _ in range(30):
            y = center(one)[1]
            if 120 < y < 820:
                return one
            turns = max(1, round(abs(y - 470) / notch))
            self.xdotool("click", "--repeat", turns, "--delay", 5, 5 if y > 470 else 4)
            went = abs(center(one)[1] - y) / turns
            notch = went if went > 10 else notch  # less at an end of the panel
        raise AssertionError(f"{name} is nowhere")

    def choose(self, row, down):
        """Chooses the entry so many keys below the first in a row of the panel with a list."""
        self.click(*center(self.scroll_to("label", f"^{row}$")))
        self.rest()
        self.keys("Home", *["Down"] * down, "Return")
        self.rest()


def international_texts(path):
    """Of a PNG, "keyword: words" of each text chunk in UTF-8, which identify passes over."""
    with open(path, "rb") as file:
        data, at = file.read(), 8
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at:at + 8])
        if kind == b"iTXt":
            keyword, rest = data[at + 8:at + 8 + length].split(b"\0", 1)
            words = rest[2:].split(b"\0", 2)[2]
            yield f"{keyword.decode()}: {(zlib.decompress(words) if rest[0] else words).decode()}"
        at += 12 + length


def between(start, end, part):
    return (a + (b - a) * part for a, b in zip(start, end))


def most_apart(after, before):
    return max(a - b for a, b in zip(after, before))


def wants_to_work(pid):
    """Whether the main thread of a process has the processor, or waits for it or the disk."""
    return re.search(r"^State:\s+[RD]", read_of(pid, "status"), re.MULTILINE) is not None


def worked(pid):
    """Seconds on the processor, of the main thread."""
    return int((read_of(pid, "schedstat") or "0").split()[0]) / 1e9


def wakings(pid):
    """How often the main thread of a process has slept and was woken."""
    found = re.search(r"^voluntary_ctxt_switches:\s+(\d+)", read_of(pid, "status"), re.MULTILINE)
    return int(found[1]) if found else 0


def read_of(pid, name):
    """What the system says of a process; nothing once it is gone."""
    try:
        with open(f"/proc/{pid}/{name}", encoding="utf-8") as file:
            return file.read()
    except (FileNotFoundError, ProcessLookupError):
        return ""


def role_of(accessible):
    """What AT-SPI of Debian 12 calls it; later versions call a push button a button."""
    role = accessible.getRoleName()
    return "push button" if role == "button" else role


def matches(accessible, role, name):
    try:
        return (role is None or role_of(accessible) == role) and (
            name is None or re.search(name, accessible.name) is not None)
    except Exception:  # it went away while we looked
        return False


@functools.cache
def accessibility():
    """The screen reader's library, which connects when it is imported: not before its bus is there."""
    import pyatspi
    from gi.repository import Atspi

    patient = round(1000 * LONG)  # or what has no answer within 0.8 s is told to be nameless
    Atspi.set_timeout(patient, patient)
    return pyatspi


def walk(accessible):
    yield accessible
    try:
        children = [accessible.getChildAtIndex(i) for i in range(accessible.childCount)]
    except Exception:  # it went away while we looked
        return
    for child in children:
        if child:
            yield from walk(child)


def value(accessible):
    return accessible.queryValue().currentValue


def text(accessible):
    """The text of an entry or a label."""
    return accessible.queryText().getText(0, -1)


def center(accessible):
    """Where on the screen the middle of an accessible is, once it is there and rests."""
    def place():
        Desk.here.rest()
        return accessible.queryComponent().getExtents(accessibility().WINDOW_COORDS)

    box = wait_for(lambda: (now := place()).width > 0 and now, f"{accessible.name} to have a place")
    return box.x + box.width / 2, box.y + box.height / 2


def box(accessible):
    """Where in its window an accessible is: x, y, width, height."""
    at = accessible.queryComponent().getExtents(accessibility().WINDOW_COORDS)
    return at.x, at.y, at.width, at.height


def start_example(desk, program, width, height):
    """The Detector with its example, scored."""
    running = desk.start(program, title="^Limen")
    desk.resize(desk.windows[running.pid], width, height)
    desk.accessible("label", r"^At .* nats, .*normal images.*anomalies", seconds=20)
    desk.rest()
    return running


def pick(desk, name):
    """Activates an entry of the open menu by keys."""
    item = desk.accessible("menu item", name)
    for _ in range(20):
        if item.getState().contains(accessibility().STATE_FOCUSED):
            break
        desk.keys("Down")
        desk.rest()
    else:
        raise AssertionError(f"no key leads to {name}")
    desk.keys("Return")
    desk.rest()


def page_seen(desk):
    """The page whose button in the switcher is pressed."""
    for name in ("Detector", "Bound", "Prior", "Game"):
        for one in desk.accessibles("page tab", f"^{name}$"):
            if one.getState().contains(accessibility().STATE_SELECTED):
                return name
    return None


def assert_even_frames(answer):
    """That of a frame probe: they come 16.7 ms apart where it takes no longer to draw them, no lock is in the way, and
    what works meanwhile gives way. How long a slow build draws says nothing of how long the program does: of one only
    that it never waits."""
    print("milliseconds between frames:", answer.stdout.strip(), file=sys.stderr)
    assert answer.returncode == 0, (answer.returncode, answer.stderr)
    found = re.match(r"computed: median (\S+) 95% (\S+); waited: median (\S+);.* niceness (\d+)", answer.stdout)
    computed, most, waited, niceness = map(float, found.groups())
    assert waited < 16.7 and niceness >= 19, answer.stdout
    assert PATIENCE > 1 or (computed + waited < 16.7 and most < 50), answer.stdout


def gone(process, command):
    """Nothing while the process runs; afterwards waiting for it is in vain."""
    assert process.poll() is None, f"{command[0]} exited with status {process.returncode}"


def wait_for(answer, what, seconds=0):
    """Asks until the answer is true, and returns it; for at least as long as the busiest machine takes."""
    seconds = max(seconds * PATIENCE, LONG)
    end = time.monotonic() + seconds
    while not (result := answer()):
        if time.monotonic() > end:
            raise AssertionError(f"waited {seconds:.0f} s for {what}")
        time.sleep(0.05)
    return result


# Scenarios as TAP

def lacking():
    """What is not installed here that scenarios need."""
    tools = [tool for tool in ("Xvfb", "xdotool", "import", "dbus-daemon") if not shutil.which(tool)]
    probe = "import pyatspi"
    if subprocess.run([sys.executable, "-c", probe], stderr=subprocess.DEVNULL, check=False).returncode:
        tools.append("pyatspi")
    return tools


def run_alone(scenario, shots):
    """In a process of its own: plays the scenario; a picture stays of what failed."""
    with Desk() as desk:
        try:
            scenario(desk)
        except Exception:
            traceback.print_exc()
            desk.screenshot(os.path.join(shots, scenario.__name__ + ".png"))
            return 1
    return 0


def status_of(command, environment):
    """The exit status; a scenario that hangs is ended with all that it started."""
    played = subprocess.Popen(command, env=environment, stdout=sys.stderr, start_new_session=True)
    try:
        return played.wait(SECONDS_FOR_A_SCENARIO)
    except subprocess.TimeoutExpired:
        return 1
    finally:
        try:
            os.killpg(played.pid, signal.SIGKILL)  # what a scenario that died left behind would hold our output open
        except ProcessLookupError:
            pass


def main(scenarios):
    """Called with the test's globals(); argv: a scenario to play alone, or what the scenarios read as sys.argv."""
    scenarios = {name: play for name, play in scenarios.items() if name.startswith("scenario_")}
    shots = os.environ.get("MESON_BUILD_ROOT", tempfile.gettempdir())
    if alone := os.environ.pop("LIMEN_SCENARIO", None):
        sys.exit(run_alone(scenarios[alone], shots))
    if missing := lacking():
        print("1..0 # SKIP not installed: " + ", ".join(missing))
        sys.exit(77)
    print(f"1..{len(scenarios)}", flush=True)
    failed = 0
    for number, name in enumerate(scenarios, 1):
        bad = status_of([sys.executable, *sys.argv], os.environ | {"LIMEN_SCENARIO": name}) != 0
        failed += bad
        print(f"{'not ' if bad else ''}ok {number} - {name[9:].replace('_', ' ')}", flush=True)
    sys.exit(1 if failed else 0)
