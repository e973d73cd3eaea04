"""Pictures of a Trace, an Exploration, a class: axes in, axes out, drawn by matplotlib."""

from .guesses import predictions
from .occupancy import occupancy
from .outcomes import outcomes
from .schedules import schedules
from .timeline import timeline

__all__ = ["occupancy", "outcomes", "predictions", "schedules", "timeline"]
