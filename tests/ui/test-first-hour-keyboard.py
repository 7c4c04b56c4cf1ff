"""Three problems of a homework sheet, from a fresh start, by keys alone; each tells how many it took.

Problem 1: why does the bound lie below log p(x), rise in K, and when is it tight? Problem 3: the threshold of an anomaly
detector, and its errors of both types. Problem 4: why is the centre the solution, and is any point of A optimal?"""

import re
import sys

import made_up
from window import accessibility, main, role_of, wait_for, walk

LIMEN = sys.argv[1]


class Keyboard:
    """Presses keys, and counts: those that lead somewhere, and letters of a path."""

    def __init__(self, desk):
        self.desk, self.presses, self.letters = desk, 0, 0
        self.where = ""  # what has the keyboard, by its name

    def keys(self, *names):
        self.presses += len(names)
        self.desk.keys(*names)
        self.desk.rest()

    def type(self, text):
        self.letters += len(text)
        self.desk.type(text)
        self.desk.rest()

    def look(self):
        """The role and the name of what has the keyboard, or of the row that it is in."""
        for frame in self.desk.accessibles("frame", "^Limen"):
            for one in walk(frame):
                try:
                    if one.getState().contains(accessibility().STATE_FOCUSED):
                        return role_of(one), one.name or (one.parent.name if one.parent else "")
                except Exception:  # it went away while we looked
                    pass
        return None, ""

    def tab_to(self, name, key="Tab", most=60):
        """Tabs until that has the keyboard."""
        seen = []
        for _ in range(most):
            seen.append(self.look())
            if re.search(name, seen[-1][1]):
                return
            self.keys(key)
        raise AssertionError(f"Tab does not come to {name}: {seen}")

    def tell(self, problem):
        print(f"problem {problem}: {self.presses} key presses, {self.letters} letters typed", file=sys.stderr)


def start(desk, *files):
    program = desk.start(LIMEN, *files, title="^Limen")
    desk.resize(desk.windows[program.pid], 1280, 900)
    desk.rest()
    return program


def told(desk, area):
    return desk.accessible(None, f"^{area}").description.replace("\u2212", "-")


def said(desk, pattern):
    return desk.accessible("label", pattern, seconds=20).name


# Problem 1

def gap_at(desk, k):
    """How far the sentence says that the bound is below log p(x), at that K."""
    samples = "1 sample" if k == 1 else f"{k} samples"
    words = said(desk, f"^With K = {samples} the bound stands ")
    return float(re.search(r"stands ([0-9.]+) nats below log p\(x\)", words)[1])


def scenario_problem_1_the_bound_rises_and_is_tight_under_the_posterior(desk):
    program, hand = start(desk), Keyboard(desk)
    hand.keys("alt+2")
    hand.tab_to("^Bound against K$")
    gaps = []
    hand.keys("Home")
    gaps.append(gap_at(desk, 1))
    for k in (2, 4, 8):
        hand.keys("Page_Up")
        gaps.append(gap_at(desk, k))
    assert all(a > b > 0 for a, b in zip(gaps, gaps[1:])), f"the bound does not rise: {gaps}"
    hand.tab_to("^Towards the posterior$")
    hand.keys("End")
    tight = "^The proposal is the posterior: the bound equals log p.x. for every K"
    said(desk, tight)
    hand.tab_to("^Bound against K$", "shift+Tab")
    hand.keys("Home")
    said(desk, tight)  # at K = 1, too
    wait_for(lambda: re.search("^At K = 1$", said(desk, "^At K = ")), "K to be 1")
    hand.tell(1)
    assert hand.presses <= 40, hand.presses
    desk.quit(program)


# Problem 3

def choose(hand, keys, title, path):
    """A file or a folder, by its path."""
    hand.keys(keys)
    chooser = wait_for(lambda: hand.desk.search(title), "the file chooser")
    hand.desk.focus(chooser)  # as a window manager does
    hand.desk.rest()
    hand.keys("ctrl+l")
    hand.type(path)
    hand.keys("Return")
    wait_for(lambda: not hand.desk.search(title), "the file chooser to close")
    hand.desk.focus(hand.main)
    hand.desk.rest()


def errors(desk, kind):
    """(errors, of how many) of a type, as the panel shows it."""
    row = desk.accessible("list item", f"^Type {kind} ·")
    number = next(one.name for one in walk(row) if re.fullmatch("[0-9\u2009]+ of [0-9\u2009]+", one.name))
    return tuple(int(part.replace("\u2009", "")) for part in number.split(" of "))


def scenario_problem_3_a_threshold_and_what_it_costs(desk):
    flow, good, defect = (f"{desk.directory}/{name}" for name in ("flow.safetensors", "good", "defect"))
    made_up.write_flow(flow)
    made_up.write_folder(good, 200, 0.5, seed=1)
    made_up.write_folder(defect, 100, 0.6, seed=2)
    program, hand = start(desk), Keyboard(desk)
    hand.main = desk.windows[program.pid]
    choose(hand, "ctrl+o", "^Open Weights, Images or Scores$", flow)
    desk.accessible("label", r"^flow\.safetensors · ", seconds=20)
    for folder, n in ((good, 200), (defect, 100)):
        choose(hand, "ctrl+shift+o", "^Open Folders of Images$", folder)
        desk.accessible("label", f"{folder.rsplit('/', 1)[1]} · {n}$", seconds=20)
    said(desk, "^At .* nats, ")
    done = desk.run(LIMEN, "detect", "--model", flow, "--normal", good, "--anomaly", defect)
    assert done.returncode == 0, done.stderr
    for kind, words in (("I", "type I errors"), ("II", "type II errors")):
        expected = re.search(rf"^(\d+) {words} among (\d+) data$", done.stdout, re.MULTILINE).groups()
        assert errors(desk, kind) == tuple(map(int, expected)), (errors(desk, kind), done.stdout)
    hand.tab_to("^Histogram of")
    before = errors(desk, "II")
    hand.keys("End")  # at the highest score all normal images but one are flagged
    most = wait_for(lambda: (now := errors(desk, "I"))[0] > now[1] / 2 and now, "the threshold to go up")
    hand.keys("Home")  # nothing is
    said(desk, "none of the normal images is flagged")
    assert errors(desk, "I") == (0, most[1]) and errors(desk, "II")[0] >= before[0]
    hand.tell(3)
    assert hand.presses <= 40, hand.presses
    desk.quit(program)


# Problem 4

def point(desk, player):
    return [float(one) for one in re.findall(r"\d\.\d{6}", told(desk, f"Strategy of {player}$"))]


def scenario_problem_4_the_centre_and_why_no_other_point(desk):
    program, hand = start(desk), Keyboard(desk)
    hand.keys("alt+4")
    desk.accessible(None, "^Strategy of A$", seconds=20)
    hand.tab_to("^Freeze B at uniform$")
    hand.keys("space")
    said(desk, r"^Against uniform B every point of A earns 0\.00: is any of them optimal")
    hand.tab_to("^p_A$", "shift+Tab")
    hand.keys("ctrl+a")
    hand.type("0,5 0,5 0")  # another point, which earns the same
    hand.keys("Return")
    wait_for(lambda: point(desk, "A") == [0.5, 0.5, 0], "the point of A")
    said(desk, r"^Against uniform B every point of A earns 0\.00: is any of them optimal")
    hand.tab_to("^Let B answer$")
    hand.keys("space")
    said(desk, "^B answers with .* and gains .*: a best reply is not yet a solution")
    hand.keys("space")
    hand.tab_to("^Freeze B at uniform$", "shift+Tab")
    hand.keys("space")
    hand.tab_to("^Strategy of B$", "shift+Tab")
    hand.keys("Home")
    hand.tab_to("^Strategy of A$", "shift+Tab")
    hand.keys("Home")
    said(desk, "^Here no one gains by moving: this is a saddle point")
    assert point(desk, "A") == point(desk, "B") == [0.333333] * 3
    hand.tab_to("^Certificate$", "shift+Tab")
    hand.keys("space")
    said(desk, "^Unique for B: ")
    hand.tell(4)
    assert hand.presses <= 60, hand.presses
    desk.quit(program)


if __name__ == "__main__":
    main(globals())
