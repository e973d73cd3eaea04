"""Pictures of a Trace or an Exploration: axes in, axes out, drawn by matplotlib."""

from .occupancy import occupancy
from .outcomes import outcomes
from .schedules import schedules
from .timeline import timeline
from .timings import timings

__all__ = ["occupancy", "outcomes", "schedules", "timeline", "timings"]
