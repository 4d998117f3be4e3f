import { thenRetry } from '../../pairing/words/way.ts';
import type { Explanation } from './explain-policy.ts';

/** By the status of the answer. */
export const statuses: Readonly<Record<number, Explanation>> = {
	400: {
		id: 'bad-request',
		title: 'refused the request',
		remedies: ['Please report this: it is probably a mistake of pxpair.'],
	},
	401: {
		id: 'unauthorized',
		title: 'does not accept the credentials of this context',
		remedies: [thenRetry('Log in again (the token or certificate in the kubeconfig may have ended)')],
	},
	403: {
		id: 'forbidden',
		title: 'does not let this user do that',
		remedies: [thenRetry('Ask for the right named above, or use a context with more rights')],
	},
	404: {
		id: 'not-found',
		title: 'does not have that',
		remedies: ['Run this again: it was there a moment ago.'],
	},
	409: {
		id: 'conflict',
		title: 'says that somebody else changed the same thing',
		remedies: ['Run this again; if it stays so, see who manages the fields named above.'],
	},
	422: {
		id: 'invalid',
		title: 'finds the object invalid',
		remedies: [thenRetry('Mend the name or value named above')],
	},
	429: {
		id: 'too-many-requests',
		title: 'is asked too much',
		remedies: [thenRetry('Wait a minute')],
	},
};

/** Go's servers answer so to plain HTTP on a port with TLS. */
export const wantsTls: Explanation = {
	id: 'not-tls',
	title: 'refuses plain HTTP',
	remedies: [
		'Put https:// before the server address in the kubeconfig: an address without it is http, for kubectl too.',
	],
};

export const serverTrouble: Explanation = {
	id: 'server-error',
	title: 'has trouble of its own',
	remedies: [thenRetry('Wait until the API server is well again')],
};

export const unexpected: Explanation = {
	id: 'unexpected-status',
	title: 'answers in an unexpected way',
	remedies: ['Check the server address in the kubeconfig: a proxy may stand in between.'],
};

export const connectionLost: Explanation = {
	id: 'connection-lost',
	title: 'broke the connection',
	remedies: [thenRetry('Check the network')],
};

const tlsRemedies: Explanation['remedies'] = [
	'Check certificate-authority-data in the kubeconfig: it must be the CA of this very server.',
	'A proxy that opens TLS connections needs its own CA there.',
];

/** By the system's own code. */
export const networks: Readonly<Record<string, Explanation>> = {
	ECONNREFUSED: {
		id: 'connection-refused',
		title: 'refuses the connection',
		remedies: ['Check that the API server runs and that the address and port in the kubeconfig are right.'],
	},
	ENOTFOUND: {
		id: 'host-not-found',
		title: 'has a host name that is not known here',
		remedies: ['Check the server address in the kubeconfig and that a VPN it may need is up.'],
	},
	EAI_AGAIN: {
		id: 'name-service-down',
		title: "can't be looked up: the name service does not answer",
		remedies: [thenRetry('Check the network of this machine')],
	},
	ETIMEDOUT: {
		id: 'connect-timeout',
		title: 'does not take the connection',
		remedies: ['Check that a firewall or VPN does not swallow it.'],
	},
	EHOSTUNREACH: {
		id: 'host-unreachable',
		title: "can't be reached from here",
		remedies: ['Check the network route or VPN.'],
	},
	ENETUNREACH: {
		id: 'network-unreachable',
		title: "can't be reached from here",
		remedies: ['Check the network of this machine.'],
	},
	CERT_HAS_EXPIRED: {
		id: 'certificate-expired',
		title: 'has a certificate that has ended',
		remedies: ['Renew the certificate of the API server; check the clock of this machine as well.'],
	},
	CERT_NOT_YET_VALID: {
		id: 'certificate-not-yet-valid',
		title: 'has a certificate that is not valid yet',
		remedies: ['Check the clock of this machine.'],
	},
	ERR_TLS_CERT_ALTNAME_INVALID: {
		id: 'certificate-of-another-host',
		title: 'has a certificate for another host name',
		remedies: ['Use the address that the certificate is for, or set tls-server-name in the kubeconfig.'],
	},
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: {
		id: 'certificate-unknown',
		title: 'has a certificate of an unknown CA',
		remedies: tlsRemedies,
	},
	UNABLE_TO_GET_ISSUER_CERT_LOCALLY: {
		id: 'certificate-unknown',
		title: 'has a certificate of an unknown CA',
		remedies: tlsRemedies,
	},
	SELF_SIGNED_CERT_IN_CHAIN: {
		id: 'certificate-unknown',
		title: 'has a certificate of an unknown CA',
		remedies: tlsRemedies,
	},
	DEPTH_ZERO_SELF_SIGNED_CERT: {
		id: 'certificate-unknown',
		title: 'has a certificate of an unknown CA',
		remedies: tlsRemedies,
	},
	CERT_SIGNATURE_FAILURE: {
		id: 'certificate-unknown',
		title: 'has a certificate of an unknown CA',
		remedies: tlsRemedies,
	},
	EPROTO: {
		id: 'not-tls',
		title: 'does not speak TLS there',
		remedies: ['Check scheme and port of the server address in the kubeconfig.'],
	},
};
