import { readFile } from 'node:fs/promises';
import { resolve, sep } from 'node:path';
import * as z from 'zod';
import { asRecord, parseJson } from '../../pairing/words/json.ts';
import { runProgram } from '../machine/run-program.ts';
import { type Asked, cancelled } from './explain.ts';
import { explainPlugin } from './explain-plugin.ts';
import type { ContextEntry, Entry } from './kubeconfig.ts';

/** What a login plugin answered, as fields of a kubeconfig user. `until` is when to ask again, in epoch milliseconds. */
export type PluginCredential = Readonly<{ user: Record<string, unknown>; until: number }>;

export type PluginSurroundings = Readonly<{
	environment: Readonly<Record<string, string | undefined>>;
	signal: AbortSignal;
}>;

/** An account number without quotes is a text to kubectl. */
const text = z.union([z.string(), z.number(), z.boolean()]).transform(String);

const execShape = z.looseObject({
	apiVersion: z.string().default('client.authentication.k8s.io/v1'),
	command: z.string(),
	args: z.array(text).nullish(),
	env: z.array(z.object({ name: z.string(), value: text })).nullish(),
	provideClusterInfo: z.boolean().optional(),
	interactiveMode: z.unknown().optional(),
});

const answerShape = z.looseObject({
	kind: z.literal('ExecCredential'),
	status: z.looseObject({
		token: z.string().optional(),
		clientCertificateData: z.string().optional(),
		clientKeyData: z.string().optional(),
		expirationTimestamp: z.string().optional(),
	}),
});

const patience = 60;

/**
 * Runs the login plugin of a context. client-node would do it, too, but without KUBERNETES_EXEC_INFO and a deadline, with
 * an open standard input, and with the plugin's standard error across the screen.
 */
export async function execCredential(
	entry: ContextEntry,
	asked: Asked,
	{ environment, signal }: PluginSurroundings,
	seconds = patience,
): Promise<PluginCredential> {
	const plugin = execShape.safeParse(entry.user?.fields.exec);
	if (!plugin.success) {
		throw explainPlugin(asked, { kind: 'invalid' });
	}
	const { command, args, env, apiVersion, interactiveMode } = plugin.data;
	const result = await runProgram({
		file: fileOf(command, entry),
		args: args ?? [],
		environment: {
			...environment,
			...Object.fromEntries((env ?? []).map(({ name, value }) => [name, value])),
			KUBERNETES_EXEC_INFO: JSON.stringify(
				await execInfo(apiVersion, entry, plugin.data.provideClusterInfo === true),
			),
		},
		seconds,
		signal,
	});
	switch (result.kind) {
		case 'done':
			return read(asked, command, result.stdout);
		case 'cancelled':
			throw cancelled(asked.side);
		default:
			throw explainPlugin(asked, { ...result, command, seconds, asks: interactiveMode === 'Always' });
	}
}

/** As for kubectl: a name is looked for in PATH, a relative path starts at the kubeconfig. */
const fileOf = (command: string, { user }: ContextEntry): string =>
	command.includes('/') || command.includes(sep) ? resolve(user?.folder ?? '', command) : command;

async function execInfo(apiVersion: string, { cluster }: ContextEntry, withCluster: boolean) {
	return {
		apiVersion,
		kind: 'ExecCredential',
		spec: { interactive: false, ...(withCluster && { cluster: await clusterInfo(cluster) }) },
	};
}

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
			'certificate-authority-data',
			'insecure-skip-tls-verify',
			'tls-server-name',
			'proxy-url',
		),
		...('extension' in own && { config: own.extension }),
	};
}

/** One that cannot be read is left out: the connection, which needs it as well, says so. */
async function authorityFrom(path: string): Promise<Record<string, unknown>> {
	try {
		return { 'certificate-authority-data': await readFile(path, 'base64') };
	} catch {
		return {};
	}
}

const pick = (fields: Readonly<Record<string, unknown>>, ...keys: string[]) =>
	Object.fromEntries(keys.filter(key => fields[key] !== undefined).map(key => [key, fields[key]]));

function read(asked: Asked, command: string, stdout: string): PluginCredential {
	const answer = answerShape.safeParse(parseJson(stdout));
	if (!answer.success) {
		throw explainPlugin(asked, { kind: 'nonsense', command });
	}
	const { token, clientCertificateData, clientKeyData, expirationTimestamp } = answer.data.status;
	const base64 = (text: string) => Buffer.from(text).toString('base64');
	const expires = Date.parse(expirationTimestamp ?? '');
	return {
		user: {
			...(token && { token }),
			...(clientCertificateData && { 'client-certificate-data': base64(clientCertificateData) }),
			...(clientKeyData && { 'client-key-data': base64(clientKeyData) }),
		},
		until: Number.isNaN(expires) ? Number.POSITIVE_INFINITY : expires - 10_000,
	};
}
