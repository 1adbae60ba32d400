"""The value of a cell as the text that people would have typed."""

from datetime import date
from typing import Any

import numpy as np
import pandas as pd


def cell_text(value: Any) -> str | None:
    """A value as text; None for nothing, whole numbers without a decimal point, choices in a list joined."""
    if value is None or isinstance(value, str):
        return value.replace("\0", "") if value else None
    if isinstance(value, bool | np.bool_):
        return str(bool(value)).upper()
    if isinstance(value, list | tuple | set | frozenset | np.ndarray):
        return ";".join(filter(None, map(cell_text, value))) or None
    if isinstance(value, float | np.floating):
        if np.isnan(value):
            return None
        return str(int(value)) if float(value).is_integer() else f"{value:.12g}"
    if isinstance(value, date):
        return None if value is pd.NaT else str(value)
    return None if value is pd.NA else str(value)
