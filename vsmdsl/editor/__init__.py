"""Help while writing."""
