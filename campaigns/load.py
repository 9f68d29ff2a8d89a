"""Reads one campaign folder into a Campaign, and says where and why when it cannot.

Belongs here: finding folders, the order of files, turning a model's complaint into file, line and a sentence. Does not
belong here: what a field means (model.py), reading YAML and CSV text with line numbers (source_files.py).

A folder holds campaign.yml, units.csv and forms/*.yml, and where it needs them rules.yml, groups.yml, tasks.csv,
targets.csv, trees.csv, extensions.csv, corrections.csv, explanations.csv, hazard_decisions.csv and criteria.csv. The
package's own folder comes first; a deployment may add folders of its own (`campaigns/` below its home), and a campaign
id may stand in one of them only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from campaigns.model import Campaign
from campaigns.source_files import CampaignError, Source, read_csv
from campaigns.yaml_files import read_yaml

__all__ = ["CampaignError", "campaign_roots", "load_all", "load_campaign"]

_OWN_ROOT = Path(__file__).parent
_MOST_PROBLEMS_SHOWN = 20
_UNIT_COLUMNS = "unit_id,unit_name,unit_kind,reporting_scope,position,aliases,valid_from,valid_to,source"
_TASK_COLUMNS = "list_id,task_id,number,section,theme,goal,due_text,due,lead_units,co_units,leaders,clause,note"
_TARGET_COLUMNS = (
    "target_id,name,measure,comparison,value,value_to,measure_unit,relative_to,base,first_period,last_period,"
    "task_id,setting,reading,text,clause"
)
_CORRECTION_COLUMNS = (
    "correction_id,unit,form_id,period,item_code,part,expected_value,new_value,reason,decided_by,decided_on,document"
)
_CRITERION_COLUMNS = (
    "criterion_id,sector,name,number,aliases,in_force_from,in_force_until,is_interim,superseded_by,clause"
)
_EXPLANATION_COLUMNS = (
    "decision_id,unit,form_id,period,rule_code,item_code,explanation,decision,expires_on,decided_by,decided_on,reason"
)


class _Table(NamedTuple):
    """A CSV file of the folder: its columns, those it may leave out, those that hold lists."""

    file_name: str
    columns: str
    optional: tuple[str, ...] = ()
    list_columns: tuple[str, ...] = ()


_TABLES = {
    "units": _Table("units.csv", _UNIT_COLUMNS, optional=("risk_class",), list_columns=("aliases",)),
    "tasks": _Table("tasks.csv", _TASK_COLUMNS),
    "targets": _Table("targets.csv", _TARGET_COLUMNS, optional=("base_value",)),
    "extensions": _Table("extensions.csv", "unit,duty_id,period,due_on,granted_by,granted_on,reason"),
    "corrections": _Table("corrections.csv", _CORRECTION_COLUMNS),
    "explanation_decisions": _Table("explanations.csv", _EXPLANATION_COLUMNS),
    "hazard_decisions": _Table("hazard_decisions.csv", "pair_id,decision,decided_by,decided_on,reason"),
    "criteria": _Table("criteria.csv", _CRITERION_COLUMNS, list_columns=("aliases",)),
    "tree_edges": _Table("trees.csv", "tree,unit,parent,valid_from,valid_to,source"),
}
_LISTS = {"rules": "rules.yml", "groups": "groups.yml"}
_NEEDED = "units.csv"
_FROM_OTHER_FILES = {
    "forms": "forms/*.yml",
    "earlier_forms": "forms/*.yml",
    **_LISTS,
    **{field: table.file_name for field, table in _TABLES.items()},
}

# What a clerk of the office reads for the commonest slips; any other keeps pydantic's own English sentence.
_SENTENCES = {
    "extra_forbidden": "不认识的键名 {key!r} / unknown key {key!r}",
    "missing": "缺少 {key!r} / {key!r} is missing",
}


def campaign_roots(extra: Path | None = None) -> tuple[Path, ...]:
    """Folders that hold campaign folders: the package's own, then a deployment's if it exists."""
    return (_OWN_ROOT, extra) if extra is not None and extra.is_dir() else (_OWN_ROOT,)


def load_all(roots: Sequence[Path] = (_OWN_ROOT,)) -> dict[str, Campaign]:
    """Every campaign below the roots, by id.

    Raises:
        CampaignError: for the first folder that cannot be read.
    """
    return {folder.name: _load_folder(folder) for folder in _folders(roots).values()}


def load_campaign(campaign_id: str, roots: Sequence[Path] = (_OWN_ROOT,)) -> Campaign:
    """One campaign.

    Raises:
        CampaignError: no such folder, or what stands in it is wrong; the message names file and line.
    """
    folders = _folders(roots)
    if campaign_id not in folders:
        known = "、".join(folders) or "（无 / none）"
        raise CampaignError(f"没有专项行动 {campaign_id!r}，已有：{known} / there is no campaign {campaign_id!r}")
    return _load_folder(folders[campaign_id])


def _folders(roots: Sequence[Path]) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for root in roots:
        for marker in sorted(root.glob("*/campaign.yml")):
            folder = marker.parent
            if folder.name in found:
                raise CampaignError(
                    f"{folder}: 与 {found[folder.name]} 同名，请改文件夹名和 campaign_id"
                    f" / the same campaign stands in two folders; rename one"
                )
            found[folder.name] = folder
    return found


def _load_folder(folder: Path) -> Campaign:
    main = read_yaml(folder / "campaign.yml", dict)
    for key, where in _FROM_OTHER_FILES.items():
        if key in main.data:
            line = main.line((key,))
            raise CampaignError(
                f"{main.path}:{line}: {key!r} 应写在 {where} 里 / {key!r} belongs in {where}, not in campaign.yml"
            )
    sources = _other_sources(folder)
    forms = _form_versions(folder / "forms")
    data = {
        **main.data,
        **{field: source.data for field, source in sources.items()},
        **{field: [version.data for version in versions] for field, versions in forms.items()},
    }
    try:
        campaign = Campaign.model_validate(data)
    except ValidationError as error:
        raise CampaignError(_readable(error, main, sources, forms)) from None
    if campaign.campaign_id != folder.name:
        raise CampaignError(
            f"{main.path}:{main.line(('campaign_id',))}: campaign_id {campaign.campaign_id!r} 与文件夹名"
            f" {folder.name!r} 不一致 / campaign_id must equal the folder's name"
        )
    return campaign


def _form_versions(folder: Path) -> dict[str, list[Source]]:
    """The files of forms/: versions in force, and earlier ones, which say until when they were valid."""
    forms = [read_yaml(path, dict) for path in sorted(folder.glob("*.yml"))]
    return {
        "forms": [form for form in forms if "valid_to" not in form.data],
        "earlier_forms": [form for form in forms if "valid_to" in form.data],
    }


def _other_sources(folder: Path) -> dict[str, Source]:
    """The folder's files beside campaign.yml and forms/, by the field they fill; all but units.csv may be absent."""
    sources = {}
    for field, table in _TABLES.items():
        path = folder / table.file_name
        if path.exists() or table.file_name == _NEEDED:
            sources[field] = read_csv(path, table.columns.split(","), table.list_columns, table.optional)
    for field, file_name in _LISTS.items():
        if (folder / file_name).exists():
            sources[field] = read_yaml(folder / file_name, list)
    return sources


def _readable(
    error: ValidationError, main: Source, sources: Mapping[str, Source], forms: Mapping[str, Sequence[Source]]
) -> str:
    sentences = []
    for detail in error.errors(include_url=False):
        path: tuple[Any, ...] = detail.get("ctx", {}).get("path") or detail["loc"]
        source, inside = main, path
        if path and path[0] in sources:
            source, inside = sources[path[0]], path[1:]
        elif path and path[0] in forms and len(path) > 1:
            source, inside = forms[path[0]][path[1]], path[2:]
        sentences.append(f"{source.path}:{source.line(inside)}: {_sentence(detail, inside)}")
    hidden = len(sentences) - _MOST_PROBLEMS_SHOWN
    if hidden > 0:
        sentences[_MOST_PROBLEMS_SHOWN:] = [f"……另有 {hidden} 处 / and {hidden} more"]
    return "\n".join(sentences)


def _sentence(detail: ErrorDetails, inside: tuple[Any, ...]) -> str:
    if detail["type"] in ("campaign", "value_error"):  # the model's own sentences name what they are about
        return detail["msg"].removeprefix("Value error, ")
    key = ".".join(str(step) for step in inside)
    if detail["type"] in _SENTENCES:
        return _SENTENCES[detail["type"]].format(key=key)
    if isinstance(detail["input"], str):
        return f"{key} 的值 {detail['input']!r} 不对 / the value of {key} is wrong: {detail['msg']}"
    return f"{key} 不对 / {key} is wrong: {detail['msg']}"
