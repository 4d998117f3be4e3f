import type { Provider } from '../../pairing/answers/providers.ts';
import type { PortworxFacts } from '../../pairing/clusters/cluster.ts';
import { secretType } from '../../pairing/clusters/kubernetes.ts';
import type { ClusterApi } from '../../pairing/clusters/ports.ts';
import { pxctlPath } from '../../pairing/clusters/portworx.ts';
import type { Command } from '../../pairing/words/command.ts';
import type { PairingError } from '../../pairing/words/problem.ts';
import { remember } from '../../pairing/words/remember.ts';
import { Secret } from '../../pairing/words/secret.ts';
import type { Connection } from '../kubernetes/connection.ts';
import { type RanInPod, runInAnyPod } from './any-pod.ts';
import { explainPxctl } from './explain-pxctl.ts';
import { inputOf } from './session/pxctl-wrapper.ts';

type PxctlRun = Readonly<{
	command: Command;
	/** Content for the file that `keyFileInPod` represents in the arguments. */
	keyFile?: Secret;
	/** Whether running it twice does no harm, so that a broken connection may be followed by another pod. */
	repeatable: boolean;
}>;

/** `code` is pxctl's exit status; `text` its error output and output. What is told of it goes through `shown`. */
export type Said = Pick<RanInPod, 'code' | 'stdout' | 'stderr' | 'raw' | 'shown'> &
	Readonly<{ text: string }>;

/** How pxctl is run on one cluster, and what a failure of it is. */
export type RunPxctl = Readonly<{
	run(what: PxctlRun): Promise<Said>;
	/** What may be run twice. */
	once(...args: string[]): Promise<Said>;
	/** @param command of pxctl, without its values */
	failed(command: string, said: Said, provider?: Provider): PairingError;
}>;

const seconds = 60;

export function runsOfPxctl(
	connection: Connection,
	api: ClusterApi,
	portworx: () => Promise<PortworxFacts>,
): RunPxctl {
	const { side } = connection;
	const token = remember(() => adminToken(api, portworx));
	const run = async (what: PxctlRun): Promise<Said> =>
		runPxctl(connection, await portworx(), await token(), what);
	return {
		run,
		once: (...args) => run({ command: { where: side, file: pxctlPath, args }, repeatable: true }),
		failed: (command, { code, text, shown }, provider) =>
			explainPxctl(side, `pxctl ${command}`, code, shown(text), { raw: text, provider }),
	};
}

/** Whether nothing of it is secret. */
export const isShown = (value: string, { shown }: Said): boolean => shown(value) === value;

async function runPxctl(
	connection: Connection,
	portworx: PortworxFacts,
	token: Secret | undefined,
	what: PxctlRun,
): Promise<Said> {
	const secrets = [token, what.keyFile, ...what.command.args].filter(word => word instanceof Secret);
	const said = await runInAnyPod(connection, portworx, {
		work: 'pxctl',
		stdin: inputOf({ ...what, token, seconds }),
		secrets,
		seconds: seconds + 15,
		repeatable: what.repeatable,
	});
	return { ...said, text: `${said.stderr}\n${said.stdout}` };
}

/** With PX-Security on, pxctl wants the administrator's token, which the operator keeps in a Secret. */
async function adminToken(
	api: ClusterApi,
	portworx: () => Promise<PortworxFacts>,
): Promise<Secret | undefined> {
	const { secured, namespace } = await portworx();
	if (!secured) {
		return undefined;
	}
	const found = await api.get(secretType, 'px-admin-token', namespace);
	const value = Buffer.from(found?.data?.['auth-token'] ?? '', 'base64')
		.toString('utf8')
		.trim();
	// Without it pxctl itself says what is missing.
	return value ? new Secret(value) : undefined;
}

/** What follows that on the lines that begin with it, line by line: a pattern over all could search for ever. */
export const valuesOf = (output: string, name: string): string[] =>
	output
		.split('\n')
		.map(line => line.trim())
		.filter(line => line.startsWith(name))
		.map(line => line.slice(name.length));
