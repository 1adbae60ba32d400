"""The request to a partner: on one page what is going on, what is asked of it, by when, and what it may expect."""

from collections.abc import Iterator

from assessment.sheets.compose.letters.draft import Draft, Part
from assessment.sheets.compose.situation import Told
from assessment.sheets.document import Alert, Block, Bullets, Document, Fields, Heading, Table

EXPECT: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("return", ("PS-advice-is-not-free",)),
    ("expectations", ("PS-local-realistic-expectations",)),
    ("approach", ("PS-local-co-create",)),
    ("name", ("PS-legitimacy-no-image-polishing",)),
)
"""What the partner may expect of the company, and the lessons that it rests on; the letter of intent says the same."""
PARTS: tuple[Part, ...] = (
    ("request.tell", ("PS-tip-mind-capacity", "PS-tip-open-about-interests")),
    *((f"point.{name}", lessons) for name, lessons in EXPECT),
)
TELL, STEPS = (1, 2, 3), (1, 2, 3)
MOST_GOALS = 3


def partner_request(draft: Draft) -> Document:
    """One page for the partner, who never saw the answers."""
    return draft.document("request", "partner-request", _blocks(draft), _asked(draft))


def _asked(draft: Draft) -> str:
    asked = draft.said("org.asked", "think")
    return draft.t("request.asked", things=draft.joined(asked)) if asked else draft.t("request.asked-nothing")


def _blocks(draft: Draft) -> Iterator[Block]:
    t, told = draft.t, Told(draft.dossier, draft.language)
    goals = draft.partner_goals()
    yield Fields(
        (
            (t("request.had"), told.had()),
            (t("request.about-whom"), ""),
            (t("request.goals"), draft.joined(t(f"goal.{goal}") for goal in goals[:MOST_GOALS])),
        )
    )
    yield Alert(t("intent.safety"), tuple(t(f"intent.safety.{number}") for number in (1, 2, 3)))
    yield Heading(t("request.tell"))
    yield Bullets(tuple(t(f"request.tell.{number}") for number in TELL))
    yield Heading(t("request.expect"))
    yield Bullets(tuple(t(f"point.{name}.text") for name, _ in EXPECT))
    yield Heading(t("request.steps"))
    days = (t("request.steps.see"), *("" for _ in STEPS[1:]))
    rows = tuple(
        (str(n), t(f"request.step.{n}"), t(f"request.step.{n}.who"), day) for n, day in zip(STEPS, days, strict=True)
    )
    yield Table(
        t("request.steps.about"), tuple(map(t, ("column.number", "request.what", "request.who", "column.when"))), rows
    )
    yield Table(
        t("request.answer"),
        tuple(t(f"request.answer.{one}") for one in ("yes", "talk", "no", "name")),
        (("☐", "☐", "☐", ""),),
        signed=(0,),
    )
