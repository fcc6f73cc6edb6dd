"""Letters as PDF: what one says, how it is drawn, and the version that is kept as it was sent."""

from jobformidler.messaging.letters.actions import keep_letter
from jobformidler.messaging.letters.content import Content, Section
from jobformidler.messaging.letters.drawing import draw
from jobformidler.messaging.letters.files import file_of

__all__ = ["Content", "Section", "draw", "file_of", "keep_letter"]
