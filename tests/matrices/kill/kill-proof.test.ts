import { expect, test, vi } from 'vitest';
import type { FaultHook } from '../../../source/practice/contract.ts';
import { startPractice } from '../../../source/practice/practice.ts';
import { isFull, type Tally, tryAll } from '../pool.ts';
import { type Ended, type Home, makeHome } from '../program.ts';
import { stateOf } from '../state.ts';
import { isCounted } from './kill-points.ts';

// Bounded by the number of cases; a machine may be busy with others.
vi.setConfig({ testTimeout: isFull ? 7_200_000 : 1_200_000 });

const prove = ['prove', '--json'];
const undo = (id: string) => ['undo', id, '--yes', '--json'];
const resume = (id: string) => ['run', '--resume', id, '--json'];

/** A proof dies having told so many things, or right before or after one of its writes counted. */
type Point = Readonly<
	| { kind: 'line'; number: number; about: string }
	| { kind: 'write'; number: number; about: string; moment: 'dropped' | 'handled' }
>;
type Case = Readonly<{ point: Point; wayOut: 'undo' | 'resume' }>;

type Ground = AsyncDisposable &
	Readonly<{
		home: Home;
		points: readonly Point[];
		killedAt(point: Point): Promise<string | undefined>;
		differences(): readonly string[];
	}>;

const isWrite: (request: Parameters<FaultHook>[0]) => boolean = ({ method, url, headers }) =>
	method !== 'GET' &&
	!/\/selfsubjectaccessreviews|dryRun=All/.test(url) &&
	!String(headers['user-agent']).startsWith('stork');

/** Two clusters that are paired: that is where every case has to end. */
async function openGround(namespace: string): Promise<Ground> {
	let hook: FaultHook = () => undefined;
	const fault: FaultHook = request => hook(request);
	const practice = await startPractice({ storkInterval: 20, fault: { east: fault, west: fault } });
	const home = await makeHome(practice.kubeconfig, 's3', { pair: { namespace } });
	expect((await home.start(['run', 'answers.yaml', '--json']).ended).code).toBe(0);
	const paired = stateOf(practice);
	const writes: string[] = [];
	hook = request => {
		if (isWrite(request)) writes.push(`${request.method} ${request.url.split('?')[0]}`);
		return undefined;
	};
	const { code, lines } = await home.start(prove).ended;
	expect(code, JSON.stringify(lines.at(-1))).toBe(0);
	hook = () => undefined;
	return {
		home,
		points: [
			...lines.filter(isCounted).map(
				({ type, step }, index): Point => ({
					kind: 'line',
					number: index + 1,
					about: `${type} ${step ?? ''}`,
				}),
			),
			...writes.flatMap((about, index) =>
				(['dropped', 'handled'] as const).map(
					(moment): Point => ({ kind: 'write', number: index + 1, about, moment }),
				),
			),
		],
		async killedAt(point) {
			const known = new Set(await home.records());
			let told = 0;
			const running = home.start(prove, line => {
				told += isCounted(line) ? 1 : 0;
				if (point.kind === 'line' && told === point.number) running.kill();
			});
			let written = 0;
			hook = request => {
				if (point.kind !== 'write' || !isWrite(request) || ++written !== point.number) return undefined;
				running.kill();
				return point.moment === 'dropped' ? { kind: 'reset', when: 'before', afterBytes: 0 } : undefined;
			};
			await running.ended;
			hook = () => undefined;
			return (await home.records()).find(id => !known.has(id));
		},
		differences() {
			const found = stateOf(practice);
			return [
				...found.filter(line => !paired.includes(line)).map(line => `unexpected: ${line}`),
				...paired.filter(line => !found.includes(line)).map(line => `missing: ${line}`),
			];
		},
		async [Symbol.asyncDispose]() {
			await Promise.all([practice.close(), home[Symbol.asyncDispose]()]);
		},
	};
}

async function attempt(ground: Ground, { point, wayOut }: Case): Promise<readonly string[]> {
	const id = await ground.killedAt(point);
	const ended = id && (await ground.home.start(wayOut === 'undo' ? undo(id) : resume(id)).ended);
	const nothingToUndo = ended && JSON.stringify(ended.lines.at(-1)).includes('"nothing-to-undo"');
	return [
		...(ended && ended.code !== 0 && !nothingToUndo
			? [`${wayOut} ended with ${ended.code}: ${said(ended)}`]
			: []),
		...ground.differences(),
	];
}

const said = ({ lines, err }: Ended): string => `${JSON.stringify(lines.at(-1))} ${err}`;

const nameOf = ({ point, wayOut }: Case): string =>
	`killed at ${point.kind} ${point.number} (${point.about}${point.kind === 'write' ? `, ${point.moment}` : ''}), then ${wayOut}`;

const tally: Tally = { tried: 0, passed: 0 };

/** A part of all cases, with each kind of point and each way out among them; MATRIX=full tries the rest as well. */
test.for(['migrationnamespace', 'kube-system'])(
	'a proof of a pair in %s that is killed leaves nothing that undo or resume does not remove',
	async namespace => {
		const first = await openGround(namespace);
		const all = first.points.flatMap(point =>
			(['undo', 'resume'] as const).map((wayOut): Case => ({ point, wayOut })),
		);
		const nth = namespace === 'kube-system' ? 19 : 11;
		const cases = isFull ? all : all.filter((_, index) => index % nth === 0);
		const failures = await tryAll(
			{ workers: 3, tally, first, open: () => openGround(namespace), name: nameOf },
			cases,
			attempt,
		);
		expect(cases.length).toBeGreaterThan(5);
		expect(failures).toEqual([]);
		console.log(`kill matrix of proofs in ${namespace}: ${cases.length} of ${all.length} cases tried`);
	},
);
