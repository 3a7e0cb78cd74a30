from brokers.models.api_client import ApiClient, ApiKey, IdempotencyKey
from brokers.models.broker import Broker
from brokers.models.default_broker import DefaultBroker
from brokers.models.host_organisation import HostOrganisation
from brokers.models.invitation import Invitation
from brokers.models.membership import Membership
from brokers.models.training import Training

__all__ = [
    "ApiClient",
    "ApiKey",
    "Broker",
    "DefaultBroker",
    "HostOrganisation",
    "IdempotencyKey",
    "Invitation",
    "Membership",
    "Training",
]
