import { afterAll, describe, expect, test, vi } from 'vitest';
import { storeCanaries } from '../../helpers/canaries.ts';
import { hostileAnswerNames } from '../hostile/hostile-answers.ts';
import { isFull, tryAll } from '../pool.ts';
import { type AnswerName, answerNames, answers } from './leak-answers.ts';
import {
	flagsOf,
	type LeakGround,
	openLeakGround,
	type Place,
	type Variant,
	variants,
} from './leak-ground.ts';
import { endingNames, openHostileExec, workNames } from './leak-hostile-exec.ts';
import { crashes, realRun, wizardRun } from './leak-program.ts';
import { census, leaksIn } from './leak-search.ts';

// Bounded by the number of cases; a machine may be busy with others.
vi.setConfig({ testTimeout: isFull ? 7_200_000 : 1_200_000 });

afterAll(() => {
	const { cases, hostile, places, leaks } = census;
	console.log(
		`leak matrix: ${cases} cases, ${hostile} of them answers of a hostile cluster, ${places} places searched, ${leaks === 0 ? 'all clean' : `${leaks} leaks`}${isFull ? '' : ' (MATRIX=full tries them all)'}`,
	);
});

const variantNames = Object.keys(variants) as readonly Variant[];
const run = (variant: Variant) => ['run', 'answers.yaml', '--json', '--timeout=10', ...flagsOf(variant)];

describe('in this process', () => {
	test.for(variantNames)('%s: every command, and every fault at every step', async variant => {
		const first = await openLeakGround(variant);
		const undisturbed = await everyCommand(first, variant);
		expect(undisturbed.leaks).toEqual([]);
		const failures = await tryAll(
			{
				workers: 2,
				tally: { tried: 0, passed: 0 },
				first,
				open: () => openLeakGround(variant),
				name: ({ command, at, answer }) => `${command[0]}, ${answer}, for ${at}`,
			},
			casesOf(variant, undisturbed.places),
			attempt,
		);
		expect(failures).toEqual([]);
	});

	test('what is sent into a pod and comes back', async () => {
		const secrets = storeCanaries();
		const token = `canary-token-${secrets.accessKeyId.slice(-10)}-0123456789abcdef01`;
		await using hostile = await openHostileExec(secrets, token);
		const leaks: string[] = [];
		for (const provider of ['s3', 'azure', 'google'] as const) {
			for (const work of workNames) {
				for (const ending of endingNames) {
					const said = await hostile.try(work, ending, provider);
					const found = leaksIn({ [`${work} with ${provider}, ${ending}`]: said }, { ...secrets.all, token });
					leaks.push(...found);
					census.cases += 1;
					census.hostile += isHostile(ending) ? 1 : 0;
					census.leaks += found.length;
				}
			}
		}
		expect(leaks).toEqual([]);
	});
});

describe('as a process', () => {
	test.for(variantNames)('%s: with all that Node can tell', async variant => {
		expect(await realRun(variant)).toEqual([]);
	});

	test.for(Object.keys(crashes))('a crash: %s', async name => {
		expect(await crashes[name]?.()).toEqual([]);
	});

	test.for(['done', 'refused'] as const)('the wizard, secrets typed, %s', async outcome => {
		expect(await wizardRun(outcome)).toEqual([]);
	});
});

const isHostile = (name: string): boolean => hostileAnswerNames.some(each => each === name);

type Case = Readonly<{
	before: readonly string[] | undefined;
	command: readonly string[];
	at: Place;
	answer: AnswerName;
}>;

/** All that the program has to say when nothing goes wrong, and what it asks for that. */
async function everyCommand(ground: LeakGround, variant: Variant) {
	const leaks: string[] = [];
	const places: Record<string, readonly Place[]> = {};
	const flags = flagsOf(variant);
	const talk = [
		['plan', 'answers.yaml', '-o', 'text', ...flags],
		['plan', 'answers.yaml', '-o', 'markdown', ...flags],
		['check', 'answers.yaml', ...flags],
		run(variant).filter(word => word !== '--json'),
		['status', 'remotecluster'],
		['runs'],
		['undo', '--yes'],
	];
	const commands = [
		...(variant === 's3' || isFull ? talk : []),
		['plan', 'answers.yaml', '-o', 'json', ...flags],
		['check', 'answers.yaml', '--json', ...flags],
		run(variant),
		['status', 'remotecluster', '--json'],
		['runs', '--json'],
		['undo', '--yes', '--json'],
	];
	for (const command of commands) {
		const said = await ground.try(command);
		const [name = ''] = command;
		places[name] ??= said.places;
		leaks.push(...said.leaks.map(leak => `${command.join(' ')}: ${leak}`));
		if (said.code === 2 || (said.code !== 0 && command.includes('run'))) {
			throw new Error(`${command.join(' ')}: ${said.code} ${said.err}${said.out}`);
		}
	}
	return { leaks, places };
}

/**
 * Where a pair is sent, every answer; elsewhere they take turns. All of them: each answer at each place of a run, and at each place of
 * the other commands and of the other ways to pair two of them, in turn.
 */
function casesOf(variant: Variant, places: Readonly<Record<string, readonly Place[]>>): readonly Case[] {
	const isFirst = variant === 's3';
	const hasAll = isFirst || variant === 'service account';
	let turn = variantNames.indexOf(variant) * 5;
	const next = (count: number): readonly AnswerName[] =>
		Array.from({ length: count }, () => answerNames[turn++ % answerNames.length] ?? 'reset');
	const casesFor = (
		command: readonly string[],
		before: Case['before'],
		{ every, full }: Readonly<{ every: number; full: number }>,
	): readonly Case[] =>
		(places[command[0] ?? ''] ?? []).flatMap((at, index) => {
			const isPair = / PATCH /.test(at);
			const isWrite = isPair || / (POST|DELETE) /.test(at);
			const isMeant = isPair || (isWrite && hasAll) || index % every === 0;
			const count = isPair && isFirst ? answerNames.length : isFull ? full : isMeant ? 1 : 0;
			return next(count).map(answer => ({ before, command, at, answer }));
		});
	const further = { every: 20, full: 2 };
	return [
		...casesFor(
			run(variant),
			undefined,
			isFirst ? { every: 8, full: answerNames.length } : { every: 60, full: 2 },
		),
		...(isFirst
			? [
					...casesFor(['undo', '--yes', '--json'], run(variant), further),
					...casesFor(['status', '--json'], run(variant), further),
					...casesFor(['check', 'answers.yaml', '--json'], undefined, further),
					...casesFor(['plan', 'answers.yaml', '-o', 'json'], undefined, further),
				]
			: []),
	];
}

async function attempt(
	ground: LeakGround,
	{ before, command, at, answer }: Case,
): Promise<readonly string[]> {
	await ground.forget();
	const leaks = before ? [...(await ground.try(before)).leaks] : [];
	const said = await ground.try(command, { at, answer: answers[answer] });
	census.hostile += isHostile(answer) ? 1 : 0;
	leaks.push(...said.leaks);
	if (command[0] !== 'check' && command[0] !== 'plan') {
		leaks.push(...(await ground.try(['undo', '--yes', '--json'])).leaks);
	}
	return leaks;
}
