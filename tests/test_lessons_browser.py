"""Every lesson in a real JupyterLab in a real Chromium, as a class sees it.

A lesson is opened and run once, on the laptop. Then it is used there, shown on the projector, and
photographed on both.
"""

from __future__ import annotations

import json
import re
import shutil

import pytest
from lab import (
    NOTEBOOKS,
    SCREENS,
    change_screen,
    code_cells,
    errors,
    lab_page,
    open_notebook,
    run_all,
)

pytestmark = pytest.mark.browser

LESSONS = sorted(NOTEBOOKS.glob("[0-9][0-9]_*.ipynb"))
PICTURE = ".jp-OutputArea-output img, .gochan-player[data-loaded] canvas"
NOTE_PICTURE = """selector => {
    const began = performance.now();
    window.firstPicture = new Promise((tell) => {
        const look = () => document.querySelector(selector)
            ? tell(performance.now() - began) : requestAnimationFrame(look);
        look();
    });
}"""


@pytest.fixture(scope="module", params=LESSONS, ids=lambda path: path.stem)
def lesson(request):
    return request.param


@pytest.fixture(scope="module")
def page(lab, lesson):
    """The lesson on the laptop, all its cells have run."""
    with lab_page(lab) as page:
        open_notebook(page, lab, lab.copied(lesson))
        page.evaluate(NOTE_PICTURE, PICTURE)
        run_all(page, code_cells(lesson))
        yield page


def sources(lesson):
    cells = json.loads(lesson.read_text(encoding="utf-8"))["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")


def test_a_lesson_runs_and_shows_what_it_is_made_of(lesson, page, tell):
    assert errors(page) == []
    seconds = page.evaluate("firstPicture") / 1000
    tell(f"{lesson.stem}: {seconds:.1f} s from Run All to the first picture in a new kernel")
    predictions = len(re.findall(r"\bpredict\(", sources(lesson)))
    assert page.locator(".gochan-predict").count() == predictions
    if re.search(r"\bSeat\(", sources(lesson)):
        assert page.locator(".gochan-seat .gochan-option").count() > 0


def player_with_slider(page):
    """The first Player that has a slider of its own, and its number among the Players."""
    number = page.evaluate(
        """() => [...document.querySelectorAll('.gochan-player')].findIndex(
            root => root.closest('.widget-vbox')?.querySelector('.noUi-handle'))"""
    )
    assert number >= 0, "no Player with a slider in this lesson"
    return page.locator(".gochan-player").nth(number), number


def state(page, number):
    """What a reader sees of a Player: every text of it, and its picture."""
    return page.evaluate(
        """n => {
            const root = document.querySelectorAll('.gochan-player')[n];
            const canvas = root.querySelector('canvas');
            return [root.dataset.stop, root.textContent, canvas.toDataURL()];
        }""",
        number,
    )


def test_its_player_plays_and_follows_its_slider(page):
    player, number = player_with_slider(page)
    player.scroll_into_view_if_needed()
    for _ in range(10):
        player.get_by_label("One step forward").click()
    stop, text, picture = state(page, number)
    assert stop == "10"

    loaded = player.get_attribute("data-loaded")
    box = page.locator(".widget-vbox", has=player)
    box.locator(".noUi-handle").first.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function(
        "([n, was]) => document.querySelectorAll('.gochan-player')[n].dataset.loaded !== was",
        arg=[number, loaded],
    )
    changed = state(page, number)
    assert changed[0] == "10", "the position stays"
    assert changed[1] != text, "the text changes"
    assert changed[2] != picture, "the picture changes"

    player.get_by_label("Play", exact=True).click()
    page.wait_for_function(
        "n => Number(document.querySelectorAll('.gochan-player')[n].dataset.stop) > 11", arg=number
    )
    player.get_by_label("One step back").click()
    reached = state(page, number)[0]
    player.get_by_label("One step back").click()
    assert int(state(page, number)[0]) == int(reached) - 1
    assert errors(page) == []


@pytest.mark.parametrize("screen", SCREENS)
def test_it_is_photographed_from_top_to_bottom(lesson, page, screen, artefacts):
    """Screenshots for people to look at: the first screenful, the Player, and all of it."""
    if page.screen != screen:
        change_screen(page, screen)
    cells = page.locator(".jp-Notebook .jp-Cell")
    assert cells.count() > 0
    name = f"{lesson.stem}_{screen}"
    folder = artefacts / name
    folder.mkdir(exist_ok=True)
    for number in range(0, cells.count(), 3):
        cells.nth(number).evaluate("cell => cell.scrollIntoView()")
        page.evaluate(DRAWN)
        page.screenshot(path=folder / f"{number:02}.png")
    shutil.copy(folder / "00.png", artefacts / f"{name}.png")
    photograph_whole(page, player_with_slider(page)[0], artefacts / f"{name}_player.png")
    assert errors(page) == []


def photograph_whole(page, part, path):
    """On a page so high that the part is seen as a whole."""
    width, height, _ = SCREENS[page.screen]
    page.set_viewport_size({"width": width, "height": int(part.bounding_box()["height"]) + 300})
    part.scroll_into_view_if_needed()
    page.evaluate(DRAWN)
    part.screenshot(path=path)
    page.set_viewport_size({"width": width, "height": height})


DRAWN = "() => new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)))"
