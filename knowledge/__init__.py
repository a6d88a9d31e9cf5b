"""The documents and what they answer: outline, passages, candidates, ranked and cited answers."""
