"""Reasons for the gate of an export in tests of something else."""

UNMEASURED = ("not_measured", "made up for this test")
"""Where nothing is measured, nobody has looked for personal data."""
SEVERAL = ("conflicts", "several answers to one task are what this test is about")
SIGNED = {"by": "tests", "at": "2026-11-21T10:15:00Z"}
"""By whom and when, so that two exports have equal bytes."""
