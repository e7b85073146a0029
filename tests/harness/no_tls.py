"""For clients of a stack's plain HTTP: reading the world's certificate authorities costs 20 ms."""

import ssl

NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # trusts nobody
