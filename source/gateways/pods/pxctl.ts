import type { Provider } from '../../pairing/answers/providers.ts';
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
import { type RanInPod, runInAnyPod } from './any-pod.ts';
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

/** `code` is pxctl's exit status; `text` its error output and output. What is told of it goes through `shown`. */
type Said = Pick<RanInPod, 'code' | 'stdout' | 'stderr' | 'raw' | 'shown'> & Readonly<{ text: string }>;

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

	const failed = (command: string, { code, text, shown }: Said, provider?: Provider) =>
		explainPxctl(side, `pxctl ${command}`, code, shown(text), { raw: text, provider });

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
		const uuids = valuesOf(said.stdout, 'Cluster UUID: ').filter(
			value => isUuid.test(value) && isShown(value, said),
		);
		const [uuid] = uuids;
		if (said.code !== 0 || uuids.length !== 1 || !uuid) {
			const found = uuids.length === 0 ? 'no line "Cluster UUID:"' : `${uuids.length} lines "Cluster UUID:"`;
			throw failed(
				'status',
				said.code === 0 ? { ...said, text: `${firstLine(said.shown(said.text))}; ${found}` } : said,
			);
		}
		return {
			uuid,
			license: toldAs('License:', said),
			state: toldAs('Status:', said),
		};
	});

	const showToken = async () => {
		const said = await pxctlOnce('cluster', 'token', 'show');
		// A second line counts as well where its token was cut off.
		const [value = '', ...others] = valuesOf(said.raw, 'Token is');
		const token = /^ ([!-~]+)$/.exec(value)?.[1];
		if (said.code !== 0 || token === undefined || others.length > 0) {
			// The output may hold the token in a form that is not known here, so none of it is shown.
			throw said.code === 0
				? explainPxctl(side, 'pxctl cluster token show', 0, 'no line "Token is …"')
				: failed('cluster token show', { ...said, text: said.stderr });
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
			return credentialState(said, isListed, () => failed('credentials validate', said));
		},

		async createCredential(name, credential) {
			const keyFile = keyFileOf(credential);
			const said = await run({
				command: createCredentialCommand(side, name, credential),
				repeatable: false,
				...(keyFile && { keyFile }),
			});
			if (said.code !== 0 || !/created successfully/i.test(said.text)) {
				throw failed('credentials create', said, credential.provider);
			}
			const uuid = /\bUUID: ?([\da-f-]{36})\b/i.exec(said.stdout)?.[1];
			return uuid !== undefined && isShown(uuid, said) ? uuid : undefined;
		},

		async storedCredential(name) {
			const { said, list } = await listed('all');
			if (said.code !== 0) {
				throw failed('credentials list', said);
			}
			const row = list.rows.find(({ cells }) => cells.includes(name));
			return (
				row && {
					uuid: said.shown(row.uuid),
					// All together: a secret may be spread over several.
					traits: isShown(Object.values(row.traits).join('\n'), said) ? row.traits : {},
				}
			);
		},

		async deleteCredential(name) {
			const said = await pxctlOnce('credentials', 'delete', name);
			if ((said.code !== 0 || !/deleted successfully/i.test(said.text)) && !saysNotFound(said.text)) {
				throw failed('credentials delete', said);
			}
		},

		showClusterToken: () => shown(),

		async resetClusterToken() {
			shown = remember(showToken);
			const command = { where: side, file: pxctlPath, args: ['cluster', 'token', 'reset'] } as const;
			const said = await run({ command, repeatable: false });
			if (said.code !== 0) {
				// The output holds the new token.
				throw failed('cluster token reset', { ...said, text: said.stderr });
			}
		},

		async pairs() {
			const said = await pxctlOnce('cluster', 'pair', 'list');
			if (said.code !== 0) {
				throw failed('cluster pair list', said);
			}
			return said.stdout
				.split('\n')
				.flatMap(line => pairIn(line))
				.filter(({ id }) => isShown(id, said));
		},

		async deletePair(id) {
			const said = await pxctlOnce('cluster', 'pair', 'delete', '--id', id);
			if (said.code !== 0 && !/not found|does not exist/i.test(said.text)) {
				throw failed('cluster pair delete', said);
			}
		},
	};
}

/** What follows that on the lines that begin with it, line by line: a pattern over all could search for ever. */
const toldAs = (name: string, { stdout, shown }: Said): string | undefined =>
	valuesOf(stdout, name)
		.map(line => outsideText(shown(line)))
		.find(Boolean);

/** Whether nothing of it is secret. */
const isShown = (value: string, { shown }: Said): boolean => shown(value) === value;

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

const firstLine = (text: string): string => text.trim().split('\n')[0] ?? '';
