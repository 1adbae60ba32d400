"""The one place where whatever goes wrong in a file of somebody else becomes the error that its reader tells."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from traceback import extract_tb

log = logging.getLogger(__name__)


@contextmanager
def told_as(damaged: Callable[[], Exception], *known: type[Exception]) -> Iterator[None]:
    """Inside it every error that is not one of `known` becomes what `damaged` makes.

    The log says which error it was and where it arose, and nothing of what stands in the file.
    """
    try:
        yield
    except known:
        raise
    except Exception as problem:
        last = extract_tb(problem.__traceback__)[-1]
        log.warning("a damaged file: %s at %s:%s", type(problem).__name__, Path(last.filename).name, last.lineno)
        raise damaged() from None
