import { describe, expect, test, vi } from 'vitest';
import { type Answers, defaultPair } from '../../source/pairing/answers/answers.ts';
import type { ClusterFacts } from '../../source/pairing/clusters/cluster.ts';
import { planPairing } from '../../source/pairing/plan.ts';
import { planProof } from '../../source/pairing/proof/plan-proof.ts';
import { planRotation } from '../../source/pairing/rotation/plan-rotation.ts';
import { type PodPlaces, previewText } from '../../source/pairing/step/preview.ts';
import { type Plan, stepsOf } from '../../source/pairing/step/step.ts';
import { runbook } from '../../source/plain/runbook.ts';
import { answersWith, stores, unknownFacts } from '../helpers/answers.ts';
import { hostileWords, shells } from '../helpers/hostile-words.ts';
import { recordingShell } from '../helpers/recording-shell.ts';

vi.setConfig({ testTimeout: 240_000 });

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

/** Every plan that there is, of answers whose names are as they are given. */
const plans: Readonly<Record<string, (answers: Answers, uuid: string) => Plan>> = {
	pairing: (answers, uuid) => planPairing(answers, factsOf(answers, uuid)),
	rotation: (answers, uuid) =>
		planRotation({
			what: [...(answers.objectStore.provider === 'none' ? [] : ['key' as const]), 'token'],
			answers,
			facts: { clusters: factsOf(answers, uuid), sharing: { kind: 'known', value: [] } },
			made: new Map(),
		}),
	proof: (answers, uuid) =>
		planProof(answers, {
			name: uuid,
			nonce: '0'.repeat(32),
			namespace: answers.pair.namespace,
			storageClass: 'px-csi-db',
			bringsClass: false,
			images: { source: 'px', destination: 'px' },
			assignsUsers: { source: false, destination: false },
		}),
};

const factsOf = ({ source, destination }: Answers, uuid?: string) => {
	const of = (facts: ClusterFacts, context: string): ClusterFacts => ({
		...facts,
		context,
		...(uuid !== undefined && { uuid: { kind: 'known', value: uuid } }),
	});
	return {
		source: of(unknownFacts.source, source.context),
		destination: of(unknownFacts.destination, destination.context),
	};
};

describe('a plan, pasted, does what it was meant to do', () => {
	const twoWays = 'a ServiceAccount, both ways, at another address';
	const variants = [
		...Object.keys(pairs).map(variant => ({ kind: 'pairing', variant })),
		...['s3', 'google', twoWays].map(variant => ({ kind: 'rotation', variant })),
		{ kind: 'proof', variant: 's3' },
	].flatMap(each => [false, true].map(secured => ({ ...each, secured })));

	test.for(variants)('$kind, $variant, secured: $secured', async ({ kind, variant, secured }) => {
		const { paste } = await recordingShell({
			kubectl: 'dG9rZW4=',
			storkctl: 'clusters:\n- cluster:\n    server: https://old\n',
		});
		// How a word is quoted is the same for all: of the others, what could be taken for an option.
		const words = hostileWords.filter(word => (kind === 'pairing' ? word !== '' : /^[-=]/.test(word)));
		for (const [index, word] of words.entries()) {
			const name = `${word}_`;
			const shell = shells[index % 2] ?? 'sh';
			const named = { context: `${name}C`, namespace: `${name}N`, pod: `${name}P` };
			const source = { ...named, kubeconfig: `/k${name}`, secured };
			const places = { source, destination: { ...source, context: `${name}D` } };
			const answers = answersWith({
				...pairs[variant],
				source: { context: named.context },
				destination: { context: places.destination.context },
			});
			if (kind === 'pairing') {
				// Its prose has names as answers and clusters are let say them.
				const page = runbook(planPairing(answers, factsOf(answers)), places);
				expect(page).not.toMatch(/(?!\n)\p{Cc}|[\u200B\u202E]/u);
				const blocks = [...page.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block]) => block ?? '');
				const typed = page.match(/read -r/g)?.map(() => 'typed $(touch OWNED)\n') ?? [];
				expectOnly(await paste(shell, blocks.join(''), typed.join('')), name, places);
			}
			const { pair } = answers;
			const hostile = { ...answers, pair: { ...pair, name: `${name}PAIR`, namespace: `${name}SPACE` } };
			const plan = plans[kind]?.(hostile, name) as Plan;
			const previews = stepsOf(plan).flatMap(({ preview, on }) =>
				preview.flatMap(each =>
					each.kind === 'text' ? [] : [commandOf(each.kind, previewText(each, places, on))],
				),
			);
			const text = previews.join('\n').replaceAll('KEY_FILE', 'KEY_FILE.yaml');
			expectOnly(await paste(shell, `touch KEY_FILE.yaml\n${text}`), name, places);
		}
	});

	/** The manifest is what goes to its standard input. */
	const commandOf = (kind: string, text: string): string =>
		kind === 'manifest'
			? (text.split('\n')[0] ?? '').replace(/^.* \|\| /, line => `${line.slice(0, -4)}; `)
			: text;

	/** Values of a flag arrive as they were, and no name is where it would be taken for an option. */
	function expectOnly(
		started: readonly (readonly string[])[],
		name: string,
		{ source, destination }: PodPlaces,
	): void {
		expect(started.length).toBeGreaterThan(5);
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
			expect(words.filter((_, index) => !isSafe(words, index, name))).toEqual([]);
		}
		expect(new Set(started.map(words => words[words.indexOf('--context') + 1])).size).toBe(2);
	}

	const takeValues = ['--context', '--kubeconfig', '-n', '--id'];

	/** Behind a flag that takes it, behind `--`, or with something of the program's own before it. */
	function isSafe(words: readonly string[], index: number, name: string): boolean {
		// What is behind the first `--` of an exec is a command of its own, with options of its own.
		const inPod = words.includes('exec') ? words.indexOf('--') + 1 : 0;
		const ends = words.indexOf('--', inPod);
		return (
			!words[index]?.startsWith(name) ||
			takeValues.includes(words[index - 1] ?? '') ||
			(ends > 0 && ends < index)
		);
	}
});
