import { execa } from 'execa';
import * as z from 'zod';
import { parseJson } from '../pairing/json.ts';
import { clusterProblem, PairingError } from '../pairing/problem.ts';
import { type Asked, cancelled } from './explain.ts';
import type { ContextEntry } from './kubeconfig.ts';

/** What a login plugin answered, as fields of a kubeconfig user. `until` is when to ask again, in epoch milliseconds. */
export type PluginCredential = Readonly<{ user: Record<string, unknown>; until: number }>;

const execShape = z.looseObject({
	apiVersion: z.string().default('client.authentication.k8s.io/v1'),
	command: z.string(),
	args: z.array(z.string()).nullish(),
	env: z.array(z.object({ name: z.string(), value: z.string() })).nullish(),
	provideClusterInfo: z.boolean().optional(),
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
	signal: AbortSignal,
): Promise<PluginCredential> {
	const plugin = execShape.safeParse(entry.user?.fields.exec);
	if (!plugin.success) {
		throw pluginProblem(asked, 'plugin-invalid', 'its exec section names no command', []);
	}
	const { command, args, env, apiVersion } = plugin.data;
	const result = await execa(command, args ?? [], {
		...(command.startsWith('.') && entry.user && { cwd: entry.user.folder }),
		env: {
			...Object.fromEntries((env ?? []).map(({ name, value }) => [name, value])),
			KUBERNETES_EXEC_INFO: JSON.stringify(
				execInfo(apiVersion, entry, plugin.data.provideClusterInfo === true),
			),
		},
		stdin: 'ignore',
		timeout: patience * 1000,
		cancelSignal: signal,
		reject: false,
		maxBuffer: 1_000_000,
	});
	if (result.isCanceled) {
		throw cancelled(asked.side);
	}
	if (result.failed) {
		throw failure(asked, command, result.timedOut, result.code, result.exitCode);
	}
	return read(asked, command, result.stdout);
}

function execInfo(apiVersion: string, entry: ContextEntry, withCluster: boolean) {
	const { server, ...cluster } = entry.cluster?.fields ?? {};
	return {
		apiVersion,
		kind: 'ExecCredential',
		spec: {
			interactive: false,
			...(withCluster && {
				cluster: {
					server,
					...pick(
						cluster,
						'certificate-authority-data',
						'insecure-skip-tls-verify',
						'tls-server-name',
						'proxy-url',
					),
				},
			}),
		},
	};
}

const pick = (fields: Record<string, unknown>, ...keys: string[]) =>
	Object.fromEntries(keys.filter(key => key in fields).map(key => [key, fields[key]]));

function read(asked: Asked, command: string, stdout: string): PluginCredential {
	const answer = answerShape.safeParse(parseJson(stdout));
	if (!answer.success) {
		throw pluginProblem(
			asked,
			'plugin-nonsense',
			`${command} printed something that is not an ExecCredential`,
			[],
		);
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

/** The plugin's own output is not repeated: it may hold what it should have kept. */
function failure(
	asked: Asked,
	command: string,
	timedOut: boolean,
	code: string | undefined,
	exitCode: number | undefined,
): PairingError {
	if (timedOut) {
		return pluginProblem(asked, 'plugin-hangs', `${command} gave no answer within ${patience} s`, [
			'It may be waiting for a password or a browser: log in with it in another terminal first.',
		]);
	}
	if (code === 'ENOENT' || code === 'EACCES') {
		return pluginProblem(asked, 'plugin-missing', `${command}: ${code}`, [
			`Install ${command}, or use a context that needs no login plugin.`,
		]);
	}
	return pluginProblem(asked, 'plugin-failed', `${command} ended with exit status ${exitCode ?? 'unknown'}`, [
		'Log in again with the tool it belongs to.',
	]);
}

const pluginProblem = (
	asked: Asked,
	id: string,
	evidence: string,
	remedies: readonly string[],
): PairingError =>
	new PairingError(
		clusterProblem({
			id,
			side: asked.side,
			title: `Logging in to the ${asked.side} cluster (${asked.context}) failed`,
			evidence,
			remedies: [...(remedies as [string]), `See what it says: kubectl --context ${asked.context} version`],
		}),
	);
