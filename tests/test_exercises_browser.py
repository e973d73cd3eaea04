"""The students' exercises in a real JupyterLab in a real Chromium, before anybody has done them."""

from __future__ import annotations

import pytest
from lab import ERRORS, NOTEBOOKS, STDERR, errors, lab_page, open_notebook, run_all

pytestmark = pytest.mark.browser

EXERCISES = sorted(NOTEBOOKS.glob("exercises/*/*.ipynb"))


def test_the_first_check_says_what_is_missing_and_nothing_else_goes_wrong(lab, artefacts):
    """One notebook stands for all; a check that fails ends what Run All began."""
    for exercise in EXERCISES[:1]:
        with lab_page(lab) as page:
            open_notebook(page, lab, lab.copied(exercise))
            run_all(page, 99)
            shown = page.locator(f"{ERRORS}, {STDERR}")
            shown.evaluate("node => node.closest('.jp-Cell').scrollIntoView()")
            shown.get_by_text("NotYet: ").wait_for()  # what is far below is drawn when it is seen
            assert len(errors(page)) == 1
            page.screenshot(path=artefacts / f"{exercise.stem}.png")
