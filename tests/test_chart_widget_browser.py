"""A chart that follows sliders, in a real JupyterLab: it changes, and stands there once."""

from __future__ import annotations

import pytest
from lab import errors, lab_page, run_cells

pytestmark = pytest.mark.browser

CELL = """
from gochan import charts
from gochan.widgets import Chart

def share(north=5):
    return charts.tally({"north": north, "south": 10 - north})

Chart(share, north=(0, 12))
"""
PICTURE = ".gochan-drawn img"


@pytest.fixture(scope="module")
def page(lab):
    with lab_page(lab) as page:
        run_cells(page, lab, "chart.ipynb", [CELL])
        yield page


def press(page, key, times=1):
    page.locator(".noUi-handle").focus()
    for _ in range(times):
        page.keyboard.press(key)


def test_the_picture_stands_there_once_and_follows_the_slider(page, artefacts):
    page.wait_for_function("document.querySelectorAll('.jp-OutputArea img').length == 2")
    page.locator(".jp-OutputArea img >> visible=true").nth(1).wait_for(state="detached")
    picture = page.locator(PICTURE)
    assert "north 5 (50.0%)" in picture.get_attribute("alt")
    before = picture.get_attribute("src")
    press(page, "ArrowRight", 2)
    page.wait_for_selector(f'{PICTURE}[alt*="north 7 (70.0%)"]')
    assert picture.get_attribute("src") != before
    page.screenshot(path=artefacts / "chart_widget.png")
    assert errors(page) == []


def test_what_goes_wrong_is_said_and_is_over_when_the_slider_is_back(page):
    press(page, "End")
    page.wait_for_selector("text=ValueError: tally: 'south' can't have come -2 times")
    assert page.locator(PICTURE).is_hidden()
    press(page, "Home")
    page.wait_for_selector(f'{PICTURE}[alt*="north 0 (0.0%)"]')
    assert page.locator(".gochan-drawn p").is_hidden()
