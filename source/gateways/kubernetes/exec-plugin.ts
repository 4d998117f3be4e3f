import { resolve } from 'node:path';
import * as z from 'zod';
import { asRecord, attempt } from '../../pairing/words/json.ts';
import { findProgram } from '../machine/find-program.ts';
import { readBoundedBytes } from '../machine/read-bounded-file.ts';
import { runProgram } from '../machine/run-program.ts';
import { type Asked, cancelled } from './explain.ts';
import { explainPlugin } from './explain-plugin.ts';
import type { PluginCredential } from './kubeconfig/login.ts';
import { firstDocument } from './kubeconfig/yaml.ts';
import type { ContextEntry, Entry } from './kubeconfig.ts';

export type PluginSurroundings = Readonly<{
	environment: Readonly<Record<string, string | undefined>>;
	signal: AbortSignal;
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
	const { command, args, env, apiVersion, interactiveMode, installHint } = plugin.data;
	if (interactiveMode === 'Always') {
		throw explainPlugin(asked, { kind: 'no-terminal', command });
	}
	const surrounding = {
		...environment,
		...Object.fromEntries((env ?? []).map(({ name, value }) => [name, value])),
	};
	const file = await findProgram(command, entry.user?.folder ?? '', environment);
	const result =
		'code' in file
			? file
			: await runProgram({
					file: file.path,
					args: args ?? [],
					environment: {
						...surrounding,
						KUBERNETES_EXEC_INFO: JSON.stringify(
							await execInfo(apiVersion, entry, plugin.data.provideClusterInfo === true),
						),
					},
					seconds,
					signal,
				});
	switch (result.kind) {
		case 'done':
			return read(asked, command, apiVersion, result.stdout);
		case 'cancelled':
			throw cancelled(asked.side);
		default:
			throw explainPlugin(asked, {
				...result,
				command,
				seconds,
				installHint,
				asks: promptsByItself((args ?? []).join(' ')),
			});
	}
}

/** kubelogin's ways to log in that wait for a person. */
const promptsByItself = (args: string): boolean =>
	/(--login|-l)[= ](devicecode|interactive)\b|--grant-type[= ]device-code/.test(args);

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
			'disable-compression',
		),
		...('extension' in own && { config: own.extension }),
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

/** JSON or YAML, with a byte order mark or without; of the version that the kubeconfig names, and no other. */
function read(asked: Asked, command: string, apiVersion: string, stdout: string): PluginCredential {
	const answer = answerShape.safeParse(attempt(() => firstDocument(Buffer.from(stdout))));
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
