"""Writes all golden texts anew, with `make golden`; what cannot be made spoils none of those that are there."""

from tests.support import golden_advice, golden_sheets, golden_talks


def main() -> None:
    """Write every text, and take away those of what does not exist any more."""
    for golden in (golden_advice, golden_sheets, golden_talks):
        made = dict(golden.texts())
        golden.FOLDER.mkdir(parents=True, exist_ok=True)
        for former in {*golden.FOLDER.glob("*.md")} - made.keys():
            former.unlink()
        for path, text in made.items():
            path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
