"""What happened: the trace of a run, its recorder, and its file formats."""

from .trace import (
    ChannelFacts,
    Event,
    FunctionFacts,
    GoroutineFacts,
    Level,
    Message,
    Source,
    Span,
    ThingFacts,
    Trace,
)

__all__ = [
    "ChannelFacts",
    "Event",
    "FunctionFacts",
    "GoroutineFacts",
    "Level",
    "Message",
    "Source",
    "Span",
    "ThingFacts",
    "Trace",
]
