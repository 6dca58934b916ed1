"""What follows from a value stream: timeline, figures, capacity, findings, goals."""
