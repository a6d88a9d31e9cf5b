"""Sheets and plans as data, and the pure functions that score, grade and count with them."""
