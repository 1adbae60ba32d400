"""What a sheet begins with: whose it is, the situation in three sentences, and what is asked of its reader."""

from collections.abc import Iterable

from assessment.dossier import Dossier
from assessment.model import LONGEST_TITLE
from assessment.sheets.compose.situation import situation
from assessment.sheets.document import Block, Document, Fields
from assessment.sheets.words import clean, labels
from knowledge.text import Language

DIRECTOR = "director"


def drawn_up(
    dossier: Dossier,
    language: Language,
    purpose: str,
    kind: str,
    blocks: Iterable[Block],
    own_use: bool = True,
    on_screen: bool = False,
) -> Document:
    """The sheet with the title of the assessment; `on_screen`, without what the page itself tells."""
    words = labels(language)
    return Document(
        language=language,
        kind=words[f"{kind}-kind"],
        title=clean(dossier.advice.title, LONGEST_TITLE, words["cut"]) or words["untitled"],
        about=words[f"{kind}-about"],
        made_on=dossier.advice.made_on,
        blocks=tuple(blocks)
        if on_screen
        else (opening(dossier, language, purpose, before=None if own_use else ""), *blocks),
        notice=notice(dossier, language, own_use),
    )


def notice(dossier: Dossier, language: Language, own_use: bool) -> str:
    """Whose sheet it is, said on every page; nothing where it is whole and for anybody."""
    if dossier.shortened:
        return labels(language)["notice.shortened"]
    return labels(language)["notice.own"] if own_use else ""


def opening(
    dossier: Dossier,
    language: Language,
    purpose: str,
    ask: str = "",
    before: str | None = None,
    third: str = "",
    lines: Iterable[str] = (),
) -> Fields:
    """The situation and what is asked; `ask`, where the purpose alone does not tell it, in words.

    `before` is the day by which, where something is asked of somebody else: then who asks it is a line to write on, and
    so is the day, where it is empty. `third` stands instead of the last sentence; `lines` are names of what to fill in.
    """
    words = labels(language)
    calm = "" if dossier.advice.safety else words.get(f"ask.{purpose}.calm", "")  # nothing endangers people
    asked = f"opening.{'decide' if purpose == DIRECTOR else 'answer'}{'' if before else '.open'}"
    return Fields(
        (
            (words["opening.situation"], situation(dossier, language, purpose, third)),
            (words["opening.ask"], ask or calm or words[f"ask.{purpose}"]),
            *(((words[asked], before), (words["opening.from"], "")) if before is not None else ()),
            *((words[one], "") for one in lines),
        )
    )
