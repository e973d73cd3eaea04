"""Pictures of a Trace, an Exploration, a class, figures: axes in, axes out, drawn by matplotlib."""

from .contexts import contexts
from .goroutines import goroutines
from .growth import growth
from .guesses import predictions
from .latency import latency
from .lines import lines
from .occupancy import occupancy
from .outcomes import outcomes
from .processors import processors
from .schedules import schedules
from .tally import tally
from .throughput import throughput
from .timeline import timeline
from .timings import timings
from .wait_for import wait_for

__all__ = [
    "contexts",
    "goroutines",
    "growth",
    "latency",
    "lines",
    "occupancy",
    "outcomes",
    "predictions",
    "processors",
    "schedules",
    "tally",
    "throughput",
    "timeline",
    "timings",
    "wait_for",
]
