import type { PairAnswers } from '../answers/answers.ts';
import { directionsOf } from '../answers/direction.ts';
import { undecodable } from '../cluster-pair/undecodable.ts';
import type { ClusterWorld, World } from '../clusters/ports.ts';
import type { ClusterPairObject } from '../clusters/portworx-kinds.ts';
import { type ShellLine, shell } from '../words/command.ts';
import { type Finding, fact, trouble } from '../words/finding.ts';
import { asRecord } from '../words/json.ts';
import type { Side } from '../words/pair.ts';
import { PairingError } from '../words/problem.ts';
import { Secret } from '../words/secret.ts';
import { command } from '../words/way.ts';
import { isOlder } from './travel/login-plugins.ts';

/** Only where a pair will stand does Stork have to work; of the other cluster it is good to know. */
export async function storkFindings(
	world: World,
	side: Side,
	pair: PairAnswers,
): Promise<readonly Finding[]> {
	const way = directionsOf(pair).find(({ from }) => from === side);
	try {
		const { version, namespace, adminNamespace, ready, wanted } = await world[side].discovery.stork();
		const stork = fact(
			'stork',
			'stork',
			side,
			`Stork${version ? ` ${version}` : ''} in ${namespace}, ${ready} of ${wanted} replicas Ready`,
		);
		return way
			? [
					stork,
					scopeOf(side, pair, version, adminNamespace),
					...(await pairFindings(world, side, way.to, pair)),
				]
			: [stork];
	} catch (error) {
		if (way || !(error instanceof PairingError) || !aboutStork.has(error.problem.id)) {
			throw error;
		}
		return [fact('stork', 'stork-not-needed', side, `${error.problem.title}; it is not needed there`)];
	}
}

/** Stork looks a pair up in the namespace of the Migration, and lets one take other namespaces only in its admin namespace. */
const scopeOf = (
	side: Side,
	{ namespace }: PairAnswers,
	version: string | undefined,
	adminNamespace: string,
): Finding =>
	fact(
		'stork',
		'stork-admin-namespace',
		side,
		namespace === adminNamespace
			? `${namespace} is Stork's admin namespace: Migrations in it can move any namespace over this pair${elsewhere(version)}`
			: `Migrations over this pair can move the namespace ${namespace} alone. A pair in ${adminNamespace}, Stork's admin namespace, serves all namespaces`,
	);

/**
 * Up to 25.4 a Migration finds no pair but those of its own namespace. That later ones do is known from the documentation alone.
 * https://github.com/libopenstorage/stork/blob/master/pkg/migration/controllers/migration.go
 */
function elsewhere(version: string | undefined): string {
	switch (isOlder(version, '25.5')) {
		case true:
			return `. Stork ${version} does not find it for Migrations in other namespaces`;
		case false:
			return ', and, as Portworx documents for Stork 25.5 and later, Migrations in other namespaces can use it';
		case undefined:
			return '';
	}
}

const aboutStork: ReadonlySet<string> = new Set([
	'stork-not-found',
	'stork-not-ready',
	'clusterpair-type-missing',
]);

async function pairFindings(
	world: World,
	side: Side,
	to: Side,
	pair: PairAnswers,
): Promise<readonly Finding[]> {
	const pairs = (await world[side].discovery.clusterPairs()) ?? [];
	return [
		...pairs.flatMap(found => unreadable(world[side], found)),
		...(await related(world, side, to, pair, pairs)),
	];
}

function unreadable({ side, context }: ClusterWorld, found: ClusterPairObject): readonly Finding[] {
	const because = undecodable(found);
	const name = nameOf(found);
	return because === undefined
		? []
		: [
				trouble('error', 'stork', {
					id: 'pair-undecodable',
					title: `Stork on the ${side} can't read any ClusterPair because of ${name}`,
					side,
					evidence: `ClusterPair ${name}: ${because}`,
					remedies: [
						command(
							"Fix or delete it, because until then Stork can't work on any pair of that cluster",
							deletionOf(found, context),
						),
					],
				}),
			];
}

/** Pairs that point to the same Portworx. Portworx keeps one pairing for all of them, with one token. */
async function related(
	world: World,
	side: Side,
	to: Side,
	pair: PairAnswers,
	pairs: readonly ClusterPairObject[],
): Promise<readonly Finding[]> {
	const others = pairs.filter(found => nameOf(found) !== `${pair.namespace}/${pair.name}`);
	if (others.length === 0 || pair.storage === 'none') {
		return [];
	}
	const { context } = world[side];
	const uuid = await world[to].discovery.uuid();
	const same = others.filter(({ status }) => status?.remoteStorageId === uuid);
	if (same.length === 0) {
		return [];
	}
	const token = await world[to].pxctl.showClusterToken();
	const older = same.filter(({ spec }) => {
		const given = asRecord(asRecord(spec).options).token;
		return typeof given === 'string' && !token.equals(new Secret(given));
	});
	return same.map(found =>
		older.includes(found)
			? trouble('error', 'stork', {
					id: 'pair-with-older-token',
					title: `The ${side} is already paired with the ${to} (${nameOf(found)}), with a token that has been reset since`,
					side,
					evidence: `ClusterPair ${nameOf(found)} points to ${uuid} with another token than the current one of the ${to}`,
					remedies: [
						command(
							'Delete that pair, since Portworx takes a new token only once the old pairing is gone',
							deletionOf(found, context),
						),
					],
				})
			: fact(
					'stork',
					'pair-to-same-remote',
					side,
					`${nameOf(found)} already points to the same Portworx cluster`,
				),
	);
}

const deletionOf = ({ metadata: { name, namespace = '' } }: ClusterPairObject, context: string): ShellLine =>
	shell`kubectl --context ${context} -n ${namespace} delete clusterpair/${name}`;

const nameOf = ({ metadata }: ClusterPairObject): string => `${metadata.namespace}/${metadata.name}`;
