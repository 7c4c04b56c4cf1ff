"""Numbers on one screen agree: one K, one draw called one, one rounding, one word; what is asked for is what is shown."""

import csv
import json
import re
import sys

from window import center, main, wait_for

LIMEN = sys.argv[1]
THIN, MINUS = "\u2009", "\u2212"


def start(desk, page, *files, size=(1600, 1000)):
    program = desk.start(LIMEN, *files, title="^Limen")
    desk.resize(desk.windows[program.pid], *size)
    desk.keys(f"alt+{page}")
    return program


def texts(desk):
    return [one.name.replace("\u00a0", " ") for one in desk.accessibles("label") if one.name]


def panel_screens(desk, first, last):
    """How many screens of the panel there are from its first row to its last."""
    desk.rest()
    top = desk.accessible("label", first).queryComponent().getExtents(0)
    end = desk.accessible("label", last).queryComponent().getExtents(0)
    return (end.y + end.height - top.y) / 948  # below the header bar of a window 1000 pixels high


def set_k(desk, k):
    spin = desk.accessible("spin button", "^K$", seconds=20)
    desk.click(*center(spin))
    desk.keys("ctrl+a")
    desk.type(str(k))
    desk.keys("Tab")


def scenario_what_is_estimated_is_of_the_k_in_the_hand(desk):
    program = start(desk, 2)
    desk.accessible("label", "^With K = 50 samples", seconds=20)
    for k in (8, 3, 77):
        set_k(desk, k)
        desk.accessible("label", f"^With K = {k} samples", seconds=10)
        desk.accessible("label", f"^At K = {k}$")
        desk.accessible("label", f"^± 2 s.e., at K = {k}$", seconds=20)
        shown = [one for one in texts(desk) if re.match("At K = |.*± 2 s.e., at K = ", one)]
        assert all(one.endswith(f"K = {k}") for one in shown), shown
    screens = panel_screens(desk, "^At K", "^Observation x$")
    assert screens <= 1.5, screens
    assert "Compare with" in texts(desk) and "Beside it" not in texts(desk)
    desk.quit(program)


def scenario_the_duel_shows_what_is_chosen(desk):
    program = start(desk, 3)
    desk.accessible("label", "^For one more correct decimal, the log-derivative trick without", seconds=20)
    found = texts(desk)
    for words in ("need the same samples here; with the KL divergence in closed form, none.$",
                  "^With respect to θ all estimators draw the same", "^log p.x. = .*, with the prior N.0, I. "):
        assert any(re.search(words, one) for one in found), words
    assert not any("For one digit" in one for one in found)
    before = desk.accessible(None, "^Estimator duel$").description
    desk.choose("With respect to", 4)  # λ1₁
    wait_for(lambda: desk.accessible(None, "^Estimator duel$").description != before, "another sentence", 10)
    desk.export_picture(desk.directory + "/lambda.png")
    with open(desk.directory + "/lambda.png", "rb") as file:
        picture = file.read()
    for name in ("λ1₁: ", "λ1₂: "):
        assert name.encode() in picture, "the picture is of another parameter than " + name
    desk.quit(program)


def scenario_rows_of_lambda_say_whose_and_the_panel_is_short(desk):
    program = start(desk, 3)
    desk.accessible("label", r"^reparameterization \(.*\)\nlog-derivative, mean baseline \(.*\)$", seconds=20)
    screens = panel_screens(desk, "^Gradient at this x", "^A cost that wiggles$")
    assert screens <= 1.5, screens
    desk.quit(program)


def scenario_rates_agree_in_headline_card_table_and_json(desk):
    program = start(desk, 1)
    desk.accessible("label", "^At .* nats, ", seconds=120)
    wait_for(lambda: any(re.search(r"^[0-9.]+ %, 95 %: ", one) for one in texts(desk)), "the card", 60)
    desk.rest()
    found = texts(desk)
    headline = next(one for one in found if re.match("At .* nats, ", one))
    said = re.search(r"([0-9.]+) % of the normal images are flagged", headline)
    card = next(one for one in found if re.search(r"^[0-9.]+ %, 95 %: ", one))
    count = next(one for one in found if re.match(rf"[0-9{THIN}]+ of 2{THIN}000$", one))
    assert said and card.startswith(said[1] + " %"), (headline, card)
    errors = int(count.split(" of ")[0].replace(THIN, ""))
    assert abs(float(said[1]) - errors / 20) <= 0.0500001, (headline, count)
    assert not any(re.search(r"\d[eE][-+]?\d", one) for one in found), "a power of ten as a machine writes it"
    assert not any(word in found for word in ("Images", "Spread", "none yet")), found
    desk.quit(program)


def scenario_the_terminal_says_the_same_and_the_table_one_word(desk):
    scores, report = desk.directory + "/scores.csv", desk.directory + "/report.json"
    done = desk.run(LIMEN, "detect", "--model", "builtin:glyphs", "--normal", "builtin:digits:400:1", "--anomaly",
                    "builtin:hiragana:100:2", "--sigmas", "1", "--scores", scores, "--json", report)
    assert done.returncode == 0, done.stderr
    flagged = re.search(r"([0-9.]+) % of the normal images are flagged", done.stdout)[1]
    assert re.search(rf"^type I +\d+ of \d+: {re.escape(flagged)} %, 95 %: ", done.stdout, re.M), done.stdout
    with open(report, encoding="utf-8") as file:
        rate = json.load(file)["type_1"]["rate"]
    assert abs(100 * rate - float(flagged)) <= 0.5000001 * 10 ** -len(flagged.partition(".")[2]), (rate, flagged)
    with open(scores, encoding="utf-8") as file:
        words = {row[3] for row in csv.reader(file)} - {"decision", "verdict"}
    assert "kept" in words and "passed" not in words, words


if __name__ == "__main__":
    main(globals())
