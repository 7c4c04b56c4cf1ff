"""The questions of a page as a student has them: opened, answered by hand, shown, skipped, kept."""

import re
import sys

from window import center, main, wait_for

LIMEN = sys.argv[1]


def start(desk, page, width=1600):
    program = desk.start(LIMEN, title="^Limen")
    desk.resize(desk.windows[program.pid], width, 980)
    desk.keys(f"alt+{page}")
    desk.rest()
    return program


def open_question(desk, title):
    desk.keys("F2")
    row = desk.accessible("list item", title, seconds=20)
    desk.rest()
    desk.click(*center(row))
    wait_for(lambda: step(desk) == 1, "the first step", 20)
    desk.rest()


def all_of(desk, role, name):
    return list(desk.accessibles(role, name))


def step(desk):
    """The number of the step that is to be done; 0: all are; -1: it changes just now."""
    for label in desk.accessibles("label", r"^Step \d+ of \d+$"):
        try:
            return int(re.match(r"Step (\d+)", label.name)[1])
        except Exception:  # it is gone
            return -1
    return 0


def is_at(desk, number):
    wait_for(lambda: step(desk) == number, f"step {number}, and not {step(desk)}", 30)
    desk.rest()


def press(desk, name):
    desk.click(*center(desk.accessible("push button", name)))


def type_into(desk, role, name, words):
    field = desk.accessible(role, name)
    desk.click(center(field)[0] - 40, center(field)[1])
    desk.keys("ctrl+a")
    desk.type(words)
    desk.keys("Return")
    desk.rest()


def drag(desk, area, by):
    x, y = desk.ring(area)
    desk.drag((x, y), (x + by[0], y + by[1]), moves=8)


def scenario_why_the_bound_is_below_is_answered_by_hand(desk):
    program = start(desk, 2)
    open_question(desk, "^Why is it below")
    desk.keys("alt+4")  # to look about is no deed
    desk.rest()
    desk.keys("alt+2")
    is_at(desk, 1)
    press(desk, "^Draw Again$")
    is_at(desk, 2)
    assert desk.accessible("label", r"^Of these 32 weights \d+ lie above p\(x\)"), "nothing was said of the weights"
    type_into(desk, "spin button", "^K$", "7")  # not what was asked for
    is_at(desk, 2)
    type_into(desk, "spin button", "^K$", "1")
    is_at(desk, 3)
    spoken = desk.accessible("image", "is at most log the expectation over z")
    assert spoken, "the formula says nothing to a screen reader"
    type_into(desk, "spin button", "^K$", "10")
    is_at(desk, 4)
    discs = wait_for(lambda: len(now := desk.handles(desk.accessible(None, "^Latent space$"))) == 3 and now,
                     "three handles")
    low, high = max(y for _, y in discs), min(x for x, _ in discs)
    mean = min(discs, key=lambda disc: abs(disc[0] - high) + abs(disc[1] - low))
    desk.drag(mean, (mean[0] + 50, mean[1] - 30), moves=8)
    is_at(desk, 0)
    assert desk.accessible("push button", "^Next Question$")
    desk.quit(program)


def scenario_why_not_any_p_a_is_answered_by_hand(desk):
    program = start(desk, 4)
    open_question(desk, "is any p_A optimal")
    desk.click(*center(desk.scroll_to("label", "^Freeze B", over=(1450, 500))))
    desk.rest()
    is_at(desk, 1)  # to freeze is not to drag
    area = desk.accessible(None, "^Strategy of A$")
    drag(desk, area, (-40, 60))
    is_at(desk, 2)
    ring = desk.ring(area)
    box = area.queryComponent().getExtents(0)
    desk.drag(ring, (box.x + 10, box.y + box.height - 60), moves=8)  # beyond a corner: into it
    is_at(desk, 3)
    desk.click(*center(desk.scroll_to("label", "^Let B answer", over=(1450, 500))))
    is_at(desk, 4)
    type_into(desk, "text", "^p_A$", "1/3, 1/3, 1/3")
    drag(desk, area, (3, 2))
    is_at(desk, 0)
    assert desk.accessible(None, "^The whole argument$")
    desk.quit(program)


def show_all(desk, page):
    """Every step of every question of a page, by Show Me; each is done by what it does."""
    program = start(desk, page)
    desk.keys("F2")
    rows = wait_for(lambda: all_of(desk, "list item", r"\?$"), "the questions", 20)
    for title in [row.name for row in rows]:
        desk.rest()
        desk.click(*center(desk.accessible("list item", "^" + re.escape(title))))
        wait_for(lambda: step(desk) == 1, title, 20)
        steps = int(desk.accessible("label", r"^Step 1 of").name.split()[-1])
        for number in range(1, steps + 1):
            press(desk, "^Show Me$")
            wait_for(lambda: step(desk) == (number + 1) % (steps + 1), f"step {number} of “{title}” to be shown", 60)
        assert desk.accessible(None, "^The whole argument$")
        desk.click(*center(desk.accessible("push button", "^All questions$")))
        wait_for(lambda: all_of(desk, "list item", "^" + re.escape(title)), "the list")
    assert len(all_of(desk, "label", "^All steps done$")) == len(rows)
    desk.keys("F2")
    wait_for(lambda: not all_of(desk, "label", "^All steps done$"), "the questions to close")
    desk.keys("F2")  # what was done is kept
    wait_for(lambda: len(all_of(desk, "label", "^All steps done$")) == len(rows), "what was done", 20)
    desk.quit(program)


def scenario_the_bound_page_shows_all_its_steps(desk):
    show_all(desk, 2)


def scenario_the_prior_page_shows_all_its_steps(desk):
    show_all(desk, 3)


def scenario_the_game_page_shows_all_its_steps(desk):
    show_all(desk, 4)


def scenario_a_narrow_window_keeps_the_picture(desk):
    program = start(desk, 4, width=360)
    open_question(desk, "is any p_A optimal")
    skip = desk.accessible("push button", "^Skip$")
    x, y = center(skip)
    assert 0 < x < 360 and y < 520, (x, y)
    for number in (2, 3, 4):
        desk.click(*center(skip))
        is_at(desk, number)
    press(desk, "^All questions$")
    wait_for(lambda: all_of(desk, "list item", "is any p_A optimal"), "the list")
    desk.quit(program)


if __name__ == "__main__":
    main(globals())
