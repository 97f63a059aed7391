"""Where the words of a quotation stand, and which word faces which."""
