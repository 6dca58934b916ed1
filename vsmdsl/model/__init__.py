"""What a `.vsm` file means: the value stream, its clock, and the changes made to it."""
