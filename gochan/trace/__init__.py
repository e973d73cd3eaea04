"""What happened: the trace of a run, its recorder, and its file formats."""

from .trace import (
    ChannelFacts,
    Event,
    GoroutineFacts,
    Level,
    Message,
    Source,
    Span,
    Trace,
)

__all__ = [
    "ChannelFacts",
    "Event",
    "GoroutineFacts",
    "Level",
    "Message",
    "Source",
    "Span",
    "Trace",
]
