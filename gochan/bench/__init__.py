"""Measuring: what gochan's operations cost, as ratios that travel from machine to machine."""
