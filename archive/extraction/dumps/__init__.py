"""Dumps of posts into readings: one module per format; each names the place of every fault and what it leaves out."""
