"""What machines make of a page: misread letters, columns read as one, page furniture."""
