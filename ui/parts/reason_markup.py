"""Why something is advised, as nested lists down to the answers; what was told once is not told again."""

from collections.abc import Sequence

from assessment.model import Ground, Reason
from ui.parts.markup import Html, join, say, tag
from ui.visit.session import t


def reason_tree(reasons: Sequence[Reason]) -> Html:
    """The reasons as a list."""
    told: set[str] = set()
    return tag("ul", *(_reason(one, told) for one in reasons if one.rule not in told))


def _reason(reason: Reason, told: set[str]) -> Html:
    says = say(reason.says) if reason.holds else t("advice.not_so", finding=say(reason.says))
    if reason.rule in told:
        return tag("li", t("advice.see_above", finding=says))
    told.add(reason.rule)
    grounds = [ground for ground in reason.grounds if ground.answers or ground.findings]
    if not grounds:
        return tag("li", says)
    if len(grounds) == 1:
        return tag("li", says, tag("ul", _ground(grounds[0], told)))
    each = (_one_of_several(ground, told) for ground in grounds)
    return tag("li", t("advice.each_enough", finding=says), tag("ul", *each))


def _one_of_several(ground: Ground, told: set[str]) -> Html:
    if len(ground.answers) + len(ground.findings) > 1:
        return tag("li", t("advice.together"), tag("ul", _ground(ground, told)))
    return _ground(ground, told)


def _ground(ground: Ground, told: set[str]) -> Html:
    said = (
        tag("li", t("look.you_said", question=say(one.asked)), " ", tag("b", say(one.answer)))
        if one.is_asked
        else tag("li", t("advice.not_asked", question=say(one.asked)))
        for one in ground.answers
    )
    return join(*said, *(_reason(finding, told) for finding in ground.findings))
