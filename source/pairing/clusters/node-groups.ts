import type { NodeObject } from './kubernetes.ts';
import type { PlatformRow } from './platform-row.ts';
import { platforms } from './platforms.ts';

/** Nodes whose provider IDs say the same. */
export type NodeGroup = Readonly<{
	/** `silent`: no ID, or one that hides what the nodes run on. `stranger`: an ID that is in no row. */
	kind: 'known' | 'silent' | 'stranger';
	row: PlatformRow | undefined;
	name: string;
	/** The first ID of them, shortened. */
	text: string;
	count: number;
}>;

/** The largest first. */
export function nodeGroups(nodes: readonly NodeObject[]): readonly NodeGroup[] {
	const groups = Map.groupBy(
		nodes.map(({ spec }) => groupOf(spec?.providerID ?? '')),
		({ name }) => name,
	);
	return [...groups.values()]
		.flatMap(([first, ...others]) => (first ? [{ ...first, count: 1 + others.length }] : []))
		.sort((one, other) => other.count - one.count);
}

function groupOf(id: string): Omit<NodeGroup, 'count'> {
	const text = `providerID ${shortened(id)}`;
	const row = platforms.find(({ ids }) => ids?.some(start => id.startsWith(start)));
	if (row) {
		return { kind: row.location === 'anywhere' ? 'silent' : 'known', row, name: row.name, text };
	}
	return id === ''
		? { kind: 'silent', row, name: 'an unknown platform', text: 'no providerID' }
		: { kind: 'stranger', row, name: `an unknown platform ${schemeOf(id)}`, text };
}

const shortened = (id: string): string => (id.length > 60 ? `${id.slice(0, 59)}…` : id);

const schemeOf = (id: string): string => /^[\w.+-]{1,40}:\/\//.exec(id)?.[0] ?? '(without a scheme)';
