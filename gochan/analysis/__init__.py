"""What it means: who could wake whom, and what happened in words. A Trace in, a verdict out."""
