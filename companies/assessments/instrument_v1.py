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
    Way,
    Weights,
)


def _ways(**kinds: str) -> tuple[Way, ...]:
    """The ways of an area, their codes listed under the kind that profiles call them."""
    return tuple(Way(code, kind) for kind, codes in kinds.items() for code in codes.split())


INSTRUMENT = Instrument(
    version=1,
    areas=(
        Area("INB", _ways(LOGISTICS="LOGISTICS_SERVICE SHARED_WAREHOUSE TRANSPORT")),
        Area(
            "OPS",
            _ways(
                SUBCONTRACTING="SUBCONTRACTING",
                JOINT_PRODUCTION="RECIPROCAL_PRODUCTION JOINT_PRODUCTION",
                LICENCE="LICENCE",
            ),
            common=True,
        ),
        Area("OUT", _ways(LOGISTICS="LOGISTICS_SERVICE FULFILMENT", SUPPLY="PACKAGING"), common=True),
        Area(
            "MKT",
            _ways(DISTRIBUTION="DISTRIBUTOR AGENT JOINT_OFFER ONLINE_SALES", LICENCE="FRANCHISE"),
            common=True,
        ),
        Area("SRV", _ways(SERVICE="SERVICE_PARTNER", TRAINING="CUSTOMER_TRAINING")),
        Area("PRC", _ways(SUPPLY="SUPPLIER JOINT_PURCHASING")),
        Area("TEC", _ways(RND="RND_PROJECT RESEARCH_INSTITUTE", LICENCE="TECHNOLOGY LICENCE")),
        Area("HRM", _ways(TRAINING="TRAINING_PARTNER STAFF_EXCHANGE")),
        Area("INF", _ways(INVESTMENT="JOINT_VENTURE INVESTOR JOINT_STRATEGY", SERVICE="CERTIFICATION")),
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
