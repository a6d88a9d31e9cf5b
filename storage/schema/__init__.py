"""The tables, as SQL, one module a room. Released SQL never changes: a later migration alters it.

STRICT tables; moments are ISO text with +08:00, dates ISO text, JSON is compact text, yes and no are 1 and 0.
"""
