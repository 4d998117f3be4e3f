import type { PortworxFacts } from '../../pairing/clusters/cluster.ts';
import type { ClusterApi, Pxctl } from '../../pairing/clusters/ports.ts';
import { outsideText } from '../../pairing/words/outside-text.ts';
import { remember } from '../../pairing/words/remember.ts';
import type { Connection } from '../kubernetes/connection.ts';
import { clusterToken } from './cluster-token.ts';
import { credentialCommands } from './pxctl-credentials.ts';
import { isShown, runsOfPxctl, type Said, valuesOf } from './pxctl-run.ts';

export function pxctl(
	connection: Connection,
	api: ClusterApi,
	portworx: () => Promise<PortworxFacts>,
): Pxctl {
	const { side } = connection;
	const runs = runsOfPxctl(connection, api, portworx);
	const { once, failed } = runs;

	const status = remember(async () => {
		const said = await once('status');
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

	return {
		license: async () => (await status()).license,
		state: async () => (await status()).state,
		clusterUuid: async () => (await status()).uuid,

		...credentialCommands(side, runs),
		...clusterToken(side, runs),

		async pairs() {
			const said = await once('cluster', 'pair', 'list');
			if (said.code !== 0) {
				throw failed('cluster pair list', said);
			}
			return said.stdout
				.split('\n')
				.flatMap(line => pairIn(line))
				.filter(({ id }) => isShown(id, said));
		},

		async deletePair(id) {
			const said = await once('cluster', 'pair', 'delete', '--id', id);
			if (said.code !== 0 && !/not found|does not exist/i.test(said.text)) {
				throw failed('cluster pair delete', said);
			}
		},
	};
}

const toldAs = (name: string, { stdout, shown }: Said): string | undefined =>
	valuesOf(stdout, name)
		.map(line => outsideText(shown(line)))
		.find(Boolean);

const isUuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Columns came and went with versions; the first UUID of a line is the other cluster's. A name that ends in one is not. */
function pairIn(line: string): { id: string }[] {
	const id = /(?<![\w-])[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}(?![\w-])/i.exec(line)?.[0];
	return id ? [{ id: id.toLowerCase() }] : [];
}

const firstLine = (text: string): string => text.trim().split('\n')[0] ?? '';
