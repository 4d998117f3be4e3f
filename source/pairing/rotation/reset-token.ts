import { pxctlPath } from '../clusters/portworx.ts';
import { clusterPairType } from '../clusters/portworx-kinds.ts';
import { toRunPxctl } from '../step/permissions-needed.ts';
import type { Identity, Remains, Step, UndoContext } from '../step/step.ts';
import { docs } from '../words/docs.ts';
import type { Secret } from '../words/secret.ts';
import { type Affected, refuseWhileMigrating } from './migrations.ts';

/** Pairs that exist go on without the old token; only pairing again needs the new one. */
export const resetToken = (affected: Affected, made: ReadonlyMap<string, Identity>): Step => {
	const { to } = affected.way;
	const id = `reset-token/${to}`;
	/** Before this attempt reset it. */
	let old: Secret | undefined;
	return {
		id,
		title: {
			plan: `Reset the cluster token of Portworx on the ${to}`,
			doing: `Resetting the cluster token of Portworx on the ${to}…`,
			holds: `Portworx on the ${to} has a new cluster token`,
		},
		on: to,
		docs: docs.token,
		preview: [
			{ kind: 'command', command: { where: to, file: pxctlPath, args: ['cluster', 'token', 'reset'] } },
		],
		needs: [toRunPxctl(to, 'reset the cluster token')],
		async check({ world }) {
			const shown = await world[to].pxctl.showClusterToken();
			if (made.has(id) || (old && !shown.equals(old))) {
				return { kind: 'holds', evidence: 'it was reset by this rotation' };
			}
			await refuseWhileMigrating(world, affected);
			return { kind: 'absent', because: 'it has not been reset yet' };
		},
		change: {
			makes: `the new cluster token of the ${to}`,
			async apply({ world, runId }) {
				const { pxctl } = world[to];
				old = await pxctl.showClusterToken();
				await pxctl.resetClusterToken();
				return runId;
			},
			identify: async ({ runId }) => runId,
			remains: context => remainsOfToken(context, affected),
		},
	};
};

/** A token is no object: without the pair there is nothing left of it that matters. */
export async function remainsOfToken({ world }: UndoContext, { way, pair }: Affected): Promise<Remains> {
	const found = await world[way.from].api.get(clusterPairType, pair.name, pair.namespace);
	return found ? { kind: 'kept', because: 'Portworx can not go back to the old token' } : { kind: 'absent' };
}
