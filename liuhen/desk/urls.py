"""The addresses of the desk: each module of ``views`` brings a list ``urlpatterns``."""

from importlib import import_module
from pkgutil import iter_modules

from django.urls import URLPattern

from liuhen.desk import views

MODULES = [import_module(f"{views.__name__}.{found.name}") for found in iter_modules(views.__path__)]
urlpatterns: list[URLPattern] = [
    pattern for module in MODULES for pattern in getattr(module, "urlpatterns", [])
]
