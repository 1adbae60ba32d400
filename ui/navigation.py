"""Which pages there are, and where each of them is found.

The navigation stays one short, flat list (sections break the list for screen readers), shown as two groups: pages about
the open assessment, which only stand in it while one is open, and the others. Tools are reached through the page
'tools', and some pages only by their address.
A new page is one line in FILES and in PAGES, the words `nav.<name>`, and for a tool also `tool.<path>`.
"""

from typing import Literal, NamedTuple

VOTE = "stem"
"""The address of the page to vote on."""

FILES = {
    "about": "screens/home/about_page.py",
    "advice": "screens/advice/advice_page.py",
    "check": "screens/answers/check_page.py",
    "compare": "screens/advice/compare_page.py",
    "conversation": "screens/tools/conversation_page.py",
    "data": "screens/home/data_page.py",
    "dialogue": "screens/tools/dialogue_page.py",
    "draft": "screens/tools/draft_page.py",
    "knowledge": "screens/browse/knowledge_page.py",
    "listening": "screens/tools/listening_page.py",
    "partners": "screens/tools/partners_page.py",
    "plan": "screens/advice/plan_page.py",
    "portfolio": "screens/group/portfolio_page.py",
    "questions": "screens/answers/questions_page.py",
    "scan": "screens/answers/scan_page.py",
    "share": "screens/share/share_page.py",
    "sharing": "screens/share/members_page.py",
    "start": "screens/home/start_page.py",
    "tools": "screens/tools/tools_page.py",
    "trainer": "screens/trainer/trainer_page.py",
    "vote": "screens/trainer/vote_page.py",
}
Where = Literal["menu", "open", "tool", "address"]
"""`menu`: always in the navigation; `open`: there while an assessment is open; `tool`: on the page 'tools', with a way
back; `address`: only where another page links to it."""


class Entry(NamedTuple):
    """One page: its name, icon, address, and where it is found."""

    name: str
    icon: str
    path: str
    where: Where

    @property
    def file(self) -> str:
        """The script that draws it."""
        return FILES[self.name]

    @property
    def about_the_open(self) -> bool:
        """Whether it shows the assessment that is open."""
        return self.where in ("open", "tool") or self.name == "check"

    def listed(self, is_open: bool) -> bool:
        """Whether it stands in the navigation, given whether an assessment is open."""
        return self.where == "menu" or (self.where == "open" and is_open)


PAGES = (
    Entry("questions", ":material/checklist:", "vragen", "open"),
    Entry("scan", ":material/bolt:", "scan", "open"),
    Entry("check", ":material/fact_check:", "nakijken", "address"),
    Entry("advice", ":material/lightbulb:", "advies", "open"),
    Entry("plan", ":material/task_alt:", "plan", "open"),
    Entry("share", ":material/ios_share:", "delen", "open"),
    Entry("sharing", ":material/group:", "samen", "open"),
    Entry("start", ":material/home:", "", "menu"),
    Entry("tools", ":material/handyman:", "hulpmiddelen", "menu"),
    Entry("partners", ":material/handshake:", "partners", "tool"),
    Entry("listening", ":material/hearing:", "luisteren", "tool"),
    Entry("conversation", ":material/forum:", "gesprek", "tool"),
    Entry("dialogue", ":material/groups:", "dialoog", "tool"),
    Entry("draft", ":material/rate_review:", "concept", "tool"),
    Entry("compare", ":material/compare_arrows:", "vergelijken", "tool"),
    Entry("trainer", ":material/co_present:", "trainer", "menu"),
    Entry("vote", ":material/how_to_vote:", VOTE, "address"),
    Entry("knowledge", ":material/menu_book:", "kennis", "menu"),
    Entry("portfolio", ":material/query_stats:", "groep", "menu"),
    Entry("data", ":material/database:", "gegevens", "menu"),
    Entry("about", ":material/info:", "over", "menu"),
)
"""Every page, in the order of the navigation; 'start', whose address is empty, is the home page."""


def tools() -> tuple[Entry, ...]:
    """The pages that the page 'tools' leads to."""
    return tuple(one for one in PAGES if one.where == "tool")


def page(name: str) -> str:
    """The script that draws the page of this name, for a link to it. KeyError for a name that is no page."""
    return FILES[name]
