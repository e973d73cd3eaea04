"""Where gochan does otherwise than Go, and why. A pair that agrees again must leave this list."""

UNWOUND = "Go runs deferred calls on top of the stack that panicked; when Python runs an except "
UNWOUND += "clause, the inner frames have gone"
TYPE_NAME = "the type in the text is Python's"

KNOWN = {
    "atomic/value_uncomparable": TYPE_NAME,
    "deadlock/awaited_before": "Go keeps a timer that was waited for once, and was set anew, among "
    "those that put a deadlock off",
    "maps/sync_map_bad_key": TYPE_NAME,
    "panics/deep_recursion": "of 100 frames shown, one is Go's own function panic",
    "panics/equal_number": UNWOUND,
    "panics/in_deferred": "Python does not tell a panic in `finally` from one in `except`: gochan "
    "says [recovered] of the first",
    "panics/three_panics": UNWOUND,
}
