"""Every address of TIBS."""

from django.conf import settings
from django.urls import include, path

from tibs.accounts import views as accounts
from tibs.core import views as core

handler400 = "tibs.core.views.bad_request"
handler500 = "tibs.core.views.server_error"
urlpatterns = [
    path("health/live", core.live, name="health_live"),
    path("health/ready", core.ready, name="health_ready"),
    path("", include("tibs.pages.public.urls")),
    path("reports/", include("tibs.reports.urls")),
    path("language/", accounts.set_language, name="set_language"),
    path("api/", include("tibs.api.urls")),
    path("api/v1/", include("regions.api.urls")),
    path("api/v1/", include("companies.api.urls")),
    path("api/v1/", include("matching.api.urls")),
    path("account/", include("tibs.entrance.urls")),
    path("", include("brokers.urls")),
    path("", include("companies.registration_urls")),
    path("", include("companies.urls")),
    path("", include("matching.urls")),
    path("", include("tibs.pages.urls")),
]

if settings.DEMO:
    from tibs.demo.urls import urlpatterns as demo

    urlpatterns += demo
