"""What keeps a sheet from being made, in one sentence."""

from knowledge.text import Text


class SheetError(ValueError):
    """The sheet cannot be made from this dossier; `text` says why."""

    def __init__(self, text: Text):
        self.text = text
        super().__init__(text.en)
