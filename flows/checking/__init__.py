"""Claims against witnesses: which source vouches, what each layer answers, one verdict."""
