"""How gochan uses nbgrader: the one list of settings.

`notebooks/teacher/nbgrader_config.py` takes them from here too, so that nbgrader's own commands,
started in that folder, do what `python -m gochan.grading` does.
"""

from __future__ import annotations

import os

from nbgrader.converters import GenerateAssignment
from nbgrader.preprocessors import InstantiateTests, SaveCells
from traitlets.config import Config

# What stands in a student's answer cell below the starting point.
STUB = "# Change what stands above, or write it anew here."

# Without InstantiateTests, which makes checks of another kind than ours.
RELEASE = [one for one in GenerateAssignment().preprocessors if one is not InstantiateTests]
# The same for those who don't want to write down what was released.
RELEASE_ONLY = [one for one in RELEASE if one is not SaveCells]


def settings() -> Config:
    """A new Config with gochan's settings for nbgrader."""
    config = Config()
    config.CourseDirectory.course_id = "gochan"
    config.CourseDirectory.source_directory = "source"
    config.CourseDirectory.release_directory = os.path.join("..", "exercises")
    config.Exporter.default_preprocessors = []
    config.ClearSolutions.code_stub = {"python": STUB}
    config.GenerateAssignment.preprocessors = RELEASE
    return config
