"""What stands on a page besides stories: masthead, banner, folio, rules between stories."""
