"""What somebody sees who is locked out: a field for the code, and then what to do with the hour.

Works without JavaScript. The code is the only authority, so the form needs no token against
requests forged from elsewhere: who has a code needs no victim's browser.
"""

import time
from html import escape

from aws_lambda_powertools.event_handler import Response

from authsso.web import pages
from authsso.web.pages import Paper

_FORM = """<p class="soft">{explanation}</p>
<form method="post" action="/recover">
<input type="hidden" name="lang" value="{language}">
{notice}<label for="code">{label}</label>
<input id="code" name="code" type="text" required autofocus maxlength="200" autocomplete="off"
 autocapitalize="characters" spellcheck="false"
 placeholder="XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX"{marked}>
<button type="submit">{allow}</button>
</form>"""


def ask(paper: Paper) -> Response[str]:
    """Ask for a code."""
    return _ask(paper, 200, notice="", marked="")


def wrong(paper: Paper) -> Response[str]:
    """Ask again. Unknown, used and misspelled codes get this one answer."""
    notice = f'<p id="notice" role="alert">{escape(paper.texts.say("recover.wrong"))}</p>\n'
    return _ask(paper, 400, notice, ' aria-invalid="true" aria-describedby="notice"')


def lifted(paper: Paper, until: int) -> Response[str]:
    """Tell what has happened and what to do now."""
    say = paper.texts.say
    clock = time.strftime("%H:%M", time.gmtime(until))
    content = (
        f"<p>{escape(say('recover.until', time=clock))}</p>\n"
        f"<p>{escape(say('recover.now'))}</p>\n"
        f'<p class="soft">{escape(say("recover.used"))}</p>'
    )
    return pages.show(paper, say("recover.lifted"), content, form_action="'self'")


def _ask(paper: Paper, status: int, notice: str, marked: str) -> Response[str]:
    say = paper.texts.say
    content = _FORM.format(
        explanation=escape(say("recover.explanation")),
        language=escape(paper.texts.language),
        notice=notice,
        label=escape(say("recover.code")),
        marked=marked,
        allow=escape(say("recover.allow")),
    )
    return pages.show(paper, say("recover.title"), content, status=status, form_action="'self'")
