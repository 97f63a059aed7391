"""How originals are asked for: the guard, politeness, sockets, tries, and what an answer means."""
