"""The tests of vsmdsl; `tests.golden` is the one helper for answers kept in files."""
