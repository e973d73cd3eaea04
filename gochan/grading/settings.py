"""How gochan uses nbgrader: the one list of settings.

`notebooks/teacher/nbgrader_config.py` takes them from here too, so that nbgrader's own commands,
started in that folder, do what `python -m gochan.grading` does.
"""

from __future__ import annotations

import os

from nbgrader.converters import Autograde
from nbgrader.preprocessors import Execute
from traitlets.config import Config

from .executing import SteadyExecute
from .releasing import release_settings
from .restoring import RestoreCells

# The longest that a cell may take. A check stops endless loops itself, after steps and not after
# seconds, and takes a second or two; so this is for a cell that loops outside of a check.
SECONDS_PER_CELL = 20


def settings() -> Config:
    """A new Config with gochan's settings for nbgrader."""
    config = release_settings()
    config.CourseDirectory.course_id = "gochan"
    config.CourseDirectory.source_directory = "source"
    config.CourseDirectory.release_directory = os.path.join("..", "exercises")
    config.Autograde.sanitize_preprocessors = _sanitizing()
    config.Autograde.autograde_preprocessors = [
        SteadyExecute if step is Execute else step for step in Autograde().autograde_preprocessors
    ]
    config.SteadyExecute.timeout = SECONDS_PER_CELL
    return config


def _sanitizing() -> list[type]:
    """The steps of nbgrader, and RestoreCells before those that look at the cells' marks."""
    steps = list(Autograde().sanitize_preprocessors)
    steps.insert(1, RestoreCells)
    return steps
