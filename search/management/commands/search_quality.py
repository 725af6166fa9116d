"""Measures how well searches answer judged questions."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from search.engines.base import EngineUnavailable
from search.engines.throwaway import throwaway
from search.quality.judging import Verdict, judge_all, mean_reciprocal_rank
from search.quality.measuring import Measuring, Quality, Score
from search.quality.sets import BadSet
from search.understanding.understand import STEPS


class Command(BaseCommand):
    help = (
        "Index a relevance set into a throw-away index, ask its questions in every spelling, say how well that went; "
        "or ask the editors' own relevance tests."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, nargs="?", help="holds docs.jsonl or docs.jsonl.xz, and queries.jsonl")
        parser.add_argument(
            "--judgements",
            action="store_true",
            help="instead: ask the editors' relevance tests of the live index; fails where one of them does",
        )
        parser.add_argument("--engine", choices=["tantivy", "elasticsearch"], default=settings.SEARCH_ENGINE)
        parser.add_argument("--without", action="append", default=[], choices=STEPS, help="a step of the understanding")
        parser.add_argument("--each-step", action="store_true", help="measure once more without each of the steps")
        parser.add_argument("--json", action="store_true", help="as one JSON object")

    def handle(
        self,
        *args: Any,
        folder: Path | None,
        judgements: bool,
        engine: str,
        without: list[str],
        each_step: bool,
        json: bool,
        **options: Any,
    ) -> None:
        steps = [step for step in settings.SEARCH_UNDERSTANDING if step not in without]
        if (folder is None) != judgements:
            raise CommandError("Give either a folder or --judgements.")
        if folder is None:
            self._judge(steps, each_step, json)
            return
        try:
            with throwaway(engine) as opened:
                self._run(folder, opened, steps, each_step, json)
        except (BadSet, EngineUnavailable) as error:
            raise CommandError(str(error)) from error

    def _judge(self, steps: list[str], each_step: bool, as_json: bool) -> None:
        verdicts = _judged(steps)
        failed = sum(not verdict.passed for verdict in verdicts)
        if as_json:
            values = {"engine": settings.SEARCH_ENGINE, "tests": len(verdicts), "failed": failed}
            values["mrr"] = mean_reciprocal_rank(verdicts)
            self.stdout.write(json.dumps(values | {"verdicts": [verdict.as_dict() for verdict in verdicts]}))
        else:
            self.stdout.write("\n".join([*map(_verdict, verdicts), "", _summary("", verdicts)]))
            if each_step:
                fewer = {step: [other for other in steps if other != step] for step in steps}
                lines = [_summary(f"without {step}: ", _judged(some)) for step, some in fewer.items()]
                self.stdout.write("\n".join(lines))
        if failed:
            raise CommandError(f"{failed} of {len(verdicts)} relevance tests failed")

    def _run(self, folder: Path, opened: Any, steps: list[str], each_step: bool, as_json: bool) -> None:
        with _bar("indexing", "document") as bar:
            measuring = Measuring(folder, opened, bar.update)
        whole = self._measure(measuring, steps)
        if as_json:
            self.stdout.write(json.dumps(whole.as_dict()))
            return
        self.stdout.write(_table(whole))
        if each_step:
            fewer = {step: [other for other in steps if other != step] for step in steps} | {"all of them": []}
            lines = [_gain(step, whole, self._measure(measuring, some)) for step, some in fewer.items()]
            self.stdout.write(
                "\n".join(["", "| without | p50 ms | MRR@10, against all steps |", "|---|---|---|", *lines])
            )

    def _measure(self, measuring: Measuring, steps: Collection[str]) -> Quality:
        questions = len(measuring.queries) * len(measuring.queries[0].variants)
        with _bar("asking", "question", questions) as bar:
            return measuring.measure(steps, bar.update)


def _judged(steps: list[str]) -> list[Verdict]:
    """The verdicts when questions are read by these steps alone."""
    before = settings.SEARCH_UNDERSTANDING
    settings.SEARCH_UNDERSTANDING = steps
    try:
        return judge_all()
    finally:
        settings.SEARCH_UNDERSTANDING = before


def _verdict(verdict: Verdict) -> str:
    beyond = f"not among the first {verdict.test.top}"
    places = "; ".join(f"{item.title}: {item.place or beyond}" for item in verdict.expected)
    return f"{'passed' if verdict.passed else 'FAILED'}  {verdict.test.words} → {places or 'its pages are gone'}"


def _summary(what: str, verdicts: list[Verdict]) -> str:
    passed = sum(verdict.passed for verdict in verdicts)
    return f"{what}{passed} of {len(verdicts)} passed, MRR {mean_reciprocal_rank(verdicts):.3f}"


def _bar(what: str, unit: str, total: int | None = None) -> Any:
    return tqdm(desc=what, total=total, unit=unit, disable=not sys.stderr.isatty(), leave=False)


def _table(quality: Quality) -> str:
    full = next(iter(quality.variants.values())).mrr
    return "\n".join(
        [
            f"{quality.engine}, {quality.documents:,} documents, {quality.documents_per_s:,.0f} indexed per second; "
            f"a question takes {quality.p50_ms:.2f} ms at the median, {quality.p99_ms:.2f} ms at p99",
            "",
            "| variant | MRR@10 | of the first | recall@10 | rewritten |",
            "|---|---|---|---|---|",
            *(_row(name, score, full) for name, score in quality.variants.items()),
        ]
    )


def _row(name: str, score: Score, full: float) -> str:
    ratio = score.mrr / full if full else 0.0
    return f"| {name} | {score.mrr:.3f} | {ratio:.3f} | {score.recall:.3f} | {score.rewritten:.1%} |"


def _gain(step: str, whole: Quality, less: Quality) -> str:
    """What is lost without a step: the variants that change."""
    return f"| {step} | {less.p50_ms:.2f} | {', '.join(_changes(whole, less)) or 'no change'} |"


def _changes(whole: Quality, less: Quality) -> Iterator[str]:
    for name, score in whole.variants.items():
        if abs(change := less.variants[name].mrr - score.mrr) >= 0.0005:
            yield f"{name} {change:+.3f}"
