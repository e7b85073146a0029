"""E-mail domains that are everybody's, so no tenant's.

The DNS proof would refuse them too: nobody but Google publishes records below gmail.com. Saying so
at once spares an administrator the wait. The list holds the large providers and is not complete.
"""

_DOMAINS = """
gmail.com googlemail.com
outlook.com outlook.de outlook.fr outlook.es outlook.it outlook.jp outlook.co.uk outlook.com.br
hotmail.com hotmail.co.uk hotmail.de hotmail.es hotmail.fr hotmail.it live.com live.co.uk live.de
live.fr live.it live.nl msn.com passport.com onmicrosoft.com windowslive.com
yahoo.com yahoo.ca yahoo.co.in yahoo.co.jp yahoo.co.uk yahoo.com.ar yahoo.com.au yahoo.com.br
yahoo.com.mx yahoo.de yahoo.es yahoo.fr yahoo.in yahoo.it ymail.com rocketmail.com myyahoo.com
aol.com aol.de aim.com verizon.net
icloud.com me.com mac.com privaterelay.appleid.com
proton.me protonmail.com protonmail.ch pm.me tuta.com tuta.io tutanota.com tutanota.de tutamail.com
hey.com fastmail.com fastmail.fm zoho.com zohomail.com zohomail.eu duck.com hushmail.com
mail.com email.com usa.com gmx.com gmx.de gmx.net gmx.at gmx.ch gmx.us caramail.com
web.de freenet.de t-online.de arcor.de posteo.de mailbox.org online.de vodafone.de 1und1.de
bluewin.ch hispeed.ch sunrise.ch a1.net aon.at chello.at
orange.fr wanadoo.fr free.fr laposte.net sfr.fr neuf.fr bbox.fr numericable.fr
libero.it virgilio.it tiscali.it alice.it tin.it aruba.it pec.it
telefonica.net terra.com terra.com.br uol.com.br bol.com.br ig.com.br globo.com sapo.pt
btinternet.com sky.com talktalk.net virginmedia.com ntlworld.com blueyonder.co.uk tiscali.co.uk
ziggo.nl kpnmail.nl xs4all.nl planet.nl home.nl telenet.be skynet.be proximus.be
telia.com spray.se online.no jubii.dk mail.dk elisanet.fi luukku.com
wp.pl o2.pl onet.pl interia.pl op.pl seznam.cz centrum.cz email.cz azet.sk freemail.hu citromail.hu
abv.bg mail.bg ukr.net i.ua meta.ua mail.ru bk.ru inbox.ru list.ru internet.ru rambler.ru
yandex.ru yandex.com ya.ru
comcast.net att.net sbcglobal.net bellsouth.net cox.net charter.net earthlink.net juno.com
optonline.net netzero.net frontier.com windstream.net roadrunner.com rr.com
rogers.com shaw.ca sympatico.ca videotron.ca telus.net
bigpond.com bigpond.net.au optusnet.com.au iinet.net.au xtra.co.nz
qq.com foxmail.com 163.com 126.com yeah.net sina.com sina.cn sohu.com 139.com 189.cn aliyun.com
naver.com daum.net hanmail.net nate.com kakao.com docomo.ne.jp ezweb.ne.jp softbank.ne.jp nifty.com
rediffmail.com indiatimes.com sify.com walla.co.il walla.com mynet.com
mailinator.com guerrillamail.com 10minutemail.com temp-mail.org yopmail.com trashmail.com
"""
_PUBLIC = frozenset(_DOMAINS.split())


def is_public(domain: str) -> bool:
    """Tell whether a domain, or one that it lies below, gives addresses to everybody.

    Args:
        domain: As protocol/domain_name.py spells it.
    """
    labels = domain.split(".")
    return any(".".join(labels[start:]) in _PUBLIC for start in range(len(labels) - 1))
