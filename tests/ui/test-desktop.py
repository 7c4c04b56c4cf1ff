"""What the desktop is told about Limen, judged by the desktop's own tools and by the rules for those who list programs.

usage: test-desktop.py ROOT APP_ID VERSION
"""

import json
import os
import re
import shutil
import struct
import subprocess
import sys
import xml.etree.ElementTree

from tap import Skipped, main

ROOT, APP_ID, VERSION = sys.argv[1:4]
METAINFO = os.path.join(ROOT, "resources", f"{APP_ID}.metainfo.xml")
ENTRY = os.path.join(ROOT, "resources", f"{APP_ID}.desktop")


def judged(*command):
    """What a tool of the desktop says; it must find no fault."""
    if not shutil.which(command[0]):
        raise Skipped(f"{command[0]} is not here")
    run = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "NO_COLOR": "1"})
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout + run.stderr


def check_the_desktop_entry_is_without_hints():
    said = judged("desktop-file-validate", ENTRY)
    assert not said, said


def check_the_metainfo_is_valid_to_the_letter():
    """AppStream before 1.0 does not know the tag <developer>, which later versions ask for."""
    version = judged("appstreamcli", "--version")
    lenient = ["--override=unknown-tag=pedantic"] if re.search(r"version: 0\.", version) else []
    said = judged("appstreamcli", "validate", "--pedantic", "--strict", "--no-net", *lenient, METAINFO)
    found = [" ".join(line.split()[2:]) for line in said.splitlines() if re.match(r"[EWIP]: ", line)]
    expected = [f"cid-contains-uppercase-letter {APP_ID}", *["unknown-tag developer"] * bool(lenient)]
    assert found == expected, said  # the name of the program is capitalized, as those of GNOME's are


def check_the_settings_schema_is_valid():
    judged("glib-compile-schemas", "--strict", "--dry-run", os.path.join(ROOT, "resources"))


def metainfo():
    return xml.etree.ElementTree.parse(METAINFO).getroot()


def check_the_summary_fits_into_a_list():
    name, summary = (metainfo().findtext(one) for one in ("name", "summary"))
    assert 10 <= len(summary) <= 35, summary
    assert not summary.endswith(".") and name.lower() not in summary.lower(), summary


def check_names_and_places_are_told():
    root = metainfo()
    assert root.findtext("id") == APP_ID
    assert root.find("developer").get("id") == APP_ID.rpartition(".")[0] and root.findtext("developer/name")
    urls = {one.get("type"): one.text for one in root.iter("url")}
    assert {"homepage", "bugtracker", "help", "vcs-browser"} <= set(urls), urls
    assert all(one.startswith("https://") for one in urls.values()), urls
    assert root.findtext("launchable") == f"{APP_ID}.desktop"
    assert root.find("content_rating") is not None
    assert root.findtext("requires/display_length") == "360"
    assert {one.text for one in root.iter("control")} == {"pointing", "keyboard", "touch"}


def check_colours_are_told_for_light_and_dark():
    colours = {one.get("scheme_preference"): one.text for one in metainfo().iter("color")}
    assert set(colours) == {"light", "dark"} and colours["light"] != colours["dark"], colours
    light, dark = (sum(int(colours[one][i:i + 2], 16) for i in (1, 3, 5)) / 3 for one in ("light", "dark"))
    assert light > 160 and dark < 110, (light, dark)


def size_of(path):
    with open(path, "rb") as file:
        return struct.unpack(">II", file.read(24)[16:])


def check_each_screenshot_is_a_window_with_a_caption():
    shots = list(metainfo().iter("screenshot"))
    assert len(shots) >= 4 and [one.get("type") for one in shots].count("default") == 1
    for shot in shots:
        image, caption = shot.find("image"), shot.findtext("caption")
        width, height = int(image.get("width")), int(image.get("height"))
        assert width <= 1000 and height <= 700, (width, height)
        path = os.path.join(ROOT, "doc", "screenshots", image.text.rpartition("/")[2])
        assert f"/v{VERSION}/doc/screenshots/" in image.text and size_of(path) == (width, height), path
        assert caption and len(caption) <= 100 and not caption.endswith("."), caption
    pages = {os.path.basename(one.findtext("image")).split("-")[0] for one in shots}
    with open(os.path.join(ROOT, "ui", "window.ui"), encoding="utf-8") as file:
        assert pages == set(re.findall(r'<property name="name">(\w+)<', file.read())), pages


def check_the_newest_release_is_this_version():
    releases = list(metainfo().iter("release"))
    assert releases[0].get("version") == VERSION, releases[0].attrib
    dates = [one.get("date") for one in releases]
    assert dates == sorted(dates, reverse=True), dates
    for one in releases:
        assert "".join(one.find("description").itertext()).strip(), one.attrib


def check_both_lists_have_the_same_categories_and_types():
    root = metainfo()
    with open(ENTRY, encoding="utf-8") as file:
        entry = dict(line.strip().split("=", 1) for line in file if "=" in line)
    own = {one.text for one in root.iter("mediatype")}
    assert own and own <= set(entry["MimeType"].split(";")), own
    assert {one.text for one in root.iter("category")} == set(entry["Categories"].strip(";").split(";")) - {"GTK"}
    assert entry["Exec"].split()[0] == root.findtext("provides/binary")


def check_packages_are_of_this_version():
    with open(os.path.join(ROOT, "resources", "packaging", "debian", "changelog"), encoding="utf-8") as file:
        assert file.readline().startswith(f"limen ({VERSION}-"), "debian/changelog"


def check_flatpak_reads_its_manifest():
    path = os.path.join(ROOT, "resources", "packaging", "flatpak", f"{APP_ID}.yml")
    told = json.loads(judged("flatpak-builder", "--show-manifest", path))
    assert (told["id"], told["runtime"], told["command"]) == (APP_ID, "org.gnome.Platform", "limen"), told
    sources = [one for module in told["modules"] for one in module["sources"]]
    archives = [one for one in sources if one["type"] == "archive"]
    assert len(sources) == len(archives) + 1 and archives, sources
    assert all(re.fullmatch("[0-9a-f]{64}", one["sha256"]) for one in archives), archives


if __name__ == "__main__":
    sys.exit(main(globals()))
