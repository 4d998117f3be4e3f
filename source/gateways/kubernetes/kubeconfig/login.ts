import { createPrivateKey, X509Certificate } from 'node:crypto';
import { resolve } from 'node:path';
import { asRecord, attempt, defined, parseJson, textIn } from '../../../pairing/words/json.ts';
import { fileTrouble } from '../../machine/file-error.ts';
import { readBoundedBytes, readBoundedFile } from '../../machine/read-bounded-file.ts';
import type { ContextEntry, Entry } from '../kubeconfig.ts';
import { basicOf, namesLogin, serverUrl } from './address.ts';
import { refuse } from './fault.ts';
import { headerValue } from './header-value.ts';
import { type Impersonation, impersonationOf } from './impersonation.ts';
import { checkUnused } from './well-formed-login.ts';

/** What goes with each request. `until` is when to look again, in milliseconds since 1970. */
export type Login = Readonly<{
	authorization: string | undefined;
	certificate: Readonly<{ cert: string | Buffer; key: string | Buffer }> | undefined;
	impersonation: Impersonation;
	until: number;
	/** So it may have another. */
	isFromPlugin: boolean;
}>;

/** What a login plugin answered, in the fields of a kubeconfig user. */
export type PluginCredential = Readonly<{ token?: string; cert?: string; key?: string; until: number }>;

/** Milliseconds. Such files are written while they are in use; client-go reads them as often. */
const tokenFileLasts = 60_000;
const forever = Number.POSITIVE_INFINITY;

/**
 * Which of the credentials of a context is sent (client-go tools/clientcmd/client_config.go, transport/round_trippers.go). To a
 * server without TLS none is.
 * @throws KubeconfigFault
 */
export async function resolveLogin(
	entry: ContextEntry,
	runPlugin: () => Promise<PluginCredential>,
): Promise<Login> {
	const fields = entry.user?.fields ?? {};
	const impersonation = impersonationOf(fields);
	if (serverUrl(textIn(entry.cluster?.fields.server))?.protocol === 'http:') {
		const said = loginInAddress(entry);
		return {
			authorization: said === undefined ? undefined : headerValue(said, 'the login in its address'),
			certificate: undefined,
			impersonation,
			until: forever,
			isFromPlugin: false,
		};
	}
	checkUnused(fields);
	const own = await ownLogin(entry);
	// Goes with a certificate, as a token does.
	const provider = own?.authorization === undefined ? providerLogin(fields['auth-provider']) : undefined;
	const given = own || provider ? { ...own, ...provider } : undefined;
	// A tokenFile keeps it from being run, even one that holds nothing.
	const mayRun = fields.exec !== undefined && textIn(fields.tokenFile) === '';
	const plugin = given === undefined && mayRun ? await runPlugin() : undefined;
	const { authorization, certificate, until = forever } = given ?? ofPlugin(plugin) ?? noLogin(entry);
	// Go makes a login of an address before anything else, so it wins.
	const said = loginInAddress(entry) ?? authorization;
	checkKey(certificate);
	return {
		authorization: said === undefined ? undefined : headerValue(said, 'the token or password'),
		certificate,
		impersonation,
		until,
		isFromPlugin: plugin !== undefined,
	};
}

type Found = Partial<Omit<Login, 'impersonation' | 'isFromPlugin'>>;

async function ownLogin({ user }: ContextEntry): Promise<Found | undefined> {
	const fields = user?.fields ?? {};
	const certificate = await certificateOf(user);
	const username = textIn(fields.username);
	const { token, until } = await tokenOf(user);
	const authorization = token
		? `Bearer ${token}`
		: username
			? basic(username, textIn(fields.password))
			: undefined;
	return authorization || certificate ? defined({ authorization, certificate, until }) : undefined;
}

const basic = (name: string, password: string): string =>
	`Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`;

/** The file wins if it can be read and is not blank, else the token beside it. */
export async function tokenOf(user: Entry | undefined): Promise<Readonly<{ token: string; until?: number }>> {
	const token = textIn(user?.fields.token);
	const file = textIn(user?.fields.tokenFile);
	if (file === '') {
		return { token };
	}
	const path = resolve(user?.folder ?? '', file);
	try {
		// Go's idea of blanks: a byte order mark is none.
		const held = (await readBoundedFile(path)).replaceAll(/^[^\S\ufeff]+|[^\S\ufeff]+$/g, '');
		return held ? { token: held, until: Date.now() + tokenFileLasts } : { token };
	} catch (error) {
		return token ? { token } : refuse(`unable to read tokenFile ${path}: ${fileTrouble(error)}`);
	}
}

async function certificateOf(user: Entry | undefined): Promise<Login['certificate']> {
	const cert = await contentOf(user, 'client-certificate');
	const key = cert && (await contentOf(user, 'client-key'));
	return cert && key ? { cert, key } : undefined;
}

/** Where Go looks for PEM: at the beginning of a line, behind no byte order mark. */
const pemLine = {
	certificate: /^-----BEGIN CERTIFICATE-----/m,
	key: /^-----BEGIN ([\w ]+ )?PRIVATE KEY-----/m,
} as const;

/**
 * OpenSSL keeps a certificate for each kind of key: one of another kind it takes, and logs in without any. What can't be read is told
 * when it is used.
 */
function checkKey(certificate: Login['certificate']): void {
	if (certificate && !pemLine.certificate.test(certificate.cert.toString('latin1'))) {
		refuse('its client certificate contains no PEM certificate');
	}
	if (certificate && !pemLine.key.test(certificate.key.toString('latin1'))) {
		refuse('its client key contains no PEM key');
	}
	const isOwn =
		certificate &&
		attempt(() => new X509Certificate(certificate.cert).checkPrivateKey(createPrivateKey(certificate.key)));
	if (isOwn === false) {
		refuse('its client key is not the key of its client certificate');
	}
}

/** @throws KubeconfigFault when its file can't be read */
export async function contentOf(entry: Entry | undefined, field: string): Promise<Buffer | undefined> {
	const data = textIn(entry?.fields[`${field}-data`]);
	if (data !== '') {
		return Buffer.from(data, 'base64');
	}
	const file = textIn(entry?.fields[field]);
	if (file === '') {
		return undefined;
	}
	const path = resolve(entry?.folder ?? '', file);
	try {
		return await readBoundedBytes(path);
	} catch (error) {
		return refuse(`unable to read ${field} ${path}: ${fileTrouble(error)}`);
	}
}

function ofPlugin(answer: PluginCredential | undefined): Found | undefined {
	return (
		answer && {
			authorization: answer.token ? `Bearer ${answer.token}` : undefined,
			certificate: answer.cert && answer.key ? { cert: answer.cert, key: answer.key } : undefined,
			until: answer.until,
		}
	);
}

/** kubectl asks for a name and a password then, which no API server takes; it never goes on as an anonymous user. */
const noLogin = ({ userName }: ContextEntry): never =>
	refuse(
		`its user ${JSON.stringify(userName)} has no complete login: no token, username, client certificate or exec section`,
	);

/** An id-token is used while it is valid, and never renewed here. */
function providerLogin(section: unknown): Found | undefined {
	if (section === undefined) {
		return undefined;
	}
	const token = textIn(asRecord(asRecord(section).config)['id-token']);
	const until = endOfIdToken(token);
	return until > Date.now()
		? { authorization: `Bearer ${token}`, until }
		: refuse(
				'its OIDC login has expired: kubectl renews it with any command (pxpair never does), or use an exec plugin such as kubelogin',
			);
}

/**
 * As client-go has it: ten seconds before its `exp` it is over.
 * @throws KubeconfigFault
 */
export function endOfIdToken(token: string): number {
	if (token === '') {
		return 0;
	}
	const parts = token.split('.');
	const claims = asRecord(parseJson(Buffer.from(parts[1] ?? '', 'base64url').toString('utf8')));
	const [, exp] = Object.entries(claims).find(([name]) => /^exp$/i.test(name)) ?? [];
	const seconds = typeof exp === 'number' || typeof exp === 'string' ? Number(exp) : Number.NaN;
	if (parts.length !== 3 || Number.isNaN(seconds)) {
		return refuse('the id-token of its auth-provider oidc is not a JWT with an expiry');
	}
	// What is beyond Go's numbers is over to it.
	return seconds > Number.MAX_SAFE_INTEGER ? 0 : seconds * 1000 - 10_000;
}

function loginInAddress({ cluster }: ContextEntry): string | undefined {
	const server = textIn(cluster?.fields.server);
	const url = serverUrl(server);
	return url && namesLogin(server) ? basicOf(url) : undefined;
}
