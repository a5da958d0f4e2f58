"""The command line: `yiwang NOUN …`, one file here for each noun, found by its being there.

A noun's file says what can be typed and imports nothing heavy; what is done stands in `handlers/`, which is imported
when the command has been understood and, but for the few that do without, when Django is ready. A handler is declared
by `@command` (frame/command.py), which opens whoever asks; failures become sentences in frame/failures.py alone.
"""
