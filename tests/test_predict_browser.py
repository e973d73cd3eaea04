"""Predictions in a real JupyterLab in a real Chromium: by keyboard alone, saved, and reopened."""

from __future__ import annotations

import json
from collections import Counter
from contextlib import suppress

import pytest
from lab import SCREENS, errors, lab_page, open_notebook, run_cells, settle

from gochan.widgets import predictions

pytestmark = pytest.mark.browser

CHOICE = """
from gochan import Chan, go, record
from gochan.widgets import Player, predict

def main():
    greetings = Chan[str](1)
    def worker():
        for word in ("hello", "world"):
            greetings.send(word)
        greetings.close()
    go(worker)
    for word in greetings:
        print(word)

guess = predict(
    "What does `main` print first?",
    ["hello", "world", "either"],
    answer="hello",
    replies={"world": "A channel keeps the order of its values.", "either": "By chance?"},
)
guess
"""
PLAYER = "guess.reveal(Player(main))"
NUMBER = """
seconds = predict("How long does it take?", (0, 60), answer=0, replies=[(lambda x: x > 0, "No.")])
seconds.reveal(record(main), "and a word")
"""
ORDER = """
order = predict(
    "In which order?", ["main ends", "it sends", "it starts"], order=True,
    answer=("it starts", "it sends", "main ends"),
)
order.reveal(lambda: print("the order", "of things"))
"""
LATER = """
later = predict("Who prints?", ["main", "worker"])
later.reveal("nobody knows")
"""
CELLS = [CHOICE, PLAYER, NUMBER, ORDER, LATER]


@pytest.fixture(scope="module", params=SCREENS)
def screen(request, lab):
    with lab_page(lab, request.param) as page:
        page.notebook = run_cells(page, lab, "predict.ipynb", CELLS)
        page.wait_for_function("document.querySelectorAll('.gochan-predict').length === 4")
        page.wait_for_function("document.querySelectorAll('.gochan-lock').length === 4")
        yield request.param, lab, page


def cell(page, number):
    one = page.locator(".jp-CodeCell").nth(number)
    one.scroll_into_view_if_needed()
    return one


def verdict(page, number):
    shown = cell(page, number).locator(".gochan-verdict")
    shown.wait_for(state="visible")
    return shown.text_content()


def focused(page):
    """The tag and the accessible words of what has the focus."""
    return page.evaluate(
        """() => {
            const node = document.activeElement;
            return [node.tagName, node.ariaLabel ?? (node.closest("label") ?? node).textContent];
        }"""
    )


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def photograph(page, number, path):
    page.locator(".jp-CodeCell").nth(number).evaluate("cell => cell.scrollIntoView()")
    page.wait_for_timeout(200)
    page.screenshot(path=path)


def test_before_the_commitment_the_results_are_locked(screen, artefacts):
    name, _, page = screen
    assert errors(page) == []
    locks = page.locator(".gochan-lock")
    assert set(locks.all_text_contents()) == {"Commit your prediction above first."}
    assert page.locator(".jp-OutputArea details").count() == 4
    assert page.locator(".jp-OutputArea details:visible").count() == 0
    assert page.locator(".gochan-player").count() == 0
    photograph(page, 0, artefacts / f"predict_{name}_asked.png")


def test_a_choice_by_keyboard_alone_unlocks_the_player_below_which_plays(screen, artefacts):
    name, _, page = screen
    form = cell(page, 0).locator(".gochan-predict")
    assert form.get_by_role("radio").count() == 3
    form.get_by_role("radio").first.focus()
    press(page, "Tab")
    assert focused(page) == ["BUTTON", "Commit"]
    press(page, "Enter")  # nothing is chosen yet
    assert form.get_by_role("alert").text_content() == "Choose one first."
    assert focused(page) == ["INPUT", "hello"]
    press(page, "ArrowDown")
    assert focused(page) == ["INPUT", "world"]
    press(page, "Tab", "Space")
    said = "✗Not quite: A channel keeps the order of its values."
    assert verdict(page, 0) == said
    assert focused(page) == ["DIV", said]
    assert form.locator(".gochan-chosen").text_content() == "world"
    assert form.locator("input:enabled").count() == 0

    player = cell(page, 1).locator(".gochan-player")
    player.wait_for(state="visible")
    assert cell(page, 1).locator(".gochan-lock").count() == 0
    player.get_by_label("Play", exact=True).click()
    page.wait_for_function("Number(document.querySelector('.gochan-player').dataset.stop) >= 2")
    player.get_by_label("One step back").click()
    assert page.locator('.jp-OutputArea img[alt^="Timeline"]:visible').count() == 0
    assert errors(page) == []
    photograph(page, 0, artefacts / f"predict_{name}_committed.png")


def test_a_number_by_keyboard_is_checked_and_shows_a_result_of_several_outputs(screen, artefacts):
    name, _, page = screen
    form = cell(page, 2).locator(".gochan-predict")
    field = form.get_by_role("spinbutton")
    field.focus()
    page.keyboard.type("61")
    press(page, "Enter")
    assert form.get_by_role("alert").text_content() == "Enter a whole number from 0 to 60."
    press(page, "Control+a")
    page.keyboard.type("7")
    photograph(page, 2, artefacts / f"predict_{name}_number.png")
    field.focus()
    press(page, "Enter")
    assert verdict(page, 2) == "✗Not quite: No."
    image = cell(page, 2).locator('img[alt^="Timeline of 2 goroutines"]')
    image.wait_for(state="visible")
    assert "and a word" in cell(page, 2).locator(".jp-OutputArea").text_content()
    assert field.is_disabled()
    photograph(page, 2, artefacts / f"predict_{name}_number_committed.png")


def test_an_order_by_keyboard_keeps_the_focus_and_says_where_the_item_stands(screen, artefacts):
    name, _, page = screen
    form = cell(page, 3).locator(".gochan-predict")
    form.get_by_label("Move it starts up").focus()
    press(page, "Enter", "ArrowUp")
    assert focused(page) == ["BUTTON", "Move it starts up"]
    assert form.get_by_role("status").first.text_content() == "it starts: now 1 of 3"
    press(page, "ArrowUp")  # it is the first already
    form.get_by_label("Move main ends down").focus()
    press(page, "ArrowDown")
    items = form.locator(".gochan-order li .gochan-option")
    assert items.all_text_contents() == ["it starts", "it sends", "main ends"]
    photograph(page, 3, artefacts / f"predict_{name}_order.png")
    form.get_by_role("button", name="Commit").focus()
    press(page, "Enter")
    assert verdict(page, 3) == "✓Right."
    assert items.all_text_contents() == ["it starts", "it sends", "main ends"]
    cell(page, 3).locator("text=the order of things").last.wait_for(state="visible")


def test_the_saved_file_holds_the_predictions(screen):
    _, _, page = screen
    save(page)
    found = predictions(page.notebook.parent)
    counts = {name: predicted.counts for name, predicted in found.items()}
    assert counts == {
        "what-does-main-print-first": Counter({"world": 1}),
        "how-long-does-it-take": Counter({7: 1}),
        "in-which-order": Counter({("it starts", "it sends", "main ends"): 1}),
        "who-prints": Counter(),
    }
    assert found["who-prints"].waiting == 1


def test_a_page_that_was_loaded_again_still_works_and_says_what_it_cannot_save(screen):
    _, _, page = screen
    page.reload()
    settle(page)
    cell(page, 0)
    said = "✗Not quite: A channel keeps the order of its values."
    assert verdict(page, 0) == said
    form = cell(page, 4).locator(".gochan-predict")
    form.get_by_role("radio").first.focus()
    press(page, "Space", "Enter")
    assert verdict(page, 4) == "•Committed."
    cell(page, 4).locator("details[open]").wait_for(state="visible")
    assert "nobody knows" in cell(page, 4).locator("details").text_content()
    note = form.locator(".gochan-note")
    note.wait_for(state="visible")
    assert "won't be saved with the notebook" in note.text_content()


def test_reopened_without_a_kernel_it_shows_what_was_predicted_and_the_result(screen, artefacts):
    name, lab, page = screen
    lab.stop_kernels()
    open_notebook(page, lab, page.notebook)
    first = cell(page, 0).locator(".gochan-plain")
    first.wait_for(state="visible")
    assert "Predicted: world" in first.text_content()
    assert "Not quite: A channel keeps the order of its values." in first.text_content()
    broken = page.locator("text=/Error displaying widget/")
    broken.nth(5).wait_for(state="attached")  # of four forms, the lock, the Player
    visible = [k for k in range(6) if broken.nth(k).is_visible()]
    assert len(visible) == 1  # the Player's own, above its picture
    assert cell(page, 1).locator('img[alt^="Timeline"]').is_visible()
    asked = cell(page, 4)
    assert asked.locator("details:not([open])").is_visible()  # this one was never saved
    photograph(page, 0, artefacts / f"predict_{name}_reopened.png")


def save(page):
    """Saves by the button and waits until the file is whole and holds the outputs."""
    path = page.notebook
    page.locator('[data-command="docmanager:save"]:visible').first.click()
    for _ in range(100):
        if "the order of things" in path.read_text(encoding="utf-8").partition('"outputs"')[2]:
            with suppress(ValueError):
                json.loads(path.read_text(encoding="utf-8"))
                return
        page.wait_for_timeout(50)
    raise AssertionError("the notebook was not saved")
