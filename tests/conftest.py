"""What the tests share: JupyterLab, screenshots, figures at the end, and worker processes."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from pathlib import Path

import pytest
import workers
from lab import ARTEFACTS, CHROMIUM, lab_server

TURNS = pytest.StashKey[workers.Turns]()
FOLDER = pytest.StashKey[str]()  # where the workers agree on turns


def pytest_runtest_setup(item):
    if item.get_closest_marker("browser") and CHROMIUM is None:
        reason = (
            "no Chromium found: install it (Debian: apt install chromium) for the browser tests"
        )
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)


@pytest.fixture(scope="session")
def artefacts():
    ARTEFACTS.mkdir(exist_ok=True)
    return ARTEFACTS


@pytest.fixture(scope="session")
def lab(tmp_path_factory):
    """The one JupyterLab of this process; each file of tests opens notebooks of its own in it."""
    folder, home = tmp_path_factory.mktemp("notebooks"), tmp_path_factory.mktemp("home")
    with lab_server(folder, home) as lab:
        yield lab


# -- figures: how long things take decides no test, but is told at the end -------------------------


@pytest.fixture
def tell(request):
    """A function that takes a line of figures, which is printed when all tests are over."""
    return lambda line: request.node.user_properties.append(("figures", line))


def pytest_terminal_summary(terminalreporter):
    reports = [one for several in terminalreporter.stats.values() for one in several]
    lines = [
        f"{Path(report.location[0]).stem}: {line}"
        for report in reports
        if getattr(report, "when", None) == "call"
        for name, line in report.user_properties
        if name == "figures"
    ]
    if lines:
        terminalreporter.section("figures")
        terminalreporter.write("\n".join([*sorted(lines), ""]))


# -- workers: see workers.py -----------------------------------------------------------------------


def pytest_collection_modifyitems(items):
    workers.the_longest_first(items)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers():
    return workers.number_of_workers()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    return workers.Scheduling(config, log)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node):
    """Tells a worker the folder."""
    if FOLDER not in node.config.stash:
        node.config.stash[FOLDER] = tempfile.mkdtemp(prefix="gochan-tests-")
    node.workerinput["turns"] = node.config.stash[FOLDER]


def pytest_configure(config):
    # A shell's background jobs ignore Ctrl-C, and would hand that on to the programs under test.
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if hasattr(config, "workerinput"):
        config.stash[TURNS] = workers.Turns(Path(config.workerinput["turns"]))


def pytest_unconfigure(config):
    if FOLDER in config.stash:
        shutil.rmtree(config.stash[FOLDER])


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item):
    turns = item.config.stash.get(TURNS, None)
    if turns is None:
        return (yield)
    with turns.turn(alone=item.get_closest_marker("measured") is not None):
        return (yield)
