"""Everything that a viewer may see, as files to keep or to take elsewhere: answers, and the history as JSON."""

import json
import re
import zipfile
from io import BytesIO

import yaml

from assessment.store import NotFound, Store

FORM = "zip"


def export_everything(store: Store) -> bytes:
    """A zip file with, for each assessment, an answer file (YAML) and its whole history (JSON). It is written down.

    Raises:
        StoreError: the store cannot be used.
    """
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as zipped:
        for number, summary in enumerate(store.list(), start=1):
            try:
                stored, past = store.open(summary.id), store.history(summary.id)
                store.exported(summary.id, FORM)
            except NotFound:  # deleted in the meantime
                continue
            name = f"{number:04d}-{_slug(summary.title)}"
            answers = stored.assessment.model_dump(mode="json")
            zipped.writestr(f"{name}.yaml", yaml.safe_dump(answers, allow_unicode=True, sort_keys=False))
            history = {
                "id": summary.id,
                "title": summary.title,
                "case": summary.case,
                "events": [one.model_dump(mode="json") for one in past],
            }
            zipped.writestr(f"{name}.history.json", json.dumps(history, ensure_ascii=False, indent=1) + "\n")
    return written.getvalue()


def _slug(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", title.lower())[:40].strip("-") or "x"
