import { keyFileOf } from '../../pairing/answers/store-fields.ts';
import { createCredentialCommand } from '../../pairing/cluster-pair/pxctl-commands.ts';
import type { PortworxFacts } from '../../pairing/clusters/cluster.ts';
import { secretType } from '../../pairing/clusters/kubernetes.ts';
import type { ClusterApi, Pxctl } from '../../pairing/clusters/ports.ts';
import { pxctlPath } from '../../pairing/clusters/portworx.ts';
import type { Command } from '../../pairing/words/command.ts';
import { outsideText } from '../../pairing/words/outside-text.ts';
import { remember } from '../../pairing/words/remember.ts';
import { Secret } from '../../pairing/words/secret.ts';
import type { Connection } from '../kubernetes/connection.ts';
import { redact } from '../machine/redact.ts';
import { runInAnyPod } from './any-pod.ts';
import { credentialsInJson } from './credential-json.ts';
import { credentialsIn, withJson } from './credential-list.ts';
import { credentialState, saysNotFound } from './credential-state.ts';
import { explainPxctl } from './explain-pxctl.ts';
import { inputOf } from './session/pxctl-wrapper.ts';

type Run = Readonly<{
	command: Command;
	/** Content for the file that `keyFileInPod` represents in the arguments. */
	keyFile?: Secret;
	/** Whether running it twice does no harm, so that a broken connection may be followed by another pod. */
	repeatable: boolean;
}>;

/** `code` is pxctl's exit status; `text` its error output and output, all without secrets; `raw` is its output as it came. */
type Said = Readonly<{ code: number; text: string; stderr: string; stdout: string; raw: string }>;

const seconds = 60;

export function pxctl(
	connection: Connection,
	api: ClusterApi,
	portworx: () => Promise<PortworxFacts>,
): Pxctl {
	const { side } = connection;
	const token = remember(() => adminToken(api, portworx));
	const run = async (what: Run): Promise<Said> => runPxctl(connection, await portworx(), await token(), what);
	const pxctlOnce = (...args: string[]) =>
		run({ command: { where: side, file: pxctlPath, args }, repeatable: true });

	/** What the text does not tell, JSON may; a pxctl that knows no JSON here is as good as before. */
	const listed = async (needs: 'names' | 'all') => {
		const said = await pxctlOnce('credentials', 'list');
		const list = credentialsIn(said.code === 0 ? said.stdout : '');
		if (list.rows.length === 0 || (needs === 'names' && list.names)) {
			return { said, list };
		}
		const json = await pxctlOnce('credentials', 'list', '-j');
		return { said, list: withJson(list, credentialsInJson(json.code === 0 ? json.stdout : '')) };
	};

	const status = remember(async () => {
		const said = await pxctlOnce('status');
		const uuids = valuesOf(said.stdout, 'Cluster UUID: ').filter(value => isUuid.test(value));
		const [uuid] = uuids;
		if (said.code !== 0 || uuids.length !== 1 || !uuid) {
			const found = uuids.length === 0 ? 'no line "Cluster UUID:"' : `${uuids.length} lines "Cluster UUID:"`;
			throw explainPxctl(
				side,
				'pxctl status',
				said.code,
				said.code === 0 ? `${firstLine(said.text)}; ${found}` : said.text,
			);
		}
		return {
			uuid,
			license: toldAs('License:', said.stdout),
			state: toldAs('Status:', said.stdout),
		};
	});

	const showToken = async () => {
		const said = await pxctlOnce('cluster', 'token', 'show');
		// A second line counts as well where its token was cut off.
		const [value = '', ...others] = valuesOf(said.raw, 'Token is');
		const token = /^ ([!-~]+)$/.exec(value)?.[1];
		if (said.code !== 0 || token === undefined || others.length > 0) {
			// The output may hold the token in a form that is not known here, so none of it is shown.
			throw explainPxctl(
				side,
				'pxctl cluster token show',
				said.code,
				said.code === 0 ? 'no line "Token is …"' : said.stderr,
			);
		}
		return new Secret(token);
	};
	let shown = remember(showToken);

	return {
		async license() {
			return (await status()).license;
		},

		async state() {
			return (await status()).state;
		},

		async clusterUuid() {
			return (await status()).uuid;
		},

		async validateCredential(name) {
			const { list } = await listed('names');
			const isListed = list.rows.some(({ cells }) => cells.includes(name));
			if (list.names && !isListed) {
				return { kind: 'absent' };
			}
			const said = await pxctlOnce('credentials', 'validate', name);
			return credentialState(said, isListed, () =>
				explainPxctl(side, 'pxctl credentials validate', said.code, said.text),
			);
		},

		async createCredential(name, credential) {
			const keyFile = keyFileOf(credential);
			const said = await run({
				command: createCredentialCommand(side, name, credential),
				repeatable: false,
				...(keyFile && { keyFile }),
			});
			if (said.code !== 0 || !/created successfully/i.test(said.text)) {
				throw explainPxctl(side, 'pxctl credentials create', said.code, said.text, credential.provider);
			}
			return /\bUUID: ?([\da-f-]{36})\b/i.exec(said.stdout)?.[1];
		},

		async storedCredential(name) {
			const { said, list } = await listed('all');
			if (said.code !== 0) {
				throw explainPxctl(side, 'pxctl credentials list', said.code, said.text);
			}
			const row = list.rows.find(({ cells }) => cells.includes(name));
			return row && { uuid: row.uuid, traits: row.traits };
		},

		async deleteCredential(name) {
			const said = await pxctlOnce('credentials', 'delete', name);
			if ((said.code !== 0 || !/deleted successfully/i.test(said.text)) && !saysNotFound(said.text)) {
				throw explainPxctl(side, 'pxctl credentials delete', said.code, said.text);
			}
		},

		showClusterToken: () => shown(),

		async resetClusterToken() {
			shown = remember(showToken);
			const command = { where: side, file: pxctlPath, args: ['cluster', 'token', 'reset'] } as const;
			const said = await run({ command, repeatable: false });
			if (said.code !== 0) {
				// The output holds the new token.
				throw explainPxctl(side, 'pxctl cluster token reset', said.code, said.stderr);
			}
		},

		async pairs() {
			const said = await pxctlOnce('cluster', 'pair', 'list');
			if (said.code !== 0) {
				throw explainPxctl(side, 'pxctl cluster pair list', said.code, said.text);
			}
			return said.stdout.split('\n').flatMap(line => pairIn(line));
		},

		async deletePair(id) {
			const said = await pxctlOnce('cluster', 'pair', 'delete', '--id', id);
			if (said.code !== 0 && !/not found|does not exist/i.test(said.text)) {
				throw explainPxctl(side, 'pxctl cluster pair delete', said.code, said.text);
			}
		},
	};
}

/** What follows that on the lines that begin with it, line by line: a pattern over all could search for ever. */
const toldAs = (name: string, output: string): string | undefined =>
	valuesOf(output, name)
		.map(line => outsideText(line))
		.find(Boolean);

const valuesOf = (output: string, name: string): string[] =>
	output
		.split('\n')
		.map(line => line.trim())
		.filter(line => line.startsWith(name))
		.map(line => line.slice(name.length));

const isUuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Columns came and went with versions; the first UUID of a line is the other cluster's. A name that ends in one is not. */
function pairIn(line: string): { id: string }[] {
	const id = /(?<![\w-])[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}(?![\w-])/i.exec(line)?.[0];
	return id ? [{ id: id.toLowerCase() }] : [];
}

async function runPxctl(
	connection: Connection,
	portworx: PortworxFacts,
	token: Secret | undefined,
	what: Run,
): Promise<Said> {
	const secrets = [token, what.keyFile, ...what.command.args].filter(word => word instanceof Secret);
	const { code, ...said } = await runInAnyPod(connection, portworx, {
		work: 'pxctl',
		stdin: inputOf({ ...what, token, seconds }),
		secrets,
		seconds: seconds + 15,
		repeatable: what.repeatable,
	});
	const stderr = redact(said.stderr, secrets);
	const stdout = redact(said.stdout, secrets);
	return { code, text: `${stderr}\n${stdout}`, stderr, stdout, raw: said.raw };
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

const firstLine = (text: string): string => text.trim().split('\n')[0] ?? '';
