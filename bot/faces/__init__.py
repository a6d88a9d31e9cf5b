"""The faces: each translates between people and the assistant, and decides nothing."""
