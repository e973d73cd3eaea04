"""What a newcomer meets: the page that opens first, and the check of what is installed."""

from __future__ import annotations

import pytest
from accessible import assert_accessible
from lab import (
    SCREENS,
    browser_page,
    errors,
    lab_page,
    lab_server,
    run_cells,
    settle,
)
from test_start import ROOT, load_start

pytestmark = pytest.mark.browser

CHECK = "from gochan.widgets import Installation\nInstallation()"
DEAF = "check = Installation()\ncheck.on_msg(check._on_message, remove=True)\ncheck"
BACK = "document.querySelectorAll('.gochan-installation')[{}].textContent.includes('back in')"


@pytest.fixture(scope="module", params=SCREENS)
def page(request, lab):
    with lab_page(lab, request.param) as page:
        run_cells(page, lab, "front.ipynb", [CHECK, DEAF])
        yield page


def view(page, number=0):
    one = page.locator(".gochan-installation").nth(number)
    one.scroll_into_view_if_needed()
    return one


def test_the_first_page_is_lesson_00(tmp_path):
    own = load_start().own_options(0, [])
    options = [o for o in own if o.startswith(("--LabApp.", "--FileContentsManager."))]
    assert len(options) == 2
    with lab_server(ROOT, tmp_path, options=options) as lab, browser_page() as page:
        page.goto(f"{lab.url}/?token={lab.token}")
        settle(page)
        assert page.locator(".jp-NotebookPanel:visible h1").first.inner_text().startswith("00 ")
        files = page.locator(".jp-DirListing-itemName")
        assert "00_start_here.ipynb" in files.all_inner_texts()


def test_a_letter_comes_back_and_says_that_all_is_there(page, artefacts):
    page.wait_for_function(BACK.format(0))
    said = view(page).inner_text()
    for words in ["Python 3.", "JupyterLab 4.", "shows this page", "Widgets work: a letter went"]:
        assert words in said
    assert view(page).locator("li").count() == 4
    assert errors(page) == []
    page.screenshot(path=artefacts / f"installation_{page.screen}.png")


def test_another_letter_may_be_sent(page):
    page.wait_for_function(BACK.format(0))
    view(page).get_by_role("button", name="Send another letter").click()
    page.wait_for_function(
        "document.querySelector('.gochan-installation').textContent.includes('letter 2 went')"
    )


def test_a_letter_that_does_not_come_back_is_told_with_what_to_do(page):
    view(page, 1).get_by_text("Is another cell still running").wait_for()
    said = view(page, 1).inner_text()
    assert "Restart Kernel" in said
    assert "Not ready yet" in said
    assert view(page, 1).locator("li[data-state=no]").count() == 1


def test_the_plain_lines_for_pages_without_widgets_are_hidden_here(page):
    assert page.locator("[role=note]:visible", has_text="Widgets:").count() == 0


def test_it_can_be_read_and_used_by_everybody(page):
    page.wait_for_function(BACK.format(0))
    assert view(page).get_attribute("aria-label") == "Is everything here?"
    assert_accessible(page, ".gochan-installation")
