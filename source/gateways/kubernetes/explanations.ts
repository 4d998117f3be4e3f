import { thenRetry } from '../../pairing/words/way.ts';
import type { Explanation } from './explain-policy.ts';
import { inWords } from './retry-after.ts';

/** By the status of the answer. */
export const statuses: Readonly<Record<number, Explanation>> = {
	400: {
		id: 'bad-request',
		title: 'refused the request',
		remedies: ['Please report this: it is probably a bug in pxpair.'],
	},
	401: {
		id: 'unauthorized',
		title: 'rejects the credentials of this context',
		remedies: [thenRetry('Log in again (the token or certificate in the kubeconfig may have expired)')],
	},
	403: {
		id: 'forbidden',
		title: 'denies permission for this',
		remedies: [thenRetry('Have the permission above granted, or use a context with more permissions')],
	},
	404: {
		id: 'not-found',
		title: 'has no such object or resource',
		remedies: ['Run this again: it existed a moment ago.'],
	},
	409: {
		id: 'conflict',
		title: 'reports a conflict: someone else changed the same object',
		remedies: ['Run this again; if it persists, see who manages the fields named above.'],
	},
	422: {
		id: 'invalid',
		title: 'rejects the object as invalid',
		remedies: [thenRetry('Fix the name or value named above')],
	},
	429: {
		id: 'too-many-requests',
		title: 'is rate-limiting requests',
		remedies: [thenRetry('Wait a minute')],
	},
};

/** What is over once the server has had the time that it asks for. */
export const busyFor = (code: number, seconds: number): Explanation | undefined => {
	const explanation = code >= 500 ? serverTrouble : code === 429 ? statuses[code] : undefined;
	return (
		explanation && {
			...explanation,
			remedies: [thenRetry(`Wait ${inWords(seconds)}, as the server asks`)],
		}
	);
};

/** Go's servers answer so to plain HTTP on a port with TLS. */
export const wantsTls: Explanation = {
	id: 'not-tls',
	title: 'refuses plain HTTP',
	remedies: [
		'Put https:// before the server address in the kubeconfig: an address without it is http, for kubectl too.',
	],
};

/** Nothing that is secret goes over it, whatever the kubeconfig holds. */
export const withoutLogin: Explanation = {
	id: 'unauthorized',
	title: 'asks for credentials, and none are sent over plain HTTP',
	remedies: [
		'Put https:// before the server address in the kubeconfig: over http, kubectl sends no token, password or certificate either.',
	],
};

export const serverTrouble: Explanation = {
	id: 'server-error',
	title: 'reports an internal error',
	remedies: [thenRetry('Wait until the API server is well again')],
};

export const unexpected: Explanation = {
	id: 'unexpected-status',
	title: 'sent an unexpected response',
	remedies: ['Check the server address in the kubeconfig: a proxy may answer instead.'],
};

export const connectionLost: Explanation = {
	id: 'connection-lost',
	title: 'closed the connection',
	remedies: [thenRetry('Check the network')],
};

const unknownCa: Explanation = {
	id: 'certificate-unknown',
	title: 'presents a certificate of an unknown CA',
	remedies: [
		'Check certificate-authority-data in the kubeconfig: it must be the CA of this server.',
		'A proxy that opens TLS connections needs its own CA there.',
	],
};

/** By the system's own code. */
export const networks: Readonly<Record<string, Explanation>> = {
	ECONNREFUSED: {
		id: 'connection-refused',
		title: 'refuses the connection',
		remedies: ['Check that the API server runs and that the address and port in the kubeconfig are right.'],
	},
	ENOTFOUND: {
		id: 'host-not-found',
		title: 'has a host name that does not resolve',
		remedies: ['Check the server address in the kubeconfig, and that the VPN is connected.'],
	},
	EAI_AGAIN: {
		id: 'name-service-down',
		title: 'has a host name that could not be looked up: DNS does not respond',
		remedies: [thenRetry('Check the network of this machine')],
	},
	ETIMEDOUT: {
		id: 'connect-timeout',
		title: 'does not accept the connection',
		remedies: ['Check that no firewall or VPN drops it.'],
	},
	EHOSTUNREACH: {
		id: 'host-unreachable',
		title: 'is unreachable',
		remedies: ['Check the network route or VPN.'],
	},
	ENETUNREACH: {
		id: 'network-unreachable',
		title: 'is unreachable',
		remedies: ['Check the network of this machine.'],
	},
	CERT_HAS_EXPIRED: {
		id: 'certificate-expired',
		title: 'presents an expired certificate',
		remedies: ['Renew the certificate of the API server; check the clock of this machine as well.'],
	},
	CERT_NOT_YET_VALID: {
		id: 'certificate-not-yet-valid',
		title: 'presents a certificate that is not valid yet',
		remedies: ['Check the clock of this machine.'],
	},
	ERR_TLS_CERT_ALTNAME_INVALID: {
		id: 'certificate-of-another-host',
		title: 'presents a certificate for another host name',
		remedies: ['Use the address that the certificate is for, or set tls-server-name in the kubeconfig.'],
	},
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownCa,
	UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownCa,
	SELF_SIGNED_CERT_IN_CHAIN: unknownCa,
	DEPTH_ZERO_SELF_SIGNED_CERT: unknownCa,
	CERT_SIGNATURE_FAILURE: unknownCa,
	EPROTO: {
		id: 'not-tls',
		title: 'does not speak TLS on this port',
		remedies: ['Check scheme and port of the server address in the kubeconfig.'],
	},
};
