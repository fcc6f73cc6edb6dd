"""Where each person's rows lie. Compiled."""

from jobformidler.law.compiler import DAY, INT32, WORK64, compiled


@compiled(DAY, INT32, INT32, WORK64)
def boundaries(person, start, offsets):
    """Fill `offsets` so that person p's rows lie at [offsets[p], offsets[p + 1]); return the most rows of one person.

    -1 when the rows do not stand by person and, within one, by start.
    """
    most = 0
    last = -1
    before = 0
    for k in range(len(person)):
        p = person[k]
        if p == last:
            if start[k] < before:
                return -1
        else:
            if p < last:
                return -1
            if last >= 0:
                most = max(most, k - offsets[last])
            for other in range(last + 1, p + 1):
                offsets[other] = k
            last = p
        before = start[k]
    if last >= 0:
        most = max(most, len(person) - offsets[last])
    for other in range(last + 1, len(offsets)):
        offsets[other] = len(person)
    return most
