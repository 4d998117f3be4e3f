import type { Provider } from '../answers/providers.ts';
import { counted } from '../words/counted.ts';
import { shortLine } from '../words/outside-text.ts';
import { type NodeGroup, nodeGroups } from './node-groups.ts';
import type { PlatformRow } from './platform-row.ts';
import { type PlatformEvidence, type Sign, signsOf } from './platform-signs.ts';
import { platforms } from './platforms.ts';
import { whereabouts } from './region.ts';

export type Location = 'cloud' | 'on-premises' | 'unknown';

/** Where a cluster runs, and how we know. */
export type Platform = Readonly<{
	location: Location;
	/** As people call it: `Amazon EKS`, `OpenShift on AWS`, `k3s`, `mixed`, `unknown`. */
	name: string;
	/**
	 * `certain`: the platform's own controller says it. `likely`: it rests on what people can set, or not all that tell agree.
	 * `guess`: good for a suggestion only; never says `on-premises`, for going without an object store hangs on that.
	 */
	confidence: 'certain' | 'likely' | 'guess';
	/** What decided comes first. One line. */
	evidence: string;
	/** The object store most people use there; only ever a pre-selection. */
	provider?: Provider;
	region?: string;
	projectId?: string;
}>;

/** What it runs on. No row: it is not known. */
type Ground = Readonly<{
	row: PlatformRow | undefined;
	confidence: Platform['confidence'];
	evidence: string;
}>;

/** In the order of trust: OpenShift's Infrastructure, provider IDs, then whatever else points somewhere. */
export function platformOf(evidence: PlatformEvidence): Platform {
	const groups = nodeGroups(evidence.nodes ?? []);
	const telling = groups.filter(group => group.kind !== 'silent');
	if (telling.length > 1) {
		const each = groups.map(({ count, name, text }) => `${count} of ${name} (${text})`);
		const text = `nodes differ: ${each.join(', ')}`;
		return { location: 'unknown', name: 'mixed', confidence: 'certain', evidence: shortLine(text, 399) };
	}
	const signs = signsOf(evidence);
	const ground =
		groundByInfrastructure(evidence, telling[0]) ??
		groundByNodes(groups, telling[0]) ??
		groundBySigns(evidence, groups, signs);
	const location = locationOf(ground.row);
	return {
		location,
		name: nameOf(evidence, ground, groups, signs),
		confidence: ground.confidence,
		evidence: shortLine([ground.evidence, ...furtherEvidence(location, ground, signs)].join('; '), 399),
		...(ground.row?.provider && { provider: ground.row.provider }),
		...whereabouts(evidence, ground.row),
	};
}

function groundByInfrastructure(
	{ infrastructure }: PlatformEvidence,
	telling: NodeGroup | undefined,
): Ground | undefined {
	const type = infrastructure?.status?.platformStatus?.type ?? '';
	const row = platforms.find(({ infrastructure: types }) => types?.includes(type));
	if (!row) {
		return undefined;
	}
	const differs = telling && telling.row !== row;
	const confidence = sureness(row);
	return {
		row,
		confidence: differs && confidence === 'certain' ? 'likely' : confidence,
		evidence: `OpenShift's Infrastructure says ${type}${differs ? `, although its nodes have ${telling.text}` : ''}`,
	};
}

function groundByNodes(groups: readonly NodeGroup[], telling: NodeGroup | undefined): Ground | undefined {
	if (!telling) {
		return undefined;
	}
	const { row, text, count } = telling;
	const silent = groups.filter(group => group !== telling);
	const confidence = sureness(row);
	return {
		row,
		confidence: silent.length > 0 && confidence === 'certain' ? 'likely' : confidence,
		evidence: [`${text} on ${counted(count, 'node')}`, ...silent.map(silence)].join(', '),
	};
}

/** Signs that point to different grounds cancel each other out. */
function groundBySigns(
	{ nodes }: PlatformEvidence,
	groups: readonly NodeGroup[],
	signs: readonly Sign[],
): Ground {
	const placed = signs.filter(({ row }) => row.location !== 'anywhere');
	const [first, ...others] = placed;
	const silences = nodes ? groups.map(silence) : ['no permission to list nodes'];
	if (!first) {
		const evidence = silences.join(', ') || 'no nodes were listed';
		return { row: undefined, confidence: 'guess', evidence };
	}
	const other = others.find(({ row }) => row !== first.row);
	if (other) {
		const evidence = [looksLike(first), looksLike(other), ...silences].join(', ');
		return { row: undefined, confidence: 'guess', evidence };
	}
	const isWeak = placed.every(({ from }) => from === 'version' || from === 'address');
	const isAlone = placed.every(({ from }) => from === first.from);
	return {
		row: first.row,
		confidence: isWeak && isAlone ? 'guess' : 'likely',
		evidence: [first.text, ...silences].join(', '),
	};
}

const sureness = (row: PlatformRow | undefined): Platform['confidence'] =>
	row && row.location !== 'unknown' ? (row.sureness ?? 'certain') : 'guess';

const locationOf = (row: PlatformRow | undefined): Location =>
	!row || row.location === 'anywhere' ? 'unknown' : row.location;

/** The Kubernetes that is at home on this ground, or another that runs on it, as far as the cluster itself says so. */
function nameOf(
	{ nodes, infrastructure }: PlatformEvidence,
	{ row }: Ground,
	groups: readonly NodeGroup[],
	signs: readonly Sign[],
): string {
	if (row?.complete) {
		return row.name;
	}
	const naming = signs.filter(({ namesKubernetes }) => namesKubernetes);
	const isOpenShift = infrastructure !== undefined || naming.some(sign => sign.row.name === 'OpenShift');
	if (isOpenShift) {
		return row ? `OpenShift on ${row.name}` : 'OpenShift';
	}
	if (row?.kubernetes && naming.some(sign => sign.row === row)) {
		return row.kubernetes.name;
	}
	// What people have written on the StorageCluster is no reason to find a vendor's Kubernetes on foreign ground.
	const guest = naming.find(
		sign => sign.row.location === 'anywhere' || (row && (sign.from === 'node' || sign.from === 'version')),
	);
	const hiding = groups.find(group => group.kind === 'silent' && group.row);
	const kubernetes = (hiding ?? guest)?.row?.kubernetes;
	if (kubernetes) {
		return row ? `${kubernetes.abroad ?? kubernetes.name} on ${row.name}` : kubernetes.name;
	}
	const isSelfManaged = row?.location === 'cloud' && row.kubernetes && nodes !== undefined;
	return isSelfManaged ? `self-managed on ${row.name}` : (row?.name ?? 'unknown');
}

/** The best sign that agrees, and one that does not: vendors' names are found on machines of one's own, too. */
function furtherEvidence(location: Location, ground: Ground, signs: readonly Sign[]): readonly string[] {
	if (location === 'unknown') {
		return [];
	}
	const agreeing = signs.find(({ row, text }) => row === ground.row && !ground.evidence.includes(text));
	const against = signs.find(({ row }) => row.location !== 'anywhere' && row.location !== location);
	return [
		...(agreeing ? [agreeing.text] : []),
		...(against ? [`${looksLike(against)}, which is weaker evidence`] : []),
	];
}

const looksLike = ({ text, row }: Sign): string => `${text} looks like ${row.kubernetes?.name ?? row.name}`;

const silence = ({ row, text, count }: NodeGroup): string =>
	`${text} on ${counted(count, 'node')}${row ? ', which hides the underlying platform' : ''}`;
