"""Which pages there are, and where each of them is found.

The navigation stays one short, flat list (sections break the list for screen readers): pages about the open assessment
only stand in it while one is open, tools are reached through the page 'tools', and some pages only by their address.
A new page is one line in PAGES, `<name>_page.py`, the words `nav.<name>`, and for a tool also `tool.<path>`.
"""

from typing import Literal, NamedTuple

from ui.lan import VOTE

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
        return f"{self.name}_page.py"

    @property
    def about_the_open(self) -> bool:
        """Whether it shows the assessment that is open."""
        return self.where in ("open", "tool") or self.name == "check"

    def listed(self, is_open: bool) -> bool:
        """Whether it stands in the navigation, given whether an assessment is open."""
        return self.where == "menu" or (self.where == "open" and is_open)


PAGES = (
    Entry("start", ":material/home:", "", "menu"),
    Entry("questions", ":material/checklist:", "vragen", "open"),
    Entry("scan", ":material/bolt:", "scan", "open"),
    Entry("check", ":material/fact_check:", "nakijken", "address"),
    Entry("advice", ":material/lightbulb:", "advies", "open"),
    Entry("plan", ":material/task_alt:", "plan", "open"),
    Entry("tools", ":material/handyman:", "hulpmiddelen", "menu"),
    Entry("partners", ":material/handshake:", "partners", "tool"),
    Entry("listening", ":material/hearing:", "luisteren", "tool"),
    Entry("conversation", ":material/forum:", "gesprek", "tool"),
    Entry("dialogue", ":material/groups:", "dialoog", "tool"),
    Entry("sharing", ":material/group:", "samen", "open"),
    Entry("share", ":material/visibility_off:", "delen", "tool"),
    Entry("compare", ":material/compare_arrows:", "vergelijken", "tool"),
    Entry("trainer", ":material/co_present:", "trainer", "menu"),
    Entry("vote", ":material/how_to_vote:", VOTE, "address"),
    Entry("knowledge", ":material/menu_book:", "kennis", "menu"),
    Entry("portfolio", ":material/query_stats:", "groep", "menu"),
    Entry("data", ":material/database:", "gegevens", "menu"),
    Entry("about", ":material/info:", "over", "menu"),
)
"""Every page, in the order of the navigation; the first one is the home page."""


def tools() -> tuple[Entry, ...]:
    """The pages that the page 'tools' leads to."""
    return tuple(one for one in PAGES if one.where == "tool")
