"""Whether a number that was just typed may be mistyped: asked by forms, told beside the field, refused nowhere."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from liuhen.casefile.identifiers import doubt


@sensitive_post_parameters()
@require_POST
def doubted(request: HttpRequest) -> JsonResponse:
    """``doubt`` about ``value`` of the field ``name``, given the kind of paper, the day of birth, what is owed beside it; empty when there
    is none. Nothing is kept."""
    given = request.POST
    return JsonResponse({"doubt": doubt(given.get("name", ""), given.get("value", ""), given.dict())})


urlpatterns = [path("doubt/", doubted, name="doubted")]
