"""The story that a report tells, a room for each part: what it says, never how it looks."""
