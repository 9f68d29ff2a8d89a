"""What a sheet lacks, and what it has besides, compared with the version of a form that it is nearest to.

Belongs here: the differences and how a sentence lists them. Does not belong here: finding labels (form_search.py),
deciding what a sheet with differences is worth (parse.py, indicator_table.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from ingest.files.grid import Grid
from ingest.layouts.form_search import FormBlock
from ingest.layouts.header_layout import labels_are_headings
from ingest.layouts.value_cells import is_measure
from ingest.parsed import FormDifferences
from ingest.problems import quote
from ingest.words.labelled_text import stamp_words
from ingest.words.labels import LabelBook, label_key
from ingest.words.values import is_figure_like

_SHORTEST_LABEL, _LONGEST_LABEL = 4, 60
_MOST_KEPT, _MOST_NAMED = 60, 6
_LEAST_ALIKE = 70.0  # a label that reads so much like a known one speaks for its form
_LEAST_LABELS = 3
_MOST_COMPARED = 300


def differences_of(block: FormBlock) -> FormDifferences:
    """How a block differs from its form: labels that were not found, texts in their places that are no labels."""
    missing = tuple(f"{item.code} {item.name}" for item in block.missing)
    unknown = tuple(dict.fromkeys(quote(text) for text in _unknown(block)))[:_MOST_KEPT]
    total, form = len(block.form.items), block.form
    return FormDifferences(form.form_id, form.version, form.title, total - len(missing), total, missing, unknown)


def nearest_form(grids: Sequence[Grid], book: LabelBook) -> FormDifferences | None:
    """The version of which most labels are nearly named somewhere, when no label is named outright."""
    from rapidfuzz import fuzz, process  # only for files without a single known label

    texts = [value for grid in grids for row in grid.rows for value in row if _is_like_a_label(value)][:_MOST_COMPARED]
    alike: Counter[int] = Counter()
    for text in texts:
        best = process.extractOne(label_key(text), book.by_key.keys(), scorer=fuzz.ratio, score_cutoff=_LEAST_ALIKE)
        alike.update({target.form_index for target in book.by_key[best[0]]} if best else ())
    index, count = max(alike.items(), key=lambda entry: (entry[1], -entry[0]), default=(0, 0))
    if count < _LEAST_LABELS:
        return None
    form = book.forms[index]
    missing = tuple(f"{item.code} {item.name}" for item in form.items)
    unknown = tuple(dict.fromkeys(map(quote, texts)))[:_MOST_KEPT]
    return FormDifferences(form.form_id, form.version, form.title, 0, len(form.items), missing, unknown)


def named(texts: Sequence[str]) -> str:
    """The first of several texts for a sentence, and how many there are."""
    return "、".join(texts[:_MOST_NAMED]) + (f" 等 {len(texts)} 项" if len(texts) > _MOST_NAMED else "")


def besides(differences: FormDifferences) -> dict[str, str]:
    """What a sentence says of texts that are no labels of the form; nothing when there are none."""
    if not differences.unknown:
        return {"unknown": "", "unknown_en": ""}
    texts = "、".join(f"“{text}”" for text in differences.unknown[:_MOST_NAMED])
    more = f" 等 {len(differences.unknown)} 处" if len(differences.unknown) > _MOST_NAMED else ""
    return {
        "unknown": f"；表上不认识的名称：{texts}{more}",
        "unknown_en": f"; names not known on the form: {texts}{more}",
    }


def nearest_words(differences: FormDifferences) -> dict[str, str]:
    """What a sentence says of the version that a file is nearest to."""
    title, version, found, total = differences.title, differences.version, differences.found, differences.total
    missing, unknown = named(differences.missing), besides(differences)
    return {
        "nearest": f"（最接近《{title}》{version} 版：{total} 项中认出 {found} 项，"
        f"没有找到 {missing}{unknown['unknown']}）",
        "nearest_en": f" (nearest: {title}, version {version}: {found} of {total} items found; missing: {missing}"
        f"{unknown['unknown_en']})",
    }


def _unknown(block: FormBlock) -> Iterator[str]:
    """Texts that stand where labels stand: in their rows if figures stand below, else in their columns."""
    words = stamp_words(block.form)
    known = {(hit.row, hit.column) for hit in (*block.hits, *block.repeated)}
    in_rows = labels_are_headings(block)
    lines = {hit.row if in_rows else hit.column for hit in block.hits}
    for row in range(block.first_row, min(block.last_row + 1, len(block.grid.rows))):
        for column, value in enumerate(block.grid.rows[row]):
            if (row, column) in known or (row if in_rows else column) not in lines or not _is_like_a_label(value):
                continue
            cut = words.cut(value)
            if cut and not cut.values and not cut.alone:
                yield value


def _is_like_a_label(value: object) -> bool:
    return (
        isinstance(value, str)
        and len(value) <= _LONGEST_LABEL
        and len(label_key(value)) >= _SHORTEST_LABEL
        and not is_figure_like(value)
        and not is_measure(value)
    )
