"""Word lists are written as running text, which a reader can check at a glance."""


def words_of(text: str) -> list[str]:
    """Return the words of a list, in order.

    >>> words_of("not no never")
    ['not', 'no', 'never']
    """
    return text.split()
