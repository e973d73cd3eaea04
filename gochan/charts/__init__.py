"""Pictures of a Trace: axes in, axes out, drawn by matplotlib."""

from .occupancy import occupancy
from .timeline import timeline

__all__ = ["occupancy", "timeline"]
