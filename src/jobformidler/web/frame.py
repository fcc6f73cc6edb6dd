"""What every page's frame shows."""


def context(request) -> dict:
    """Template context: menu, who I am, the demo strip."""
    return {}
