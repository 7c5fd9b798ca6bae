"""What went wrong with TLS, in a code and in words for people."""

import ssl

_NO_TLS = frozenset(
    {"WRONG_VERSION_NUMBER", "PACKET_LENGTH_TOO_LONG", "HTTP_REQUEST", "RECORD_LAYER_FAILURE"}
)
_NAME_CODES = frozenset({62, 63, 64})
"""X509_V_ERR_HOSTNAME_MISMATCH, …_EMAIL_…, …_IP_ADDRESS_MISMATCH."""
_DATE_CODES = frozenset({9, 10})


def tls_failure(error: Exception, host: str) -> tuple[str, str]:
    """Code and words. The codes: certificate_name, certificate_expired, certificate_untrusted, no_tls, tls_failed."""
    if isinstance(error, ssl.SSLCertVerificationError):
        said = error.verify_message
        if error.verify_code in _NAME_CODES:
            return "certificate_name", f"the server's certificate is for another name than {host}: {said}"
        if error.verify_code in _DATE_CODES:
            return "certificate_expired", f"the server's certificate is not valid today: {said}"
        return "certificate_untrusted", f"the server's certificate is not trusted: {said}"
    if isinstance(error, ssl.SSLError) and error.reason in _NO_TLS:
        return "no_tls", "there is no TLS on this port from the start; perhaps STARTTLS, or another port"
    said = getattr(error, "reason", None) or str(error) or type(error).__name__
    return "tls_failed", f"TLS could not be set up: {said}"
