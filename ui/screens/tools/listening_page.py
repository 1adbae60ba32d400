"""The listening chooser: which ways to hear workers fit, from the open assessment."""

from assessment.advisers.listening import listening_choice
from assessment.sheets.compose.listening import listening_sheet
from ui.screens.tools.adviser_view import show_adviser

if __name__ == "__main__":
    show_adviser("listening", listening_choice, listening_sheet, "listen-by-method")
