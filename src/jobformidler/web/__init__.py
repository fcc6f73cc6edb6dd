"""The screens: server-rendered pages by area, on one base frame and one set of components."""
