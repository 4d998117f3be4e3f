import { shell } from '../../pairing/words/command.ts';
import { textIn } from '../../pairing/words/json.ts';
import { shortLine } from '../../pairing/words/outside-text.ts';
import type { Side } from '../../pairing/words/pair.ts';
import { clusterError, clusterProblem, PairingError, type Problem } from '../../pairing/words/problem.ts';
import type { Secret } from '../../pairing/words/secret.ts';
import { answer, command, startWith } from '../../pairing/words/way.ts';
import { redact } from '../machine/redact.ts';
import { type Explanation, explainPolicy } from './explain-policy.ts';
import {
	busyFor,
	connectionLost,
	networks,
	serverTrouble,
	statuses,
	unexpected,
	wantsTls,
	withoutLogin,
} from './explanations.ts';
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
	clusterError({
		id: 'cancelled',
		title: `Stopped while talking to the ${side} cluster`,
		side,
		remedies: ['Run this again to continue: finished steps are not repeated.'],
	});

/**
 * A Kubernetes Status, or what came in its place.
 * @param again after how many seconds the server asks to be asked again
 */
export function explainStatus(
	asked: Asked,
	code: number,
	status: Readonly<Record<string, unknown>>,
	again?: number,
): PairingError {
	const [reason, message] = [textIn(status.reason), textIn(status.message)];
	const explanation =
		explainPolicy(asked.what, message) ??
		(again !== undefined && again > 0 ? busyFor(code, again) : undefined) ??
		(asked.server.startsWith('http:') ? explainPlainHttp(code, reason) : undefined) ??
		statuses[code] ??
		(code >= 500 ? serverTrouble : unexpected);
	const clean = (text: string, most?: number) => shortLine(redact(text, asked.secrets ?? []), most);
	const words = clean(withoutValues(asked, code, message));
	return problem(
		asked,
		explanation,
		`${code} ${clean(reason, 60) || 'without a reason'}${words ? `: ${words}` : ''}`,
	);
}

/** What a server says that is asked without TLS: it is sent no login, or it would be asked with TLS. */
const explainPlainHttp = (code: number, reason: string): Explanation | undefined =>
	code === 401 ? withoutLogin : code === 400 && reason === '' ? wantsTls : undefined;

/** API servers quote values only where they find an object invalid. In two kinds of ours those may be secret. */
const withoutValues = ({ what }: Asked, code: number, message: string): string =>
	code === 422 && /\/(clusterpairs|secrets)\b/.test(what)
		? message.replaceAll(/"(?:[^"\\]|\\.?)*(?:"|$)( is invalid)?/gs, (quoted, itsName) =>
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
			title: "can't be logged in to with this kubeconfig",
			remedies: [
				command('Fix the kubeconfig until this works', shell`kubectl --context ${asked.context} version`),
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
				startWith('Print every step as kubectl commands, whose exec falls back to SPDY', 'plan -o markdown'),
			],
		},
		outcome,
	);

export function explainTimeout(asked: Asked, seconds: number): PairingError {
	return problem(
		asked,
		{
			id: 'timeout',
			title: 'timed out',
			remedies: [
				'Check that the API server is up and that no firewall or VPN drops the connection.',
				'Run this again when it is reachable: finished steps are not repeated.',
			],
		},
		`no answer within ${seconds} s`,
	);
}

/** A success that is none: an HTML page of a proxy, JSON that ends early, another shape than Kubernetes has. */
export function explainNonsense(asked: Asked, found: string): PairingError {
	return problem(
		asked,
		{
			id: 'not-kubernetes',
			title: 'is not a Kubernetes API server',
			remedies: [
				'Check the server address in the kubeconfig: a proxy or a login page may answer instead.',
				'Run this again if the fault was transient.',
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
