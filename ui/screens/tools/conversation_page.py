"""The conversation kit for one talk with a supplier, from the open assessment."""

from assessment.advisers.conversation import conversation_kit
from assessment.sheets.compose.conversation import conversation_sheet
from ui.screens.tools.adviser_view import show_adviser

if __name__ == "__main__":
    show_adviser("conversation", conversation_kit, conversation_sheet)
