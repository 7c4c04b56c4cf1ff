"""Scores side by side in the Detector's window: the paradox is seen, another score is chosen, images are selected."""

import re
import sys

from window import accessibility, center, main, pick, wait_for

LIMEN = sys.argv[1]


def start(desk, width=1400, height=900):
    """With the example that shows the paradox."""
    program = desk.start(LIMEN, title="^Limen")
    desk.resize(desk.windows[program.pid], 1400, 900)
    desk.accessible("label", "^At .* nats, ")
    desk.click(*center(desk.scroll_to(None, "^Other flows$")))
    pick(desk, "^Examples$")
    pick(desk, "^The Paradox$")
    desk.accessible("label", "woven digits")
    desk.resize(desk.windows[program.pid], width, height)
    desk.rest()
    return program


def see(desk, view):
    desk.click(*center(desk.accessible("page tab", f"^{view}$")))
    desk.rest()


def rows(desk):
    """Of all scores that this example can have, once each has its numbers."""
    def all_there():
        found = [one for one in desk.accessibles("check box") if "AUROC" in one.description]
        return found if len(found) >= 5 else None

    return wait_for(all_there, "all scores to have numbers")


def auroc(row):
    return float(re.match(r"AUROC (\d\.\d+)", row.description)[1])


def headline(desk):
    return desk.accessible("label", "^At .* is flagged|^At .* are flagged").name


def described(one, pattern):
    wait_for(lambda: re.search(pattern, one.description, re.DOTALL), f"to be told {pattern}")
    return one.description


def is_checked(one):
    return one.getState().contains(accessibility().STATE_CHECKED)


def scenario_the_recommended_score_is_chosen_by_pointer_and_key(desk):
    program = start(desk)
    picture = desk.accessible("image", "^Histogram of ")
    before = headline(desk)
    assert "nats" in before
    see(desk, "Scores")
    found = rows(desk)
    likelihood = next(one for one in found if re.match("^log-likelihood", one.name, re.IGNORECASE))
    best = next(one for one in found if "recommended" in one.name)
    assert auroc(likelihood) < 0.5 < 0.95 < auroc(best), (likelihood.description, best.description)
    assert is_checked(likelihood) and not is_checked(best)
    desk.click(*center(best))
    wait_for(lambda: "nats" not in headline(desk), "another headline")
    chosen = headline(desk)
    assert is_checked(best)
    described(picture, re.escape(chosen.split(",")[0]))
    desk.keys(*["Up"] * found.index(best))
    wait_for(lambda: is_checked(likelihood), "the log-likelihood by keys")
    wait_for(lambda: headline(desk) == before, "the first headline, as it was")
    desk.keys(*["Down"] * found.index(best))
    wait_for(lambda: headline(desk) == chosen, "the recommended score by keys")
    see(desk, "Histogram")
    assert "log-likelihood" not in desk.accessible("image", "^Histogram of ").name
    desk.quit(program)


def place_of(area):
    box = area.queryComponent().getExtents(accessibility().WINDOW_COORDS)
    return lambda x, y: (box.x + x * box.width, box.y + y * box.height)


def scenario_what_a_lasso_selects_shows_everywhere(desk):
    program = start(desk)
    see(desk, "Scatter")
    area = desk.accessible("image", "^Scatter of two scores$")
    told = described(area, r"Of .* anomalies of .*plain.*neither flags")
    flagged = re.search(r"Of ([\d\u2009]+) anomalies.*?log-likelihood alone (?:flags )?([\d\u2009]+|none)", told)
    assert flagged and flagged[2] in ("none", "0"), told  # the likelihood sees nothing that the other does not
    at = place_of(area)
    corners = [at(0.15, 0.1), at(0.97, 0.1), at(0.97, 0.45), at(0.15, 0.45)]
    desk.move(*corners[0])
    desk.rest()
    desk.press()
    for a, b in zip(corners, corners[1:]):
        for i in range(1, 6):
            desk.move(*(p + (q - p) * i / 5 for p, q in zip(a, b)))
            desk.rest()
    desk.release()
    desk.rest()
    title = desk.accessible("label", "^Selected: ")
    assert int(re.search(r"([\d\u2009]+) anomal", title.name)[1].replace("\u2009", "")) > 100, title.name
    described(area, "^Selected are ")
    desk.accessible("image", "^Selected anomalies$")
    see(desk, "Histogram")
    described(desk.accessible("image", "^Histogram of "), "^Selected: ")
    see(desk, "Scatter")
    desk.click(*at(0.5, 0.02))  # beside all images: the keys are its own, and nothing stays selected
    desk.rest()
    wait_for(lambda: "Selected" not in area.description, "nothing to be selected")
    desk.quit(program)


def scenario_a_range_of_the_histogram_shows_in_the_scatter(desk):
    program = start(desk)
    see(desk, "Scatter")
    scatter = desk.accessible("image", "^Scatter of two scores$")
    described(scatter, "neither flags")
    see(desk, "Histogram")
    picture = desk.accessible("image", "^Histogram of ")
    before, at = headline(desk), place_of(picture)
    desk.xdotool("keydown", "shift")
    desk.drag(at(0.3, 0.5), at(0.95, 0.5))
    desk.xdotool("keyup", "shift")
    words = desk.accessible("label", "^Selected: ").name
    assert headline(desk) == before  # no line was dragged
    described(picture, "^Selected: ")
    see(desk, "Scatter")
    told = described(scatter, "^Selected are ")
    anomalies = re.search(r"normal, ([\d\u2009]+ anomal)", words)[1]
    assert anomalies in told, (words, told)  # all anomalies are points; of the normal images a third
    see(desk, "Histogram")
    desk.click(*at(0.95, 0.95))
    desk.keys("Escape")
    wait_for(lambda: "Selected" not in picture.description, "Escape to let go")
    desk.quit(program)


def scenario_k_is_chosen_where_the_score_stands_and_rows_come_one_by_one(desk):
    program = desk.start(LIMEN, title="^Limen")  # whose flow has a VAE beside it
    desk.accessible("label", "^At .* nats, ")
    see(desk, "Scores")
    desk.click(*center(desk.accessible(None, "^K = 50$")))
    samples = desk.accessible("spin button", "^Samples of the bound, K$")
    wait_for(lambda: samples.getState().contains(accessibility().STATE_FOCUSED), "the number to have the keyboard")
    desk.keys("ctrl+a")
    desk.type("200")
    desk.keys("Return")
    desk.accessible(None, "^K = 200$")
    described(desk.accessible("check box", "^log-likelihood \\(nats"), "^AUROC ")
    described(desk.accessible("check box", "^code length"), "^AUROC ")
    assert desk.accessible("check box", "^negative bound").description == "not worked out yet"
    desk.click(*center(desk.accessible("check box", "^code length")))
    wait_for(lambda: "nats" not in headline(desk), "a score that is there to be that of the page")
    desk.quit(program)


def scenario_the_window_is_closed_while_it_works(desk):
    program = start(desk)
    see(desk, "Scores")
    desk.quit(program)


def scenario_it_fits_a_narrow_window(desk):
    program = start(desk, 360, 800)
    see(desk, "Scores")
    rows(desk)
    see(desk, "Scatter")
    described(desk.accessible("image", "^Scatter of two scores$"), "neither flags")
    width = desk.run("xdotool", "getwindowgeometry", "--shell", desk.windows[program.pid]).stdout
    assert int(re.search(r"WIDTH=(\d+)", width)[1]) <= 360 + 60, width  # and its shadow
    desk.quit(program)


if __name__ == "__main__":
    main(globals())
