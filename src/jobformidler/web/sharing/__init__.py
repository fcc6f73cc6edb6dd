"""What is shared: answers and log on the case, the disclosure card, shared plans, the citizen's own page, stories."""
