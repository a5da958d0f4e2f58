"""Receipts of every shape."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import strategies as st

from yiwang.why import Receipt, say

text = st.text(max_size=12)
titles = st.fixed_dictionaries({"zh": text, "en": text})
offsets = st.sampled_from([UTC, timezone(timedelta(hours=8)), timezone(timedelta(hours=-3, minutes=-30))])
instants = st.datetimes(datetime(1990, 1, 1), datetime(2200, 1, 1), timezones=offsets).map(
    lambda at: at.replace(fold=0)
)
values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.decimals(allow_nan=False),
    text,
    st.dates(),
    instants,
    st.timedeltas(),
    st.times().map(lambda at: at.replace(fold=0)),
    st.floats(allow_nan=False),
    titles,
)
nested = st.one_of(
    values,
    st.lists(values, max_size=3),
    st.dictionaries(st.text(min_size=3, max_size=5), values, max_size=3),
)
words = st.builds(lambda n: say("why.more", n=n), nested) | st.just(say("why.yes"))
references = st.builds("{}:{}".format, st.sampled_from(["matter", "report", "goal"]), st.integers(0, 9))
sources = st.none() | references | st.sampled_from(["GB/T 33358-2016", "cn.csv:270", "https://example.org/a"])
leaves = st.builds(Receipt, words | text, nested | words, st.just(()), sources, st.none() | instants)
receipts = st.recursive(
    leaves,
    lambda below: st.builds(
        Receipt, words | text, nested | words, st.lists(below, max_size=3), sources, st.none() | instants
    ),
    max_leaves=8,
)
