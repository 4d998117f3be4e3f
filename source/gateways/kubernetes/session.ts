import type { ClientRequest } from 'node:http';
import { Agent as PlainAgent } from 'node:http';
import { Agent, type RequestOptions } from 'node:https';
import { isIP } from 'node:net';
import { type ConnectionOptions, checkServerIdentity, createSecureContext } from 'node:tls';
import { defined, textIn } from '../../pairing/words/json.ts';
import { PairingError, type Problem } from '../../pairing/words/problem.ts';
import { remember } from '../../pairing/words/remember.ts';
import { Secret } from '../../pairing/words/secret.ts';
import { execCredential, type PluginSurroundings } from './exec-plugin.ts';
import { type Asked, explainLogin } from './explain.ts';
import { serverUrl } from './kubeconfig/address.ts';
import { type Login, type PluginCredential, resolveLogin } from './kubeconfig/login.ts';
import { proxyFor } from './kubeconfig/proxy.ts';
import { type Trust, trustOf } from './kubeconfig/trust.ts';
import { validate } from './kubeconfig/validate.ts';
import type { ContextEntry } from './kubeconfig.ts';
import { type Forward, forwardTo, leadThrough } from './proxy-tunnel.ts';

/** What a login leaves behind: what is to be closed, and what is to be kept from being shown. */
export type Opened = Readonly<{ agents: Set<PlainAgent>; secrets: Secret[] }>;

/** How requests go out: with these options; plain ones to a server without TLS behind a proxy by way of that, whole addresses and all. */
export type Way = Readonly<{ options: RequestOptions; forward: Forward | undefined }>;

export type Session = Readonly<{
	way(): Promise<Way>;
	/** After a 401: another login where a plugin can be asked again, which it is once before a request succeeds. */
	another(refused: Way): Promise<Way | undefined>;
	succeeded(): void;
}>;

/** Milliseconds. */
const notAgainFor = 20_000;

type Built = Way & Readonly<{ until: number; isRenewable: boolean }>;

/**
 * The login of one context, made when first asked for, and again once it is over. All that a kubeconfig decides is decided in
 * `kubeconfig/`; this opens the way.
 */
export function openSession(
	entry: ContextEntry,
	asked: Asked,
	surroundings: PluginSurroundings,
	opened: Opened,
): Session {
	const logInAgain = (kept: 'kept' | 'fresh') =>
		remember(() => build(entry, asked, surroundings, opened, kept));
	let login = logInAgain('kept');
	let mayRenew = true;
	let hung: Readonly<{ error: PairingError; until: number }> | undefined;
	/** A plugin that hung, or that a person gave no answer, is not run again at once: all who wait for it would wait once more. */
	const logIn = async (attempt: () => Promise<Built>): Promise<Built> => {
		if (hung && Date.now() < hung.until) {
			throw hung.error;
		}
		try {
			return await attempt();
		} catch (error) {
			if (error instanceof PairingError && isHeld(error.problem, surroundings)) {
				hung = { error, until: Date.now() + notAgainFor };
			}
			throw error;
		}
	};
	return {
		async way() {
			const mine = login;
			const built = await logIn(mine);
			if (built.until > Date.now()) {
				return built;
			}
			// Of all who find it over at the same time, the first logs in for all.
			if (login === mine) {
				login = logInAgain('kept');
			}
			return login();
		},
		async another(refused) {
			const now = await login();
			if (now !== refused) {
				return now;
			}
			if (!mayRenew || !now.isRenewable) {
				return undefined;
			}
			mayRenew = false;
			login = logInAgain('fresh');
			return login();
		},
		succeeded() {
			mayRenew = true;
		},
	};
}

/** A cluster may serve thousands of kinds, all of which are asked for at once. */
const pool = { keepAlive: true, maxSockets: 32 } as const;

async function build(
	entry: ContextEntry,
	asked: Asked,
	surroundings: PluginSurroundings,
	{ agents, secrets }: Opened,
	kept: 'kept' | 'fresh',
): Promise<Built> {
	try {
		await validate(entry);
		const server = serverUrl(textIn(entry.cluster?.fields.server)) ?? new URL(asked.server);
		const login = await resolveLogin(entry, () => pluginLogin(entry, asked, surroundings, kept));
		secrets.push(...secretsOf(login));
		const proxy = proxyFor(server, entry.cluster, surroundings.environment);
		const plain = server.protocol === 'http:' && proxy?.protocol !== 'https:';
		const tls = plain ? {} : tlsOptions(await trustOf(entry.cluster, surroundings.environment), login);
		const agent = server.protocol === 'http:' ? new PlainAgent(pool) : new Agent({ ...pool, ...tls });
		const forward = server.protocol === 'http:' && proxy ? forwardTo(proxy, tls) : undefined;
		if (proxy) {
			leadThrough(proxy, agent, tls);
		}
		agents.add(agent);
		if (forward) {
			agents.add(forward.agent);
		}
		const { rejectUnauthorized, servername, checkServerIdentity: checkIdentity } = tls;
		const headers = Object.fromEntries([
			...login.impersonation,
			...(login.authorization === undefined ? [] : [['Authorization', login.authorization] as const]),
		]);
		return {
			options: {
				headers,
				agent,
				...defined({ rejectUnauthorized, servername, checkServerIdentity: checkIdentity }),
			},
			forward,
			until: login.until,
			isRenewable: login.isFromPlugin,
		};
	} catch (error) {
		throw explainLogin(asked, error);
	}
}

const isHeld = ({ id }: Problem, { terminal }: PluginSurroundings): boolean =>
	id === 'plugin-hangs' || (terminal !== undefined && (id === 'cancelled' || id.startsWith('plugin-')));

/** One conversation opens the clusters more than once, and a person logs in once for all of it. */
async function pluginLogin(
	entry: ContextEntry,
	asked: Asked,
	surroundings: PluginSurroundings,
	kept: 'kept' | 'fresh',
): Promise<PluginCredential> {
	const { logins, longest } = surroundings;
	const key = JSON.stringify([entry.user, entry.cluster]);
	const known = kept === 'kept' ? logins?.get(key) : undefined;
	if (known && known.until > Date.now()) {
		return known;
	}
	const found = await execCredential(entry, asked, surroundings, longest && longest * 0.8);
	logins?.set(key, found);
	return found;
}

/** `rejectUnauthorized` is always said: left out, a variable of Node's would decide. */
function tlsOptions({ ca, insecure, serverName }: Trust, { certificate }: Login): ConnectionOptions {
	return {
		rejectUnauthorized: !insecure,
		minVersion: 'TLSv1.2',
		...nameOptions(serverName),
		// Not the key itself: with NODE_DEBUG=http, Node prints the options of agents.
		secureContext: createSecureContext({ ...(!insecure && { ca: [...ca] }), ...certificate }),
	};
}

/** No server is asked for by an address (RFC 6066), but its certificate may name one. */
function nameOptions(name: string | undefined): ConnectionOptions {
	if (name === undefined) {
		return {};
	}
	return isIP(name) === 0
		? { servername: name }
		: { servername: '', checkServerIdentity: (_host, certificate) => checkServerIdentity(name, certificate) };
}

function secretsOf({ authorization }: Login): readonly Secret[] {
	if (authorization === undefined) {
		return [];
	}
	// Anyone who quotes a header may leave its first word out, or take apart what follows.
	const value = authorization.replace(/^\S+ +/, '');
	const pair = authorization.startsWith('Basic ') ? Buffer.from(value, 'base64').toString('utf8') : '';
	return [authorization, value, pair, pair.slice(pair.indexOf(':') + 1)]
		.filter(Boolean)
		.map(text => new Secret(text));
}

/** The headers that log in go into the request when it is made: with NODE_DEBUG=http, Node prints the options of requests. */
export function logIn(outgoing: ClientRequest, headers: RequestOptions['headers']): void {
	for (const [name, value] of Object.entries(headers ?? {})) {
		if (value !== undefined) {
			outgoing.setHeader(name, value);
		}
	}
}
