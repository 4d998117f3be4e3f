import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { lessonOf } from '../../source/commands/inputs/drills.ts';
import { commands, wizard } from '../../source/commands/line/commands.ts';
import { shell } from '../../source/pairing/words/command.ts';
import { sections } from '../../source/pairing/words/problem-sections/all-sections.ts';
import { type Scenario, type ScenarioName, scenarios } from '../../source/practice/scenarios.ts';
import { clusterPair, startTestApi } from '../helpers/clusters/practice-api.ts';
import { hostileWords, shells } from '../helpers/hostile-words.ts';
import { startKubectl } from '../helpers/kubectl.ts';
import { recordingShell } from '../helpers/recording-shell.ts';
import { shellLines } from '../helpers/shell-lines.ts';

vi.setConfig({ testTimeout: 240_000 });

describe('a command of a remedy, pasted, is what it was meant to be', () => {
	const lines = shellLines();
	const withValues = lines.filter(parts => parts.length > 1);
	const programs = ['kubectl', 'pxpair', 'pxctl', 'storkctl', 'curl', 'az', 'kill'];

	test('they are found', () => expect(lines.length).toBeGreaterThan(40));

	/** Behind a flag that wants a value, Kubernetes' and our own programs take any word for it; behind `=`, `/` and `--`, too. */
	test('none has a place for a value where it would be taken for an option', () => {
		const isValue = /(^|[=/]| --(context|namespace|kubeconfig)? | -[nlcf] )$/;
		const open = withValues.flatMap(parts =>
			parts
				.slice(0, -1)
				.flatMap((part, index) =>
					isValue.test(part) || ourOwn.has(part.trim()) ? [] : [`${parts.slice(0, index + 1).join('…')}…`],
				),
		);
		expect(open).toEqual([]);
	});

	/** Ids of runs, numbers of processes and addresses: the program makes them, or has read them as such. */
	const ourOwn = new Set(['pxpair undo', 'pxpair run --resume', 'pxpair', 'kill -INT', 'curl -kv']);

	test.for(shells)('in %s', async name => {
		const { paste } = await recordingShell(Object.fromEntries(programs.map(program => [program, ''])));
		for (const [index, value] of hostileWords.entries()) {
			const given = (index === 0 ? lines : withValues).map(parts => ({
				parts,
				values: parts.slice(1).map((_, index) => valueAt(parts, index, value)),
			}));
			const text = given.map(({ parts, values }) =>
				shell(parts as unknown as TemplateStringsArray, ...values),
			);
			expect(text.join('\n')).not.toMatch(/(?!\n)\p{Cc}|[\u200B\u202E]/u);
			expect(text.every(line => !line.includes('\n'))).toBe(true);
			expect(await paste(name, text.join('\n'))).toEqual(
				given.map(({ parts, values }) => wordsOf(parts, values)),
			);
		}
	});

	/** Of a line that begins with a program of its own choice, that is one which records. */
	const valueAt = (parts: readonly string[], index: number, value: string) =>
		index === 0 && parts[0] === '' ? 'storkctl' : value;

	const hole = '\uE000';
	const wordsOf = (parts: readonly string[], values: readonly string[]) => {
		const left = [...values];
		return parts
			.join(hole)
			.split(' ')
			.map(word => word.replaceAll(hole, () => left.shift() ?? ''));
	};
});

/** Commands as the docs have them, with a word in place of a value; not what says which words there may be. */
const inTicks = (text: string): readonly string[] =>
	[...text.matchAll(/`((?:kubectl|pxpair|pxctl|storkctl|curl|az|oc) [^`|[\]…\n]+)`/g)].map(
		([, found]) => found ?? '',
	);

describe('a command in prose, pasted, is those words and no others', () => {
	const explained = Object.entries(sections).flatMap(([id, section]) =>
		Object.values(section)
			.flatMap(inTicks)
			.map(line => ({ from: `explain ${id}`, line })),
	);
	const told = readdirSync('docs')
		.filter(file => file.endsWith('.md'))
		.flatMap(file =>
			inTicks(readFileSync(`docs/${file}`, 'utf8')).map(line => ({ from: `docs/${file}`, line })),
		);
	const hints = Object.keys(scenarios).flatMap(name =>
		lessonOf(name as ScenarioName)
			.flatMap(line => /pxpair \w+ --practice=.*$/.exec(line) ?? [])
			.map(line => ({ from: `drill ${name}`, line })),
	);

	// Of the help of `completion`, that it is a program's output which is read.
	const helped = [wizard, ...commands].flatMap(({ name, help: { example } }) =>
		name === 'completion' ? [] : [{ from: `help ${name}`, line: example }],
	);

	test('they are found', () => {
		const found = [explained, told, hints, helped];
		expect(Math.min(...found.map(lines => lines.length))).toBeGreaterThan(6);
	});

	test.for(shells)('in %s', async name => {
		const programs = ['kubectl', 'pxpair', 'pxctl', 'storkctl', 'curl', 'az', 'oc'];
		const { paste } = await recordingShell(Object.fromEntries(programs.map(program => [program, ''])));
		for (const { from, line } of [...explained, ...told, ...hints, ...helped]) {
			expect({ from, words: await paste(name, line) }).toEqual({
				from,
				words: [line.replaceAll("'", '').split(' ')],
			});
		}
	});

	test('the way out of a drill is one line', () => {
		const withWayOut = Object.entries(scenarios as Readonly<Record<string, Scenario>>).flatMap(
			([name, { drill }]) => (drill?.wayOut ? [`pxpair run --practice=${name} ${drill.wayOut}`] : []),
		);
		expect(hints.map(({ line }) => line)).toEqual(expect.arrayContaining(withWayOut));
	});
});

/** The lines above are held to these two forms; this is the kubectl that they are for. */
test.for(['--all', '-A', '-o=yaml', '--', '--server=elsewhere'])(
	'kubectl takes %s for a name behind its type, and for a value behind its flag',
	async name => {
		const api = await startTestApi();
		const kubectl = await startKubectl(api.kubeconfig);
		onTestFinished(() => kubectl.close());
		await kubectl.run(['create', '-f', '-'], JSON.stringify(clusterPair('remote')));
		for (const words of [
			['-n', 'demo', 'delete', `clusterpair/${name}`],
			['-n', 'demo', 'describe', `clusterpair/${name}`],
			['-n', name, 'delete', 'clusterpair/remote'],
			['-n', 'kube-system', 'exec', `pod/${name}`, '-c', 'portworx', '--', 'true'],
		]) {
			expect(await kubectl.run(words)).toMatchObject({
				exitCode: 1,
				stderr: expect.stringMatching(/not found|NotFound|invalid|must be/i),
			});
		}
		expect(await kubectl.run(['--context', name, 'get', 'pods'])).toMatchObject({
			stderr: expect.stringMatching(new RegExp(`context was not found for specified context: ${name}$`)),
		});
		expect((await kubectl.run(['-n', 'demo', 'get', 'clusterpairs', '-o', 'name'])).stdout).toMatch(
			/remote$/,
		);
	},
);
