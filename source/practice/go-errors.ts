type NetworkError = Error & Readonly<{ code?: string; host?: string }>;

/** Says a failed connection as Go's standard library does, because that is what events of a real Stork quote. */
export function goMessage(error: NetworkError, { host, hostname }: URL): string {
	const dial = `dial tcp ${host}:`;
	switch (error.code) {
		case 'ECONNREFUSED':
			return `${dial} connect: connection refused`;
		case 'ETIMEDOUT':
			return `${dial} i/o timeout`;
		case 'ENOTFOUND':
		case 'EAI_AGAIN':
			return `dial tcp: lookup ${hostname}: no such host`;
		case 'ENETUNREACH':
		case 'EHOSTUNREACH':
			return `${dial} connect: no route to host`;
		case 'ECONNRESET':
			return `read tcp ${host}: read: connection reset by peer`;
		case 'HPE_INVALID_CONSTANT':
			return 'net/http: HTTP/1.x transport connection broken: malformed HTTP response';
		case 'ERR_SSL_WRONG_VERSION_NUMBER':
		case 'EPROTO':
			return 'http: server gave HTTP response to HTTPS client';
		case 'ERR_TLS_CERT_ALTNAME_INVALID':
			return `tls: failed to verify certificate: x509: certificate is not valid for any names, but wanted to match ${hostname}`;
		case 'CERT_HAS_EXPIRED':
			return 'tls: failed to verify certificate: x509: certificate has expired or is not yet valid';
		default:
			return isUntrusted(error)
				? 'tls: failed to verify certificate: x509: certificate signed by unknown authority'
				: error.message;
	}
}

function isUntrusted({ code }: NetworkError): boolean {
	return [
		'SELF_SIGNED_CERT_IN_CHAIN',
		'DEPTH_ZERO_SELF_SIGNED_CERT',
		'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
		'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
		'CERT_SIGNATURE_FAILURE',
	].includes(code ?? '');
}
