"""Measurements, as ratios side by side in one run; nothing here is a test and nothing is imported by the product."""
