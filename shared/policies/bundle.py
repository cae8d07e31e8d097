"""A policy as one text to be stored: all its files, so that it can be read again when they have changed."""

import json

from shared.policies.book import PolicyBook
from shared.policies.faults import Faults
from shared.policies.files import parse_file
from shared.policies.model import Policy
from shared.policies.work_days import WorkDays


class NotABundleError(Exception):
    """The stored text holds no policy of that hash: it was stored otherwise, or changed since."""


def bundle(policy: Policy) -> str:
    """The policy's files, most general first, as JSON."""
    files = [{"name": name, "text": text} for name, text in policy.texts]
    return json.dumps({"hash": policy.hash, "files": files}, ensure_ascii=False)


def unbundle(content: str, work_days: WorkDays) -> Policy:
    """The policy out of its stored text, with today's calendar. Raises NotABundleError, PolicyFaults."""
    stored = json.loads(content)
    faults = Faults()
    read = [parse_file(each["name"], each["text"], faults) for each in stored["files"]]
    faults.stop_if_any()
    book = PolicyBook.of_files({file.stem: file for file in read if file}, work_days, is_published=True)
    policy = book.with_hash(stored["hash"])
    if policy is None:
        raise NotABundleError(stored["hash"])
    return policy
