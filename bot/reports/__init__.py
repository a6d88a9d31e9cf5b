"""Pictures and official forms, made from records."""
