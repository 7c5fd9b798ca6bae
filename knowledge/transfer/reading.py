"""Reads what somebody brings, whatever its form, and says what is wrong with it."""

from dataclasses import replace
from enum import StrEnum
from pathlib import Path, PurePosixPath

from core.errors import Invalid
from knowledge.article import checked_language
from knowledge.transfer.bundle import Bundle, Incoming, Parts, whole
from knowledge.transfer.checking import checked_parts
from knowledge.transfer.files import Files, read_path
from knowledge.transfer.html_files import read_html
from knowledge.transfer.markdown_files import markdown_parts
from knowledge.transfer.pictures import with_pictures
from knowledge.transfer.progress import Progress
from knowledge.transfer.settings import Rules
from knowledge.transfer.spool import keep_articles, keep_rest
from knowledge.transfer.zendesk import read_zendesk


class Form(StrEnum):
    """What an import is made of."""

    MARKDOWN = "markdown"
    HTML = "html"
    ZENDESK = "zendesk"


_ENDINGS = {
    ".md": Form.MARKDOWN,
    ".markdown": Form.MARKDOWN,
    ".html": Form.HTML,
    ".htm": Form.HTML,
    ".json": Form.ZENDESK,
}


def read(source: Path, rules: Rules, form: Form | None = None, language: str | None = None) -> Bundle:
    """A folder, an archive or a file, all of it in memory; ``form`` is told by the files' endings where it is not said.

    Raises Invalid, which names the file or the entry and what is wrong with it.
    """
    files = read_path(source, rules.transfer)
    bundle = whole(_checked_parts(files, rules, form, language))
    return replace(bundle, images=tuple(bundle.images))


def read_into(
    folder: Path, source: Path, rules: Rules, form: Form | None = None, language: str | None = None
) -> None:
    """The same into a folder, for ``spool.kept_bundle``, a few articles in memory at a time. Raises Invalid."""
    files = read_path(source, rules.transfer)
    progress = Progress(folder)
    incoming = Incoming(_checked_parts(files, rules, form, language))
    keep_articles(folder, progress.counted(incoming))
    keep_rest(folder, incoming.rest)


def _checked_parts(files: Files, rules: Rules, form: Form | None, language: str | None) -> Parts:
    if language is not None:
        checked_language(language)
    bundle = yield from checked_parts(_parts(files, form or _form_of(files), language), rules)
    return with_pictures(bundle, rules.transfer.images)


def _parts(files: Files, form: Form, language: str | None) -> Parts:
    match form:
        case Form.MARKDOWN:
            return markdown_parts(files, language)
        case Form.HTML:
            return _one_by_one(read_html(files, language))
        case Form.ZENDESK:
            return _one_by_one(read_zendesk(files))


def _one_by_one(bundle: Bundle) -> Parts:
    yield from bundle.articles
    return bundle


def _form_of(files: Files) -> Form:
    for ending, form in _ENDINGS.items():
        if any(PurePosixPath(name).suffix.lower() == ending for name in files):
            return form
    raise Invalid("import", f"files that end in {', '.join(_ENDINGS)}")
