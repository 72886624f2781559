"""The reasoning: pure functions, frame in, frame out. No files, no charts, no language."""
