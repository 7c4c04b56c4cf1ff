"""Three problems of a homework sheet, from a fresh start, by keys alone; each tells how many it took.

Problem 1: why does the bound lie below log p(x), rise in K, and when is it tight? Problem 3: the threshold of an anomaly
detector, and its errors of both types. Problem 4: why is the centre the solution, and is any point of A optimal?"""

import re
import sys

import made_up
from window import accessibility, main, value, wait_for, walk

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
                        return one.getRoleName(), one.name or (one.parent.name if one.parent else "")
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


if __name__ == "__main__":
    main(globals())
