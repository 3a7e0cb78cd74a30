from matching.models.agreement import Agreement, AgreementStatement
from matching.models.cooperation import Cooperation, Meeting
from matching.models.decision import Block, Impression, MatchDecision, ViewRequest
from matching.models.follow_up import FollowUp
from matching.models.introduction import Introduction, IntroductionConsent, IntroductionStep
from matching.models.joint_strategy import JointStrategy, StrategyActivity, StrategyMember
from matching.models.match import Match
from matching.models.match_run import MatchRun, RunStatus
from matching.models.profile_vector import ProfileVector
from matching.models.renewal import Renewal
from matching.models.run_part import PartKind, RunPart

__all__ = [
    "Agreement",
    "AgreementStatement",
    "Block",
    "Cooperation",
    "FollowUp",
    "Impression",
    "Introduction",
    "IntroductionConsent",
    "IntroductionStep",
    "JointStrategy",
    "Match",
    "MatchDecision",
    "MatchRun",
    "Meeting",
    "PartKind",
    "ProfileVector",
    "Renewal",
    "RunPart",
    "RunStatus",
    "StrategyActivity",
    "StrategyMember",
    "ViewRequest",
]
