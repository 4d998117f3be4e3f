import { back, type Direction, forth } from '../../pairing/answers/direction.ts';
import type { Finding } from '../../pairing/words/finding.ts';

/** One address of the other cluster, as it is from a Portworx pod of this one. */
export type Hop = Readonly<{
	what: 'API server' | 'Portworx';
	state: 'ok' | 'warning' | 'error' | 'untested';
}>;

/** How the other cluster is reached from a pod, as far as it was tried. */
export type Route = Readonly<{ way: Direction; hops: readonly Hop[] }>;

export const routesIn = (findings: readonly Finding[]): readonly Route[] =>
	[forth, back]
		.map(way => ({ way, hops: findings.flatMap(finding => hopOf(finding, way)) }))
		.filter(({ hops }) => hops.length > 0);

function hopOf(finding: Finding, { to }: Direction): readonly Hop[] {
	const isFact = finding.level === 'fact';
	const id = isFact ? finding.id : finding.problem.id;
	const what = id.startsWith('way-api-')
		? 'API server'
		: id.startsWith('way-storage-')
			? 'Portworx'
			: undefined;
	if (what === undefined || (isFact ? finding.on : finding.problem.side) !== to) {
		return [];
	}
	return [{ what, state: !isFact ? finding.level : id.endsWith('-untested') ? 'untested' : 'ok' }];
}

/** For a line that is read aloud. */
export const routeText = ({ way, hops }: Route): string =>
	`Network, ${way.from} to ${way.to}: ${hops.map(({ what, state }) => `${what} ${spoken[state]}`).join(', ')}.`;

const spoken: Readonly<Record<Hop['state'], string>> = {
	ok: 'reachable',
	warning: 'reachable, with a warning',
	error: 'not reachable',
	untested: 'not tested',
};
