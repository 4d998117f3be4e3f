import { quote } from '../../pairing/words/command.ts';
import { outsideText } from '../../pairing/words/outside-text.ts';
import type { Side } from '../../pairing/words/pair.ts';
import { clusterProblem, PairingError, type Problem } from '../../pairing/words/problem.ts';
import type { Secret } from '../../pairing/words/secret.ts';
import { answer, command, startWith, thenRetry } from '../../pairing/words/way.ts';
import { redact } from '../machine/redact.ts';
import { type Explanation, explainPolicy } from './explain-policy.ts';
import { KubeconfigFault } from './kubeconfig/fault.ts';

/** Who was asked for what, for the evidence line. */
export type Asked = Readonly<{
	side: Side;
	context: string;
	server: string;
	what: string;
	/** What was sent for it, logins among it: an answer that quotes it is not repeated. */
	secrets?: readonly Secret[] | undefined;
}>;

/** Raised by our own signal, not by the cluster. */
export const cancelled = (side: Side): PairingError =>
	new PairingError(
		clusterProblem({
			id: 'cancelled',
			title: `Stopped while talking to the ${side} cluster`,
			side,
			remedies: ['Run this again to go on: what is done stays done.'],
		}),
	);

/** A Kubernetes Status, or what came in its place. */
export function explainStatus(asked: Asked, code: number, reason: string, message: string): PairingError {
	const explanation =
		explainPolicy(asked.what, message) ??
		(code === 400 && asked.server.startsWith('http:') && reason === ''
			? wantsTls
			: (statuses[code] ?? (code >= 500 ? serverTrouble : unexpected)));
	const clean = (text: string, most?: number) => shortLine(redact(text, asked.secrets ?? []), most);
	const words = clean(withoutValues(asked, code, message));
	return problem(
		asked,
		explanation,
		`${code} ${clean(reason, 60) || 'without a reason'}${words ? `: ${words}` : ''}`,
	);
}

/** API servers quote values only where they find an object invalid. In two kinds of ours those may be secret. */
const withoutValues = ({ what }: Asked, code: number, message: string): string =>
	code === 422 && /\/(clusterpairs|secrets)\b/.test(what)
		? message.replaceAll(/"(?:[^"\\]|\\.)*(?:"|$)( is invalid)?/gs, (quoted, itsName) =>
				itsName ? quoted : '"…"',
			)
		: message;

/** What the network layer threw: never repeated whole, since such errors can quote headers and command lines. */
export function explainNetwork(asked: Asked, error: unknown): PairingError {
	if (error instanceof PairingError) {
		return error;
	}
	const code = codeOf(error);
	return problem(asked, networks[code] ?? connectionLost, code);
}

/** What the kubeconfig says about logging in cannot be used: nothing was sent. */
export function explainLogin(asked: Asked, error: unknown): PairingError {
	if (error instanceof PairingError) {
		return error;
	}
	return problem(
		asked,
		{
			id: 'kubeconfig-unusable',
			title: "can't be logged in to as the kubeconfig says",
			remedies: [
				command('Fix the kubeconfig until this works', `kubectl --context ${quote(asked.context)} version`),
				answer('Choose another context', `${asked.side}.context`),
			],
		},
		error instanceof KubeconfigFault ? error.message : codeOf(error, 'unreadable'),
	);
}

/**
 * exec needs a WebSocket, and something refused the upgrade that is no API server, or that lost its headers on the way.
 * @param outcome its status and words
 */
export const explainBlockedUpgrade = (asked: Asked, outcome: string): PairingError =>
	problem(
		asked,
		{
			id: 'websocket-blocked',
			title: "can't run commands in pods from here: something on the way does not let WebSocket through",
			remedies: [
				'Use the address of the API server itself in the kubeconfig, or have the gateway or load balancer pass WebSocket upgrades on.',
				startWith(
					'kubectl exec may work all the same, since it falls back to SPDY; print every step as kubectl commands',
					'plan -o markdown',
				),
			],
		},
		outcome,
	);

export function explainTimeout(asked: Asked, seconds: number): PairingError {
	return problem(
		asked,
		{
			id: 'timeout',
			title: 'does not answer in time',
			remedies: [
				'Check that the API server is up and that a firewall or VPN does not swallow the connection.',
				'Run this again when it answers: what is done stays done.',
			],
		},
		`no answer within ${seconds} s`,
	);
}

/** A success that is none: an HTML page of a proxy, JSON that breaks off, another shape than Kubernetes has. */
export function explainNonsense(asked: Asked, found: string): PairingError {
	return problem(
		asked,
		{
			id: 'not-kubernetes',
			title: 'answers, but not as a Kubernetes API server',
			remedies: [
				'Check the server address in the kubeconfig: a proxy or a login page may stand in between.',
				'Run this again if it was a passing fault.',
			],
		},
		`it sent ${found}`,
	);
}

/** `HOST:PORT`, without what a URL may carry besides. */
export function hostOf(server: string): string {
	try {
		const url = new URL(server);
		return `${url.hostname}:${url.port || (url.protocol === 'http:' ? '80' : '443')}`;
	} catch {
		return 'the server';
	}
}

const protocolOf = (server: string): string => (server.startsWith('http:') ? 'http' : 'https');

/** For evidence: one line of bounded length. */
export const shortLine = (text: string, most = 400): string => {
	const flat = outsideText(text);
	return flat.length > most ? `${flat.slice(0, most)}…` : flat;
};

const statuses: Readonly<Record<number, Explanation>> = {
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
const wantsTls: Explanation = {
	id: 'not-tls',
	title: 'refuses plain HTTP',
	remedies: [
		'Put https:// before the server address in the kubeconfig: an address without it is http, for kubectl too.',
	],
};

const serverTrouble: Explanation = {
	id: 'server-error',
	title: 'has trouble of its own',
	remedies: [thenRetry('Wait until the API server is well again')],
};

const unexpected: Explanation = {
	id: 'unexpected-status',
	title: 'answers in an unexpected way',
	remedies: ['Check the server address in the kubeconfig: a proxy may stand in between.'],
};

const connectionLost: Explanation = {
	id: 'connection-lost',
	title: 'broke the connection',
	remedies: [thenRetry('Check the network')],
};

const tlsRemedies: Explanation['remedies'] = [
	'Check certificate-authority-data in the kubeconfig: it must be the CA of this very server.',
	'A proxy that opens TLS connections needs its own CA there.',
];

const networks: Readonly<Record<string, Explanation>> = {
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

/** @param outcome what came of it: a status, the system's code */
function problem(asked: Asked, { id, title, remedies }: Explanation, outcome: string): PairingError {
	const text: Problem = clusterProblem({
		id,
		side: asked.side,
		title: `The ${asked.side} cluster (${asked.context}) ${title}`,
		evidence: `${protocolOf(asked.server)} ${hostOf(asked.server)}, ${asked.what}: ${outcome}`,
		remedies,
	});
	return new PairingError(text);
}

/** The system's own code, searched for where Node hides it. */
export function codeOf(error: unknown, otherwise = 'connection failed'): string {
	if (error instanceof AggregateError && error.errors.length > 0) {
		return codeOf(error.errors[0], otherwise);
	}
	if (error instanceof Error) {
		const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
		return code ?? (error.cause ? codeOf(error.cause, otherwise) : otherwise);
	}
	return otherwise;
}
