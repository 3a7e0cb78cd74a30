"""Addresses of the pages about brokers and their organisations."""

from django.urls import path

from brokers.views import invitations, network, profile, recovery, sites, team

urlpatterns = [
    path("team/", team.teams, name="teams"),
    path("team/people/", team.platform, name="platform_team"),
    path("team/people/invite/", invitations.invite_to_platform, name="platform_invite"),
    path("team/defaults/", network.defaults, name="default_brokers"),
    path("team/defaults/<slug:code>/", network.choose, name="default_broker"),
    path("team/sites/", sites.sites, name="partner_sites"),
    path("team/sites/<site:public_id>/", sites.site, name="partner_site"),
    path("team/sites/<site:public_id>/<slug:prefix>/revoke/", sites.revoke, name="site_key_revoke"),
    path("team/invitations/<invitation:public_id>/again/", invitations.send_again, name="invitation_again"),
    path("team/invitations/<invitation:public_id>/revoke/", invitations.revoke, name="invitation_revoke"),
    path("team/recover/<user:user_id>/", recovery.recover, name="team_recover"),
    path("team/<organisation:public_id>/", team.team, name="team"),
    path("team/<organisation:public_id>/invite/", invitations.invite_colleague, name="team_invite"),
    path("team/<organisation:public_id>/<user:user_id>/", profile.broker_profile, name="broker_profile"),
    path("team/<organisation:public_id>/<user:user_id>/leave/", team.leave, name="team_leave"),
    path(
        "brokers/<organisation:public_id>/<user:user_id>/trainings/",
        profile.new_training,
        name="training_new",
    ),
    path("brokers/trainings/<training:public_id>/", profile.training, name="training"),
    path("brokers/trainings/<training:public_id>/remove/", profile.drop_training, name="training_remove"),
    path("brokers/me/", profile.own_profile, name="own_broker"),
    path("brokers/network/", network.network, name="broker_network"),
    path("invitation/<str:token>/", invitations.invitation, name="invitation"),
]
