"""The same for programs: one move on many referrals, an answer for each."""

from http import HTTPStatus

from shared.inbox import mounted
from shared.inbox.acting import READERS
from shared.inbox.bulk import Bulk, BulkAnswer, perform_all
from shared.inbox.bulk_schemas import BulkAnswersSchema, BulkSchema
from shared.persistence.idempotency import claim
from shared.web import current
from shared.web.access import allow
from shared.web.api import ApiBlueprint
from shared.web.errors import body_of, words_for
from shared.web.idempotent import body_to_compare, idempotency_key

blueprint = ApiBlueprint("inbox_bulk_api", __name__)


@blueprint.route("/referrals/bulk", methods=["POST"])
@allow(*READERS)
@blueprint.arguments(BulkSchema)
@blueprint.response(HTTPStatus.OK, BulkAnswersSchema)
@blueprint.keyed
def make(wish: Bulk) -> dict[str, object]:
    """Make one move on each. 200 though some are refused: each has a status and a key of its own."""
    key = idempotency_key()
    with current.begin() as work:
        claim(work, key=key, body=body_to_compare())
    answers = perform_all(mounted.desk(), wish, person=mounted.person(), at=current.now(), key=key)
    return {"answers": [_answer(each) for each in answers]}


def _answer(each: BulkAnswer) -> dict[str, object]:
    problem = each.problem
    return {
        "referral_id": each.referral_id,
        "status": problem.treatment.status if problem else HTTPStatus.OK,
        "answer": each.answer,
        "problem": body_of(problem, words_for(problem)) if problem else None,
    }
