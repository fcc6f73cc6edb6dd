"""The five citizens of the tour, each with the history the tour tells."""

from jobformidler.demo.personas.fleksjob import bent, karin, sofie
from jobformidler.demo.personas.hours import jonas, mona

STORIES = {"mona": mona, "jonas": jonas, "sofie": sofie, "bent": bent, "karin": karin}

__all__ = ["STORIES"]
