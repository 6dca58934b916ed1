"""vsmdsl in other people's tools."""
