import type { World } from '../clusters/ports.ts';
import { pxctlPath } from '../clusters/portworx.ts';
import { clusterPairType } from '../clusters/portworx-kinds.ts';
import { missingProblem } from '../status/presence.ts';
import { may, toRunPxctl } from '../step/permissions-needed.ts';
import type { Step } from '../step/step.ts';
import { say } from '../steps/kubectl.ts';
import { docs } from '../words/docs.ts';
import { asRecord, textIn } from '../words/json.ts';
import { PairingError } from '../words/problem.ts';
import { Secret } from '../words/secret.ts';
import { merge } from './merge.ts';
import type { Affected } from './migrations.ts';
import { remainsOfToken } from './reset-token.ts';

/**
 * Portworx on the source refuses another token for a cluster that it is paired with, so that pairing is ended first; Stork begins it
 * again, since the status of what was changed is emptied with the same write.
 */
export const renewToken = (affected: Affected, uuid: string | undefined): Step => {
	const { way, pair } = affected;
	const { from, to } = way;
	const where = { name: pair.name, namespace: pair.namespace };
	const why = 'put the new cluster token into the ClusterPair';
	const name = `${pair.namespace}/${pair.name}`;
	const read = async (world: World) => {
		const [found, token] = await Promise.all([
			world[from].api.get(clusterPairType, pair.name, pair.namespace),
			world[to].pxctl.showClusterToken(),
		]);
		if (!found) {
			throw new PairingError(missingProblem(world[from], way, pair));
		}
		const held = textIn(asRecord(asRecord(found.spec).options).token);
		return { found, token, isHeld: token.equals(new Secret(held)) };
	};
	return {
		id: `renew-token/${from}`,
		title: {
			plan: `Pair Portworx on the ${from} again, with the new cluster token`,
			doing: `Putting the new cluster token into the ClusterPair ${pair.name} on the ${from}…`,
			holds: `The ClusterPair ${pair.name} on the ${from} holds the new cluster token`,
		},
		on: from,
		docs: docs.token,
		preview: [
			{
				kind: 'command',
				command: {
					where: from,
					file: pxctlPath,
					args: ['cluster', 'pair', 'delete', '--id', uuid ?? `<UUID of the ${to}>`],
				},
			},
			say(
				`Merge into ClusterPair ${name}, only as it was read: spec.options.token: ••••••••, status.storageStatus: "". Stork then pairs again.`,
			),
		],
		needs: [
			toRunPxctl(from, 'pair Portworx again'),
			may(from, 'get', clusterPairType, why, where),
			may(from, 'patch', clusterPairType, why, where),
		],
		async check({ world }) {
			return (await read(world)).isHeld
				? { kind: 'holds', evidence: `${name} holds the token that the ${to} shows` }
				: { kind: 'absent', because: `${name} holds an old token` };
		},
		change: {
			makes: `the new cluster token in the ClusterPair ${name} on the ${from}`,
			async apply(context) {
				const { world } = context;
				const { found, token } = await read(world);
				await world[from].pxctl.deletePair(await world[to].discovery.uuid());
				await merge(context, from, found, {
					spec: { options: { token } },
					status: { storageStatus: '' },
				});
				return undefined;
			},
			remains: context => remainsOfToken(context, affected),
		},
	};
};
