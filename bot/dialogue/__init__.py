"""The conversations: an incoming turn in, replies out; plain, synchronous, and without a transport."""
