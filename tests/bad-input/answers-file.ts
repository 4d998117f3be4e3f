import fc from 'fast-check';
import { expect } from 'vitest';
import { stringify } from 'yaml';
import { answersOf, parseAnswersFile } from '../../source/pairing/answers/answers-file.ts';
import { type AnswersFile, answersFileShape } from '../../source/pairing/answers/answers-shape.ts';
import { draftOf } from '../../source/pairing/answers/draft.ts';
import { Secret } from '../../source/pairing/words/secret.ts';
import { forAll, forEach, movesCursor, resultOf } from './matrix.ts';
import { expectHost, expectName, expectServer } from './predicates.ts';
import { beginningsOf, bombs, mutated, rearranged, strangeText } from './strange.ts';

const s3 = {
	apiVersion: 'pxpair/v1',
	source: { context: 'east', kubeconfig: 'east.yaml' },
	destination: { context: 'west' },
	location: 'cloud',
	objectStore: {
		provider: 's3',
		accessKeyId: { env: 'AWS_ACCESS_KEY_ID' },
		secretAccessKey: { file: 'secret.txt' },
		region: 'us-east-1',
		endpoint: 's3.amazonaws.com:443',
		storageClass: 'STANDARD',
		disableSsl: false,
		bucket: 'px',
	},
	pair: {
		name: 'remotecluster',
		namespace: 'apps',
		mode: 'DisasterRecovery',
		endpoint: { ip: '10.0.0.2', port: 9001 },
		server: 'https://west.example.com:6443',
		back: { endpoint: { ip: 'fd00::1', port: 9001 }, server: 'https://[fd00::1]:6443' },
	},
	existing: { credential: 'keep', pair: 'replace' },
	ignore: ['way-storage-closed'],
};
const azure = {
	...s3,
	objectStore: { provider: 'azure', accountName: 'account', accountKey: { stdin: 1 } },
};
const google = {
	...s3,
	objectStore: { provider: 'google', projectId: 'my-project', jsonKeyFile: 'key.json' },
};
const trees = [s3, azure, google];
const samples = trees.map(tree => stringify(tree));
const commented = `# answers\n${samples[0]?.replace('east', '"east" # here')}`;

const read = (text: string) =>
	resultOf(() => parseAnswersFile(text, 'answers.yaml', { clusters: 'required' }));

export function answersFile(): void {
	forEach('the samples themselves are accepted', samples, async text =>
		expect((await read(text)).kind).toBe('accepted'),
	);
	forAll('mutated files', mutated([...samples, commented]), readAndCheck, { share: 1 });
	forAll('rearranged fields', fc.oneof(...trees.map(tree => rearranged(tree))), tree =>
		readAndCheck(JSON.stringify(tree)),
	);
	forAll('any text', fc.oneof(strangeText, fc.json()), readAndCheck);
	forEach(
		'every beginning',
		samples.flatMap(sample => beginningsOf(sample)),
		readAndCheck,
	);
	forEach('bombs', bombs(samples[0] ?? '', 8000), readAndCheck);
	forAll('a secret in place of its reference is refused and not repeated', misplaced, async tree => {
		const result = await read(JSON.stringify(tree));
		expect(result.kind).toBe('refused');
	});
	forAll(
		'values of a field that only an attacker would write',
		fc.tuple(fc.constantFrom('ip', 'server', 'endpoint', 'name', 'namespace'), strangeText),
		([field, text]: readonly [string, string]) => readAndCheck(JSON.stringify(withField(field, text))),
		{
			found: [
				['ip', ':'],
				['ip', '10.0.0.256'],
				['ip', `${':'.repeat(200_000)}x`],
				['server', 'https://:canary@west'],
				['server', 'https://west\u0001'],
				['server', 'https://we\u200Bst'],
				['endpoint', '[::::]'],
				['endpoint', 'a..b'],
			],
		},
	);
}

async function readAndCheck(text: string): Promise<void> {
	const result = await read(text);
	if (result.kind === 'accepted') {
		await expectSound(result.value);
	}
}

async function expectSound(file: AnswersFile): Promise<void> {
	expect(answersFileShape.parse(file)).toEqual(file);
	const again = await read(JSON.stringify(file));
	expect(again).toEqual({ kind: 'accepted', value: file });
	expect(JSON.stringify(file)).not.toMatch(/"(__proto__|constructor|toString|extensions)":/);

	for (const text of [file.source.context, file.destination.context, file.source.kubeconfig ?? '']) {
		expect(text).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
	}
	expectName(file.pair.name, 253);
	expectName(file.pair.namespace, 63);
	expect(file.pair.namespace).not.toContain('.');
	for (const { endpoint, server } of [file.pair, file.pair.back ?? {}]) {
		if (endpoint) {
			expectHost(endpoint.ip);
			expect(endpoint.port).toSatisfy((port: number) => Number.isInteger(port) && port > 0 && port < 65_536);
		}
		if (server !== undefined) {
			expectServer(server);
		}
	}
	await expectReferences(file);
	expect(() => draftOf(file, {})).not.toThrow();
}

/** What is in place of a secret is where it comes from, and nothing else is asked for. */
async function expectReferences(file: AnswersFile): Promise<void> {
	const asked: unknown[] = [];
	await answersOf(file, async reference => {
		asked.push(reference);
		return new Secret('x');
	});
	for (const reference of asked) {
		expect(Object.keys(reference as object)).toHaveLength(1);
		const [[kind, value]] = Object.entries(reference as object) as [[string, unknown]];
		expect(['env', 'file', 'stdin']).toContain(kind);
		expect(String(value)).not.toBe('');
		if (kind === 'env') {
			expect(value).toMatch(/^\w+$/);
		}
	}
	if (file.objectStore.provider === 's3') {
		expect(file.objectStore.endpoint).not.toMatch(movesCursor);
	}
}

const secretText = fc
	.tuple(fc.constantFrom('', '\n', 'AKIA', '{"', ' '), strangeText, fc.constantFrom('', '\n', '=='))
	.map(([before, text, after]) => `${before}canary${text}${after}`);

/** Pasted where the reference belongs, or into one of the fields beside it. */
const misplaced = fc
	.tuple(
		fc.constantFrom(
			...['accessKeyId', 'secretAccessKey'].map(field => [0, field] as const),
			...['region', 'endpoint', 'storageClass', 'disableSsl'].map(field => [0, field] as const),
			...['accountName', 'accountKey'].map(field => [1, field] as const),
			...['projectId'].map(field => [2, field] as const),
		),
		fc.oneof(
			secretText.map(text => `${text}\u0001/`),
			fc.constant({ canary: 'x' }),
			fc.constant(['canary']),
			fc.constant({ env: 'canary+/=' }),
			fc.constant({ value: 'canary' }),
		),
	)
	.filter(([[, field], value]) => typeof value === 'string' || /[kK]ey/.test(field))
	// Choices are shown as they are: no one takes `storageClass` for a key.
	.filter(([[, field]]) => field !== 'storageClass' && field !== 'disableSsl')
	.map(([[index, field], value]) => {
		const tree = trees[index] as { objectStore: object };
		return { ...tree, objectStore: { ...tree.objectStore, [field]: value } };
	});

function withField(field: string, text: unknown): unknown {
	return {
		...s3,
		objectStore: { ...s3.objectStore, ...(field === 'endpoint' && { endpoint: text }) },
		pair: {
			...s3.pair,
			...(field === 'ip'
				? { endpoint: { ip: text, port: 9001 } }
				: field !== 'endpoint' && { [field]: text }),
		},
	};
}
