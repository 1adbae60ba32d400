"""Whether a sheet fits a situation; where it does not, why, in one sentence."""

from collections.abc import Callable, Mapping

from assessment.advisers.conversation import conversation_kit
from assessment.dossier import Dossier
from assessment.sheets.words import labels
from knowledge.text import LANGUAGES, Text
from rules.engine.memory import working_memory
from rules.meaning import UNANSWERED

OCCASIONS, OVER, MEANS = "core.occasions", "over.what", "means.which"
TALK, EVENT, PARTNERS = "supplier-talk", "event", ("partner", "nothing")
LETTERS = ("partner-request", "letter-of-intent", "chair-report", "invitation")


def unfit(dossier: Dossier, purpose: str) -> Text | None:
    """Why there is no such sheet of this dossier; None where there is."""
    check = _CHECKS.get(purpose)
    key = check(_Here(dossier)) if check is not None else None
    return None if key is None else fixed(key)


def fixed(key: str) -> Text:
    """A fixed text in every language."""
    return Text(**{language: labels(language)[key] for language in LANGUAGES})


def has_dates(dossier: Dossier) -> bool:
    """Whether anything that is still to be done has a date."""
    return any(one.open and one.decision.due is not None for one in dossier.plan.actions)


class _Here:
    def __init__(self, dossier: Dossier):
        self.dossier = dossier
        memory = working_memory(dossier.assessment.answers, dossier.inference.base.knowledge.questions)
        self.facts, self.asked = memory.facts, memory.asked

    def chose(self, question: str, *options: str) -> bool:
        answer = self.facts[question]
        return bool({*options} & {*(answer if isinstance(answer, tuple) else (answer,))})


def _answered(here: _Here) -> str | None:
    return None if any(one != UNANSWERED for q, one in here.facts.items() if here.asked[q]) else "unfit.unanswered"


def _talk(here: _Here) -> str | None:
    return None if here.chose(OCCASIONS, TALK) or here.chose(OVER, "talk") else "unfit.talk"


def _script(here: _Here) -> str | None:
    if not here.chose(OCCASIONS, TALK):
        return "unfit.coming-talk"
    kit = conversation_kit(here.dossier.assessment.answers, here.dossier.inference)
    return "unfit.talk-waits" if kit.waits else None if kit.subject is not None else "unfit.no-subject"


def _dialogue(here: _Here) -> str | None:
    return None if here.chose(OCCASIONS, EVENT) or here.chose(OVER, EVENT) else "unfit.event"


def _invitation(here: _Here) -> str | None:
    return None if here.chose(OCCASIONS, EVENT) else "unfit.coming-event"


def _listening(here: _Here) -> str | None:
    return None if here.asked[MEANS] is True else "unfit.listening"


def _partners(here: _Here) -> str | None:
    return None if here.chose(OCCASIONS, *PARTNERS) else "unfit.partner"


def _one_partner(here: _Here) -> str | None:
    return None if here.chose(OCCASIONS, PARTNERS[0]) else "unfit.partner"


def _letters(here: _Here) -> str | None:
    return None if any(_CHECKS[one](here) is None for one in LETTERS) else "unfit.letters"


def _case(here: _Here) -> str | None:
    return None if here.dossier.case is not None else "handout-no-case"


_CHECKS: Mapping[str, Callable[[_Here], str | None]] = {
    "director": _answered,
    "supplier-talk": _talk,
    "script": _script,
    "dialogue": _dialogue,
    "listening": _listening,
    "partners": _partners,
    "accountability": _answered,
    "trainer": _case,
    "partner-request": _one_partner,
    "letter-of-intent": _one_partner,
    "chair-report": _dialogue,
    "invitation": _invitation,
    "letter-notes": _letters,
}
