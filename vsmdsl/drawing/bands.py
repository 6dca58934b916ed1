"""The parts of a picture, from top to bottom, as people choose among them."""

BANDS = (
    "title", "information", "teams", "stream", "rework", "ladder", "strip", "tiles", "kaizens",
    "legend",
)  # fmt: skip
