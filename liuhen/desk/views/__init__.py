"""The views, one module a page or a step, each with its own ``urlpatterns``; collected in ``desk.urls``."""
