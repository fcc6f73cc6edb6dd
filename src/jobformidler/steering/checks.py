"""What can be wrong with the chain although every handler ran."""

from jobformidler.casework.models import Case
from jobformidler.core.rebuild import register_check
from jobformidler.steering.chain import computed
from jobformidler.steering.models import ChainStep


def differences() -> list[str]:
    """Where the kept steps and the facts disagree, for `check-inconsistencies`. Empty when all is well."""
    right = {key: day for key, (_tenant, day) in computed(Case.objects.all()).items()}
    stored = {
        (case_id, step): day for case_id, step, day in ChainStep.objects.values_list("case_id", "step", "reached_on")
    }
    return [
        f"case {key[0]} step {key[1]}"
        for key in sorted(right.keys() | stored.keys())
        if right.get(key) != stored.get(key)
    ]


register_check("chain differs from the facts", differences)
