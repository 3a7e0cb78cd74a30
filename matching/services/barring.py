"""Pairs of companies that must not meet: one of them blocked the other, or they were introduced already."""

from django.db.models import Q, QuerySet

from matching.choices import OPEN_INTRODUCTIONS, IntroductionStatus
from matching.models import Block, Introduction

MET = (*OPEN_INTRODUCTIONS, IntroductionStatus.INTRODUCED)
Pair = tuple[str, str]


def barred_pairs() -> frozenset[Pair]:
    """All such pairs, as public ids."""
    return frozenset(_pairs(Block.objects.in_force(), Introduction.objects.filter(status__in=MET)))


def barred_for(company: str) -> frozenset[str]:
    """Public ids of the companies that this one must not meet."""
    blocks = Block.objects.in_force().filter(Q(company__public_id=company) | Q(other__public_id=company))
    met = Introduction.objects.filter(
        Q(low_company__public_id=company) | Q(high_company__public_id=company), status__in=MET
    )
    return frozenset(key for pair in _pairs(blocks, met) for key in pair if key != company)


def _pairs(blocks: QuerySet[Block], introductions: QuerySet[Introduction]) -> list[Pair]:
    found = blocks.values_list("company__public_id", "other__public_id").union(
        introductions.values_list("low_company__public_id", "high_company__public_id")
    )
    return [(first, second) for first, second in found]
