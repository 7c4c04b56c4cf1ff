"""What all pages share, as its user has it: fields to type into, Tab and Escape, sizes of text, what keeps its place,
numbers to copy, what is saved."""

import os
import re
import subprocess
import sys
import time

import made_up
from window import accessibility, box, center, main, page_seen, role_of, start_example, value, wait_for, walk

LIMEN = sys.argv[1]
THRESHOLD = "^Threshold in nats"


def start(desk, width=1280, height=900, scale=1.0):
    """The example, scored; text of so many times its usual size."""
    if scale != 1:
        desk.scale_text(scale)
    return start_example(desk, LIMEN, width, height)


def pixels(desk, at):
    """What a part of the screen looks like."""
    desk.rest()
    x, y, width, height = at
    path = desk.directory + "/part.png"
    desk.screenshot(path)
    return subprocess.check_output(["convert", path, "-crop", f"{width}x{height}+{x}+{y}", "+repage", "rgb:-"])


def focused(desk, window="^Limen"):
    """What has the keyboard: its role, its name and where it is."""
    for one in walk(desk.accessible("frame", window)):
        try:
            if one.getState().contains(accessibility().STATE_FOCUSED):
                return role_of(one), one.name, box(one)
        except Exception:  # it went away while we looked
            pass
    return None


# Fields

def shown_in(field):
    """What stands in a field; of a spin button GTK does not know what the end is."""
    inside = field.queryText()
    return inside.getText(0, inside.characterCount)


def type_into(desk, field, *words, done="Return"):
    """Replaces what stands there; words are characters, or keys in braces."""
    desk.click(*center(field))
    desk.keys("ctrl+a")
    for word in words:
        desk.xdotool("type", "--delay", 20, "--", word)
    if done:
        desk.keys(done)
    desk.rest()


def scenario_numbers_are_taken_as_people_write_them(desk):
    program = start(desk)
    field = desk.accessible("spin button", THRESHOLD)
    for typed, means in (("120.5", 120.5), ("-5,5", -5.5), ("\u22126,25", -6.25), ("1 200", 1200),
                         ("1\u00a0300", 1300), ("\u22121\u2009400", -1400), ("1/4", 0.25), ("1,000", 1000)):
        type_into(desk, field, typed)
        wait_for(lambda: abs(value(field) - means) < 1e-9, f"“{typed}” to be {means}, not {value(field)}", 5)
    desk.accessible("label", "^“1,000” was read as 1\u2009000, not as 1\\.$")
    desk.quit(program)


def scenario_what_is_no_number_is_refused_in_place(desk):
    program = start(desk)
    field, plot = desk.accessible("spin button", THRESHOLD), desk.accessible(None, "^Histogram of")
    type_into(desk, field, "120.5")
    places = box(field), box(plot)
    for done in ("Return", "Tab"):
        type_into(desk, field, "a lot", done=done)
        desk.accessible("label", "^“a lot” is no number; write one such as")
        assert value(field) == 120.5 and shown_in(field) == "120.50", (value(field), shown_in(field))
        assert (box(field), box(plot)) == places, "something moved"
    type_into(desk, field, done=None)
    desk.keys("BackSpace", "Tab")  # nothing was typed: nothing is set
    desk.accessible("label", "^A number belongs here")
    assert value(field) == 120.5 and shown_in(field) == "120.50"
    type_into(desk, field, "7", done="Escape")
    assert value(field) == 120.5 and shown_in(field) == "120.50"
    desk.quit(program)


def scenario_undo_in_a_field_is_of_what_was_typed(desk):
    program = start(desk)
    field = desk.accessible("spin button", THRESHOLD)
    type_into(desk, field, "120.5")
    before = shown_in(field)
    desk.click(*center(field))
    desk.keys("ctrl+z", "ctrl+z", "ctrl+z")  # nothing was typed since: there is nothing to undo
    assert shown_in(field) == before, shown_in(field)
    desk.keys("End", "9", "9")
    assert shown_in(field) == before + "99", shown_in(field)
    desk.keys("ctrl+z", "ctrl+z")
    assert shown_in(field) == before, shown_in(field)
    desk.keys("Tab")
    desk.rest()
    assert value(field) == 120.5, value(field)
    desk.quit(program)


def scenario_a_payoff_is_refused_in_place_and_takes_a_comma(desk):
    program = start(desk)
    desk.keys("alt+4")
    cell = desk.accessible("text", "^Points for B: paper against rock", seconds=20)
    desk.scroll_to("text", "^Points for B: paper against rock")
    desk.rest()
    before, place = shown_in(cell), box(cell)
    type_into(desk, cell, "much")
    desk.accessible("label", "^“much” is no payoff; write a number")
    assert shown_in(cell) == before and box(cell) == place
    type_into(desk, cell, "2,5")
    wait_for(lambda: shown_in(cell) == "5/2", "the payoff")
    desk.quit(program)


# Keys

def scenario_tab_goes_round_a_page_and_stops_at_what_can_be_used(desk):
    program = start(desk)
    for page in "14":
        desk.keys("alt+" + page)
        desk.rest()
        stops, stays = [], 0
        for _ in range(120):
            desk.keys("Tab")
            now = focused(desk)
            stays = stays + 1 if stops and now == stops[-1] else 0
            assert now and stays < 4, f"page {page}: Tab stays at {now}"  # a picture has up to four handles
            if stays == 0 and now in stops:
                break
            stops += [now] if stays == 0 else []
        else:
            raise AssertionError(f"page {page}: no way round: {stops}")
        idle = [stop for stop in stops if stop[0] in ("list item", "label")
                and re.match("AUROC|Type |Validation|Gap|VLB|log p|Exact|Iteration$|Variance", stop[1])]
        assert not idle, f"rows that only show a value are stops: {idle}"
        print(f"page {page}: {len(stops)} stops", file=sys.stderr)
        if page == "1":
            assert any(name.startswith("Histogram") for _, name, _ in stops) and any(
                name.startswith("Seed of the random") for _, name, _ in stops), stops
    desk.quit(program)


def scenario_tab_leaves_the_histogram(desk):
    program = start(desk)
    plot = desk.accessible(None, "^Histogram of")
    x, y = center(plot)
    desk.click(x + 60, y)
    desk.rest()
    assert focused(desk)[1].startswith("Histogram")
    desk.keys("Tab")
    assert not focused(desk)[1].startswith("Histogram"), "one press is enough"
    desk.keys("shift+Tab", "shift+Tab")
    assert not focused(desk)[1].startswith("Histogram"), "and one back"
    desk.quit(program)


def scenario_escape_closes_every_window_that_has_nothing_to_lose(desk):
    program = start(desk)
    main_window = desk.windows[program.pid]
    for keys, title in (("ctrl+comma", "^Preferences$"), ("ctrl+t", "^Train a Flow"), ("ctrl+g", "^Samples of"),
                        ("ctrl+e", "^Export Picture$"), ("ctrl+question", "^Shortcuts$|^Keyboard")):
        desk.focus(main_window)
        before = set(desk.run("xdotool", "search", "--onlyvisible", "--name", ".").stdout.split())
        desk.keys(keys)
        opened = wait_for(lambda: set(desk.run("xdotool", "search", "--onlyvisible", "--name",
                                               ".").stdout.split()) - before, f"the window of {keys}", 10)
        window = opened.pop()
        desk.focus(window)
        desk.rest()
        desk.keys("Escape")
        wait_for(lambda: window not in desk.run("xdotool", "search", "--onlyvisible", "--name", ".").stdout.split(),
                 f"{title} to close", 10)
    desk.focus(main_window)
    desk.quit(program)


def scenario_the_shortcuts_of_all_pages_are_told(desk):
    program = start(desk)
    desk.keys("ctrl+question")
    for words in ("^Threshold a little lower or higher$", "^Move the proposal", "^Draw other samples of the gradient",
                  "^Play and pause the method$", "^Presentation"):
        desk.accessible("label", words, seconds=10)
    desk.keys("Escape")
    desk.quit(program)


# Sizes

def panel_of(desk):
    """Where the panel begins and how wide it is, from a group that is in it."""
    heading = desk.accessible("label", "^Errors$")
    frame = desk.accessible("frame", "^Limen")
    x = box(heading)[0]
    return x, box(frame)[2] - x


def seen(desk):
    """Of the window with a page: what is behind another page, or was there before, has kept a place, but is not seen."""
    page = page_seen(desk)
    hidden = {"AdwToastWidget"}  # one that came up in a wide window goes with the next key
    hidden |= {f"Limen{name}Page" for name in ("Detector", "Bound", "Prior", "Game") if name != page}
    if next(desk.accessibles(None, "^Histogram of"), None) and desk.accessible(None, "^Histogram of").description:
        hidden.add("LimenDetectorEmpty")

    def walk_on(one):
        if one.name not in hidden:
            yield one
            for child in (one.getChildAtIndex(i) for i in range(one.childCount)):
                if child:
                    yield from walk_on(child)

    return walk_on(desk.accessible("frame", "^Limen"))


def cut(desk, width):
    """Labels that are seen and reach beyond the window."""
    found, n = [], 0
    for one in seen(desk):
        if one.getRoleName() != "label" or not one.name:
            continue
        x, _, w, _ = box(one)
        n += w > 0
        if w > 0 and (x < 0 or x + w > width):
            found.append((one.name, x, w))
    assert n > 5, "no labels are looked at"
    return found


def scenario_text_of_one_and_a_half_has_room(desk):
    grows(desk, 1.5)


def scenario_text_of_twice_the_size_has_room(desk):
    grows(desk, 2.0)


def scenario_text_of_twice_the_size_fits_a_narrow_window(desk):
    program = start(desk, 360, 720, 2.0)
    for page in "1234":
        desk.keys("alt+" + page)
        desk.resize(desk.windows[program.pid], 360, 720)
        desk.rest()
        wide = box(desk.accessible("frame", "^Limen"))[2]
        assert wide <= 360, f"page {page} is {wide} pixels wide"
        lines = set()
        for name in ("Histogram", "Curve", "Scores", "Scatter") if page == "1" else ():
            _, y, width, height = box(desk.accessible("label", f"^{name}$"))
            assert width > len(name) * height / 3, f"{name} has {width} pixels"
            lines.add(y)
        assert len(lines) < 2, "the views stand in one line"
        assert not cut(desk, 360), f"page {page}: {cut(desk, 360)}"
    desk.quit(program)


def scenario_an_empty_page_in_large_text_fits_a_narrow_window(desk):
    desk.scale_text(2)
    folder = desk.directory + "/normal"
    made_up.write_folder(folder, 20, 0.5, seed=1)
    program = desk.start(LIMEN, folder, title="^Limen")
    desk.accessible("label", "^Now the Flow$", seconds=20)
    for _ in range(2):
        desk.resize(desk.windows[program.pid], 360, 720)
        desk.rest()
    assert not cut(desk, 360), cut(desk, 360)
    for one in desk.accessibles("push button", "^Flow of"):
        x, _, width, _ = box(one)
        assert x >= 0 and x + width <= 360, (one.name, x, width)
    desk.quit(program)


def scenario_windows_in_large_text_break_no_word_and_cut_no_title(desk):
    program = start(desk, 900, 720, 2.0)
    letter = box(desk.accessible("label", "^Detector$"))[3] / 3  # narrower than a usual one
    for keys, title in (("ctrl+t", "^Train a Flow"), ("ctrl+e", "^Export Picture$"), ("ctrl+g", "^Samples of"),
                        ("ctrl+comma", "^Preferences$")):
        desk.focus(desk.windows[program.pid])
        desk.keys(keys)
        window = wait_for(lambda: desk.search(title), title)
        for _ in range(2):
            desk.resize(window, 360, 900)
            desk.rest()
        frame = wait_for(lambda: next((one for one in desk.accessibles(None, f"{title}|^LimenExportDialog$")
                                       if one.getRoleName() in ("frame", "dialog", "filler", "window")),
                                      None), f"the accessible of {title}")
        assert box(frame)[2] <= 360, f"{title} is {box(frame)[2]} pixels wide"
        labels = [one for one in walk(frame) if one.getRoleName() == "label" and one.name and box(one)[2] > 0]
        assert len(labels) > 4, labels
        for one in labels:
            x, _, width, _ = box(one)
            longest = max(len(word) for word in one.name.replace("\u2009", " ").split())
            assert width >= min(longest, 8) * letter, f"“{one.name}” is {width} pixels wide"
            assert x >= 0 and x + width <= 360, f"“{one.name}” goes from {x} to {x + width}"
        if keys == "ctrl+e":  # there is no room for its title: none of it lies under the buttons
            cancel, save = (box(next(one for one in labels if one.name == name)) for name in ("Cancel", "Save…"))
            left, right = cancel[0] + cancel[2] + 30, save[0] - 30
            between = pixels(desk, (left, save[1], right - left, save[3]))
            assert right - left > 40 and between == between[:3] * (len(between) // 3), "a part of the title is seen"
        desk.focus(window)
        desk.keys("Escape")
        wait_for(lambda: not desk.search(title), f"{title} to close")
    desk.focus(desk.windows[program.pid])
    desk.quit(program)


def grows(desk, scale):
    program = start(desk, 1600, 950, scale)
    panel = panel_of(desk)[1]
    assert panel > 300 * scale, f"a panel of {panel} pixels"
    for page in "1234":
        desk.keys("alt+" + page)
        desk.rest()
        assert not cut(desk, 1600), f"page {page}: {cut(desk, 1600)}"
    desk.quit(program)


def scenario_pages_can_be_pointed_at_in_large_text(desk):
    """Where there is no room for their names above, they are below; the window was never narrower."""
    program = start(desk, 900, 800, 2.0)
    places = [box(one) for one in desk.accessibles("page tab", "^Prior$")]
    below = [(x, y, w, h) for x, y, w, h in places if y > 600 and 20 < h <= 800 - y and 0 < w < 900 - x]
    assert below, places
    desk.click(below[0][0] + below[0][2] / 2, below[0][1] + below[0][3] / 2)
    wait_for(lambda: page_seen(desk) == "Prior", "the page")
    desk.quit(program)


def scenario_names_of_choices_are_whole(desk):
    program = start(desk, 1600, 1000)
    for page, title, chosen, entries in (
            ("3", "Second", "log-derivative, mean baseline", ("log-derivative, optimal baseline",)),
            ("2", "Compare with", "Moment-matched, ELBO-optimal", ("Prior, moment-matched",))):
        desk.keys("alt+" + page)
        desk.rest()
        row = desk.scroll_to("label", f"^{title}$", over=(1450, 600))
        letter = box(row)[3] / 3
        desk.accessible("label", f"^{chosen}(\n|$)", within=desk.accessible("combo box", f"^{title}"))
        desk.click(*center(row))
        desk.rest()
        for name in (chosen, *entries):
            widths = [box(one)[2] for one in desk.accessibles("label", f"^{name}$")]
            assert max(widths) > len(name) * letter, f"“{name}” has {widths} pixels"
        desk.keys("Escape")
    desk.quit(program)


def scenario_a_presentation_folds_the_panel_away_and_is_remembered(desk):
    desk.environment["GSETTINGS_BACKEND"] = "keyfile"
    program = start(desk, 1500, 900)
    plot = desk.accessible(None, "^Histogram of")
    before = box(plot)[2]
    desk.keys("F11")
    wait_for(lambda: box(plot)[2] > before + 250, "the panel to fold away")
    desk.screenshot(desk.directory + "/large.png")
    desk.quit(program)
    desk.known.clear()
    program = start(desk, 1500, 900)
    plot = desk.accessible(None, "^Histogram of")
    assert box(plot)[2] > before + 250, "not remembered"
    words = (("3", "^Does a trainable prior help"), ("2", "^ELBO-optimal is best"), ("4", "^Why this is the solution$"))
    high = {}
    for _ in range(2):  # what is read beside the plots is larger too
        for page, name in words:
            desk.keys("alt+" + page)
            desk.rest()
            if page == "4" and not high.get(name):
                desk.click(*center(desk.accessible("push button", "^Certificate$")))
                desk.rest()
            high.setdefault(name, []).append(box(desk.accessible("label", name))[3])
        desk.keys("alt+1", "F11")
        desk.rest()
    for name, (large, usual) in high.items():
        assert large > 1.2 * usual, (name, large, usual)
    desk.keys("F11")
    wait_for(lambda: abs(box(plot)[2] - before) < 3, "the panel to come back")
    desk.quit(program)


def scenario_words_of_the_header_bar_are_whole_or_icons(desk):
    program = start(desk, 1400, 800)
    whole = {name: box(desk.accessible("label", f"^{name}$"))[2] for name in ("Open", "Export")}
    for width in (1120, 1060, 1020, 1000, 940):
        desk.resize(desk.windows[program.pid], width, 800)
        desk.rest()
        for name, wide in whole.items():
            seen = [box(one)[2] for one in desk.accessibles("label", f"^{name}$") if box(one)[2] > 0]
            assert all(w >= wide for w in seen), f"{name} at {width}: {seen} of {wide} pixels"
    desk.quit(program)


# What keeps its place

def scenario_the_hint_leaves_its_place_and_comes_back(desk):
    program = start(desk)
    desk.keys("alt+4")
    hint = desk.accessible("label", "^Drag the two rings", seconds=20)
    area = desk.accessible(None, "^Strategy of A$")
    desk.rest()
    place = box(area)
    line = box(hint)
    offered = pixels(desk, line)
    for button in ("^Play the method$", "^Pause the method$"):  # it is taken
        desk.click(*center(desk.accessible("push button", button)))
    back = wait_for(lambda: next((one for one in desk.accessibles("push button", "^Hint$") if box(one)[2] > 0), None),
                    "the button that brings it back")
    desk.rest()
    assert box(area) == place and pixels(desk, line) != offered, (box(area), place)
    desk.click(*center(back))
    desk.move(800, 700)
    wait_for(lambda: pixels(desk, line) == offered, "the hint to come back", 5)
    assert box(area) == place, (box(area), place)
    desk.quit(program)


def scenario_sentences_that_grow_and_shrink_move_nothing(desk):
    """At a width where the sentences of each page take one line more or less on their way."""
    program = start(desk, 1280, 900)
    for page, area, keys in (("1", "Histogram of", ("End", "Home", "Page_Up", "Page_Up", "Page_Up", "Left")),
                             ("2", "Latent space", ("Left", "Left", "Down", "Down", "Right", "Up")),
                             ("4", "Strategy of A", ("1", "2", "3", "Home", "Left", "Down"))):
        desk.keys("alt+" + page)
        plot = desk.accessible(None, "^" + area, seconds=20)
        desk.rest()
        for _ in range(30):
            if focused(desk)[1].startswith(area):
                break
            desk.keys("Tab")
        else:
            raise AssertionError(f"no way to {area}")
        place, said = box(plot), set()
        for key in keys:
            desk.keys(key)
            desk.rest()
            said.add(plot.description)
            assert box(plot) == place, f"page {page}: {key} moves {place} to {box(plot)}"
        assert len(said) > 2, f"page {page}: nothing is said of what moved: {said}"
    desk.quit(program)


def scenario_a_tooltip_does_not_lie_over_an_open_menu(desk):
    program = start(desk)
    x, y = center(desk.accessible(None, "^Export$"))
    windows = lambda: len(desk.run("xdotool", "search", "--onlyvisible", "--class", ".").stdout.split())
    alone = windows()
    tips = lambda: windows() > alone
    desk.move(x, y)
    desk.move(x + 1, y)
    wait_for(tips, "the tooltip of a button that is pointed at")
    desk.move(300, 500)
    wait_for(lambda: not tips(), "the tooltip to go")
    desk.click(x, y)
    wait_for(tips, "the menu")  # a window of its own, as a tooltip would be
    alone = windows()
    for aside in (2, 1, 3, 0):
        desk.move(x + aside, y)
        time.sleep(0.6)
        assert not tips(), "it lies over the menu"
    desk.keys("Escape")
    desk.quit(program)


# What leaves the program

def scenario_a_number_is_selected_and_copied(desk):
    program = start(desk)
    number = desk.accessible("label", r"^0\.99\d+$")
    x, y = center(number)
    desk.click(x, y)
    desk.xdotool("click", "--repeat", 2, "--delay", 60, 1)
    desk.rest()
    desk.keys("ctrl+a", "ctrl+c")
    field = desk.accessible("spin button", THRESHOLD)
    desk.click(*center(field))
    desk.keys("ctrl+a", "ctrl+v")
    wait_for(lambda: shown_in(field) == number.name, f"“{number.name}” to be pasted, not “{shown_in(field)}”", 5)
    desk.keys("Escape")
    desk.quit(program)


def export(desk, path):
    """Presses Save in the dialog as it is, and types a place."""
    desk.keys("ctrl+e")
    dialog = wait_for(lambda: desk.search("^Export Picture$"), "the export dialog")
    desk.focus(dialog)
    desk.rest()
    desk.keys("Return")
    chooser = wait_for(lambda: (now := desk.search("^Export Picture$")) != dialog and now, "the file chooser")
    desk.focus(chooser)
    desk.rest()
    desk.keys("ctrl+a")
    desk.type(path)
    desk.keys("Return")


FILE_MANAGER = """
import sys
from gi.repository import Gio, GLib
node = Gio.DBusNodeInfo.new_for_xml('<node><interface name="org.freedesktop.FileManager1"><method name="ShowItems">'
    '<arg type="as" direction="in"/><arg type="s" direction="in"/></method></interface></node>')
def called(bus, sender, path, interface, method, arguments, call):
    open(sys.argv[1] + ".part", "w").write(arguments.unpack()[0][0])
    import os; os.rename(sys.argv[1] + ".part", sys.argv[1])
    call.return_value(None)
def ready(bus, name):
    bus.register_object("/org/freedesktop/FileManager1", node.interfaces[0], called, None, None)
Gio.bus_own_name(Gio.BusType.SESSION, "org.freedesktop.FileManager1", 0, ready, None, None)
GLib.MainLoop().run()
"""


def scenario_what_is_typed_tells_the_format_and_the_file_is_shown(desk):
    told = desk.directory + "/shown"
    manager = subprocess.Popen([sys.executable, "-c", FILE_MANAGER, told], env=desk.environment)
    desk.processes.append(manager)
    program = start(desk)
    desk.accessible("label", r"^[0-9.]+–[0-9.]+.%$", seconds=20)  # over splits: all scores are there
    path = desk.directory + "/plot.svg"
    export(desk, path)
    wait_for(lambda: os.path.exists(path), "the picture")
    with open(path, encoding="utf-8") as file:
        assert "<svg" in file.read(300), "a typed .svg is no SVG"
    desk.focus(desk.windows[program.pid])
    desk.accessible("label", r"^Saved as plot\.svg$")
    desk.click(*center(desk.accessible(None, "^Show in Folder$")))
    wait_for(lambda: os.path.exists(told), "the file manager to be told")
    with open(told, encoding="utf-8") as file:
        assert file.read() == "file://" + path
    other = desk.directory + "/second"  # and that format is remembered
    export(desk, other)
    wait_for(lambda: os.path.exists(other + ".svg"), "the second picture")
    desk.focus(desk.windows[program.pid])
    desk.quit(program)


if __name__ == "__main__":
    main(globals())
