"""Plain data as a pandas DataFrame with columns of known types, also where there are no rows."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pandas import DataFrame

TEXT, NUMBER, FLAG, DAY = "string", "int64", "bool", "datetime64[s]"


def frame(columns: Mapping[str, Any], rows: Iterable[tuple[Any, ...]]) -> "DataFrame":
    """The rows under these columns, each of the type that is named; the index runs from 0.

    A tuple of words as a type is an ordered category of these.
    """
    import pandas as pd  # the greater part of the program does without, and starts the sooner

    types = {
        name: pd.CategoricalDtype([*kind], ordered=True) if isinstance(kind, tuple) else kind
        for name, kind in columns.items()
    }
    return pd.DataFrame([*rows], columns=[*columns]).astype(types)


def joined(parts: Iterable[object]) -> str:
    """Several in one cell."""
    return "; ".join(map(str, parts))
