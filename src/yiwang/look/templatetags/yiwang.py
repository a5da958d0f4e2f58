"""The parts of every page (`{% load yiwang %}`): words, numbers that open, lamps, clocks, receipts, small drawings."""

from django import template

from yiwang.look.tags import drawings, frame, moments, numbers, reasons, states, words

register = template.Library()
for part in (words, numbers, states, reasons, drawings, moments, frame):
    register.tags.update(part.register.tags)
    register.filters.update(part.register.filters)
