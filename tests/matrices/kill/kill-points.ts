import type { Practice } from '../../../source/practice/practice.ts';
import type { PracticeCluster } from '../../../source/practice/practice-cluster.ts';
import type { Ended, Line } from '../program.ts';

export type ClusterName = 'east' | 'west';

/** A moment at which a process may die. */
export type KillPoint = Readonly<
	/** Having told so many things. */
	| { kind: 'line'; number: number; about: string }
	/** `dropped`: dead before the request counted. `handled`: dead before its answer came. */
	| { kind: 'write'; cluster: ClusterName; what: string; moment: 'dropped' | 'handled' }
	/** A command that writes, in a pod: it never runs, it goes on by itself, or it has ended and its answer is lost. */
	| {
			kind: 'pxctl';
			cluster: ClusterName;
			command: 'create' | 'delete';
			credential: string;
			moment: 'dropped' | 'under-way' | 'done';
	  }
>;

/** All moments of a run, as its undisturbed course shows them. */
export function pointsOf(
	{ clusters }: Practice,
	from: readonly number[],
	{ lines }: Ended,
	command: 'create' | 'delete',
): readonly KillPoint[] {
	const { east, west } = clusters;
	return [
		...lines.filter(isCounted).map(
			({ type, step }, index): KillPoint => ({
				kind: 'line',
				number: index + 1,
				about: `${type} ${step ?? ''}`,
			}),
		),
		...writePoints('east', east, from[0]),
		...writePoints('west', west, from[1]),
		...pxctlPoints('east', east, command),
		...pxctlPoints('west', west, command),
	];
}

/** How many of the others there are depends on the time. */
export const isCounted = ({ type }: Line): boolean => type !== 'step-waiting' && type !== 'step-noted';

export function nameOf(point: KillPoint): string {
	switch (point.kind) {
		case 'line':
			return `line ${point.number} (${point.about.trim()})`;
		case 'write':
			return `${point.what} on ${point.cluster}, ${point.moment}`;
		case 'pxctl':
			return `pxctl credentials ${point.command} ${point.credential} on ${point.cluster}, ${point.moment}`;
	}
}

/** Whether something may have been changed just then: where it matters most what was kept of it. */
export const isAboutChange = (point: KillPoint): boolean =>
	point.kind !== 'line' || point.about.startsWith('step-changing');

const writePoints = (name: ClusterName, { requests }: PracticeCluster, from = 0): readonly KillPoint[] =>
	requests
		.slice(from)
		.filter(({ method, url }) => method !== 'GET' && !/\/selfsubjectaccessreviews|dryRun=All/.test(url))
		.flatMap(({ method, url }) =>
			(['dropped', 'handled'] as const).map(
				(moment): KillPoint => ({
					kind: 'write',
					cluster: name,
					what: `${method} ${url.split('?')[0]}`,
					moment,
				}),
			),
		);

const pxctlPoints = (
	cluster: ClusterName,
	{ credentials }: PracticeCluster,
	command: 'create' | 'delete',
): readonly KillPoint[] =>
	credentials().flatMap(({ name }) =>
		(['dropped', 'under-way', 'done'] as const).map(
			(moment): KillPoint => ({ kind: 'pxctl', cluster, command, credential: name, moment }),
		),
	);
