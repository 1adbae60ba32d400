"""Why something is advised, as nested lists down to the answers: as markup, and as Markdown."""

from collections.abc import Iterable, Iterator

from assessment.model import Reason
from assessment.outline import Point, outline
from ui.parts.markup import Html, say, tag
from ui.parts.widgets import words
from ui.visit.session import t

STEP = "    "


def reason_tree(reasons: Iterable[Reason]) -> Html:
    """The reasons as a list."""
    return _list(outline(reasons))


def reason_lines(reasons: Iterable[Reason]) -> str:
    """The reasons as a list in Markdown."""
    return "\n".join(_lines(outline(reasons), ""))


def _list(points: Iterable[Point]) -> Html:
    return tag("ul", *(tag("li", *_said(point), *([_list(point.below)] if point.below else [])) for point in points))


def _said(point: Point) -> Iterator[Html | str]:
    if point.answer is not None and point.kind == "you-said":
        yield t("look.you_said", question=say(point.answer.asked))
        yield from (" ", tag("b", say(point.answer.answer)))
    elif point.answer is not None:
        yield t("advice.not_asked", question=say(point.answer.asked))
    else:
        yield _told(point, say(point.reason.says) if point.reason is not None else "")


def _lines(points: Iterable[Point], indent: str) -> Iterator[str]:
    for point in points:
        if point.answer is not None:
            key = "advice.you_said" if point.kind == "you-said" else "advice.not_asked"
            said = t(key, question=words(point.answer.asked), answer=words(point.answer.answer))
        else:
            said = _told(point, words(point.reason.says) if point.reason is not None else "")
        yield f"{indent}- {said}"
        yield from _lines(point.below, indent + STEP)


def _told(point: Point, says: str) -> str:
    if point.reason is None:
        return t("advice.together")
    finding = says if point.reason.holds else t("advice.not_so", finding=says)
    if point.kind == "finding":
        return finding
    return t("advice.see_above" if point.kind == "see-above" else "advice.each_enough", finding=finding)
