"""In which words a quotation differs from its place, and of what kind each difference is."""
