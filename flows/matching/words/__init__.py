"""What both sides are read as: the key that is searched, the words that are compared."""
