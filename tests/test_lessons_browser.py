"""Every lesson in a real JupyterLab in a real Chromium, as a class sees it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from lab import browser_page, code_cells, errors, lab_server, open_notebook, run_all, settle

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parent.parent
LESSONS = sorted((ROOT / "notebooks").glob("[0-9][0-9]_*.ipynb"))
SHOWN = {"laptop": (1366, 768, False), "projector": (1024, 768, True)}  # width, height, dark


@pytest.fixture(scope="module", params=SHOWN)
def screen(request, tmp_path_factory):
    """A lab and a page of one size and theme; each lesson is opened from a copy."""
    width, height, dark = SHOWN[request.param]
    folder = tmp_path_factory.mktemp("notebooks")
    shutil.copytree(ROOT / "notebooks", folder, dirs_exist_ok=True)
    home = tmp_path_factory.mktemp("home")
    with lab_server(folder, home, dark=dark) as lab, browser_page(width, height) as page:
        yield request.param, lab, page


def first_with_slider(page):
    """The first Player that has a slider of its own: its number among the Players."""
    return page.evaluate(
        """() => [...document.querySelectorAll('.gochan-player')].findIndex(
            root => root.closest('.widget-vbox')?.querySelector('.noUi-handle'))"""
    )


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


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: path.stem)
def test_a_lesson_runs_plays_and_follows_its_slider(screen, lesson, artefacts):
    name, lab, page = screen
    open_notebook(page, lab, lesson.name)
    run_all(page, code_cells(lesson))
    assert errors(page) == []

    number = first_with_slider(page)
    assert number >= 0, "no Player with a slider in this lesson"
    player = page.locator(".gochan-player").nth(number)
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
    player.screenshot(path=artefacts / f"{lesson.stem}_{name}_player.png")
    page.screenshot(path=artefacts / f"{lesson.stem}_{name}.png")
    assert errors(page) == []


PICTURE = ".jp-OutputArea-output img, .gochan-player[data-loaded] canvas"


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: path.stem)
def test_a_lesson_shows_its_first_picture_soon(screen, lesson, capsys):
    """Prints how long it takes with a new kernel; how fast the machine is decides no test."""
    name, lab, page = screen
    copy = lab.folder / f"new_{lesson.name}"  # another file has a kernel of its own
    shutil.copy(lesson, copy)
    open_notebook(page, lab, copy.name)
    page.click("text=Run >> visible=true")
    page.wait_for_selector('[data-command="runmenu:run-all"]')
    began = page.evaluate("performance.now()")
    page.click('[data-command="runmenu:run-all"]')
    page.wait_for_selector(PICTURE)
    seconds = (page.evaluate("performance.now()") - began) / 1000
    with capsys.disabled():
        print(f"\n{lesson.stem}, {name}: {seconds:.1f} s from Run All to the first picture")
    settle(page)


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: path.stem)
def test_a_lesson_is_photographed_from_top_to_bottom(screen, lesson, artefacts):
    """Screenshots for people to look at; the test only sees that each cell is shown."""
    name, lab, page = screen
    open_notebook(page, lab, lesson.name)
    run_all(page, code_cells(lesson))
    cells = page.locator(".jp-Notebook .jp-Cell")
    assert cells.count() > 0
    folder = artefacts / f"{lesson.stem}_{name}"
    folder.mkdir(exist_ok=True)
    for number in range(0, cells.count(), 3):
        cells.nth(number).evaluate("cell => cell.scrollIntoView()")
        page.wait_for_timeout(150)
        page.screenshot(path=folder / f"{number:02}.png")
