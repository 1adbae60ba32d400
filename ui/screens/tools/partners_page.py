"""The partner finder, from the open assessment."""

from assessment.advisers.partners import partner_plan
from assessment.sheets.compose.partners import partners_sheet
from ui.screens.tools.adviser_view import show_adviser

if __name__ == "__main__":
    show_adviser("partners", partner_plan, partners_sheet)
