"""Asking for figures in plain words: what was counted, over which period, from how many tests.

`reading` turns words into a Reading over the fixed list in `measures`, `answer` turns a Reading into rows and a reply.
No free SQL: a question that no measure fits is asked back.
"""
