"""The addresses of the site; each room that has pages brings its own."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [path("", include("liuhen.desk.urls"))]

handler400 = "liuhen.desk.errors.bad_request"
handler403 = "liuhen.desk.errors.forbidden"
handler404 = "liuhen.desk.errors.not_found"
handler500 = "liuhen.desk.errors.fault"
