"""A page on which nothing moves sleeps: it is not woken sixty times a second, nor does it work."""

import re
import sys
import time

from window import PATIENCE, center, main, wait_for, wakings, worked

LIMEN = sys.argv[1]
SECONDS = 3
SIXTY_A_SECOND = 60 * SECONDS


def start(desk, page):
    program = desk.start(LIMEN, title="^Limen")
    desk.resize(desk.windows[program.pid], 1300, 900)
    desk.keys(f"alt+{page}")
    return program


def while_left_alone(program):
    """How often it was woken in three seconds, and how long it worked."""
    woken, work = wakings(program.pid), worked(program.pid)
    time.sleep(SECONDS)
    return wakings(program.pid) - woken, worked(program.pid) - work


def assert_it_falls_asleep(program):
    """Once what it began with is done; a page that ticks never does, however busy the machine is: what it draws then
    less often, it works at for longer."""
    def sleeps():
        woken, work = while_left_alone(program)
        print(f"woken {woken} times, worked {1000 * work:.1f} ms", file=sys.stderr)
        return woken < SIXTY_A_SECOND / 6 and work < 0.03 * PATIENCE

    wait_for(sleeps, "the page to fall asleep")


def press(desk, name):
    desk.click(*center(desk.scroll_to("push button", name)))


def told(desk, area):
    return desk.accessible(None, f"^{area}$").description


def step(desk):
    return int(re.match(r"Step (\d+) of", told(desk, "Training race"))[1])


def scenario_the_detector_page_sleeps(desk):
    program = start(desk, 1)
    assert_it_falls_asleep(program)
    desk.quit(program)


def scenario_the_bound_page_sleeps(desk):
    program = start(desk, 2)
    desk.accessible("label", "^At K = ")
    assert_it_falls_asleep(program)
    desk.quit(program)


def scenario_the_prior_page_sleeps_until_a_race_is_played(desk):
    program = start(desk, 3)
    wait_for(lambda: step(desk) == 0, "the race")
    assert_it_falls_asleep(program)
    press(desk, "^Play$")
    wait_for(lambda: step(desk) > 5, "steps")
    press(desk, "^Pause$")
    desk.accessible("push button", "^Play$")
    held = step(desk)
    assert_it_falls_asleep(program)
    press(desk, "^One step$")
    wait_for(lambda: step(desk) == held + 1, "one step")
    press(desk, "^Reset$")
    wait_for(lambda: step(desk) == 0, "the start")
    assert_it_falls_asleep(program)
    desk.quit(program)


def scenario_the_game_page_sleeps_until_a_method_is_played(desk):
    program = start(desk, 4)
    desk.accessible(None, "^Strategy of A$")
    assert_it_falls_asleep(program)
    play = center(desk.scroll_to("push button", "^Play the method$"))
    desk.click(*play)
    time.sleep(1)
    desk.click(*play)  # a slow build plays to the end before another button is found
    desk.accessible("push button", "^Play the method$")
    assert_it_falls_asleep(program)
    desk.quit(program)


def scenario_a_race_that_is_played_wakes_the_page(desk):
    """What is counted does count."""
    program = start(desk, 3)
    wait_for(lambda: step(desk) == 0, "the race")
    press(desk, "^Play$")
    wait_for(lambda: step(desk) > 5, "steps")
    woken, work = while_left_alone(program)
    assert woken > SIXTY_A_SECOND / 6 or work > 0.03, (woken, work)
    desk.quit(program)


if __name__ == "__main__":
    main(globals())
