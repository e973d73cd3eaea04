"""The Scheduler's Seat in a real JupyterLab in a real Chromium, as a learner uses it."""

from __future__ import annotations

import statistics

import pytest
from accessible import assert_accessible
from lab import SCREENS, errors, lab_page, run_cells

pytestmark = pytest.mark.browser

CELLS = [
    'from gochan.widgets import LEVELS, Seat\nSeat(LEVELS["ab_ba"])',
    'Seat(LEVELS["lost_update"])',
    'Seat(LEVELS["the_last_job"])',
    'Seat(LEVELS["philosophers"])',
]
AB_BA, LOST_UPDATE, LAST_JOB, PHILOSOPHERS = range(4)


@pytest.fixture(scope="module", params=SCREENS)
def page(request, lab):
    with lab_page(lab, request.param) as page:
        run_cells(page, lab, "seats.ipynb", CELLS)
        page.wait_for_function("document.querySelectorAll('.gochan-seat').length === 4")
        yield page


@pytest.fixture(autouse=True)
def from_the_start(page):
    """Every test begins with all moves taken back."""
    for number in range(len(CELLS)):
        one = seat(page, number)
        if one.get_attribute("data-count") != "0":
            one.focus()
            press(page, number, "r")


def seat(page, number):
    return page.locator(".gochan-seat").nth(number)


def press(page, number, key):
    """Presses a key and waits for the answer."""
    before = seat(page, number).get_attribute("data-serial")
    page.keyboard.press(key)
    page.wait_for_function(
        "([n, before]) => document.querySelectorAll('.gochan-seat')[n].dataset.serial !== before",
        arg=[number, before],
    )


def play(page, number, keys):
    one = seat(page, number)
    one.scroll_into_view_if_needed()
    one.focus()
    for key in keys:
        press(page, number, key)
    return one


def status(one):
    return one.locator(".gochan-sentence").text_content()


def texts(locator):
    return [text.strip() for text in locator.all_text_contents()]


def test_nothing_goes_wrong_and_the_seat_is_shown(page, artefacts):
    assert errors(page) == []
    one = seat(page, AB_BA)
    one.evaluate("node => node.closest('.jp-Cell').scrollIntoView()")
    page.screenshot(path=artefacts / f"seat_opened_{page.screen}.png")
    page.locator('[role=note][aria-label="Seat: After you"]').wait_for(state="hidden")


def test_everything_has_a_role_and_a_name(page):
    one = seat(page, AB_BA)
    assert one.get_attribute("role") == "group"
    assert one.get_attribute("aria-label") == "Scheduler's Seat: After you"
    for role, name in [
        ("toolbar", "Game"),
        ("button", "Undo"),
        ("button", "Hint"),
        ("button", "Restart"),
        ("region", "Program"),
        ("group", "Who goes next?"),
        ("button", "main: add 1 to wg"),
    ]:
        assert one.get_by_role(role, name=name, exact=True).count() == 1, (role, name)
    assert one.get_by_role("status").count() >= 1


def test_it_can_be_read_and_used_by_everybody(page):
    assert_accessible(page, ".gochan-seat", AB_BA)
    play(page, AB_BA, "1112")
    assert_accessible(page, ".gochan-seat", AB_BA)


def test_a_level_is_won_by_the_keyboard_alone(page, artefacts):
    one = play(page, AB_BA, "1112")
    assert one.locator(".gochan-verdict").text_content() == "✓ Deadlock! Nobody can go on."
    assert "Each holds what the other one needs" in one.locator(".gochan-lesson").text_content()
    assert status(one).startswith("bob locks food. bob has to wait: rent is locked.")
    one.evaluate("node => node.closest('.jp-Cell').scrollIntoView()")
    page.screenshot(path=artefacts / f"seat_won_{page.screen}.png")


def test_who_is_blocked_says_why_since_when_and_who_could_help(page, artefacts):
    one = play(page, AB_BA, "1111")  # ann has both
    cards = one.locator(".gochan-card[data-state=blocked]")
    assert texts(cards.locator("p")) == [
        "wants to wait for wg: it is at 2, not at zero · since move 2 · ann or bob could wake it",
        "wants to lock food: ann has it · since move 2 · ann could wake it",
    ]
    things = one.get_by_role("list", name="Variables and locks").get_by_role("listitem")
    assert texts(things) == ["wg at 2", "rent locked by ann", "food locked by ann"]
    one.evaluate("node => node.closest('.jp-Cell').scrollIntoView()")
    page.screenshot(path=artefacts / f"seat_blocked_{page.screen}.png")


def test_chips_stand_at_the_lines(page):
    one = play(page, AB_BA, "11")
    lit = one.locator(".gochan-lit")
    lines = [lit.nth(k).locator("code").text_content().strip() for k in range(lit.count())]
    assert lines == ["with rent, food:", "with food, rent:", "wg.wait()"]
    assert texts(lit.locator(".gochan-chip")) == ["ann", "bob", "main"]


def test_undo_goes_back_one_by_one_and_restart_at_once(page):
    one = play(page, AB_BA, "1111")
    said = status(one)
    play(page, AB_BA, "1u")
    assert (one.get_attribute("data-count"), status(one)) == ("4", said)
    one.get_by_role("button", name="Undo").click()
    page.wait_for_function("document.querySelector('.gochan-seat').dataset.count === '3'")
    play(page, AB_BA, "r")
    assert one.get_attribute("data-count") == "0"
    assert one.get_by_role("button", name="Undo").is_disabled()


def test_a_hint_names_the_next_move_and_how_many_are_left(page, artefacts):
    one = play(page, AB_BA, "11h")
    advice = one.locator(".gochan-advice").text_content()
    assert advice == "Let ann go: lock rent. 2 moves to the goal."
    assert one.locator(".gochan-hinted").get_attribute("aria-label") == "ann: lock rent"
    one.evaluate("node => node.closest('.jp-Cell').scrollIntoView()")
    page.screenshot(path=artefacts / f"seat_hint_{page.screen}.png")


def test_a_hint_after_the_last_chance_says_how_many_to_take_back(page):
    one = play(page, AB_BA, "1111h")
    advice = one.locator(".gochan-advice").text_content()
    assert advice.startswith("From here the goal can't be reached any more: take back 1 move.")
    one.get_by_role("button", name="Take back 1").click()
    page.wait_for_function("document.querySelector('.gochan-seat').dataset.count === '3'")


def test_a_harmless_end_redirects_with_undo_at_hand(page, artefacts):
    one = seat(page, LOST_UPDATE)
    play(page, LOST_UPDATE, "1")
    for _ in range(20):
        if one.locator(".gochan-verdict").count():
            break
        play(page, LOST_UPDATE, "1")
    verdict = one.locator(".gochan-verdict").text_content()
    assert verdict == "↶ It ran through without harm; sabotage it before it finishes."
    one.evaluate("node => node.closest('.jp-Cell').scrollIntoView()")
    page.screenshot(path=artefacts / f"seat_harmless_{page.screen}.png")
    one.locator(".gochan-ending").get_by_role("button", name="Undo").click()
    one.locator(".gochan-ending").wait_for(state="hidden")


def test_ready_cases_of_a_select_are_moves_of_their_own(page):
    one = play(page, LAST_JOB, "111")
    names = [button.get_attribute("aria-label") for button in one.locator(".gochan-option").all()]
    assert "worker: select: receive from jobs" in names
    assert "worker: select: receive from stop" in names


def test_the_run_is_watched_and_its_schedule_replays(page, artefacts):
    one = play(page, AB_BA, "1112")
    schedule = one.get_by_label("Schedule", exact=True).input_value()
    press_watch = "document.querySelectorAll('.gochan-player').length"
    before = page.evaluate(press_watch)
    play(page, AB_BA, "w")
    page.wait_for_function(f"{press_watch} === {before + 1}" if not before else "true")
    player = page.locator(".gochan-player").first
    player.scroll_into_view_if_needed()
    assert "deadlock" in player.locator(".gochan-badge").text_content()
    page.screenshot(path=artefacts / f"seat_watched_{page.screen}.png")
    play(page, AB_BA, "r")
    one.locator("details summary").click()
    box = one.get_by_label("A schedule to replay")
    box.fill(schedule)
    before = one.get_attribute("data-serial")
    box.press("Enter")
    page.wait_for_function(
        "before => document.querySelector('.gochan-seat').dataset.serial !== before", arg=before
    )
    assert one.locator(".gochan-verdict").text_content().startswith("✓ Deadlock!")
    assert errors(page) == []


WATCH = """n => {
    const root = document.querySelectorAll('.gochan-seat')[n];
    window.latencies = [];
    document.addEventListener('keydown', () => (window.pressed = performance.now()), true);
    new MutationObserver(() => requestAnimationFrame(() =>
        window.latencies.push(performance.now() - window.pressed)
    )).observe(root, { attributes: true, attributeFilter: ['data-serial'] });
}"""


@pytest.mark.measured
def test_from_a_key_to_the_picture(page, tell):
    page.evaluate(WATCH, PHILOSOPHERS)
    for _ in range(10):
        play(page, PHILOSOPHERS, "11111r")
    times = sorted(page.evaluate("window.latencies"))
    tell(
        f"{page.screen}, key to picture: median {statistics.median(times):.0f} ms, "
        f"95th percentile {times[int(len(times) * 0.95)]:.0f} ms, most {times[-1]:.0f} ms"
    )
    assert len(times) >= 60
