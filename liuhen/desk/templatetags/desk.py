"""What templates need: icons, citations, deadlines, moments, money, links to acts."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import template
from django.template.context import RequestContext
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from liuhen.casefile.moments import Moment
from liuhen.desk import icons, law, links, words
from liuhen.desk.forms import FormErrors
from liuhen.measures.counting import Due, Span
from liuhen.measures.vocabulary import Cite

register = template.Library()

_STATES = {
    "stop": ("stop", "st-stop", "阻止"),
    "flag": ("flag", "st-flag", "提示"),
    "met": ("met", "st-met", "符合"),
    "open": ("wait", "st-off", "尚未到"),
    "unknown": ("wait", "st-off", "看不出"),
    "na": ("none", "st-off", "不适用"),
    "now": ("now", "st-now", "进行中"),
    "locked": ("lock", "st-off", "暂不能办理"),
}


@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    """An icon by its name; ``extra`` are further classes."""
    return mark_safe(icons.svg(name, extra))  # noqa: S308 - drawings of our own


@register.simple_tag
def mark(state: str, label: str = "", drawn: str = "") -> SafeString:
    """A state: icon, word and colour. ``label`` and ``drawn`` replace the word and the icon."""
    name, css, word = _STATES.get(state, ("ok", "", state))
    return format_html('<span class="st {}">{}{}</span>', css, icon(drawn or name), label or word)


@register.filter
def chip(cite: Cite | str) -> SafeString:
    """A citation as a chip that opens the article."""
    found, text = law.parts(cite), law.short(cite)
    if found is None:
        return format_html('<span class="art">{}</span>', text)
    sign = interpreted_sign(found[1]) if found[0] == "办法" else ""
    return format_html('<a class="art" href="{}">{}</a>{}', law.address(*found), text, sign)


@register.simple_tag
def interpreted_sign(article: int) -> SafeString:
    """A small sign beside an article of the Measures that 政策法规科 interpreted, leading to what it said; else nothing."""
    if not law.interpreted(article):
        return SafeString("")
    return format_html(
        '<a class="art-i" href="{}#interpretations" title="政策法规科有解释" aria-label="第{}条的解释">解</a>',
        law.address("办法", article), article,
    )  # fmt: skip


@register.filter
def chips(cites: Any) -> SafeString:
    """Several citations as chips."""
    return format_html_join(" ", "{}", ((chip(cite),) for cite in cites))


@register.filter
def law_line(cite: Cite | str) -> str:
    """Our one line on the article cited."""
    return law.summary(cite)


@register.filter
def due_words(due: Due | date | None) -> str:
    """A deadline in words: 还有 2 个工作日（3月5日）."""
    return str(words.time_left(due)) if due else ""


@register.simple_tag(takes_context=True)
def due(context: RequestContext, moment: Due | date | None, style: str = "") -> SafeString:
    """A deadline with clock, words, day in brackets and its urgency, as of the moment that is looked at; ``table`` writes
    the day as 11-25."""
    if not moment:
        return SafeString("")
    left = words.time_left(moment, context.get("past"))
    on = moment.day if isinstance(moment, Due) else moment
    instant_ = moment.at if isinstance(moment, Due) else None
    told = words.short(instant_ or on) if style == "table" else left.when
    css = f" due-{left.state}" if left.state else ""
    return format_html(
        '<span class="due{}">{}<span>{}（<time datetime="{}">{}</time><span class="rb">）</span></span></span>',
        css, icon("clock"), left.length, on.isoformat(), told,
    )  # fmt: skip


@register.filter
def on(moment: Moment | None) -> str:
    """11月23日."""
    return words.on(moment) if moment else ""


@register.filter
def at(moment: Moment | None) -> str:
    """11月23日 09:30."""
    return words.at(moment) if moment else ""


@register.filter
def iso(moment: Moment | None) -> str:
    """2026-11-23."""
    return words.iso(moment) if moment else ""


@register.filter
def yuan(fen: int) -> str:
    """30,000.00 元."""
    return words.yuan(fen)


@register.filter
def size(count: int) -> str:
    """1.2 MB."""
    return words.size(count)


@register.filter
def ahead(seconds: int) -> str:
    """快 12 秒."""
    return words.ahead(seconds)


@register.filter
def short_hash(text: str) -> str:
    """9f2c 41d7."""
    return words.short_hash(text)


@register.simple_tag
def act_path(case: str, does: str, subject: str = "") -> str:
    """Where an act is done; empty when nowhere."""
    return links.act_path(case, does, subject)


@register.simple_tag(takes_context=True)
def go(context: RequestContext, href: str, text: str, css: str = "") -> SafeString:
    """A way on: a link, or a button where a draft is begun, since opening an address must change nothing."""
    if not links.begins(href):
        return format_html(
            '<a{} href="{}">{}</a>', format_html(' class="{}"', css) if css else "", href, text
        )
    return format_html(
        '<form class="go" method="post" action="{}"><input type="hidden" name="csrfmiddlewaretoken" value="{}">'
        '<button class="{}">{}</button></form>',
        href, context["csrf_token"], css if "btn" in css else f"as-link {css}".strip(), text,
    )  # fmt: skip


@register.filter
def act_icon(does: str) -> str:
    """The icon of an act."""
    return links.act_icon(does)


@register.simple_tag
def errors_of(errors: FormErrors | None, name: str) -> str:
    """The message at a field; empty when it is right."""
    return errors.message(name) if errors else ""


@register.simple_tag(takes_context=True)
def then(context: RequestContext, href: str) -> str:
    """An address within the case, kept at the moment that is looked at (回溯)."""
    moment = context["request"].GET.get("at", "") if context.get("past") else ""
    return f"{href}?at={moment}" if moment and href else href


@register.filter
def span_words(length: Span) -> str:
    """5 个工作日."""
    return words.span(length)


@register.simple_tag(takes_context=True)
def choose(context: RequestContext, name: str, value: object) -> str:
    """The address's parameters with one of them chosen; another choice begins at the first page."""
    given = context["request"].GET.copy()
    if name != "page":
        given.pop("page", None)
    given[name] = str(value)
    if not value:
        del given[name]
    return f"?{given.urlencode()}"


@register.filter
def issues(count: int, word: str) -> str:
    """提示 2."""
    return f"{word} {count}"


@register.filter
def stamp(moment: Moment | None) -> str:
    """A moment beside a list: 今天 10:52, 11-20 16:48, 2025-11-20."""
    return words.stamp(moment) if moment else ""


@register.filter
def clock_of(moment: Moment | None) -> str:
    """10:25."""
    return words.clock_of(moment) if moment else ""
