import { type Clusters, openClusters } from './clusters.ts';
import type { Effort, Row } from './row.ts';
import { timed } from './statistics.ts';
import type { Surroundings } from './surroundings.ts';

/** What a command may ask of both clusters together, and how often it may wait for an answer before it asks on. */
const budgets = {
	check: { requests: 100, depth: 8, connections: 32, execs: 1, chain: 1 },
	run: { requests: 120, depth: 14, connections: 32, execs: 3, chain: 3 },
	'second run': { requests: 70, depth: 8, connections: 32, execs: 1, chain: 1 },
} as const;

type Face = keyof typeof budgets;
type Cost = ReturnType<Clusters['count']> & Readonly<{ seconds: number }>;
type Costs = ReadonlyMap<Face, Cost>;

/** In the order in which they come: the second run finds what the first has made. */
const faces: readonly Face[] = ['check', 'run', 'second run'];

/** Requests, round trips and connections, and how time grows with latency and with nodes. */
export async function cost(surroundings: Surroundings, effort: Effort): Promise<Row[]> {
	const measure = (latency: number, extraNodes?: number) => costs(surroundings, latency, extraNodes);
	// Once for the compile cache.
	await measure(0);
	const without = await measure(0);
	const latencies = effort === 'quick' ? [20, 100] : [20, 100, 300];
	const far = new Map<number, Costs>();
	for (const latency of latencies) {
		far.set(latency, await measure(latency));
	}
	const sizes = effort === 'quick' ? [] : [10, 1000, 5000];
	const large = new Map<number, Costs>();
	for (const nodes of sizes) {
		large.set(nodes, await measure(0, nodes));
	}
	return [
		...faces.flatMap(face => countRows(face, far)),
		...[...far].flatMap(([latency, at]) => growthRows(`${latency} ms of latency`, at, without)),
		...[...large].flatMap(([nodes, at]) => growthRows(`${nodes} more nodes`, at, without)),
	];
}

async function costs(
	surroundings: Surroundings,
	latency: number,
	extraNodes: number | undefined,
): Promise<Costs> {
	await using clusters = await openClusters(surroundings, {
		latency,
		...(extraNodes !== undefined && {
			override: ({ east, west }) => ({ east: { ...east, extraNodes }, west: { ...west, extraNodes } }),
		}),
	});
	const found = new Map<Face, Cost>();
	for (const face of faces) {
		clusters.count();
		const command = face === 'second run' ? 'run' : face;
		const time = await timed(() => surroundings.run(command, ...clusters.args));
		found.set(face, { ...clusters.count(), seconds: time / 1000 });
	}
	return found;
}

function countRows(face: Face, far: ReadonlyMap<number, Costs>): Row[] {
	const [nearest, farthest] = [Math.min(...far.keys()), Math.max(...far.keys())];
	const [near, away] = [far.get(nearest)?.get(face), far.get(farthest)?.get(face)];
	if (!near || !away) {
		return [];
	}
	const budget = budgets[face];
	// What does not wait for answers takes as long at any distance.
	const depth = Math.round(((away.seconds - near.seconds) * 1000) / (farthest - nearest));
	return [
		{ what: `${face}: requests`, measured: near.requests, unit: 'requests', budget: budget.requests },
		{
			what: `${face}: one after the other`,
			measured: depth,
			unit: 'round trips',
			budget: budget.depth,
			remark: `what ${farthest} instead of ${nearest} ms add, by their difference${whyDeep[face]}`,
		},
		{
			what: `${face}: TLS connections`,
			measured: near.connections - near.execs,
			unit: 'connections',
			budget: budget.connections,
			remark: `as many as ask at the same time; ${near.execs} more for commands in pods, each a WebSocket`,
		},
		{
			what: `${face}: execs on one cluster`,
			measured: near.mostExecs,
			unit: 'execs',
			budget: budget.execs,
			remark: 'a real one costs 80 to 490 ms, whatever is run in it',
		},
		{
			what: `${face}: longest chain of execs`,
			// Where the machine pauses, some seem to have waited for each other. What did so, does it each time.
			measured: Math.min(...[...far.values()].map(at => at.get(face)?.execChain ?? Number.NaN)),
			unit: 'execs',
			budget: budget.chain,
			remark: `each costs the latency, and two begin at a time on a cluster`,
		},
	];
}

/** Why a face has to ask one thing after the other. */
const whyDeep: Readonly<Record<Face, string>> = {
	check: '',
	run: '; each change is looked at before it is made and proven by looking again, and one is Stork asking the destination',
	'second run': '',
};

const growthRows = (what: string, at: Costs, without: Costs): Row[] =>
	[...at].map(([face, { seconds, requests }]) => ({
		what: `${face}, with ${what}`,
		measured: seconds / (without.get(face)?.seconds ?? Number.NaN),
		unit: '× without',
		remark: `${requests} requests`,
	}));
