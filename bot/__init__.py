"""Talks to people: the only package that knows the other three (knowledge, rubrics, storage)."""
