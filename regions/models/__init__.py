from regions.models.country import Country
from regions.models.nace_code import NaceCode, NaceLevel
from regions.models.postcode_area import PostcodeArea
from regions.models.region import Region, RegionLevel
from regions.models.s3_domain import DomainNace, S3Domain
from regions.models.s3_priority import S3Priority, S3PriorityDomain

__all__ = [
    "Country",
    "DomainNace",
    "NaceCode",
    "NaceLevel",
    "PostcodeArea",
    "Region",
    "RegionLevel",
    "S3Domain",
    "S3Priority",
    "S3PriorityDomain",
]
