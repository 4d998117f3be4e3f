import { docs } from '../words/docs.ts';
import { type Finding, fact, trouble } from '../words/finding.ts';
import { asRecord, parseJson } from '../words/json.ts';
import type { Said } from '../words/problem.ts';
import { Secret } from '../words/secret.ts';
import { makeAnew, nameOf, type Standing, specOf } from './standing.ts';

/** Once paired, Portworx does without the token; but it is what Stork would pair with again. */
export async function tokenFindings(standing: Standing): Promise<readonly Finding[]> {
	const { world, way, pair } = standing;
	const { from, to } = way;
	const shown = await world[to].pxctl.showClusterToken();
	const { token } = specOf(standing).options;
	if (typeof token === 'string' && shown.equals(new Secret(token))) {
		return [
			fact(
				'pair',
				'pair-token-current',
				from,
				`The pair contains the current token of the ${to}${since(shown)}`,
			),
		];
	}
	return [
		error({
			id: 'pair-token-old',
			side: from,
			title: `The ClusterPair ${pair.name} on the ${from} does not contain the current token of the ${to}`,
			evidence: token
				? `ClusterPair ${nameOf(standing)}: spec.options.token differs: it was reset on the ${to}, or edited here`
				: `ClusterPair ${nameOf(standing)}: spec.options.token is empty`,
			remedies: [makeAnew],
			docs: docs.token,
		}),
	];
}

/** With PX-Security the token is a JWT, which says when it was issued; of a random one, nothing tells. */
function since(token: Secret): string {
	const claims = asRecord(
		parseJson(Buffer.from(token.reveal().split('.')[1] ?? '', 'base64url').toString('utf8')),
	);
	const issued = new Date(Number(claims.iat) * 1000);
	return Number.isNaN(issued.getTime())
		? '. Since when is not known: Portworx does not say'
		: `, issued ${issued.toISOString().slice(0, 10)}`;
}

/** Whether both of those who keep the pairing mean the cluster that is meant. */
export async function peerFindings({ world, way, pair, found }: Standing): Promise<readonly Finding[]> {
	const { from, to } = way;
	const [uuid, pairs] = await Promise.all([world[to].discovery.uuid(), world[from].pxctl.pairs()]);
	const { storageStatus, remoteStorageId } = found.status ?? {};
	// Before it is Ready there is nothing to expect, and that is told already.
	if (storageStatus !== 'Ready') {
		return [];
	}
	const isRight = remoteStorageId?.toLowerCase() === uuid.toLowerCase();
	const isKnown = pairs.some(({ id }) => id === uuid.toLowerCase());
	return [
		...(isRight ? [] : [otherRemote(way, pair, uuid, remoteStorageId)]),
		isKnown
			? fact('pair', 'pair-known-to-portworx', from, `Portworx on the ${from} is paired with ${uuid}`)
			: unknownToPortworx(
					way,
					uuid,
					pairs.map(({ id }) => id),
				),
	];
}

const otherRemote = (
	{ from, to }: Standing['way'],
	pair: Standing['pair'],
	uuid: string,
	remote: string | undefined,
): Finding =>
	error({
		id: 'pair-remote-differs',
		side: from,
		title: `The ClusterPair ${pair.name} on the ${from} is paired with another Portworx cluster than the ${to}`,
		evidence: `status.remoteStorageId is ${remote || 'empty'}, the ${to} is ${uuid}`,
		remedies: [
			makeAnew,
			`Or choose the context of the cluster it points to: the ${to} may have been reinstalled.`,
		],
		docs: docs.verify,
	});

const unknownToPortworx = ({ from, to }: Standing['way'], uuid: string, known: readonly string[]): Finding =>
	error({
		id: 'pair-unknown-to-portworx',
		side: from,
		title: `Portworx on the ${from} has no pairing with the ${to}, whatever Stork reports`,
		evidence: `pxctl cluster pair list: ${known.length === 0 ? 'no pairs' : known.join(', ')}; not ${uuid}`,
		remedies: [makeAnew],
		docs: docs.verify,
	});

const error = (problem: Said): Finding => trouble('error', 'pair', problem);
