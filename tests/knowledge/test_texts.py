"""What the words of a lesson must hold, where a theorem cannot reach: the notes and limits of the safety invariants."""

import re
from collections.abc import Iterator

import pytest
import z3

from assessment.advice import SEVERITIES, WEIGHTS, advise
from assessment.model import Assessment
from knowledge.answering import as_answer
from knowledge.base import knowledge_base
from knowledge.model import Lesson, Scenario
from knowledge.text import LANGUAGES, Language
from rules.engine.inference import inference
from rules.model import rule_base
from rules.proofs.space import AnswerSpace
from rules.theorems import load_theorems

LESSONS = knowledge_base().lessons
UNION = re.compile(r"vakbond|\bbond", re.IGNORECASE)

NO = {
    "nl": re.compile(r"\b(niet|nooit|geen|zwak)\b", re.IGNORECASE),
    "en": re.compile(r"\b(not|never|no|weak)\b", re.IGNORECASE),
}
PROOF = {
    "nl": re.compile(r"bewij[sz]|aangetoond|toont aan|alles goed gaat|omstandigheden goed zijn", re.IGNORECASE),
    "en": re.compile(r"\bproofs?\b|\bproves?\b|\bevidence\b|all is well|conditions are good", re.IGNORECASE),
}
COMPULSORY = {
    "nl": re.compile(
        r"(meedoen|deelname|meewerken|komen) .{0,30}verplicht|verplicht\w* .{0,40}(werkenden|mee te doen)"
        r"|moeten (werkenden|zij) (mee|komen)",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"compulsory|mandatory|obligatory|(workers|they) (must|have to) (take part|join|come|answer)", re.IGNORECASE
    ),
}


def sentences(lesson: Lesson, language: Language) -> Iterator[str]:
    for text in (lesson.advice, lesson.evidence, lesson.cautions):
        if text is not None:
            yield from re.split(r"(?<=[.?!])\s+", text.in_(language))


def told_by(pattern: re.Pattern[str], language: Language) -> list[tuple[str, str]]:
    """The sentences that match, each with its lesson."""
    return [(one.id, told) for one in LESSONS.values() for told in sentences(one, language) if pattern.search(told)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_lesson_offers_complaints_audits_or_visits_as_proof(language: Language) -> None:
    """S-no-complaints-is-no-proof: wherever a text speaks of proof, it says what is no proof."""
    spoken = told_by(PROOF[language], language)
    assert [one for one in spoken if not NO[language].search(one[1])] == []
    said = {lesson for lesson, _ in spoken}
    assert {"WL-grievance-no-complaints-is-a-signal", "WL-audit-coached-answers", "MS-field-not-a-normal-day"} <= said


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_lesson_makes_taking_part_obligatory(language: Language) -> None:
    """S-voluntary-participation: taking part is voluntary, in interviews, surveys and talks alike."""
    found = told_by(COMPULSORY[language], language)
    assert [one for one in found if not NO[language].search(one[1])] == []
    assert "WL-digital-low-response" in {lesson for lesson, _ in found}


# What the cautions (or the advice) of these lessons must hold, in Dutch and in English; each with the id that asks it.
NOTES = [
    (
        "S-do-not-reveal-through-summary",
        [
            "SC-written-summary",
            "FU-report-and-joint-plan-documents",
            "FU-tell-customers-honestly",
            "FU-share-lessons-anonymised",
        ],
        r"\bbron\b",
        r"\bsource\b",
    ),
    (
        "X-openness-vs-source",
        ["SC-transparent-but-careful", "SC-written-summary", "PS-tip-be-findable"],
        r"\bbron|klagers",
        r"\bsource|complain",
    ),
    (
        "S-worker-insights-non-traceable-in-group",
        [
            "WL-wd-before-multi-stakeholder-session",
            "MS-facilitator-carry-insights-forward",
            "MS-agenda-link-other-parts",
        ],
        r"herleiden|wie het heeft gezegd",
        r"traced|who said it",
    ),
    (
        "S-no-savings-on-safety",
        ["MS-spend-small-budget-on-value"],
        r"[Bb]ezuinig niet op de veiligheid",
        r"not save on the safety",
    ),
    ("S-always-close-the-loop", ["FU-report-back-to-workers"], r"nooit .*werkgever", r"[Nn]ever .*employer"),
    (
        "S-no-employers-in-worker-dialogue",
        ["WL-exclude-employers"],
        r"ontvangen of vertalen",
        r"host|interpret|translate",
    ),
    (
        "S-no-consultation-without-plan",
        ["PS-network-offsite-interviews", "PS-legitimacy-consult-before-sourcing"],
        r"wat je met de uitkomst doet|iets mee kunt doen",
        r"what you will do with|can act on|can do something",
    ),
    (
        "S-no-consultation-without-plan",
        ["FU-readiness-before-consulting"],
        r"klacht .*niet op te wachten",
        r"complaint",
    ),
    (
        "S-precedence",
        ["FU-agreements-who-and-when", "MS-session-protect-closing", "MS-manage-expectations-of-first-meeting"],
        r"harde afspraken",
        r"firm agreements|hard agreements",
    ),
    (
        "X-union-safety-vs-ask-supplier",
        ["WL-union-ask-whom-it-represents"],
        r"niet aan je leverancier",
        r"not ask .*supplier",
    ),
    (
        "X-all-at-table-vs-no-employers",
        ["MS-core-team-mirrors-participants", "MS-agenda-equal-roles", "MS-direct-contact-with-all-participants"],
        r"gesprek met werkenden",
        r"talk with workers",
    ),
    ("X-fast-info-vs-patience", ["PS-network-offsite-interviews"], r"geen snelle informatie", r"quick information"),
    ("X-reschedule-vs-push-through", ["SC-reschedule-when-late"], r"haast|uit als wachten", r"rush|hurry|waiting"),
    (
        "X-home-government-vs-host-government",
        ["MS-participants-needed-perspective"],
        r"je eigen land is iets anders",
        r"your own country",
    ),
    (
        "X-key-power-holder-vs-openness",
        ["MS-participants-key-power-holder"],
        r"buiten een gesprek met hen",
        r"out of a talk with them",
    ),
    ("X-external-interpreter-vs-trusted", ["WL-wd-address-scepsis-about-filtering"], r"Vervang .*niet", r"not replace"),
    ("X-representative-vs-women-only", ["WL-wd-representative-selection"], r"vrouwen", r"women"),
    (
        "X-one-to-one-vs-collective-vulnerable",
        ["PS-network-offsite-interviews"],
        r"kwetsbare mensen",
        r"vulnerable people",
    ),
    ("X-positive-tone-vs-real-picture", ["MS-programme-positive-tone"], r"echte risico's niet weg", r"real risks"),
    (
        "X-image-vs-partnership",
        ["PS-legitimacy-critical-or-trusted-partner", "FU-tell-customers-honestly"],
        r"imago",
        r"image",
    ),
    ("X-stepwise-vs-explain-partner", ["PS-local-introduce-stepwise"], r"niet dat je verbergt", r"not mean hiding"),
    ("X-stepwise-vs-explain-partner", ["SC-explain-choice-of-partner"], r"bron geheim", r"source"),
    (
        "X-peers-vs-hidden-source",
        [
            "PS-leverage-open-supply-hub",
            "PS-leverage-sector-association",
            "SC-increase-commitment-orders-or-peers",
            "SC-silence-change-approach",
        ],
        r"klacht",
        r"complaint",
    ),
    (
        "X-survey-with-supplier-vs-fear",
        [
            "WL-digital-codevelop-questionnaire",
            "WL-digital-combine-with-qualitative",
            "WL-digital-plan-supplier-talk-on-results",
        ],
        r"gevaar|personen",
        r"danger|persons",
    ),
    (
        "X-workers-with-own-employer-vs-fear",
        ["WL-ngo-choose-role", "SC-consider-internal-dialogue-training"],
        r"als werkenden of hun organisatie het veilig vinden",
        r"workers or their organisation (consider|find) it safe",
    ),
    (
        "X-workers-with-own-employer-vs-fear",
        ["MS-facilitator-draw-in-quiet-people"],
        r"macht over hen",
        r"power over them",
    ),
    ("X-visit-vs-fear", ["SC-accept-site-visit"], r"geen veilige plek", r"[Nn]or is it a safe"),
    ("X-broad-audience-vs-fear", ["WL-wd-broad-relevant-audience"], r"onveilig vinden", r"unsafe"),
    ("X-broad-audience-vs-fear", ["PR-workers-reach-those-with-influence"], r"Stem dat eerst af", r"[Ff]irst"),
    (
        "X-internal-circle-vs-source",
        [
            "SC-align-internally-on-sensitive-issues",
            "SC-purchasing-joins-conversation",
            "SC-use-buyers-relation-as-entry",
        ],
        r"is afgesproken",
        r"agreed",
    ),
    (
        "X-complaint-vs-programme",
        ["SC-consider-internal-dialogue-training", "SC-name-mutual-benefit-of-training", "SC-present-help-as-support"],
        r"klacht",
        r"complaint",
    ),
]


@pytest.mark.parametrize(
    ("lesson", "nl", "en"),
    [pytest.param(lesson, nl, en, id=f"{asked} {lesson}") for asked, some, nl, en in NOTES for lesson in some],
)
def test_a_lesson_carries_the_note_that_its_invariant_asks(lesson: str, nl: str, en: str) -> None:
    one = LESSONS[lesson]
    assert one.cautions is not None
    assert re.search(nl, f"{one.advice.nl} {one.cautions.nl}") and re.search(en, f"{one.advice.en} {one.cautions.en}")


FALLS_AWAY = {
    "nl": re.compile(r"verboden|onafhankelijk|hoort een vakbond bij|in gevaar", re.IGNORECASE),
    "en": re.compile(r"forbidden|independent|union belong|in danger|endangers", re.IGNORECASE),
}
NOT_POINTED_TO = {
    "PS-knowledge-initiative-as-channel": "a union as member of an initiative at home",
    "PS-leverage-join-msi": "a union as member of an initiative at home",
    "PS-start-coalition-at-home": "a union at home",
    "PS-local-introduce-stepwise": "how a supplier sees unions",
    "WL-union-prepare-supplier-attitude": "a union that already told something, and not to name it",
    "WL-union-safety-of-members": "the danger of contact with a union",
    "WL-union-forbidden": "not to use a union",
    "PS-local-no-quick-fix": "what not to use a union for",
    "PS-knowledge-blind-spots": "the union as something to find out about",
    "WL-union-check-dialogue-quality": "the union as something to find out about",
    "WL-adapt-approach-to-vulnerable-groups": "groups that a union represents less well",
    "WL-informal-workers-separate-route": "people without a union",
    "MS-involve-those-not-at-table": "people without a union",
    "WL-grievance-know-types": "who may use a mechanism",
    "WL-digital-plan-supplier-talk-on-results": "a tool that was already used",
    "SC-foa-indirect-in-first-talk": "the freedom, and how not to name it",
}
"""Lessons whose advice names a union without pointing to a local one, and what they say."""


def test_where_no_union_is_safe_no_lesson_points_to_one() -> None:
    """X-union-mentioned-vs-no-safe-union: where unions are forbidden or tied, such advice says that it falls away."""
    space = AnswerSpace(rule_base())
    unsafe = z3.Or(space.true["facts.union-banned"], space.true["facts.tied-representation"])
    naming = [one for one in LESSONS.values() if UNION.search(one.advice.nl)]
    given = {one.id for one in naming if space.witness(unsafe, space.advised(one.id)) is not None}
    for lesson in given - set(NOT_POINTED_TO):
        cautions = LESSONS[lesson].cautions
        assert cautions is not None, lesson
        assert all(FALLS_AWAY[language].search(cautions.in_(language)) for language in LANGUAGES), lesson
    assert set(NOT_POINTED_TO) <= given


def test_each_theorem_rests_on_headings_that_exist() -> None:
    sources = knowledge_base().sources
    for theorem in load_theorems(rule_base()).theorems:
        assert theorem.sources, theorem.id
        for one in theorem.sources:
            assert one.at in sources[one.source].sections, f"{theorem.id}: {one.at}"


@pytest.mark.parametrize("case", list(knowledge_base().scenarios.values()), ids=lambda case: case.id)
def test_what_endangers_people_stands_first(case: Scenario) -> None:
    """S-precedence: of acts what endangers people; of what is amiss (then of strengths, then of the setting) a card
    with critical advice before one without, and the critical lesson first on its card."""
    questions = knowledge_base().questions
    answers = {key: as_answer(questions[key], value) for key, value in case.answers.items()}
    assessment = Assessment(title="case", answers=answers, knowledge_version=knowledge_base().version)
    advice = advise(assessment, inference())
    tiers = [one.tier for one in advice.verdicts]
    assert tiers == sorted(tiers)
    cards = [(WEIGHTS.index(one.ground), SEVERITIES.index(one.severity)) for one in advice.recommendations]
    assert cards == sorted(cards)
    for card in advice.recommendations:
        lessons = [(WEIGHTS.index(one.ground), SEVERITIES.index(one.lesson.severity)) for one in card.lessons]
        assert lessons == sorted(lessons)
        assert (WEIGHTS.index(card.ground), SEVERITIES.index(card.severity)) == lessons[0]
