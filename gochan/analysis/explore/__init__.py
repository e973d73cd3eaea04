"""Runs a program under every schedule that can make a difference."""
