"""The scatter of two scores and the scores side by side, moved by a pointer and keys, and read as a screen reader does."""

import re
import sys

from window import center, main, wait_for

SUBJECT = sys.argv[1]


def start(desk, *options):
    return desk.start(SUBJECT, *options, title="Scores"), desk.accessible("image", "Scatter of two scores")


def told(desk, pattern):
    return desk.accessible("label", pattern).name


def box_of(area):
    place = area.queryComponent().getExtents(1)
    return lambda x, y: (place.x + x * place.width, place.y + y * place.height)


def lasso(desk, area, *corners):
    """Along all corners, in parts of the picture."""
    at = box_of(area)
    desk.move(*at(*corners[0]))
    desk.rest()
    desk.press()
    for a, b in zip(corners, corners[1:]):
        for i in range(1, 6):
            desk.move(*at(*(p + (q - p) * i / 5 for p, q in zip(a, b))))
            desk.rest()
    desk.release()
    desk.rest()


def held(desk):
    """How many normal images and anomalies the label says are selected."""
    words = told(desk, "^selected: ")
    found = re.search(r"images?: ([\d\s]+) normal, ([\d\s]+) anomal", words)
    return tuple(int(re.sub(r"\s", "", one)) for one in found.groups()) if found else words


def described(area, pattern):
    wait_for(lambda: re.search(pattern, area.description), f"to be told {pattern}")
    return area.description


def scenario_a_lasso_selects_and_escape_lets_go(desk):
    program, area = start(desk)
    center(area)
    lasso(desk, area, (0.5, 0.15), (0.97, 0.15), (0.97, 0.45), (0.5, 0.45))  # anomalies lie there: high, and likely
    normal, anomalies = held(desk)
    assert anomalies > 500 and normal < anomalies / 10, (normal, anomalies)
    described(area, "^Selected are .* normal, .* anomal.*both scores flag")
    desk.keys("Escape")
    told(desk, "^selected: nothing$")
    desk.quit(program)


def scenario_five_million_images_never_hold_a_frame(desk):
    """The main thread never works for longer than a frame: what a lasso holds, and how it looks, is found beside it."""
    program, area = start(desk, "--many")
    desk.rest()
    around = ((0.5, 0.15), (0.97, 0.15), (0.97, 0.45), (0.5, 0.45))
    lasso(desk, area, *around)
    center(area)
    first = told(desk, "^selected: .*ms")  # of all that starting took
    described(area, "^Selected are .* normal, .* anomal.*both scores flag")
    lasso(desk, area, *((x - 0.1, y) for x, y in around))
    wait_for(lambda: told(desk, "^selected: .*ms") != first, "another selection")
    described(area, "^Selected are .* normal, .* anomal.*both scores flag")
    desk.keys("Escape")
    longest = float(re.search(r"nothing \(([\d.]+) ms\)", told(desk, "^selected: nothing"))[1])
    assert longest < 16, longest
    desk.quit(program)


def scenario_shift_draws_a_box_and_ctrl_adds(desk):
    program, area = start(desk)
    center(area)
    desk.xdotool("keydown", "shift")
    lasso(desk, area, (0.5, 0.2), (0.97, 0.45))
    desk.xdotool("keyup", "shift")
    before = held(desk)
    assert before[1] > 500, before
    desk.xdotool("keydown", "ctrl")
    lasso(desk, area, (0.6, 0.55), (0.97, 0.55), (0.97, 0.9), (0.6, 0.9))
    desk.xdotool("keyup", "ctrl")
    wait_for(lambda: held(desk) != before, "more to be selected")
    after = held(desk)
    assert after[0] > before[0] + 500 and after[1] >= before[1], (before, after)
    at = box_of(area)
    desk.click(*at(0.12, 0.85))  # beside all images
    told(desk, "^selected: nothing$")
    desk.quit(program)


def scenario_a_lasso_is_given_up(desk):
    program, area = start(desk)
    center(area)
    at = box_of(area)
    desk.move(*at(0.5, 0.2))
    desk.rest()
    desk.press()
    for i in range(5):
        desk.move(*at(0.5 + i / 20, 0.2 + i / 20))
        desk.rest()
    desk.keys("Escape")
    desk.move(*at(0.8, 0.8))
    desk.rest()
    desk.release()
    desk.rest()
    told(desk, "^nothing yet$")
    desk.quit(program)


def scenario_keys_go_from_image_to_image(desk):
    program, area = start(desk)
    center(area)
    desk.click(*box_of(area)(0.12, 0.85))  # beside all images: the keys are its own from now on
    desk.rest()
    desk.keys("Right")
    first = told(desk, "^image: (normal|anomaly) ")
    described(area, "^Image .* of .*: .*nats, .*bits")
    desk.keys("Left")
    wait_for(lambda: told(desk, "^image: ") != first, "another image")
    desk.keys("space")
    assert sum(held(desk)) == 1
    desk.keys("space")
    told(desk, "^selected: nothing$")
    desk.keys("Escape")
    told(desk, "^image: none$")
    desk.quit(program)


def scenario_a_score_is_chosen_and_one_is_got(desk):
    program, area = start(desk)
    described(area, "both scores flag .* log-likelihood alone flags")
    radio = desk.accessible("check box", "^Complexity-corrected .*recommended$")
    assert re.search(r"^AUROC .* AUPR .* FPR at 95", radio.description), radio.description
    desk.click(*center(radio))
    told(desk, "^chosen: complexity$")
    desk.keys("Up")
    told(desk, "^chosen: log-likelihood$")
    desk.keys("Down")
    told(desk, "^chosen: complexity$")
    desk.keys("Down")  # there is no other that has scores
    desk.keys("Up")
    told(desk, "^chosen: log-likelihood$")
    lacking = desk.accessible("check box", "^IWAE")
    assert "VAE" in lacking.description
    desk.click(*center(lacking))
    desk.rest()
    told(desk, "^chosen: log-likelihood$")
    desk.click(*center(desk.accessible("push button", "^Open a VAE")))
    told(desk, "^wanted: iwae$")
    desk.quit(program)


def scenario_it_fits_a_narrow_window(desk):
    program, area = start(desk, "--narrow")
    center(area)
    width = desk.run("xdotool", "getwindowgeometry", "--shell", desk.windows[program.pid]).stdout
    assert int(re.search(r"WIDTH=(\d+)", width)[1]) <= 360 + 60, width  # and its shadow
    lasso(desk, area, (0.5, 0.2), (0.95, 0.2), (0.95, 0.5), (0.5, 0.5))
    assert held(desk)[1] > 100
    desk.quit(program)


if __name__ == "__main__":
    main(globals())
