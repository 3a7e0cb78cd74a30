from brokers.models.broker import Broker
from brokers.models.host_organisation import HostOrganisation
from brokers.models.membership import Membership

__all__ = ["Broker", "HostOrganisation", "Membership"]
