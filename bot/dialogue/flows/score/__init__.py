"""Filling a sheet in conversation: the telephone scale, the thousand-point sheets, and frameworks without points."""
