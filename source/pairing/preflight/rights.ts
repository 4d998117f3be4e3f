import { known, type Learned } from '../clusters/cluster.ts';
import { learn } from '../clusters/find-facts.ts';
import { namespaceType } from '../clusters/kubernetes.ts';
import { joinPermissions, type Permission, rightOf } from '../clusters/permission.ts';
import type { ClusterApi, ClusterWorld } from '../clusters/ports.ts';
import type { Need } from '../step/permissions-needed.ts';
import type { Side } from '../words/pair.ts';
import { rememberEach } from '../words/remember.ts';

export type AnsweredRights = Readonly<{
	/** Each once. Unknown is what the cluster did not answer. */
	rights: readonly Readonly<{ right: Permission; answer: Learned<boolean> }>[];
	/** Namespaces that the plan would make. */
	absent: readonly string[];
	/** Portworx can't be found for want of rights, so those in its namespace could not be asked about. */
	hidden: boolean;
}>;

/** Rights whose place is known are asked about at once, the others as soon as it is. */
export async function askForRights(
	{ side, api, discovery }: ClusterWorld,
	needs: readonly Need[],
): Promise<AnsweredRights> {
	const ask = askOnce(api, side);
	let hidden = false;
	const isThere = rememberEach((namespace: string) =>
		learn(api.get(namespaceType, namespace)).then(found => known(found) !== undefined),
	);
	const needed = async (need: Need): Promise<readonly Permission[]> => {
		if (!('oncePortworxIsFound' in need)) {
			return need.unlessNamespace && (await isThere(need.unlessNamespace)) ? [] : [need];
		}
		const portworx = await learn(discovery.portworx());
		if (portworx.kind === 'known') {
			return need.oncePortworxIsFound(portworx.value);
		}
		// Any other reason why it is not found is a finding of its own.
		hidden ||= portworx.problem.id === 'forbidden';
		return [];
	};
	const permissions = await Promise.all(
		needs.map(async need => {
			const these = await needed(need);
			await Promise.all(these.map(ask));
			return these;
		}),
	);
	const rights = joinPermissions(permissions.flat());
	return {
		rights: await Promise.all(rights.map(async right => ({ right, answer: await ask(right) }))),
		absent: [...new Set(rights.flatMap(({ unlessNamespace }) => unlessNamespace ?? []))],
		hidden,
	};
}

const atATime = 8;

/**
 * Anyone who may do everything need not be asked about each thing. And a cluster that failed to answer once is not asked for more:
 * the rest would only take as long to fail.
 */
function askOnce(api: ClusterApi, side: Side): (permission: Permission) => Promise<Learned<boolean>> {
	const few = atMost(atATime);
	const everything = learn(
		api.mayI({ side, verb: '*', group: '*', resource: '*', why: 'do everything the plan needs' }),
	);
	let failure: Learned<boolean> | undefined;
	return rememberEach(async permission => {
		const all = await everything;
		return all.kind === 'unknown' || all.value
			? all
			: few(async () => {
					const answer = failure ?? (await learn(api.mayI(permission)));
					failure ??= answer.kind === 'unknown' ? answer : undefined;
					return answer;
				});
	}, rightOf);
}

function atMost(most: number): <T>(work: () => Promise<T>) => Promise<T> {
	const waiting: (() => void)[] = [];
	let running = 0;
	return async work => {
		if (running >= most) {
			await new Promise<void>(resolve => waiting.push(resolve));
		} else {
			running++;
		}
		try {
			return await work();
		} finally {
			// Anyone who waits takes this place over; else it is free.
			const next = waiting.shift();
			if (next) {
				next();
			} else {
				running--;
			}
		}
	};
}
