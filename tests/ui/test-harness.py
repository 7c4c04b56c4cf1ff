"""The window tests' own helpers: that their pointer, keys, drops and reading reach a GTK window."""

import sys

from window import center, main, value, wait_for

SUBJECT, DROP_SOURCE = sys.argv[1:3]


def start(desk):
    program = desk.start(SUBJECT, title="Subject")
    return program, desk.accessible("slider", "Line"), desk.accessible("spin button")


def scenario_keys_and_pointer_move_a_value_that_is_read_back(desk):
    program, line, spin = start(desk)
    assert value(line) == value(spin) == 50
    desk.click(*center(line))
    desk.keys("Home")
    wait_for(lambda: value(line) == 0, "Home to lead to 0")
    desk.keys("Page_Up", "Right", "Right")
    wait_for(lambda: value(spin) == value(line) == 12, "keys to lead to 12")
    x, y = center(line)
    desk.drag((x * 0.3, y), (x, y))
    wait_for(lambda: abs(value(line) - 50) < 3, "the drag to lead to 50")
    desk.quit(program)


def scenario_files_dropped_from_another_process_arrive(desk):
    program, _, _ = start(desk)
    desk.start(DROP_SOURCE, "/usr/share", "/usr/lib", title="Drop source", at=(800, 0))
    desk.drag_and_drop((900, 50), center(desk.accessible("label", "drop here")))
    desk.accessible("label", "^dropped: /usr/share /usr/lib$")
    desk.quit(program)


if __name__ == "__main__":
    main(globals())
