import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { lessonOf } from '../../source/commands/inputs/drills.ts';
import { type Answers, defaultPair } from '../../source/pairing/answers/answers.ts';
import { planPairing } from '../../source/pairing/plan.ts';
import { type PodPlaces, previewText } from '../../source/pairing/step/preview.ts';
import { stepsOf } from '../../source/pairing/step/step.ts';
import { shell } from '../../source/pairing/words/command.ts';
import { sections } from '../../source/pairing/words/problem-sections/all-sections.ts';
import { runbook } from '../../source/plain/runbook.ts';
import { type Scenario, type ScenarioName, scenarios } from '../../source/practice/scenarios.ts';
import { answersWith, stores, unknownFacts } from '../helpers/answers.ts';
import { startKubectl } from '../helpers/kubectl.ts';
import { clusterPair, startTestApi } from '../helpers/practice-api.ts';
import { recordingShell } from '../helpers/recording-shell.ts';
import { shellLines } from '../helpers/shell-lines.ts';

vi.setConfig({ testTimeout: 240_000 });

const hostile = [
	'two words',
	"it's",
	'"double"',
	'$(touch OWNED)',
	'`touch OWNED`',
	"'; touch OWNED; '",
	'; touch OWNED #',
	'&& touch OWNED',
	'| touch OWNED',
	'>OWNED',
	// biome-ignore lint/suspicious/noTemplateCurlyInString: a shell expands it
	'${HOME}',
	'a\nb',
	'a\r\n\ttouch OWNED\nb',
	'-n',
	'--all',
	'-o=yaml',
	'--',
	'=ls',
	'{a,b}',
	'*',
	'~',
	'!!',
	'a!b',
	'\u001B[31m!',
	'\u009B31m',
	'\u202Etxt.exe',
	'\u200B',
	'naïve ünïcode',
	'back\\slash\\',
	'%s%n\\0041',
	'PATCH',
	'MANIFEST',
	'```',
	'#',
	'',
];

const shells = ['sh', 'bash'] as const;

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
		for (const [index, value] of hostile.entries()) {
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

const pairs: Readonly<Record<string, Partial<Answers>>> = {
	s3: {},
	azure: { objectStore: stores.azure },
	google: { objectStore: stores.google },
	none: { objectStore: stores.none, location: 'on-premises' },
	'a ServiceAccount, both ways, at another address': {
		pair: {
			...defaultPair,
			login: 'service-account',
			server: 'https://west.example:6443/k8s/clusters/c-1',
			back: { server: 'https://[2001:db8::1]:6443' },
		},
	},
};

describe('a plan, pasted, does what it was meant to do', () => {
	const kubectl = 'dG9rZW4=';
	const variants = Object.keys(pairs).flatMap(variant => [
		{ variant, secured: false },
		{ variant, secured: true },
	]);

	test.for(variants)('$variant, secured: $secured', async ({ variant, secured }) => {
		const { paste } = await recordingShell({
			kubectl,
			storkctl: 'clusters:\n- cluster:\n    server: https://old\n',
		});
		for (const [index, name] of hostile.filter(Boolean).entries()) {
			const shell = shells[index % 2] ?? 'sh';
			const named = {
				context: `c${name}`,
				namespace: `n${name}`,
				pod: `p${name}`,
				kubeconfig: `/k${name}`,
				secured,
			};
			const places: PodPlaces = { source: named, destination: { ...named, context: `d${name}` } };
			const plan = planPairing(
				answersWith({
					...pairs[variant],
					source: { context: named.context },
					destination: { context: places.destination.context },
				}),
				{
					source: { ...unknownFacts.source, context: named.context },
					destination: { ...unknownFacts.destination, context: places.destination.context },
				},
			);
			const page = runbook(plan, places);
			expect(page).not.toMatch(/(?!\n)\p{Cc}|[\u200B\u202E]/u);
			const blocks = [...page.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block]) => block ?? '');
			const typed = page.match(/read -r/g)?.map(() => 'typed $(touch OWNED)\n') ?? [];
			expectOnly(await paste(shell, blocks.join(''), typed.join('')), places);
			const previews = stepsOf(plan).flatMap(({ preview, on }) =>
				preview.flatMap(each =>
					each.kind === 'command' || each.kind === 'spec' ? [previewText(each, places, on)] : [],
				),
			);
			await expectOnly(
				await paste(
					shell,
					`touch KEY_FILE.yaml\n${previews.join('\n').replaceAll('KEY_FILE', 'KEY_FILE.yaml')}`,
				),
				places,
			);
		}
	});

	/** Values of a flag arrive as they were, and nothing but values has anything of them. */
	function expectOnly(started: readonly (readonly string[])[], { source, destination }: PodPlaces): void {
		expect(started.length).toBeGreaterThan(8);
		for (const [program, ...words] of started) {
			const given = (flag: string) =>
				words.flatMap((word, index) => (words[index - 1] === flag ? [word] : []));
			expect([source.context, destination.context]).toContain(given('--context')[0]);
			expect(given('--kubeconfig')[0]).toBe(source.kubeconfig);
			expect(program).toMatch(/^(kubectl|storkctl)$/);
			const inPod = words.indexOf('exec');
			if (inPod >= 0) {
				expect(given('-n')[0]).toBe(source.namespace);
				expect(words[inPod + 1] === '-i' ? words[inPod + 2] : words[inPod + 1]).toBe(`pod/${source.pod}`);
			}
			const known = [
				source.context,
				destination.context,
				source.kubeconfig,
				source.namespace,
				`pod/${source.pod}`,
			];
			expect(words.filter(word => word.includes('OWNED') && !known.includes(word))).toEqual([]);
		}
		expect(new Set(started.map(words => words[words.indexOf('--context') + 1])).size).toBe(2);
	}
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

	test('they are found', () => {
		expect(Math.min(explained.length, told.length, hints.length)).toBeGreaterThan(6);
	});

	test.for(shells)('in %s', async name => {
		const programs = ['kubectl', 'pxpair', 'pxctl', 'storkctl', 'curl', 'az', 'oc'];
		const { paste } = await recordingShell(Object.fromEntries(programs.map(program => [program, ''])));
		for (const { from, line } of [...explained, ...told, ...hints]) {
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
