"""Version 1 of the instrument.

Areas after Porter's value chain; barriers after Leonidou (2004); the firm's six dimensions and their bands after the
CHROME scan (David and Cariou 2014); stages after Wasowska (2016). Item wording, weights and thresholds are our own.
"""

from companies.assessments.instrument import (
    BARRIERS,
    FEASIBILITY,
    HERITAGE,
    READINESS,
    VALUE,
    Area,
    Instrument,
    Rules,
    Weights,
)

INSTRUMENT = Instrument(
    version=1,
    areas=(
        Area("INB", ("LOGISTICS",)),
        Area("OPS", ("SUBCONTRACTING", "JOINT_PRODUCTION", "LICENCE"), common=True),
        Area("OUT", ("LOGISTICS", "SUPPLY"), common=True),
        Area("MKT", ("DISTRIBUTION", "LICENCE"), common=True),
        Area("SRV", ("SERVICE", "TRAINING")),
        Area("PRC", ("SUPPLY",)),
        Area("TEC", ("RND", "LICENCE")),
        Area("HRM", ("TRAINING",)),
        Area("INF", ("INVESTMENT", "SERVICE")),
    ),
    items={
        VALUE: ("V1", "V2", "V3"),
        FEASIBILITY: ("F1", "F2"),
        HERITAGE: ("H1", "H2"),
        READINESS: ("R1", "R2", "R3", "R4"),
        BARRIERS: (
            "B_PARTNERS",
            "B_MARKETS",
            "B_TIME",
            "B_STAFF",
            "B_CAPITAL",
            "B_CAPACITY",
            "B_STANDARDS",
            "B_PRICE",
            "B_CHANNELS",
            "B_FREIGHT",
            "B_PAPERWORK",
            "B_SUPPORT",
            "B_HABITS",
            "B_RIVALS",
            "B_REGULATION",
            "B_TRUST",
        ),
    },
    starred=frozenset(
        {
            "B_PARTNERS",
            "B_MARKETS",
            "B_TIME",
            "B_STAFF",
            "B_CAPITAL",
            "B_PRICE",
            "B_HABITS",
            "B_TRUST",
        }
    ),
    firm={
        "COMPETENCE": ("FC1", "FC2", "FC3"),
        "HERITAGE": ("FH1", "FH2", "FH3"),
        "RELATIONS": ("FR1", "FR2", "FR3"),
        "OFFER": ("FO1", "FO2", "FO3"),
        "MEANS": ("FM1", "FM2", "FM3"),
        "ENGAGEMENT": ("FE1", "FE2", "FE3"),
    },
    weights=Weights(value=0.35, readiness=0.25, feasibility=0.20, ease=0.20),
    rules=Rules(
        headroom_floor=0.6,
        enough=(2, 3),
        tie=3,
        lead=5,
        steady=0.8,
        variation=0.25,
        blocking=4,
        gap=1,
        bands={"entry": 81, "good": 120, "excellent": 160},
        reliability_from=30,
        quick_areas=4,
    ),
    evidence={"claimed": 0.6, "explained": 0.8, "documented": 1.0},
    stages=(
        "uninterested",
        "future",
        "preparing",
        "experimental",
        "involved",
        "active",
        "committed",
        "stopped",
    ),
    low_commitment=frozenset({"DISTRIBUTION", "SUPPLY", "SERVICE", "TRAINING", "LOGISTICS"}),
    sectors=("making", "digital", "services"),
)
