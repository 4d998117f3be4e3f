import { resolve } from 'node:path';
import * as z from 'zod';
import type { Environment } from '../../pairing/words/environment.ts';
import { asRecord, parseJson, attempt as tried } from '../../pairing/words/json.ts';
import { outsideText } from '../../pairing/words/outside-text.ts';
import { PairingError } from '../../pairing/words/problem.ts';
import type { ProblemId } from '../../pairing/words/problem-ids.ts';
import { findProgram } from '../machine/find-program.ts';
import { readBoundedBytes } from '../machine/read-bounded-file.ts';
import { runProgram } from '../machine/run-program.ts';
import type { Terminal } from '../machine/terminal.ts';
import { type Asked, cancelled } from './explain.ts';
import { explainPlugin } from './explain-plugin.ts';
import type { PluginCredential } from './kubeconfig/login.ts';
import { firstDocument } from './kubeconfig/yaml.ts';
import type { ContextEntry, Entry } from './kubeconfig.ts';

export type PluginSurroundings = Readonly<{
	environment: Environment;
	signal: AbortSignal;
	/** Where there is one. */
	terminal?: Terminal | undefined;
	/** What plugins answered before, for as long as it is valid. */
	logins?: Map<string, PluginCredential> | undefined;
	/** Seconds that any one question to a cluster may take: a plugin has to end before that. */
	longest?: number;
}>;

const execShape = z.looseObject({
	apiVersion: z.string().default('client.authentication.k8s.io/v1'),
	command: z.string(),
	args: z.array(z.string()).nullish(),
	env: z.array(z.object({ name: z.string(), value: z.string().default('') })).nullish(),
	provideClusterInfo: z.boolean().optional(),
	interactiveMode: z.unknown().optional(),
	installHint: z.string().optional(),
});

const answerShape = z.looseObject({
	apiVersion: z.string(),
	kind: z.literal('ExecCredential').nullish(),
	status: z.looseObject({
		token: z.string().nullish(),
		clientCertificateData: z.string().nullish(),
		clientKeyData: z.string().nullish(),
		expirationTimestamp: z.iso.datetime({ offset: true }).nullish(),
	}),
});

/** Less than a look at the clusters may take, so that a plugin that waits for a person is named, and not the cluster. */
const patience = 20;
/** While something is drawn on the terminal: a plugin that has not ended by then may be waiting for a person. */
const patienceOnScreen = 8;
/** For a person who has to find a password, or a second device. */
const patienceWithPerson = 120;

/**
 * Runs the login plugin of a context. client-node would do it, too, but without KUBERNETES_EXEC_INFO and a deadline, with
 * an open standard input, and with the plugin's standard error across the screen. The terminal goes to one that may ask as
 * `interactiveMode` says; where something is drawn there, only to one that came to nothing without.
 */
export async function execCredential(
	entry: ContextEntry,
	asked: Asked,
	surroundings: PluginSurroundings,
	seconds = patience,
): Promise<PluginCredential> {
	const plugin = execShape.safeParse(entry.user?.fields.exec);
	if (!plugin.success) {
		throw explainPlugin(asked, { kind: 'invalid' });
	}
	const { command, args, interactiveMode } = plugin.data;
	const { terminal } = surroundings;
	if (interactiveMode === 'Always' && !terminal) {
		throw explainPlugin(asked, { kind: 'no-terminal', command });
	}
	const attempt = (how: Omit<Attempt, 'asks'>) =>
		runPlugin(entry, plugin.data, asked, surroundings, { asks, ...how });
	const asks = promptsByItself((args ?? []).join(' '));
	if (!terminal || interactiveMode === 'Never') {
		return attempt({ seconds });
	}
	const withPerson = () =>
		terminal.lend(
			{
				who: `the login plugin ${outsideText(command, 60)} of the ${asked.side} cluster (${asked.context})`,
				seconds: patienceWithPerson,
			},
			() => attempt({ seconds: patienceWithPerson, terminal: 'lent' }),
		);
	if (asks || interactiveMode === 'Always' || terminal.shows() === 'lines') {
		return withPerson();
	}
	try {
		return await attempt({ seconds: Math.min(seconds, patienceOnScreen), terminal: 'none' });
	} catch (error) {
		if (error instanceof PairingError && mayHaveAsked.includes(error.problem.id)) {
			return withPerson();
		}
		throw error;
	}
}

const mayHaveAsked: readonly ProblemId[] = [
	'plugin-failed',
	'plugin-hangs',
	'plugin-nonsense',
	'plugin-prompts',
];

type Attempt = Readonly<{ seconds: number; terminal?: 'lent' | 'none'; asks: boolean }>;

async function runPlugin(
	entry: ContextEntry,
	plugin: z.infer<typeof execShape>,
	asked: Asked,
	{ environment, signal }: PluginSurroundings,
	{ asks, ...attempt }: Attempt,
): Promise<PluginCredential> {
	const { command, args, env, apiVersion, installHint, provideClusterInfo } = plugin;
	const file = await findProgram(command, entry.user?.folder ?? '', environment);
	const isLent = attempt.terminal === 'lent';
	const result =
		'code' in file
			? file
			: await runProgram({
					...attempt,
					file: file.path,
					args: args ?? [],
					environment: {
						...environment,
						...Object.fromEntries((env ?? []).map(({ name, value }) => [name, value])),
						KUBERNETES_EXEC_INFO: goJson({
							kind: 'ExecCredential',
							apiVersion,
							spec: {
								...(provideClusterInfo && { cluster: await clusterInfo(entry.cluster) }),
								interactive: isLent,
							},
						}),
					},
					signal,
				});
	if (result.kind === 'done') {
		return read(asked, command, apiVersion, result.stdout);
	}
	if (result.kind === 'cancelled' || (isLent && result.kind === 'failed' && result.killedBy === 'SIGINT')) {
		throw cancelled(asked.side);
	}
	throw explainPlugin(asked, { ...result, command, seconds: attempt.seconds, installHint, asks, isLent });
}

/** kubelogin's ways to log in that wait for a person. */
const promptsByItself = (args: string): boolean =>
	/(--login|-l)[= ](devicecode|interactive)\b|--grant-type[= ]device-code/.test(args);

/** As Go's encoder writes it, for plugins that are shell scripts. */
const goJson = (value: unknown): string =>
	`${JSON.stringify(value).replaceAll(/[<>&\u2028\u2029]/g, letter => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`;

async function clusterInfo(cluster: Entry | undefined): Promise<Record<string, unknown>> {
	const fields = cluster?.fields ?? {};
	const { 'certificate-authority': file, extensions } = fields;
	const own = Array.isArray(extensions)
		? asRecord(extensions.find(extension => asRecord(extension).name === 'client.authentication.k8s.io/exec'))
		: {};
	return {
		...(typeof file === 'string' &&
			file !== '' &&
			(await authorityFrom(resolve(cluster?.folder ?? '', file)))),
		...pick(
			fields,
			'server',
			'tls-server-name',
			'insecure-skip-tls-verify',
			'certificate-authority-data',
			'proxy-url',
			'disable-compression',
		),
		config: own.extension ?? null,
	};
}

/** One that cannot be read is left out: the connection, which needs it as well, says so. */
async function authorityFrom(path: string): Promise<Record<string, unknown>> {
	try {
		return { 'certificate-authority-data': (await readBoundedBytes(path)).toString('base64') };
	} catch {
		return {};
	}
}

const pick = (fields: Readonly<Record<string, unknown>>, ...keys: string[]) =>
	Object.fromEntries(keys.filter(key => fields[key] !== undefined).map(key => [key, fields[key]]));

/** JSON, or else YAML with a byte order mark or without; of the version that the kubeconfig names, and no other. */
function read(asked: Asked, command: string, apiVersion: string, stdout: string): PluginCredential {
	const isJson = stdout.trimStart().startsWith('{') && !stdout.startsWith('\ufeff');
	const answer = answerShape.safeParse(
		isJson ? parseJson(stdout) : tried(() => firstDocument(Buffer.from(stdout))),
	);
	if (!answer.success) {
		throw explainPlugin(asked, { kind: 'nonsense', command });
	}
	if (answer.data.apiVersion !== apiVersion) {
		throw explainPlugin(asked, { kind: 'version', command, apiVersion });
	}
	const { token, clientCertificateData: cert, clientKeyData: key, expirationTimestamp } = answer.data.status;
	if (Boolean(cert) !== Boolean(key) || !(token || cert)) {
		throw explainPlugin(asked, { kind: 'nothing', command });
	}
	const expires = Date.parse(expirationTimestamp ?? '');
	return {
		...(token && { token }),
		...(cert && key && { cert, key }),
		until: Number.isNaN(expires) ? Number.POSITIVE_INFINITY : expires - 10_000,
	};
}
