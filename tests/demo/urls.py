"""The addresses of TIBS with those of the demonstration, which a run of the tests leaves out."""

from tibs.demo.urls import urlpatterns as demo
from tibs.urls import handler500, urlpatterns

urlpatterns = [*urlpatterns, *demo]
__all__ = ["handler500", "urlpatterns"]
