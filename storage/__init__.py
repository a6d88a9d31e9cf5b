"""What must survive: the only package that speaks SQL."""
