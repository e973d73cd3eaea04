"""What the tests share: where screenshots go, and what happens without a browser."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from lab import CHROMIUM

ARTEFACTS = Path(__file__).parent.parent / "test-artefacts"


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
