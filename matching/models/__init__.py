from matching.models.match import Match
from matching.models.match_run import MatchRun, RunStatus
from matching.models.profile_vector import ProfileVector
from matching.models.run_part import PartKind, RunPart

__all__ = ["Match", "MatchRun", "PartKind", "ProfileVector", "RunPart", "RunStatus"]
