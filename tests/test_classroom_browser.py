"""A check that fails, in a real JupyterLab in a real Chromium, as a student sees it."""

from __future__ import annotations

import pytest
from lab import ERRORS, SCREENS, STDERR, lab_page, run_cells

pytestmark = pytest.mark.browser

CELLS = [
    "from gochan import Chan, go\nfrom gochan.classroom import case, check",
    """def merge(a, b):
    results = Chan()

    def feed(values):
        for value in values:
            results.send(value)

    go(feed, a)
    go(feed, b)
    return [value for value in results]""",
    "check(merge, case([1, 2], [3], expect=[1, 2, 3]), case([], [5], expect=[5]))",
]


@pytest.fixture(scope="module", params=SCREENS)
def page(request, lab, artefacts):
    with lab_page(lab, request.param) as page:
        run_cells(page, lab, "exercise.ipynb", CELLS)
        page.wait_for_selector(".gochan-player")
        page.screenshot(path=artefacts / f"check_{request.param}.png")
        yield page


ERROR = f"{ERRORS}, {STDERR}"  # JupyterLab shows both alike


def top(page, selector):
    return page.locator(selector).first.bounding_box()["y"]


def test_the_message_is_read_first_then_comes_the_player_and_then_one_line(page):
    message = "text=Not yet: merge([1, 2], [3]) ends in a deadlock"
    assert 0 < top(page, message) < top(page, ".gochan-player") < top(page, ERROR)
    assert top(page, message) < 768  # without scrolling
    assert page.locator(ERROR).inner_text().strip() == (
        "NotYet: merge([1, 2], [3]) ends in a deadlock: all goroutines are asleep "
        "(in every schedule)"
    )
    assert page.problems == []


def test_names_and_lines_of_the_program_stand_in_their_own_letters(page):
    assert page.locator(".jp-RenderedHTMLCommon code").first.inner_text() == "results"
    line = page.locator(".jp-RenderedHTMLCommon pre").first
    assert line.inner_text() == "    10 | return [value for value in results]"
    ink, paper = line.evaluate(
        "one => [getComputedStyle(one).color, getComputedStyle(document.body).backgroundColor]"
    )
    assert ink != paper


def test_the_player_plays_the_failing_schedule(page):
    page.click("button:has-text('Next') >> visible=true")
    page.wait_for_selector("text=step 1 of 11")
