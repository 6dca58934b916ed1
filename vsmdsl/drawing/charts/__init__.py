"""Charts of a report, in the map's own visual language: waits, %C&A, load, returns."""
