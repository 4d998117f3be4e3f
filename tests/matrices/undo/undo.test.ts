import { afterAll, describe, expect, test, vi } from 'vitest';
import { madeIn } from '../../../source/commands/runs/past-runs.ts';
import { recordShape } from '../../../source/pairing/answers/record.ts';
import type { Said } from '../../helpers/program/in-process.ts';
import { isFull, type Tally, tryAll } from '../pool.ts';
import { differences, type ExactGround, openExactGround } from './exact-ground.ts';
import { type Edit, edits, editThing, keptAfter, type ThingId, things } from './undo-edits.ts';

vi.setConfig({ testTimeout: isFull ? 3_600_000 : 600_000 });

const tallies = {
	'someone edits between': { tried: 0, passed: 0 },
	'two processes at once': { tried: 0, passed: 0 },
	'the disk is full': { tried: 0, passed: 0 },
} satisfies Record<string, Tally>;

afterAll(() => {
	const told = Object.entries(tallies).map(
		([axis, { tried, passed }]) => `${axis}: ${passed} of ${tried} passed`,
	);
	console.log(`undo matrix: ${told.join('; ')}${isFull ? '' : ' (MATRIX=full tries them all)'}`);
});

const every = <T>(nth: number, all: readonly T[]): readonly T[] =>
	isFull ? all : all.filter((_, index) => index % nth === 0);

type Edited = Readonly<{ id: ThingId; edit: Edit; kept: readonly ThingId[] }>;

const edited: readonly Edited[] = edits.flatMap(edit =>
	(Object.keys(things) as ThingId[]).flatMap(id => {
		const kept = keptAfter(id, edit);
		return kept ? [{ id, edit, kept }] : [];
	}),
);

/** What was edited by hand is not undone, so each case has clusters of its own. */
const noGround: AsyncDisposable = { [Symbol.asyncDispose]: async () => {} };

describe('undo', () => {
	test('keeps what someone else has changed or uses, deletes the rest, and does what its plan says', async () => {
		const failures = await tryAll(
			{
				workers: 3,
				tally: tallies['someone edits between'],
				first: noGround,
				open: async () => noGround,
				name: ({ id, edit }: Edited) => `${id} ${edit}`,
			},
			every(3, edited),
			(_, one) => undoAfterEdit(one),
		);
		expect(failures).toEqual([]);
	});

	test.for([
		['a run', 'run'],
		['an undo', 'undo'],
	] as const)(
		'while %s goes on, at each of its events, another one is refused or comes after it',
		async ([, first]) => {
			const failures = await tryAll(
				{
					workers: 2,
					tally: tallies['two processes at once'],
					first: await plain(),
					open: plain,
					name: ({ at, second }: AtOnce) => `${second.join(' ')} at line ${at} of ${first}`,
				},
				every(12, await pointsOf(first)).flatMap(at => seconds.map(second => ({ first, at, second }))),
				atOnce,
			);
			expect(failures).toEqual([]);
		},
	);

	test.for([
		['a run', 'run'],
		['an undo', 'undo'],
	] as const)('of %s whose disk is full from any event on, finds all that was created', async ([, first]) => {
		const failures = await tryAll(
			{
				workers: 2,
				tally: tallies['the disk is full'],
				first: await plain(),
				open: plain,
				name: at => `full at line ${at} of ${first}`,
			},
			every(7, await pointsOf(first)),
			(ground, at) => whenFull(ground, at, first),
		);
		expect(failures).toEqual([]);
	});
});

const plain = () => openExactGround({});
const undoArgs = ['undo', '--yes', '--json'];
const runArgs = ['run', 'answers.yaml', '--json'];

async function undoAfterEdit({ id, edit, kept }: Edited): Promise<readonly string[]> {
	await using ground = await openExactGround({}, { login: 'service-account' });
	const beginning = await ground.objects();
	const run = await ground.call(runArgs);
	const created = (await ground.objects()).filter(line => !beginning.includes(line));
	await editThing(ground, id, edit);
	const between = await ground.objects();
	const theirs = between.filter(line => !beginning.includes(line) && !created.includes(line));
	const planned = (JSON.parse((await ground.call(['undo', '--plan', '--json'])).out) as Planned).objects;
	const undone = await ground.call(undoArgs);
	const outcomes = linesOf(undone).flatMap(({ type, step, outcome }) =>
		type === 'step-finished' && step ? [{ step, would: wouldOf(outcome) }] : [],
	);
	const after = await ground.objects();
	return [
		...(run.code === 0 ? [] : [`the run ended with ${run.code}`]),
		...differences(
			outcomes.map(({ step, would }) => `${step} ${would}`),
			planned.map(({ step, would }) => `${step} ${would}`),
		).map(difference => `not as planned: ${difference}`),
		...differences(
			outcomes.flatMap(({ step, would }) => (would === 'keep' ? [step] : [])),
			kept,
		).map(difference => `kept, ${difference}`),
		...(undone.code === (kept.length > 0 ? 3 : 0) ? [] : [`exit code ${undone.code}: ${undone.out}`]),
		...beginning.filter(line => !after.includes(line)).map(line => `lost: ${line.slice(0, 200)}`),
		...theirs
			.filter(line => kept.length > 0 && !after.includes(line))
			.map(line => `lost of theirs: ${line.slice(0, 200)}`),
		...(kept.length === 0 ? differences(after, beginning) : []),
	];
}

type Planned = Readonly<{ objects: readonly Readonly<{ step: string; would: string }>[] }>;

const wouldOf = (outcome: Line['outcome']): string =>
	outcome?.kind !== 'undone'
		? String(outcome?.kind)
		: outcome.absent
			? 'not-found'
			: outcome.kept
				? 'keep'
				: 'delete';

type Line = Readonly<{
	type: string;
	run?: string;
	step?: string;
	outcome?: Readonly<{ kind: string; kept?: string; absent?: true }>;
}>;

const linesOf = ({ out }: Said): readonly Line[] =>
	out
		.trim()
		.split('\n')
		.map(line => JSON.parse(line) as Line);

const isCounted = (line: string): boolean => !/"type":"step-(waiting|noted)"/.test(line);

/** Numbers of the lines of an undisturbed run, or of its undo. */
async function pointsOf(first: 'run' | 'undo'): Promise<readonly number[]> {
	await using ground = await plain();
	const run = await ground.call(runArgs);
	const lines = (first === 'run' ? run : await ground.call(undoArgs)).out
		.trim()
		.split('\n')
		.filter(isCounted);
	return lines.map((_, index) => index + 1);
}

const seconds = [undoArgs, ['run', '--resume', '--json'], runArgs] as const;

type AtOnce = Readonly<{ first: 'run' | 'undo'; at: number; second: readonly string[] }>;

async function atOnce(ground: ExactGround, { first, at, second }: AtOnce): Promise<readonly string[]> {
	const beginning = await ground.objects();
	if (first === 'undo') await ground.call(runArgs);
	let other: Promise<Said> | undefined;
	let told = 0;
	const one = await ground.call(first === 'run' ? runArgs : undoArgs, line => {
		told += isCounted(line) ? 1 : 0;
		if (told === at) other ??= ground.call(second);
	});
	const two = await other;
	// Refused, or begun when the first had ended: then it found what that one left.
	const isRefused = two?.code === 2 && /"(run-in-progress|nothing-to-(undo|resume))"/.test(two.out);
	const result = [
		...(one.code === 0 ? [] : [`the first ended with ${one.code}: ${one.out.slice(-600)}`]),
		...(two && (isRefused || two.code === 0)
			? []
			: [`the second ended with ${two?.code}: ${two?.out.slice(-600)}`]),
	];
	await ground.call(undoArgs);
	return [...result, ...differences(await ground.objects(), beginning)];
}

async function whenFull(ground: ExactGround, at: number, first: 'run' | 'undo'): Promise<readonly string[]> {
	const beginning = await ground.objects();
	if (first === 'undo') await ground.call(runArgs);
	const before = await ground.objects();
	let id = '';
	let told = 0;
	const ended = await ground.call(first === 'run' ? runArgs : undoArgs, line => {
		id ||= (JSON.parse(line) as Line).run ?? '';
		told += isCounted(line) ? 1 : 0;
		if (told === at) ground.blockRecord(id);
	});
	ground.unblockRecord(id);
	const after = await ground.objects();
	const text = (await ground.records()).get(id);
	const made = text === undefined ? [] : madeIn(recordShape.parse(JSON.parse(text)));
	const created = after.filter(line => !beginning.includes(line)).length;
	// A change that is not on disk is not begun: what exists is in the record, for certain or perhaps.
	const unknown = created > 0 && made.length === 0 ? ['something was created that no record has'] : [];
	const hasChanged = differences(after, before).length > 0;
	const said =
		[`The record of the run ${id} is not up to date`, 'The record of this run is incomplete'].some(words =>
			ended.err.includes(words),
		) || ended.out.includes('"record-not-written"');
	const again = await ground.call(['undo', id, '--yes', '--json']);
	return [
		...unknown,
		...(said ? [] : [`it is not said: ${ended.code} ${ended.err}`]),
		...(ended.code === 3 || (!hasChanged && ended.code === 2) ? [] : [`exit code ${ended.code}`]),
		...(again.code === 0 || /"(nothing-to-undo|run-unknown)"/.test(again.out)
			? []
			: [`undo ended with ${again.code}: ${again.out}`]),
		...differences(await ground.objects(), beginning),
	];
}
