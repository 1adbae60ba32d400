"""The order of the short scan: first what can bring a stop."""

from collections.abc import Collection, Mapping

from knowledge.text import Frozen, Id


class ScanOrder(Frozen):
    """The questions of the scan: occasions, their acts, what everybody is asked, then what an occasion brings."""

    first: Id
    common: tuple[Id, ...]
    by_occasion: Mapping[Id, tuple[Id, ...]]

    def questions(self, occasions: Collection[str], lists: Collection[str]) -> tuple[str, ...]:
        """The questions of a scan on these occasions, each once; `lists` are the questions that ask for acts."""
        more = [question for name, some in self.by_occasion.items() if name in occasions for question in some]
        return tuple(dict.fromkeys((self.first, *lists, *self.common, *more)))
