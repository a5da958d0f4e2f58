"""What a goal is to the other rooms (nouns.definition)."""

from yiwang.nouns.definition import Asked, Block, Noun, Reference

NOUN = Noun(
    name="goals",
    after=("indicators",),
    references={
        "goal": Reference(page="board:goal", model="goals.Goal"),
        "plan": Reference(page="board:plan", model="goals.Plan"),
        "report": Reference(page="board:report-told", model="goals.Report"),
    },
    blocks=(
        Block("goals", "goals.nav.goals", ("board:goals",)),
        Block("orders", "goals.nav.orders", ("board:orders",), when="yiwang.matters.kinds:ordered_kind"),
    ),
    topics=("goals", "orders"),
    asked={
        "goal": Asked(shape=r"(?P<name>[0-9]{1,18})", example="goal:12=watch", again="yiwang.goals.again:goal"),
    },
    pack="yiwang.goals.loading:PART",
    schemas={"goals": "yiwang.goals.definition:Rules"},
)
