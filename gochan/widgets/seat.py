"""The Scheduler's Seat: the learner decides who goes next."""

from __future__ import annotations

import html
import json
from collections.abc import Callable
from typing import Any

import anywidget
import traitlets
from IPython.display import display
from ipywidgets import VBox

from ..charts.style import LOOKS
from ..program import Result
from ..runtime.goroutine import RUNNING
from ..runtime.schedule import Schedule, ScheduleError
from ..stepping import Game, Hint, Hints, Position, Way
from ..trace.trace import BLOCKED, SLEEPING
from .assets import script, style
from .levels import Level
from .payload import payload
from .player import View
from .seat_words import banner, goal_text, hint_text
from .turns import TURN

LONGEST_GAME = 400  # moves
COLORS = {"can go": LOOKS[RUNNING], "blocked": LOOKS[BLOCKED], "sleeping": LOOKS[SLEEPING]}


class SeatView(anywidget.AnyWidget):
    """The browser's side: shows a position, and says which move was chosen."""

    _esm = script("parts", "tables", "seat")
    _css = style("parts", "seat")

    about = traitlets.Unicode().tag(sync=True)  # JSON: what stays the same
    data = traitlets.Unicode().tag(sync=True)  # JSON: the position
    still = traitlets.Unicode().tag(sync=True)

    def __repr__(self) -> str:
        return f"Seat: {json.loads(self.about)['title']}"


class Seat(VBox):
    """A program whose scheduler is you: choose who goes next, and bring it to the goal.

    Who can go has a button that says what it would do; who can't says what it waits for, since
    when, and who could wake it. Undo goes back as far as you like. A program runs anew for each
    move, in a millisecond; nothing of it lives in between.

    Parameters
    ----------
    program
        A function without arguments, or a `Level`, which brings all the rest.
    goal
        "deadlock" (unless another is given), "race" (lose an update), "leak", "panic", "wrong"
        (main returns something else than `expect`) or "finish" (bring it to its end, unharmed).
    expect
        What main should return, or a function of the Result that says whether it is right.
    clock
        "virtual": time goes on when nobody can run (so it is if nothing is given); "any":
        whenever the learner lets it.
    title, wanted
        What stands above the program; `wanted` is the goal in words.

    Raises TypeError or ValueError for what makes no sense.
    """

    def __init__(
        self,
        program: Callable[[], Any] | Level,
        goal: str | None = None,
        *,
        expect: Any = None,
        clock: str | None = None,
        title: str | None = None,
        wanted: str | None = None,
    ) -> None:
        self.level = _level_of(
            program, goal=goal, expect=expect, clock=clock, title=title, wanted=wanted
        )
        with TURN:
            self.game = Game(
                self.level.program,
                self.level.goal,
                expect=self.level.expect,
                clock=self.level.clock,
            )
            self._hints = Hints(self.game)
            self.position = self.game.at()
        self._hint: Hint | None = None
        self._note = ""
        self._serial = 0
        self._view = SeatView(about=self._about())
        self._view.on_msg(self._on_message)
        self._below = VBox([])
        self._show()
        super().__init__([self._view, self._below])

    # -- moves -------------------------------------------------------------------------------------

    def move(self, index: int) -> None:
        """Makes the move number `index` of `position.options`, from 0 on.

        Raises IndexError if there is none.
        """
        options = self.position.options
        if not 0 <= index < len(options):
            count = "is 1 move" if len(options) == 1 else f"are {len(options)} moves"
            raise IndexError(f"there {count} here, no move {index}")
        if len(self.position.moves) >= LONGEST_GAME:
            self._note = f"{LONGEST_GAME} moves, and no end: take some back, or start again."
            self._show()
            return
        self._go_to((*self.position.moves, options[index].way))

    def undo(self, times: int = 1) -> None:
        """Takes back the last moves."""
        moves = self.position.moves
        self._go_to(moves[: max(0, len(moves) - max(0, times))])

    def restart(self) -> None:
        """Takes back all moves."""
        self._go_to(())

    def hint(self) -> Hint:
        """The next right move; or that there is none, and how many to take back."""
        with TURN:
            self._hint = self._hints.after(self.position.moves)
            self._show()
        return self._hint

    def paste(self, text: str) -> None:
        """Makes the moves of a schedule, and shows its run below.

        A text that is no schedule, or belongs to another program, is answered with a sentence.
        """
        try:
            schedule = Schedule.parse(text.strip().strip("\"'"))
            moves = self.game.follow(schedule)
            self.watch(schedule)
        except (ValueError, ScheduleError) as error:
            self._note = f"That can't be played here: {error}."
            self._show()
            return
        self._go_to(moves, "This is the run that you pasted; it is shown below.")

    def watch(self, schedule: Schedule | None = None) -> Result:
        """Shows the run so far (or another one) below, in the Player's timeline."""
        with TURN:
            result = self.game.replay(schedule or self.position.schedule)
            assert result.trace is not None
            data = json.dumps(payload(result.trace), separators=(",", ":"))
            for old in self._below.children:
                old.close()
            self._below.children = (View(title=self.level.title, data=data, knobs=[]),)
        return result

    def _go_to(self, moves: tuple[Way, ...], note: str = "") -> None:
        with TURN:
            self.position = self.game.at(moves)
            self._hint, self._note = None, note
            self._show()

    def _on_message(self, view: Any, message: Any, buffers: Any) -> None:
        """Answers with one position, whatever was asked."""
        with TURN:
            try:
                self._act(message)
            except ScheduleError as error:
                self._note = str(error)
                self._show()

    def _act(self, message: dict[str, Any]) -> None:
        kind, at = message.get("kind"), len(self.position.moves)
        if kind == "move" and message["at"] == at and message["index"] < len(self.position.options):
            self.move(message["index"])
        elif kind == "undo":
            self.undo(message["times"])
        elif kind == "paste":
            self.paste(message["text"])
        elif kind == "restart":
            self.restart()
        elif kind == "hint":
            self.hint()
        else:
            if kind == "watch":
                self.watch()
            self._show()

    # -- what the browser gets ---------------------------------------------------------------------

    def _about(self) -> str:
        return json.dumps(
            {
                "title": self.level.title,
                "goal": goal_text(self.level),
                "story": self.level.story,
                "sources": self.game.sources,
                "colors": {state: look.color for state, look in COLORS.items()},
            }
        )

    def _show(self) -> None:
        self._serial += 1
        self._view.data = json.dumps(self._data(self.position), separators=(",", ":"))

    def _data(self, position: Position) -> dict[str, Any]:
        last = position.told[-1].text if position.told else position.start
        return {
            "serial": self._serial,
            "count": len(position.moves),
            "said": last or "Nothing has happened yet.",
            "start": position.start,
            "told": [told.text for told in position.told],
            "options": [[one.goroutine, one.who, one.text] for one in position.options],
            "standings": [one._asdict() for one in position.standings],
            "channels": [one._asdict() for one in position.channels],
            "things": position.things,
            "output": position.output,
            "time": position.time,
            "schedule": str(position.schedule),
            "ending": banner(self.level, position),
            "hint": hint_text(self._hint, position),
            "note": self._note,
        }

    def __repr__(self) -> str:
        return f"Seat: {self.level.title}"  # what a page without widgets shows

    def _ipython_display_(self) -> None:
        """The widget, and for readers without a kernel the goal and the program as plain text."""
        label = f"Seat: {self.level.title}"
        self._view.still = label
        program = "\n\n".join(source.text for source in self.game.sources)
        still = (
            f'<div role="note" aria-label="{html.escape(label)}">'
            f"<p><b>{html.escape(self.level.title)}.</b> {html.escape(self.level.story)} "
            f"Your goal: {html.escape(goal_text(self.level))}.</p>"
            f"<pre>{html.escape(program)}</pre>"
            "<p>Run the cell in JupyterLab to decide who goes next.</p></div>"
        )
        display(self._repr_mimebundle_(), raw=True)
        display({"text/html": still, "text/plain": f"{label}\n\n{program}"}, raw=True)


def _checked_level(level: Level, options: dict[str, Any]) -> Level:
    given = [name for name, option in options.items() if option is not None]
    if given:
        raise TypeError(f"a Level brings its own {given[0]}: Seat(level) takes nothing else")
    return level


def _level_of(program: Any, **options: Any) -> Level:
    """The level that a program makes with these options."""
    if isinstance(program, Level):
        return _checked_level(program, options)
    if not callable(program):
        raise TypeError(f"Seat takes a program (a function) or a Level, not {program!r}")
    name = getattr(program, "__name__", "program")
    return Level(
        name=name,
        title=options["title"] or name,
        goal="deadlock" if options["goal"] is None else options["goal"],
        story="",
        lesson="",
        text="",
        expect=options["expect"],
        clock=options["clock"] or "virtual",
        wanted=options["wanted"] or "",
        given=program,
    )


__all__ = ["Seat"]
