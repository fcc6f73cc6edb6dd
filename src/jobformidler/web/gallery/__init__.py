"""One page that shows every part of the design system with sample words."""
