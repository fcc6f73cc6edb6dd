"""Geometry of the figures: plain data in, shapes with coordinates out. The SVG itself is written by templates.

One unit is one pixel at the width the figure is drawn for, so text keeps its size; a figure carries up to three
drawings (wide, mid, narrow) and the stylesheet shows the one that fits.
"""
