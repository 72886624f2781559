"""The checks on a report: each takes it as it is open, or printed, and returns its faults in words."""
