"""Facts: what a quantity measures, of whom, when, as a level, change, share or condition, actual or planned."""
