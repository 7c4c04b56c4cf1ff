"""What comes up over a page has room: the toast that tells of files in a narrow window with large text, and what is
under way."""

import subprocess
import sys
import time

import made_up
from window import box, main, start_example

LIMEN = sys.argv[1]


def start(desk, width, height, scale=1.0):
    """The example, scored; text of so many times its usual size."""
    desk.scale_text(scale)
    return start_example(desk, LIMEN, width, height)


def assert_whole(desk):
    """All words of the toast, in a window of 360 pixels that it does not widen"""
    said = desk.accessible("label", "^Taken: flow.safetensors as the flow, ")
    assert box(desk.accessible("frame", "^Limen"))[2] <= 360, "the toast widens the window"
    for one in (said, desk.accessible("push button", "^Swap$"), desk.accessible("push button", "^Undo$")):
        x, y, width, height = box(one)
        assert x >= 0 and y > 0 and x + width <= 360 and y + height <= 760, (one.name, x, y, width, height)
    line = box(desk.accessible("label", "^Swap$"))
    letter = line[2] / 5.5  # bold ones
    _, _, width, height = box(said)
    lines = round(height / line[3])
    assert lines * width > 0.8 * letter * len(said.name), f"{lines} lines of {width} pixels for {len(said.name)} letters"


def scenario_a_toast_in_large_text_is_whole_in_a_narrow_window(desk):
    program = start(desk, 360, 760, 1.5)
    flow, *sets = (f"{desk.directory}/{name}" for name in (
        "flow.safetensors", "normal boards of the second half of the year", "defect boards of the same half of the year"))
    made_up.write_flow(flow)
    for i, path in enumerate(sets):
        made_up.write_folder(path, 40 + i, 0.5 + 0.3 * i, seed=i)
    for _ in range(2):
        desk.resize(desk.windows[program.pid], 360, 760)
        desk.rest()
    second = desk.run(LIMEN, flow, *sets)
    assert second.returncode == 0, second.stderr
    desk.accessible("label", "^Taken: flow.safetensors as the flow, ", seconds=20)
    desk.rest()
    assert_whole(desk)
    for width in (1000, 360, 360):  # the toast that is there follows the window
        desk.resize(desk.windows[program.pid], width, 760)
        desk.rest()
    assert_whole(desk)
    desk.quit(program)


def scenario_what_is_under_way_covers_nothing(desk):
    program = start(desk, 900, 760)
    flow, *sets = (f"{desk.directory}/{name}" for name in ("flow.safetensors", "normal", "defect"))
    made_up.write_flow(flow)
    for i, path in enumerate(sets):
        made_up.write_folder(path, 300, 0.5 + 0.3 * i, seed=i)
    names = "^At .* nats, |^Histogram$|^Just (flagged|kept)|^Worst false alarms$|^Most convincing anomalies$"
    before = {(one.name, one.getRoleName()): at for one in desk.accessibles(None, names)
              if "Component" in one.get_interfaces() and (at := box(one))[2] > 0}
    assert len(before) > 8, before
    wanted, end = None, time.monotonic() + 20
    second = subprocess.Popen([LIMEN, flow, *sets], env=desk.environment)
    cancel = desk.accessible("push button", "^Cancel$")
    while not wanted and time.monotonic() < end:  # as long as it is seen
        x, y, width, height = box(cancel)
        wanted = (x, y, width, height) if width > 0 and height > 0 else None
    assert wanted, "nothing was under way"
    second.wait()
    x, y, width, height = wanted
    for name, (left, top, wide, high) in before.items():
        assert x + width <= left or left + wide <= x or y + height <= top or top + high <= y, (name, wanted)
    desk.accessible("label", "^Taken: ", seconds=20)
    desk.quit(program)


if __name__ == "__main__":
    main(globals())
