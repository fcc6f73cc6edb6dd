"""Jobformidler: an open platform for a municipality's personal-job-broker effort."""

__version__ = "0.1.0"
